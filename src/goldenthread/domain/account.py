"""The values of an account: why a thing exists and how we will know, told in a paragraph."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goldenthread.domain.thread import Entry, Node, brief


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of an account, with what it rests on."""

    text: str
    basis: str = ""
    """How we know the link that it tells; empty where it tells of none."""
    quotes: tuple[Entry, ...] = ()
    """The words of the documents that it rests on."""
    about: tuple[Node, ...] = ()
    """The things that it names, for links."""

    def to_json(self) -> dict[str, Any]:
        """Return the sentence for JSON answers."""
        return {
            "text": self.text,
            "basis": self.basis or None,
            "quotes": [e.to_json() for e in self.quotes],
            "about": [brief(n) for n in self.about],
        }


@dataclass(frozen=True, slots=True)
class Account:
    """Why a thing exists, and how we will know that it worked."""

    focus: Node
    reading: str
    question: str
    why: tuple[Clause, ...]
    """From its words up to what it serves."""
    known: tuple[Clause, ...]
    """When it happens, and what would show that it worked."""
    sure: tuple[Clause, ...]

    @property
    def clauses(self) -> Iterator[Clause]:
        """Yield every sentence, in order."""
        yield from (*self.why, *self.known, *self.sure)

    @property
    def paragraph(self) -> str:
        """Return the account as one paragraph, its quotes with their places in it."""
        return " ".join(c.text for c in self.clauses)

    def to_json(self) -> dict[str, Any]:
        """Return the account for JSON answers."""
        return {
            "focus": brief(self.focus),
            "reading": self.reading,
            "question": self.question,
            "paragraph": self.paragraph,
            "why": [c.to_json() for c in self.why],
            "known": [c.to_json() for c in self.known],
            "sure": [c.to_json() for c in self.sure],
        }
