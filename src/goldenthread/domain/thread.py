"""The values of a trace: nodes with their entries, links with their evidence, threads."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from goldenthread.domain.node import Entry, Node, Schedule, brief
from goldenthread.domain.selection import Narrowed

__all__ = [
    "BASES",
    "Entry",
    "Evidence",
    "Link",
    "Node",
    "Schedule",
    "Thread",
    "Trace",
    "brief",
    "rank",
]

# How certain a basis is, strongest first; the words are those on screen (model.md, section 2).
BASES = ("stated", "same wording", "by position", "similar wording")


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
