"""A sample for an auditor: what was drawn, how, and what came back on the sheet."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldenthread.domain.columns import CHECKED, SAMPLE, SAMPLE_ON_PAPER, SAMPLED
from goldenthread.domain.table import Table

VERDICTS = CHECKED
_MEANT = {
    "agrees": ("yes", "y", "agree", "agreed", "ok", "✓", "✔"),
    "differs": ("no", "n", "differ", "disagrees", "disagree", "different"),
    "cannot tell": ("?", "unsure", "unclear", "not sure", "can't tell", "don't know"),
}
"""What people write beside “Agrees?” where nothing makes them choose. No cross: some tick so."""


def verdict(written: str) -> str:
    """Return the verdict that somebody wrote, or what they wrote where it is none."""
    said = (
        " ".join(written.split())
        .casefold()
        .rstrip(".!")
        .replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    )
    return next((v for v, words in _MEANT.items() if said == v or said in words), said)


"""What an auditor may find when the paper is laid beside a row."""


@dataclass(frozen=True, slots=True)
class Item:
    """One recorded link or one printed entry, with all that is needed to look it up on paper."""

    kind: str
    """`link` or `entry`."""
    level: str
    """The plan's own name for the level of the thing that it is about."""
    iri: str
    id: str
    claim: str
    """What the graph says, in a sentence."""
    words: str
    """The words exactly as printed, one quote a line."""
    place: str
    """Document and place of each quote, a line each."""
    how: str
    """How we know it."""

    @property
    def mark(self) -> str:
        """Return a mark that changes when anything that the row shows changes."""
        shown = [self.iri, self.claim, self.words, self.place, self.how]
        return hashlib.sha256("\0".join(shown).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn from a data set with a seed."""

    seed: int
    reading: str
    sha256: str
    population: Mapping[tuple[str, str], int]
    """How many there are of each kind and level."""
    items: tuple[Item, ...]

    @property
    def drawn(self) -> Counter[tuple[str, str]]:
        """Return how many were drawn of each kind and level."""
        return Counter((i.kind, i.level) for i in self.items)

    @property
    def note(self) -> str:
        """Return how it was drawn and what to do with it."""
        return (
            f"{len(self.items)} of {sum(self.population.values())} links and entries, drawn with "
            f"seed {self.seed} from data set {self.sha256}. Lay the documents beside each row, "
            "then say whether it agrees, differs, or you cannot tell, and sign."
        )

    def paper(self) -> Table:
        """Return the sheet to be filled in by hand: what a page in landscape has room for."""
        ticks = "\n".join(f"☐ {v}" for v in VERDICTS)
        rows = tuple(
            (n, f"{i.claim}\n({i.id})", _quoted(i), i.how, ticks, "")
            for n, i in enumerate(self.items, start=1)
        )
        return Table("Sample", SAMPLE_ON_PAPER, rows, self.note)

    def table(self) -> Table:
        """Return the sheet that an auditor ticks and signs."""
        rows = tuple(
            (n, i.kind, i.level, i.claim, i.words, i.place, i.how, "", "", "", "", i.id, i.mark)
            for n, i in enumerate(self.items, start=1)
        )
        return Table("Sample", SAMPLE, rows, self.note)

    def to_json(self) -> dict[str, Any]:
        """Return the sample as `sample --format json` shows it."""
        return {
            "seed": self.seed,
            "reading": self.reading,
            "dataset": {"sha256": self.sha256},
            "strata": [
                {"kind": kind, "level": level, "population": n, "drawn": self.drawn[kind, level]}
                for (kind, level), n in self.population.items()
            ],
            "items": [
                {
                    "kind": i.kind,
                    "level": i.level,
                    "iri": i.iri,
                    "id": i.id,
                    "claim": i.claim,
                    "words": i.words,
                    "place": i.place,
                    "howWeKnow": i.how,
                    "mark": i.mark,
                }
                for i in self.items
            ],
        }


def _quoted(item: Item) -> str:
    pairs = zip(item.place.splitlines(), item.words.splitlines(), strict=False)
    return "\n".join(f"{place}: “{words}”" for place, words in pairs)


@dataclass(frozen=True, slots=True)
class Checked:
    """One row of a sheet that came back."""

    id: str
    verdict: str
    """One of `VERDICTS`, empty where nothing was ticked, else the words on the sheet."""
    remarks: str
    by: str
    on: str
    claim: str
    """What the sheet said."""
    now: Item | None
    """What the data say now; None where it is gone."""
    changed: bool
    """Whether the data say something else than the sheet did."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that came back, beside the data as they are now."""

    rows: tuple[Checked, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows have each verdict, in the order of `VERDICTS`, then the rest."""
        found = Counter(r.verdict or "not ticked" for r in self.rows)
        order = [*VERDICTS, "not ticked"]
        return {v: found[v] for v in (*order, *sorted(set(found) - set(order))) if found[v]}

    def table(self) -> Table:
        """Return the rows beside the data."""
        rows = tuple(
            (
                r.id,
                r.verdict or "not ticked",
                r.remarks,
                r.by,
                r.on,
                r.claim,
                r.now.claim if r.now else "",
                r.now.words if r.now else "",
                "gone" if r.now is None else "yes" if r.changed else "no",
            )
            for r in self.rows
        )
        said = ", ".join(f"{n} {v}" for v, n in self.counts.items())
        return Table("Sample, as it came back", SAMPLED, rows, f"{len(rows)} rows: {said}.")

    def to_json(self) -> dict[str, Any]:
        """Return the sheet as `sample --read FILE --format json` shows it."""
        return {
            "counts": self.counts,
            "rows": [
                {
                    "id": r.id,
                    "verdict": r.verdict or None,
                    "remarks": r.remarks,
                    "by": r.by,
                    "on": r.on,
                    "claim": r.claim,
                    "now": r.now.claim if r.now else None,
                    "words": r.now.words if r.now else None,
                    "changed": r.changed,
                }
                for r in self.rows
            ],
        }
