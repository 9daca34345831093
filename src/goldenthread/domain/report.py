"""The values of gaps, coverage, descriptions, judgements, explanations and the overview."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from goldenthread.domain.thread import Entry, Link, Node


def brief(node: Node) -> dict[str, Any]:
    """Return the few fields by which JSON answers name a thing."""
    return {
        "iri": node.iri,
        "id": node.id,
        "label": node.label,
        "class": node.cls,
        "notation": node.notation,
    }


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


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a row or column of a matrix."""

    iri: str
    id: str
    label: str
    name: str
    """How the head is read aloud: `priority 2: Tackle inequalities`, `theme Place`."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """How often the things of one level meet those of another, a theme or a period."""

    reading: str
    row_name: str
    column_name: str
    counted: str
    """Plural name of what the cells count."""
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: dict[tuple[str, str], tuple[Node, ...]] = field(default_factory=dict)

    def cell(self, row: str, column: str) -> tuple[Node, ...]:
        """Return the things that a cell counts; empty where no link is recorded."""
        return self.cells.get((row, column), ())

    def row_total(self, row: str) -> int:
        """Return how many different things the row's cells count."""
        return len({n.iri for c in self.columns for n in self.cell(row, c.iri)})

    def column_total(self, column: str) -> int:
        """Return how many different things the column's cells count.

        Where the columns are themselves what is counted, that would be one or none, so it is in
        how many rows the column's thing is counted: the links recorded for it.
        """
        cells = [self.cell(r.iri, column) for r in self.rows]
        counted = {n.iri for cell in cells for n in cell}
        return sum(map(bool, cells)) if counted == {column} else len(counted)

    @property
    def empty_rows(self) -> tuple[Heading, ...]:
        """Return the rows in which nothing is recorded."""
        return tuple(r for r in self.rows if not self.row_total(r.iri))

    @property
    def empty_columns(self) -> tuple[Heading, ...]:
        """Return the columns in which nothing is recorded."""
        return tuple(c for c in self.columns if not self.column_total(c.iri))

    def to_json(self) -> dict[str, Any]:
        """Return rows, columns, and every cell with something in it, with its rows."""
        return {
            "reading": self.reading,
            "rows": [{"iri": h.iri, "id": h.id, "label": h.label} for h in self.rows],
            "columns": [{"iri": h.iri, "id": h.id, "label": h.label} for h in self.columns],
            "counted": self.counted,
            "cells": [
                {"row": r.id, "column": c.id, "count": len(found), "things": [n.id for n in found]}
                for r in self.rows
                for c in self.columns
                if (found := self.cell(r.iri, c.iri))
            ],
            "emptyRows": [h.id for h in self.empty_rows],
            "emptyColumns": [h.id for h in self.empty_columns],
        }


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

    def to_json(self) -> dict[str, Any]:
        """Return the card for JSON answers."""
        names = ("iri", "id", "label", "kind", "status", "reason", "confidence", "role", "date")
        return {n: getattr(self, n) for n in names} | {
            "appliesIn": list(self.applies_in),
            "inForce": self.in_force,
            "cites": [e.to_json() for e in self.cites],
            "effects": list(self.effects),
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


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence counted from the graph, with the things that it counts."""

    text: str
    rows: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Top:
    """One aim of the first level, with how many things of each level stand under it."""

    node: Node
    counts: tuple[tuple[str, int, int | None], ...]
    """Plural level name, number in this reading, number in the other where it differs."""
    references: tuple[tuple[Node, Entry | None], ...] = ()

    @property
    def bare(self) -> bool:
        """Return whether nothing at all is recorded under it."""
        return not any(n for _, n, _ in self.counts)


@dataclass(frozen=True, slots=True)
class Overview:
    """What a person sees first of one plan."""

    plan: Node
    publisher: str
    documents: tuple[Node, ...]
    sentences: tuple[Sentence, ...]
    tops: tuple[Top, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the overview for JSON answers."""
        return {
            "plan": brief(self.plan),
            "publisher": self.publisher,
            "documents": [brief(d) for d in self.documents],
            "sentences": [
                {"text": s.text, "rows": [brief(n) for n in s.rows]} for s in self.sentences
            ],
            "tops": [
                {
                    "node": brief(t.node),
                    "counts": {name: count for name, count, _ in t.counts},
                    "refersTo": [brief(n) for n, _ in t.references],
                }
                for t in self.tops
            ],
        }
