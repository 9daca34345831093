"""The values of gaps: what a level expects and a thing has not."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from goldenthread.domain.picking import Field, Narrowed, narrow
from goldenthread.domain.thread import Entry, Node, brief


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that has not what its level expects."""

    level: str
    level_name: str
    focus: Node
    missing: str
    """Key of the expectation: `promise`, `timescale`."""
    missing_name: str
    direction: str
    """`above` or `below`."""
    relation: str
    """How the missing thing would stand to it, in words: `under it`, `that it serves`."""
    expected: int
    found: int
    other_reading: int | None
    """How many the other reading finds, where that differs."""
    references: tuple[tuple[Node, Entry | None], ...] = ()

    @property
    def sentence(self) -> str:
        """Return the gap in words, never saying more than that no link is recorded."""
        few = "no" if not self.found else f"only {self.found} of {self.expected}"
        return f"{self.focus.name}: {few} {self.missing_name} is recorded {self.relation}"

    def to_json(self) -> dict[str, Any]:
        """Return the gap as `gaps --format json` shows it."""
        return {
            "level": self.level,
            "levelName": self.level_name,
            "focus": brief(self.focus),
            "missing": self.missing,
            "missingName": self.missing_name,
            "direction": self.direction,
            "expected": self.expected,
            "found": self.found,
            "otherReading": self.other_reading,
            "refersTo": [brief(n) for n, _ in self.references],
        }


@dataclass(frozen=True, slots=True)
class GapReport:
    """What the levels of the plans expect and the reading has not."""

    reading: str
    gaps: tuple[Gap, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many things of a level lack each expectation, keyed `level: missing`."""
        return dict(Counter(f"{g.level}: {g.missing}" for g in self.gaps))

    def to_json(self) -> dict[str, Any]:
        """Return the report in the form that surfaces.md fixes."""
        return {
            "reading": self.reading,
            "gaps": [g.to_json() for g in self.gaps],
            "counts": self.counts,
        }


FILTERS = ("level", "missing", "differs")


def choose(report: GapReport, chosen: Mapping[str, str]) -> tuple[GapReport, Narrowed[Gap]]:
    """Return the report with only the gaps that are chosen, and what else could be.

    Args:
        report: the report.
        chosen: key of a level, key of an expectation, `yes` for what the other reading counts
            otherwise; by `FILTERS`.
    """
    other = ("yes", "the two readings differ")
    fields: list[Field[Gap]] = [
        Field("level", "Level", lambda g: [(g.level, g.level_name)]),
        Field("missing", "Not recorded", lambda g: [(g.missing, g.missing_name)]),
        Field("differs", "Readings", lambda g: [other] if g.other_reading is not None else []),
    ]
    found = narrow(report.gaps, fields, chosen)
    return replace(report, gaps=found.kept), found
