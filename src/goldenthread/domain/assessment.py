"""What came back of samples: links and entries that somebody laid the paper beside."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from goldenthread.domain.columns import CHECKED
from goldenthread.domain.english import counted
from goldenthread.domain.table import Column, Table

_BY_LEVEL = (
    Column("kind", "Kind", "link or entry."),
    Column("level", "Level", "The plan's own name for the level of the thing it is about."),
    Column("checked", "Checked", "How many were laid beside the paper.", "integer"),
    *(Column(v.replace(" ", "_"), v.capitalize(), f"How many: {v}.", "integer") for v in CHECKED),
    Column("share", "Share that agrees", "Of those that could be told, in per cent.", "integer"),
)
_ROWS = (
    Column("sample", "Sample", "Which sample it was drawn in."),
    Column("kind", "Kind", "link or entry."),
    Column("level", "Level", "The plan's own name for the level of the thing it is about."),
    Column("claim", "What the graph said", "In a sentence, when it was checked."),
    Column("verdict", "Verdict", "agrees, differs or cannot tell."),
    Column("remarks", "Remarks", "What the auditor wrote."),
    Column("role", "By", "The post that laid the paper beside it."),
    Column("on", "Date", "When."),
    Column("changed", "Changed since", "Whether the data say something else now, or are gone."),
    Column("iri", "IRI", "Full identifier of the link's record or the entry."),
)
_HUNDRED = 100
# A column that is named otherwise than what it shows.
_OF = {"iri": "target"}


@dataclass(frozen=True, slots=True)
class Assessment:
    """One link or entry that was compared with the source in a sample."""

    iri: str
    target: str
    """IRI of the link's record or of the entry."""
    verdict: str
    """One of `columns.CHECKED`."""
    role: str
    on: str
    """The day, ISO 8601."""
    remarks: str
    claim: str
    """What the sheet said."""
    sample: str
    """Label of the sample."""
    kind: str = ""
    level: str = ""
    changed: str = "no"
    """`no`, `yes` or `gone`: whether the data say what the sheet said."""

    @property
    def sentence(self) -> str:
        """Return what was found, by whom, when, and whether that still stands."""
        found = f"Checked against the source in the {self.sample.lower()} of {self.on} by "
        found += f"{self.role}: {self.verdict}"
        found += f". {self.remarks.rstrip('.')}." if self.remarks else "."
        if self.changed != "no":
            found += " The data have changed since: that was said of other words."
        return found

    def to_json(self) -> dict[str, Any]:
        """Return the assessment for JSON answers."""
        names = ("iri", "target", "kind", "level", "verdict", "role", "remarks", "claim", "sample")
        return {n: getattr(self, n) for n in names} | {"date": self.on, "changed": self.changed}


@dataclass(frozen=True, slots=True)
class LevelTally:
    """What samples found of the links or entries of one level."""

    kind: str
    level: str
    counts: dict[str, int]

    @property
    def checked(self) -> int:
        """Return how many were laid beside the paper."""
        return sum(self.counts.values())

    @property
    def share(self) -> int | None:
        """Return how many per cent agree of those that could be told; None where none could."""
        told = self.counts[CHECKED[0]] + self.counts[CHECKED[1]]
        return round(_HUNDRED * self.counts[CHECKED[0]] / told) if told else None


@dataclass(frozen=True, slots=True)
class Assessed:
    """All assessments of a reading."""

    reading: str
    rows: tuple[Assessment, ...]

    @property
    def tallies(self) -> tuple[LevelTally, ...]:
        """Return the counts for each kind and level, in the order in which they come."""
        found: dict[tuple[str, str], Counter[str]] = {}
        for row in self.rows:
            found.setdefault((row.kind, row.level), Counter())[row.verdict] += 1
        return tuple(LevelTally(k, v, {c: n[c] for c in CHECKED}) for (k, v), n in found.items())

    @property
    def total(self) -> LevelTally:
        """Return the counts of all."""
        found = Counter(r.verdict for r in self.rows)
        return LevelTally("", "all", {c: found[c] for c in CHECKED})

    @property
    def sentence(self) -> str:
        """Return what samples found, in a sentence."""
        if not self.rows:
            return "No sample has been read back: nothing here was checked against the source."
        all_, counts = self.total, self.total.counts
        samples = len({r.sample + r.on for r in self.rows})
        said = f"{counted(all_.checked, 'link or entry', 'links and entries')} checked in "
        said += f"{counted(samples, 'sample', 'samples')}: {counts[CHECKED[0]]} agree"
        said += f", {counts[CHECKED[1]]} differ, {counts[CHECKED[2]]} could not be told"
        return said + (
            f"; {all_.share}% of those that could be told agree." if all_.share is not None else "."
        )

    def about(self, iris: set[str]) -> tuple[Assessment, ...]:
        """Return the assessments of some links or entries."""
        return tuple(r for r in self.rows if r.target in iris)

    def tables(self) -> list[Table]:
        """Return the counts by level, and one row an assessment."""
        counts = tuple(
            (t.kind or None, t.level, t.checked, *t.counts.values(), t.share)
            for t in (*self.tallies, *([self.total] if self.rows else []))
        )
        rows = tuple(tuple(getattr(r, _OF.get(c.key, c.key)) for c in _ROWS) for r in self.rows)
        return [
            Table("Checked, by level", _BY_LEVEL, counts, self.sentence),
            Table("Checked", _ROWS, rows, "One row a link or entry that was checked."),
        ]

    def to_json(self) -> dict[str, Any]:
        """Return the results of samples for JSON answers."""
        levels = [
            {"kind": t.kind, "level": t.level, "checked": t.checked, "agreePercent": t.share}
            | {"counts": t.counts}
            for t in self.tallies
        ]
        total = {"checked": self.total.checked, "agreePercent": self.total.share}
        return {
            "reading": self.reading,
            "sentence": self.sentence,
            "total": total | {"counts": self.total.counts},
            "levels": levels,
            "rows": [r.to_json() for r in self.rows],
        }
