"""The values of an overview: what a person sees first of one plan."""

from dataclasses import dataclass
from typing import Any

from goldenthread.domain.thread import Entry, Node, brief


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
