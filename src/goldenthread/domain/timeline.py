"""The values of a timeline: things in rows, periods in columns, and what no period holds."""

from dataclasses import dataclass
from typing import Any

from goldenthread.domain.picking import Facet
from goldenthread.domain.thread import Node, brief

NAMED, GOES_ON = "named", "goes on"
_HOW = ("named", "ongoing", "before")


@dataclass(frozen=True, slots=True)
class Slot:
    """One period, as the head of a column."""

    iri: str
    id: str
    label: str
    whole: str = ""
    """Label of the period that it is a part of."""


@dataclass(frozen=True, slots=True)
class Timescale:
    """One printed timescale, with what is read from its words."""

    iri: str
    words: str
    document: str
    place: str
    basis: str
    """How we know that it is the thing's; empty where it goes with nothing."""
    ongoing: bool
    phase: str
    """The stage of the work that it names, such as a pilot; else empty."""
    periods: tuple[str, ...]
    """IRIs of the periods that it names."""
    after: tuple[str, ...] = ()
    """IRIs of the periods in which it goes on, being without an end."""

    def to_json(self) -> dict[str, Any]:
        """Return the timescale as JSON answers have it."""
        return {
            "iri": self.iri,
            "words": self.words,
            "document": self.document,
            "place": self.place,
            "basis": self.basis,
            "ongoing": self.ongoing,
            "phase": self.phase,
            "periods": list(self.periods),
            "goesOnIn": list(self.after),
        }


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing with its timescales."""

    node: Node
    timescales: tuple[Timescale, ...] = ()
    listed: tuple[tuple[str, str], ...] = ()
    """Periods that columns are headed with in which it is listed, each with the document."""
    differs: tuple[str, ...] = ()
    """In sentences, where documents date it, or work that overlaps it, differently."""
    aims: tuple[tuple[str, str], ...] = ()
    """Short id and words of each thing of the first level that it serves."""
    themes: tuple[tuple[str, str], ...] = ()

    def in_period(self, period: str) -> tuple[tuple[Timescale, str], ...]:
        """Return the timescales that reach into a period, each `named` or `goes on` there."""
        return tuple(
            (t, NAMED if period in t.periods else GOES_ON)
            for t in self.timescales
            if period in (*t.periods, *t.after)
        )

    def words(self, period: str) -> str:
        """Return what its timescales say of a period, in a word or two; empty if nothing."""
        found = []
        for t, how in self.in_period(period):
            said = t.phase or how
            found.append(f"{said}, ongoing" if t.ongoing and how == NAMED else said)
        return "; ".join(dict.fromkeys(found))

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return what its timescales say beside the period: phases as printed, `ongoing`."""
        said = [t.phase for t in self.timescales if t.phase]
        said += ["ongoing"] if any(t.ongoing for t in self.timescales) else []
        return tuple(dict.fromkeys(said))

    def to_json(self) -> dict[str, Any]:
        """Return the thing and its timescales as JSON answers have them."""
        return brief(self.node) | {
            "level": self.node.level,
            "themes": [label for _, label in self.themes],
            "timescales": [t.to_json() for t in self.timescales],
            "listedFor": [{"period": p, "document": d} for p, d in self.listed],
            "differs": list(self.differs),
        }


@dataclass(frozen=True, slots=True)
class Tally:
    """How much falls into one period."""

    slot: Slot
    named: int
    """Things with a timescale that names it."""
    ongoing: int
    """Of these, things that go on from here."""
    before: int
    """Further things that go on from an earlier period."""
    phases: tuple[tuple[str, int], ...] = ()
    """Of those named, how many in each phase."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Things by period, what has no timescale, and the timescales that go with nothing."""

    reading: str
    slots: tuple[Slot, ...]
    rows: tuple[Dated, ...]
    unscheduled: tuple[Dated, ...]
    loose: tuple[Timescale, ...]
    facets: tuple[Facet, ...]
    total: int
    """How many things there are before anything is left out."""
    one: str
    """What a row is, in the plan's own word."""
    many: str
    sentence: str = ""
    """What is shown and what is left out."""
    assumed: tuple[tuple[str, str, str], ...] = ()
    """Judgements about the periods themselves: IRI, words and status."""

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Return how much falls into each period."""
        return tuple(self._tally(slot) for slot in self.slots)

    def _tally(self, slot: Slot) -> Tally:
        found = {how: len(rows) for how, rows in self.falling(slot).items()}
        phases = tuple((k, n) for k, n in found.items() if k not in _HOW)
        return Tally(slot, found["named"], found["ongoing"], found["before"], phases)

    def falling(self, slot: Slot) -> dict[str, list[Dated]]:
        """Return what falls into a period, by how: `named`, `ongoing`, `before`, each phase."""
        found: dict[str, list[Dated]] = {how: [] for how in _HOW}
        for row in self.rows:
            marks = row.in_period(slot.iri)
            named = [t for t, how in marks if how == NAMED]
            if not named:
                found["before"] += [row] if marks else []
                continue
            found["named"].append(row)
            found["ongoing"] += [row] if any(t.ongoing for t in named) else []
            for phase in dict.fromkeys(t.phase for t in named if t.phase):
                found.setdefault(phase, []).append(row)
        return found

    def to_json(self) -> dict[str, Any]:
        """Return the timeline as JSON answers have it."""
        return {
            "reading": self.reading,
            "shown": self.sentence,
            "periods": [
                {
                    "iri": t.slot.iri,
                    "id": t.slot.id,
                    "label": t.slot.label,
                    "partOf": t.slot.whole or None,
                    "named": t.named,
                    "ongoing": t.ongoing,
                    "goingOnFromBefore": t.before,
                    "phases": dict(t.phases),
                }
                for t in self.tallies
            ],
            "things": [r.to_json() for r in self.rows],
            "unscheduled": [r.to_json() for r in self.unscheduled],
            "withoutThing": [t.to_json() for t in self.loose],
            "assumptions": [
                {"iri": iri, "label": label, "status": status}
                for iri, label, status in self.assumed
            ],
            "facets": [f.to_json() for f in self.facets],
        }
