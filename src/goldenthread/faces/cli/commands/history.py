"""`goldenthread history`: check results and gaps over the git history of a plan's folder."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.errors import BadValue, GoldenthreadError
from goldenthread.faces.cli.options import Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver
from goldenthread.faces.cli.terminal import Line

if TYPE_CHECKING:
    from goldenthread.domain.baseline import Changes
    from goldenthread.domain.table import Table
    from goldenthread.domain.validation import Report
    from goldenthread.store.history import Revision


@dataclass(frozen=True)
class _State:
    """A plan as it was at one revision."""

    revision: "Revision"
    report: "Report | None"
    """None where the plan could not be read then."""
    changes: "Changes | None"
    gaps: int = 0
    links: int = 0
    trouble: str = ""

    @property
    def accepted(self) -> int:
        """Return how many of the results had an acceptance that still holds."""
        return sum(r.status == "accepted" for r in self.report.results) if self.report else 0


@click.command("history")
@click.option(
    "--most",
    type=click.IntRange(1, 500),
    default=10,
    show_default=True,
    help="How many revisions, counted from the newest.",
)
@answering()
def history_command(most: int, wanted: Wanted) -> None:
    """Show how check results, gaps and links changed over a plan's git history.

    Every revision of the plan's folder is checked with the rules of today, so only the plan
    differs. Nothing in the repository is changed. A revision takes some seconds.

    \b
    Examples:
      goldenthread history --data my-plan/
      goldenthread history --data my-plan/ --most 50 --format csv --output trend.csv
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.store.history import revisions

    dataset = open_data(wanted.data, wanted.store, wanted.base)
    if len(dataset.folders) != 1 or not dataset.folders[0].is_dir():
        raise BadValue("A history is that of one plan's folder. Name it with --data.")
    folder = dataset.folders[0]
    known = revisions(folder, most)
    if not known:
        raise BadValue(f"git knows no commit of {folder}. Commit the plan first.")
    states = _states(folder, known, wanted.chosen_reading)
    answer = Answer(
        "History of the plan",
        lambda: _lines(states),
        lambda: {"reading": wanted.chosen_reading, "revisions": [_json(s) for s in states]},
        lambda: [_table(states)],
    )
    deliver(answer, dataset, wanted)


def _states(folder: Path, known: "list[Revision]", reading: str) -> list[_State]:
    """Return the states of the plan, oldest first, each compared with the one before."""
    found: list[_State] = []
    for number, revision in enumerate(reversed(known), start=1):
        if sys.stderr.isatty():
            click.echo(f"{number} of {len(known)}: {revision.subject}", err=True)
        before = next((s.report for s in reversed(found) if s.report), None)
        try:
            found.append(_state(folder, revision, reading, before))
        except GoldenthreadError as error:
            found.append(_State(revision, None, None, trouble=str(error)))
    return found


def _state(folder: Path, revision: "Revision", reading: str, before: "Report | None") -> _State:
    from goldenthread.domain.baseline import changes, of_report
    from goldenthread.services.exporting import links
    from goldenthread.services.gaps import gaps
    from goldenthread.services.validation import check
    from goldenthread.store.dataset import Dataset
    from goldenthread.store.history import as_it_was

    with as_it_was(folder, revision.id) as place:
        then = Dataset.open([place])
        report = check(then, reading)
        joined, _ = links(then, reading)
        changed = changes(report, of_report(before), "the commit before") if before else None
        return _State(revision, report, changed, len(gaps(then, reading).gaps), len(joined))


def _lines(states: list[_State]) -> list[Line]:
    lines = [Line("Newest first; every revision checked with the rules of today.", kind="head")]
    for state in reversed(states):
        revision = state.revision
        lines += [Line(""), Line(f"{revision.date[:10]} {revision.id[:10]} {revision.subject}")]
        if state.report is None:
            lines.append(Line(f"cannot be read: {state.trouble}", 1, "warn"))
            continue
        counts = ", ".join(f"{n} {severity}" for severity, n in state.report.counts.items())
        counts += f", {state.accepted} of them accepted" if state.accepted else ""
        lines.append(Line(f"{counts}; {state.gaps} gaps; {state.links} links", 1))
        if state.changes and (state.changes.new or state.changes.mended):
            said = f"{len(state.changes.new)} new, {len(state.changes.mended)} mended"
            lines.append(Line(said, 1, "detail"))
    return lines


def _json(state: _State) -> dict[str, Any]:
    report, changes = state.report, state.changes
    return {
        "revision": state.revision.id,
        "date": state.revision.date,
        "subject": state.revision.subject,
        "dataset": {"sha256": report.sha256} if report else None,
        "counts": report.counts if report else None,
        "accepted": state.accepted if report else None,
        "new": [r.id for r in changes.new] if changes else None,
        "mended": [k.id for k in changes.mended] if changes else None,
        "gaps": state.gaps if report else None,
        "links": state.links if report else None,
        "trouble": state.trouble or None,
    }


def _table(states: list[_State]) -> "Table":
    from goldenthread.domain.columns import HISTORY
    from goldenthread.domain.table import Table

    rows = []
    for state in reversed(states):
        report, changes = state.report, state.changes
        counts = list(report.counts.values()) if report else [None, None, None]
        rows.append(
            (
                state.revision.date,
                state.revision.id,
                state.revision.subject,
                *counts,
                state.accepted if report else None,
                len(changes.new) if changes else None,
                len(changes.mended) if changes else None,
                state.gaps if report else None,
                state.links if report else None,
                report.sha256 if report else "",
            )
        )
    return Table("History", HISTORY, tuple(rows), "Every revision checked with today's rules.")
