"""Check results beside earlier ones: what is new, what has been mended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from goldenthread.domain.columns import CHANGES
from goldenthread.domain.table import Table
from goldenthread.domain.validation import Report, Result
from goldenthread.errors import BadValue


@dataclass(frozen=True, slots=True)
class Known:
    """One earlier result, as far as it can still be told."""

    id: str
    rule: str
    severity: str
    focus: str
    """Short id of what it was about."""
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a check found that an earlier one did not, and the other way round."""

    since: str
    """What it was compared with, in words."""
    new: tuple[Result, ...]
    mended: tuple[Known, ...]
    unchanged: int

    def table(self) -> Table:
        """Return the changes as a table: new ones first."""
        rows = [
            ("new", r.severity, r.rule.id, r.focus.id, r.focus.name, r.message, r.id)
            for r in self.new
        ]
        rows += [
            ("mended", k.severity, k.rule, k.focus, k.label, k.message, k.id) for k in self.mended
        ]
        return Table("Changes", CHANGES, tuple(rows), self.sentence)

    @property
    def sentence(self) -> str:
        """Return the counts in a sentence."""
        return (
            f"Since {self.since}: {len(self.new)} new, {len(self.mended)} mended, "
            f"{self.unchanged} as before."
        )

    def to_json(self) -> dict[str, Any]:
        """Return the changes as `check --baseline ... --format json` shows them."""
        return {
            "since": self.since,
            "new": [r.to_json() for r in self.new],
            "mended": [
                {
                    "id": k.id,
                    "rule": k.rule,
                    "severity": k.severity,
                    "focus": {"id": k.focus, "label": k.label},
                    "message": k.message,
                }
                for k in self.mended
            ],
            "unchanged": self.unchanged,
        }


def changes(report: Report, earlier: Iterable[Known], since: str) -> Changes:
    """Return how a report differs from earlier results; ids decide, never wording."""
    known = {k.id: k for k in earlier}
    now = {r.id for r in report.results}
    return Changes(
        since=since,
        new=tuple(r for r in report.results if r.id not in known),
        mended=tuple(k for i, k in known.items() if i not in now),
        unchanged=len(now & set(known)),
    )


def of_report(report: Report) -> list[Known]:
    """Return the results of a report as earlier ones."""
    return [
        Known(r.id, r.rule.id, r.severity, r.focus.id, r.focus.name, r.message)
        for r in report.results
    ]


def of_json(said: object, reading: str) -> list[Known]:
    """Return the results that `check --format json` wrote.

    Raises:
        BadValue: it is something else, or about the other reading.
    """
    if not isinstance(said, Mapping) or not isinstance(said.get("results"), list):
        raise BadValue("The baseline is no answer of `goldenthread check --format json`.")
    if said.get("reading", reading) != reading:
        raise BadValue(
            f"The baseline is about the reading {said['reading']}, and this check about {reading}. "
            f"Give --reading {said['reading']}."
        )
    try:
        return [
            Known(
                r["id"],
                r["rule"],
                r["severity"],
                r["focus"]["id"],
                r["focus"]["label"],
                r["message"],
            )
            for r in said["results"]
        ]
    except (KeyError, TypeError) as error:
        raise BadValue(f"The baseline lacks {error}: it is no whole answer of check.") from error
