"""The values of a comparison: two readings or two plans, and two things side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from goldenthread.domain.table import Column, Table, Value
from goldenthread.domain.thread import Node, brief

ADDED, REMOVED, REWORDED, RENUMBERED, OTHER = (
    "added",
    "removed",
    "reworded",
    "renumbered",
    "known otherwise",
)
KINDS = (ADDED, REMOVED, REWORDED, RENUMBERED, "moved", "themed otherwise", OTHER)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, with both sides and the judgements that make it."""

    what: str
    """`thing` or `link`."""
    kind: str
    """One of `KINDS`."""
    subject: Node
    """The thing, or the lower end of the link."""
    relation: str
    """Of a link: the property in words; else empty."""
    target: Node | None
    """Of a link: its upper end."""
    before: str
    after: str
    judgements: tuple[tuple[str, str], ...] = ()
    """IRI and label of each."""

    @property
    def name(self) -> str:
        """Return what changed in words."""
        if self.target is None:
            return self.subject.name
        return f"{self.subject.name} — {self.relation} — {self.target.name}"

    def to_json(self) -> dict[str, Any]:
        """Return the change for JSON answers."""
        return {
            "what": self.what,
            "kind": self.kind,
            "thing" if self.target is None else "from": brief(self.subject),
            **({"property": self.relation, "to": brief(self.target)} if self.target else {}),
            "before": self.before or None,
            "after": self.after or None,
            "judgements": [{"iri": i, "label": label} for i, label in self.judgements],
        }


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of a level, or links between two, each side has."""

    name: str
    links: bool
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Tied:
    """How many things of one level are linked to a thing, on each side; they differ."""

    node: Node
    level: str
    """The plan's plural name of the level that is counted."""
    before: int
    after: int
    judgements: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two readings of a plan, or two plans."""

    before: str
    """What the first side is, in words."""
    after: str
    counts: tuple[Count, ...]
    tied: tuple[Tied, ...]
    changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Return whether nothing differs."""
        return not self.changes

    @property
    def judged(self) -> list[tuple[tuple[str, str], list[Change]]]:
        """Return each judgement with what it changes; what none accounts for comes last."""
        found: dict[tuple[str, str], list[Change]] = {}
        for change in self.changes:
            for judgement in change.judgements or (("", ""),):
                found.setdefault(judgement, []).append(change)
        return sorted(found.items(), key=lambda item: not item[0][0])

    def number(self, what: str, kind: str) -> int:
        """Return how many things or links changed in a way."""
        return sum(c.what == what and c.kind == kind for c in self.changes)

    def to_json(self) -> dict[str, Any]:
        """Return the comparison for JSON answers."""
        return {
            "before": self.before,
            "after": self.after,
            "same": self.same,
            "counts": [
                {
                    "name": c.name,
                    "what": "links" if c.links else "things",
                    "before": c.before,
                    "after": c.after,
                }
                for c in self.counts
            ],
            "linked": [
                {**brief(t.node), "counted": t.level, "before": t.before, "after": t.after}
                for t in self.tied
            ],
            "changes": [c.to_json() for c in self.changes],
        }


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said of two things: both answers, in parts that are the same or not."""

    name: str
    first: tuple[tuple[str, bool], ...]
    """Pieces of the first answer, each with whether the other has it too."""
    second: tuple[tuple[str, bool], ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """The things of one level that stand above or below two things: of both, or of one."""

    where: str
    """`above` or `below`."""
    level: str
    """The plan's plural name."""
    both: tuple[Node, ...]
    first: tuple[Node, ...]
    second: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things side by side."""

    first: Node
    second: Node
    facts: tuple[Fact, ...]
    shared: tuple[Shared, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the pair for JSON answers."""

        def said(parts: Sequence[tuple[str, bool]]) -> str:
            return "".join(text for text, _ in parts)

        return {
            "first": self.first.to_json(),
            "second": self.second.to_json(),
            "facts": [
                {
                    "name": f.name,
                    "first": said(f.first),
                    "second": said(f.second),
                    "same": f.same,
                }
                for f in self.facts
            ],
            "threads": [
                {
                    "where": s.where,
                    "level": s.level,
                    "both": [brief(n) for n in s.both],
                    "firstOnly": [brief(n) for n in s.first],
                    "secondOnly": [brief(n) for n in s.second],
                }
                for s in self.shared
            ],
        }


CHANGES = (
    Column("what", "What", "thing or link."),
    Column("kind", "How it differs", "added, removed, reworded, renumbered and so on."),
    Column("id", "Id", "Short id of the thing, or of the lower end of the link."),
    Column("level", "Level", "The plan's own name for its level."),
    Column("words", "Words", "Its words."),
    Column("relation", "Relation", "Of a link: how it relates to what stands above it."),
    Column("to", "To", "Of a link: short id of its upper end."),
    Column("to_words", "To words", "Of a link: the words of its upper end."),
    Column("before", "Before", "What the first side says; empty where it has nothing."),
    Column("after", "After", "What the second side says; empty where it has nothing."),
    Column("judgements", "Judgements", "Labels of the judgements that make the difference."),
    Column("iri", "IRI", "Full identifier of the thing, or of the lower end of the link."),
)
COUNTS = (
    Column("counted", "Counted", "A level, or a relation between two."),
    Column("before", "Before", "How many the first side has.", "integer"),
    Column("after", "After", "How many the second side has.", "integer"),
)
PAIR = (
    Column("fact", "What", "What is compared."),
    Column("first", "First", "Of the first thing."),
    Column("second", "Second", "Of the second thing."),
    Column("same", "The same", "Whether both say the same.", "truth"),
)


def change_tables(found: Comparison) -> list[Table]:
    """Return one row a difference, and the counts of both sides."""
    rows: Iterable[tuple[Value, ...]] = (
        (
            c.what,
            c.kind,
            c.subject.id,
            c.subject.level_name,
            c.subject.label,
            c.relation or None,
            c.target.id if c.target else None,
            c.target.label if c.target else None,
            c.before or None,
            c.after or None,
            "; ".join(label for _, label in c.judgements),
            c.subject.iri,
        )
        for c in found.changes
    )
    counts: Iterable[tuple[Value, ...]] = ((c.name, c.before, c.after) for c in found.counts)
    note = f"Before: {found.before}. After: {found.after}."
    return [
        Table("Differences", CHANGES, tuple(rows), note),
        Table("Counts", COUNTS, tuple(counts), note),
    ]


def pair_table(found: Pair) -> Table:
    """Return one row for each thing that is said of both, then for what stands around them."""

    def said(parts: Sequence[tuple[str, bool]]) -> str:
        return "".join(text for text, _ in parts)

    rows: list[tuple[Value, ...]] = [
        (f.name, said(f.first), said(f.second), f.same) for f in found.facts
    ]
    for s in found.shared:
        first = "; ".join(n.name for n in (*s.both, *s.first))
        second = "; ".join(n.name for n in (*s.both, *s.second))
        rows.append((f"{s.level} {s.where}", first, second, not (s.first or s.second)))
    title = f"{found.first.id} beside {found.second.id}"
    return Table("Side by side", PAIR, tuple(rows), title)
