"""The values of a description: what is said of one node, what was judged, and why it is said."""

from dataclasses import dataclass
from typing import Any

from goldenthread.domain.thread import Entry, Link, Node, brief


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said of a node: the property in words, the value, its IRI if it has one."""

    label: str
    text: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A link and the node at its other end."""

    link: Link
    node: Node


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on a judgement: what it became, by whose word, when and why."""

    status: str
    role: str
    date: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that corrections change about a node."""

    text: str
    iri: str
    """What is gained or lost."""
    gained: bool
    """Whether it is there with corrections and not as printed; else the other way round."""


@dataclass(frozen=True, slots=True)
class JudgementCard:
    """One judgement or repair, with everything that decides whether to trust it."""

    iri: str
    id: str
    label: str
    kind: str
    status: str
    reason: str
    confidence: str
    role: str
    date: str
    applies_in: tuple[str, ...]
    in_force: bool
    cites: tuple[Entry, ...]
    effects: tuple[str, ...]
    about: tuple[str, ...] = ()
    """IRIs of every entry, row and thing that it names."""
    decisions: tuple[Decision, ...] = ()
    """What was decided of it since, first decision first."""

    def to_json(self) -> dict[str, Any]:
        """Return the card for JSON answers."""
        names = ("iri", "id", "label", "kind", "status", "reason", "confidence", "role", "date")
        return {n: getattr(self, n) for n in names} | {
            "appliesIn": list(self.applies_in),
            "inForce": self.in_force,
            "cites": [e.to_json() for e in self.cites],
            "effects": list(self.effects),
            "decisions": [
                {"status": d.status, "role": d.role, "date": d.date, "reason": d.reason}
                for d in self.decisions
            ],
        }


@dataclass(frozen=True, slots=True)
class Description:
    """One node with what is said of it and what stands around it."""

    node: Node
    kind: str
    facts: tuple[Fact, ...]
    up: tuple[Step, ...]
    down: tuple[Step, ...]
    listed_with: tuple[Node, ...]
    judgements: tuple[JudgementCard, ...]
    references: tuple[tuple[Node, Entry | None], ...] = ()
    dates_differ: tuple[str, ...] = ()
    """In sentences, where documents date it, or work that overlaps it, differently."""

    @property
    def groups(self) -> bool:
        """Return whether it groups or dates things, and is no step of a thread."""
        return self.node.cls in ("Theme", "Period")

    @property
    def printed(self) -> bool:
        """Return whether it has a place in a document: then it is print and no thing."""
        return any(f.label == "place" for f in self.facts)

    @property
    def threaded(self) -> bool:
        """Return whether threads go through it: it has a place among the levels, or links."""
        return not self.groups and bool(self.node.level or self.up or self.down)

    def to_json(self) -> dict[str, Any]:
        """Return the description for JSON answers."""
        return self.node.to_json() | {
            "kind": self.kind,
            "facts": [{"label": f.label, "text": f.text, "iri": f.iri} for f in self.facts],
            "up": [{"link": s.link.to_json(), "node": brief(s.node)} for s in self.up],
            "down": [{"link": s.link.to_json(), "node": brief(s.node)} for s in self.down],
            "listedWith": [brief(n) for n in self.listed_with],
            "judgements": [j.to_json() for j in self.judgements],
            "refersTo": [brief(n) for n, _ in self.references],
            "datesDiffer": list(self.dates_differ),
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why something is said: a sentence, the words it rests on, and what supports it."""

    subject: str
    """IRI of what is explained."""
    sentence: str
    entries: tuple[Entry, ...] = ()
    parts: tuple["Explanation", ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the chain of evidence as nested objects."""
        return {
            "subject": self.subject,
            "sentence": self.sentence,
            "entries": [e.to_json() for e in self.entries],
            "parts": [p.to_json() for p in self.parts],
        }
