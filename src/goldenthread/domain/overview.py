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
    themes: tuple[tuple[str, str, int, int | None], ...] = ()
    """IRI and label of each theme of the plan, how many things under it are in the theme, and how
    many in the other reading where that differs."""

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
    themed: str = ""
    """What the plan puts in themes, in its plural names; empty where nothing is in one."""

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
                    "themes": {label: count for _, label, count, _ in t.themes},
                    "refersTo": [brief(n) for n, _ in t.references],
                }
                for t in self.tops
            ],
        }
