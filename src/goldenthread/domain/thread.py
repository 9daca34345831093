"""The values of a trace: nodes with their entries, links with their evidence, threads."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from goldenthread.domain.identifiers import short_id
from goldenthread.domain.selection import Narrowed

# How certain a basis is, strongest first; the words are those on screen (model.md, section 2).
BASES = ("stated", "same wording", "by position", "similar wording")


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


@dataclass(frozen=True, slots=True)
class Evidence:
    """One alignment: two entries that together carry a link."""

    iri: str
    basis: str
    asserted_by: str
    """Label of the document, rule or role."""
    stated_in: str
    """Short title of the document; empty where no document carries it."""
    from_entry: Entry | None
    to_entry: Entry | None
    judgements: tuple[tuple[str, str], ...] = ()
    """IRI and label of each judgement it rests on."""
    moved: bool = False
    """Whether its entries stand in different rows in print: a correction brings them together."""


@dataclass(frozen=True, slots=True)
class Link:
    """One triple between two nodes, pointing up, with the alignments that carry it."""

    source: str
    target: str
    predicate: str
    """Local name of the property; `property` in JSON."""
    evidence: tuple[Evidence, ...] = ()

    @property
    def best(self) -> Evidence | None:
        """Return the strongest alignment: a link is as sure as the best that carries it."""
        if len(self.evidence) < 2:  # noqa: PLR2004 - one needs no comparison, and most have one
            return self.evidence[0] if self.evidence else None
        return min(self.evidence, key=lambda e: (rank(e.basis), len(e.judgements), e.iri))

    @property
    def basis(self) -> str:
        """Return how we know, or `not recorded` for a triple that no alignment carries."""
        return self.best.basis if self.best else "not recorded"

    def to_json(self) -> dict[str, Any]:
        """Return the link as `trace --format json` shows it; from and to point up."""
        return {
            "from": self.source,
            "to": self.target,
            "property": self.predicate,
            "basis": self.basis,
            "assertedBy": self.best.asserted_by if self.best else None,
            "statedIn": sorted({e.stated_in for e in self.evidence if e.stated_in}),
            "alignments": [e.iri for e in self.evidence],
        }


def rank(basis: str) -> int:
    """Return the place of a basis from the surest (0); unknown ones come last."""
    return BASES.index(basis) if basis in BASES else len(BASES)


@dataclass(frozen=True, slots=True)
class Thread:
    """One path from the focus to a node with nothing further, with its least certain step."""

    nodes: tuple[str, ...]
    links: tuple[Link, ...]
    """One link a step: `links[i]` joins `nodes[i]` and `nodes[i + 1]`."""
    ends: str
    """`printed` if one document pairs the two ends, else `inferred`."""
    moved: bool = False
    """Whether the document pairs them only as a correction reads it."""

    @property
    def weakest(self) -> int:
        """Return the index of the least certain step; the first of equals."""
        return max(range(len(self.links)), key=lambda i: (rank(self.links[i].basis), -i))

    def to_json(self) -> dict[str, Any]:
        """Return the thread as `trace --format json` shows it; `link` counts steps from 0."""
        step = self.links[self.weakest]
        best = step.best
        quote = best.from_entry.quote if best and best.from_entry else ""
        return {
            "nodes": list(self.nodes),
            "weakest": {"link": self.weakest, "basis": step.basis, "quote": quote},
            "ends": self.ends,
            "byCorrection": self.moved,
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that stands above or below one thing."""

    focus: Node
    direction: str
    reading: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    threads: tuple[Thread, ...]
    omitted: int = 0
    """How many threads were left out because there were more than asked for."""
    references: tuple[tuple[Node, Entry | None], ...] = field(default=())
    """Printed cross-references of the focus: shown beside it, never a step."""
    narrowed: Narrowed | None = None
    """What it was narrowed to and what that left out; None where nobody asked."""

    @property
    def counts(self) -> dict[str, int]:
        """Return how many nodes there are of each class, the focus included."""
        return _classes(self.nodes)

    @property
    def ties(self) -> dict[str, Link]:
        """Return the links of the focus itself by their other end, those left out included.

        What is said of the whole trace rests on them: a filter takes nothing back.
        """
        aside = self.narrowed.aside if self.narrowed else ()
        focus = self.focus.iri
        return {
            (link.source if link.target == focus else link.target): link
            for link in (*aside, *self.links)
            if focus in (link.source, link.target)
        }

    def node(self, iri: str) -> Node:
        """Return the node of that IRI.

        Raises:
            KeyError: the trace has no such node.
        """
        for node in self.nodes:
            if node.iri == iri:
                return node
        raise KeyError(iri)

    def to_json(self) -> dict[str, Any]:
        """Return the trace in the form that surfaces.md fixes."""
        f = self.focus
        return {
            "focus": {
                "iri": f.iri,
                "id": f.id,
                "label": f.label,
                "class": f.cls,
                "notation": f.notation,
            },
            "direction": self.direction,
            "reading": self.reading,
            "nodes": [n.to_json() for n in self.nodes],
            "links": [li.to_json() for li in self.links],
            "threads": [t.to_json() for t in self.threads],
            "counts": self.counts,
            "omitted": self.omitted,
            "filter": self.narrowed.query if self.narrowed else {},
            "leftOut": {
                "counts": _classes(self.narrowed.left_out if self.narrowed else ()),
                "links": self.narrowed.links_left_out if self.narrowed else 0,
            },
        }


def _classes(nodes: Iterable[Node]) -> dict[str, int]:
    return dict(sorted(Counter(n.cls for n in nodes).items()))


def brief(node: Node) -> dict[str, Any]:
    """Return the few fields by which JSON answers name a thing."""
    return {
        "iri": node.iri,
        "id": node.id,
        "label": node.label,
        "class": node.cls,
        "notation": node.notation,
    }
