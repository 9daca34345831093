"""The values of an account: why a thing exists and how we will know, told in a paragraph."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goldenthread.domain.blocks import Block
from goldenthread.domain.table import Column, Table
from goldenthread.domain.tabling import source
from goldenthread.domain.thread import Entry, Node, brief

_HEADS = (
    Column("part", "Part", "Why it exists, when and how we will know, or how sure this is."),
    Column("sentence", "Sentence", "One sentence of the account."),
    Column("basis", "How we know", "The basis of the link that it tells, if it tells of one."),
    Column("source", "Source", "Place and words that it rests on."),
    Column("about", "About", "Short ids of the things that it names."),
)


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
    def parts(self) -> tuple[tuple[str, str, tuple[Clause, ...]], ...]:
        """Return key, heading and sentences of each part that says something."""
        every = (
            ("why", "Why it exists", self.why),
            ("known", "When, and how we will know", self.known),
            ("sure", "How sure this is", self.sure),
        )
        return tuple(p for p in every if p[2])

    def table(self) -> Table:
        """Return one row a sentence."""
        rows = tuple(
            (
                heading,
                c.text,
                c.basis or None,
                source(c.quotes) or None,
                "; ".join(n.id for n in c.about) or None,
            )
            for _, heading, clauses in self.parts
            for c in clauses
        )
        return Table("Account", _HEADS, rows, "One row a sentence, in reading order.")

    def blocks(self) -> list[Block]:
        """Return the account as a text: each part, then the words that it rests on."""
        found: list[Block] = []
        for _, heading, clauses in self.parts:
            found.append(Block("heading", heading))
            found.append(Block("text", " ".join(c.text for c in clauses)))
            quotes = {e.iri: e for c in clauses for e in c.quotes}
            if quotes:
                found.append(Block("label", "Source words"))
                found += [Block("quote", e.quote, source=e.place) for e in quotes.values()]
        return found

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
