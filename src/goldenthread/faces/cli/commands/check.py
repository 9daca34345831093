"""`goldenthread check`: the plan against the rules."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.errors import BadValue, Unreadable
from goldenthread.faces.cli.options import TABLES, Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver, json_bytes

if TYPE_CHECKING:
    from goldenthread.domain.baseline import Changes
    from goldenthread.domain.table import Table
    from goldenthread.domain.validation import Report
    from goldenthread.store.dataset import Dataset

FAIL_ON = ("must fix", "should fix", "note", "never")


@click.command("check")
@click.argument("path", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="must fix",
    show_default=True,
    help="Exit with 1 where an open result is as bad as this or worse.",
)
@click.option("--rule", "rules", multiple=True, help="Only this rule, by id. May be repeated.")
@click.option(
    "--all", "every", is_flag=True, help="List every result of a rule, not the first few."
)
@click.option(
    "--baseline",
    metavar="REV|FILE",
    help="Report only what is new and what has been mended since a git revision of the plan's "
    "folder, or since an earlier answer in JSON.",
)
@answering((*TABLES, "ttl", "jsonld", "sarif", "junit"))
def check_command(
    path: tuple[Path, ...],
    fail_on: str,
    rules: tuple[str, ...],
    every: bool,
    baseline: str | None,
    wanted: Wanted,
) -> int:
    """Check the plan against the rules; PATH is a plan's folder or an RDF file.

    Exits with 0 where nothing is as bad as --fail-on says, 1 where something is, and 2 where it
    cannot tell. What breaks a rule is still loaded and shown: finding gaps is the purpose.
    With --baseline only new results count. sarif shows results at their lines in code review,
    junit in a build server.

    \b
    Examples:
      goldenthread check
      goldenthread check my-plan/ --fail-on "should fix"
      goldenthread check --rule Measure-target --all
      goldenthread check --format json --output results.json
      goldenthread check --baseline results.json
      goldenthread check my-plan/ --baseline HEAD~1 --format sarif --output check.sarif
    """  # noqa: D301 - \b keeps click from joining the lines
    from dataclasses import replace

    from goldenthread.domain.sarif import to_junit
    from goldenthread.faces.cli.say.reports import changed_lines, check_lines
    from goldenthread.services.validation import check, fails

    dataset = open_data((*path, *wanted.data), wanted.store)
    reading = wanted.chosen_reading
    named = [r.removeprefix("shape:") for r in rules]
    report = check(dataset, reading, named or None)
    if baseline is not None:
        changes = _since(dataset, report, baseline, named)
        report = replace(report, results=changes.new)
        if (wanted.form or "text") in ("text", "json", "csv", "xlsx", "docx", "md", "html"):
            found = Answer(
                "Changes in check results",
                lambda: changed_lines(changes),
                changes.to_json,
                lambda: [changes.table()],
            )
            deliver(found, dataset, wanted)
            return int(fails(report, fail_on))
    answer = Answer(
        "Check results",
        lambda: check_lines(report, every=every),
        report.to_json,
        lambda: [_table(report)],
        {
            "ttl": lambda: _rdf(report, "ttl"),
            "jsonld": lambda: _rdf(report, "jsonld"),
            "sarif": lambda: _sarif(dataset, report),
            "junit": lambda: to_junit(report),
        },
    )
    deliver(answer, dataset, wanted)
    return int(fails(report, fail_on))


def _table(report: "Report") -> "Table":
    from goldenthread.domain.tabling import result_table

    return result_table(report)


def _rdf(report: "Report", form: str) -> bytes:
    from goldenthread.services.exporting import graph_bytes
    from goldenthread.services.validation import to_graph

    return graph_bytes(to_graph(report), form)


def _sarif(dataset: "Dataset", report: "Report") -> bytes:
    """Return results at their lines, in files as they are named from where the check was run."""
    from goldenthread.domain.sarif import to_sarif
    from goldenthread.services.exporting import tool_version
    from goldenthread.store.places import places

    found, top = places(dataset), Path.cwd()

    def locate(iri: str) -> tuple[str, int] | None:
        place = found.get(iri)
        if place is None:
            return None
        file = place.file.resolve()
        inside = file.is_relative_to(top)
        return (file.relative_to(top).as_posix() if inside else file.as_uri()), place.line

    return json_bytes(to_sarif(report, locate, tool_version()))


def _since(dataset: "Dataset", report: "Report", baseline: str, rules: list[str]) -> "Changes":
    """Return what changed since a file of results, or since the plan's folder at a revision.

    An earlier state is checked with the rules of today: only the plan differs.
    """
    from goldenthread.domain import baseline as baselines

    file = Path(baseline)
    if file.is_file():
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise Unreadable(f"{error}. A baseline is JSON from check.", baseline) from error
        return baselines.changes(report, baselines.of_json(said, report.reading), file.name)
    from goldenthread.services.validation import check
    from goldenthread.store.dataset import Dataset
    from goldenthread.store.history import as_it_was

    if len(dataset.folders) != 1 or not dataset.folders[0].is_dir():
        raise BadValue(
            f"There is no file {baseline}, and a revision needs one plan's folder. Name one."
        )
    with as_it_was(dataset.folders[0], baseline) as folder:
        then = check(Dataset.open([folder]), report.reading, rules or None)
    return baselines.changes(report, baselines.of_report(then), f"revision {baseline}")
