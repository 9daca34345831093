"""One thing of a plan, with its timescales and with the entries that print it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from goldenthread.domain.english import listed
from goldenthread.domain.identifiers import short_id


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed item: where it stands and its words as printed."""

    iri: str
    document: str
    """Short title of the document."""
    place: str
    quote: str
    """The raw characters; spans are joined by a line break."""
    spans: tuple[tuple[int, int], ...]
    """Code points in the extraction, end-exclusive, in reading order."""
    number: str | None = None
    plain: str = ""
    """Its words without number and marks, in small letters: what wordings are compared by."""

    def to_json(self) -> dict[str, Any]:
        """Return the entry as `trace --format json` shows it."""
        return {
            "iri": self.iri,
            "document": self.document,
            "place": self.place,
            "quote": self.quote,
            "spans": [list(s) for s in self.spans],
            "number": self.number,
        }


@dataclass(frozen=True, slots=True)
class Schedule:
    """One printed timescale of an action, and how we know that it is the action's."""

    iri: str
    words: str
    document: str
    place: str
    basis: str


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of a plan, with everything that a line about it shows."""

    iri: str
    label: str
    cls: str
    """Local name of its class."""
    level: str
    """Key of its level; empty where the plan gives it none."""
    level_name: str
    """The plan's own name for the level, or the label of its class."""
    order: int
    """Order of its level, counted from one; 99 without a level."""
    notation: str | None
    themes: tuple[str, ...] = ()
    schedule: tuple[Schedule, ...] = ()
    entries: tuple[Entry, ...] = ()
    namesakes: tuple[tuple[str, str], ...] = ()
    """Where its number is printed for another thing: the document, and that thing's short id."""
    plan_key: str = ""
    """Key of its plan, where several plans are loaded; else empty."""

    @property
    def id(self) -> str:
        """Return the short id, after the plan's key and a colon where several are loaded."""
        return f"{self.plan_key}:{short_id(self.iri)}" if self.plan_key else short_id(self.iri)

    @property
    def name(self) -> str:
        """Return level, number and words as people say them: `priority 4, Support carers`."""
        head = f"{self.level_name} {self.notation}" if self.notation else self.level_name
        return f"{head}: {self.label}"

    @property
    def other_numbers(self) -> tuple[tuple[str, str], ...]:
        """Return numbers that differ from the thing's own, each with the document printing it."""
        found = {(e.number, e.document) for e in self.entries if e.number != self.notation}
        return tuple(sorted((n, d) for n, d in found if n))

    @property
    def number_notes(self) -> tuple[str, ...]:
        """Return in sentences where the documents number it, or another thing, otherwise."""
        own = tuple(f"{document} prints it as {n}." for n, document in self.other_numbers)
        others = tuple(
            f"{document} prints {self.notation} for what is {other} here."
            for document, other in self.namesakes
        )
        return own + others

    @property
    def other_wordings(self) -> tuple[Entry, ...]:
        """Return the entries that word it otherwise than the one that defines it, one a wording.

        An entry that says more, or breaks off, words it otherwise too; case, spacing and the
        shape of quotation marks make no difference.
        """
        seen = {entry.plain for entry in self.entries[:1]}
        found = []
        for entry in self.entries[1:]:
            if entry.plain not in seen:
                seen.add(entry.plain)
                found.append(entry)
        return tuple(found)

    def to_json(self) -> dict[str, Any]:
        """Return the node as `trace --format json` shows it."""
        return {
            "iri": self.iri,
            "id": self.id,
            "label": self.label,
            "class": self.cls,
            "level": self.level,
            "levelName": self.level_name,
            "notation": self.notation,
            "numberNotes": list(self.number_notes),
            "themes": list(self.themes),
            "schedule": [s.words for s in self.schedule],
            "entries": [e.to_json() for e in self.entries],
        }


def brief(node: Node) -> dict[str, Any]:
    """Return the few fields by which JSON answers name a thing."""
    return {
        "iri": node.iri,
        "id": node.id,
        "label": node.label,
        "class": node.cls,
        "notation": node.notation,
    }


def together(places: Sequence[str]) -> str:
    """Return where several entries of a cell stand, by what their places share: `row 6, column 4`.

    Places that share nothing are listed.
    """
    parts = [place.split(", ") for place in places]
    shared = [same[0] for same in takewhile(lambda p: len(set(p)) == 1, zip(*parts, strict=False))]
    return ", ".join(shared) or listed(places)
