"""The values of a briefing: one page on one thing, in the words that every face shows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from goldenthread.domain.blocks import Block
from goldenthread.domain.table import Column, Table
from goldenthread.domain.thread import Entry, Node, brief


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a briefing."""

    text: str
    iri: str = ""
    """What the line is about; a page links its words there."""
    aside: str = ""
    """What follows the words: when, how many, how we know."""
    quote: Entry | None = None
    """The words of a document that the line rests on, where it gives them."""

    @property
    def line(self) -> str:
        """Return the whole line."""
        return f"{self.text} — {self.aside}" if self.aside else self.text


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together, under what they belong to."""

    title: str
    points: tuple[Point, ...]
    iri: str = ""
    """What the title names; empty where it names nothing of the plan."""


@dataclass(frozen=True, slots=True)
class Section:
    """One of the questions that a briefing answers."""

    key: str
    """`says`, `done`, `known`, `missing` or `sure`."""
    heading: str
    lead: tuple[Entry, ...] = ()
    """The words that it begins with."""
    sentences: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    left_out: str = ""
    """What there was no room for, in words; empty where everything is here."""
    columns: int = 1
    """How many columns of short lines its lists may stand in on paper."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things of one level stand under the focus, by both readings and by how directly."""

    name: str
    plural: str
    here: int
    there: int
    """In the other reading."""
    printed: int
    """How many one document prints together with the focus, without a judgement."""
    judged: int
    """How many a judgement reads as the focus's own."""
    key: str = ""
    """Key of the level."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a person should know of one thing in two minutes."""

    focus: Node
    reading: str
    plan: str
    publisher: str
    summary: str
    sections: tuple[Section, ...]
    tallies: tuple[Tally, ...]

    @property
    def title(self) -> str:
        """Return the title: level, number and words."""
        return f"Briefing: {self.focus.name}"

    @property
    def complete(self) -> bool:
        """Return whether nothing was left out for want of room."""
        return not any(s.left_out for s in self.sections)

    def table(self) -> Table:
        """Return the numbers as a table: one row a level."""
        here, there = ("With corrections", "As printed")
        if self.reading == "printed":
            here, there = there, here
        heads = (
            Column("level", "Under it", "The plan's name of the level."),
            Column("here", here, "How many stand under it in this reading.", "integer"),
            Column("there", there, "How many in the other reading.", "integer"),
            Column("printed", "Printed with it", "One document prints them together.", "integer"),
            Column("judged", "Read as its own", "A judgement reads them together.", "integer"),
            Column("through", "Via others", "No document pairs them.", "integer"),
        )
        rows = tuple(
            (t.plural, t.here, t.there, t.printed, t.judged, t.here - t.printed - t.judged)
            for t in self.tallies
        )
        return Table("In numbers", heads, rows, "One row a level of the plan.")

    @property
    def more(self) -> str:
        """Return where what was left out stands; empty where nothing was."""
        if self.complete:
            return ""
        return f"What is left out stands in the thread of {self.focus.id} and in the check results."

    def blocks(self) -> list[Block]:
        """Return the briefing as a text, its title left out."""
        found = [Block("text", self.summary)]
        for section in self.sections:
            found.append(Block("heading", section.heading))
            found += [Block("quote", e.quote, source=e.place) for e in section.lead]
            if section.sentences:
                found.append(Block("text", " ".join(section.sentences)))
            lists = [block for group in section.groups for block in _group(group)]
            found += [replace(b, columns=section.columns) for b in lists]
            if section.left_out:
                found.append(Block("text", section.left_out))
        if self.tallies:
            found.append(Block("table", table=self.table()))
        if self.more:
            found.append(Block("text", self.more))
        return found

    def to_json(self) -> dict[str, Any]:
        """Return the briefing for JSON answers."""
        return {
            "focus": brief(self.focus),
            "reading": self.reading,
            "plan": self.plan,
            "publisher": self.publisher,
            "summary": self.summary,
            "sections": [_section(s) for s in self.sections],
            "numbers": _rows(self.table()),
        }


def _group(group: Group) -> Iterator[Block]:
    if group.title:
        yield Block("label", group.title)
    for point in group.points:
        if point.quote:
            yield Block("quote", point.line, source=point.quote.place)
        else:
            yield Block("item", point.line)


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "heading": section.heading,
        "lead": [e.to_json() for e in section.lead],
        "sentences": list(section.sentences),
        "groups": [
            {
                "title": g.title,
                "iri": g.iri or None,
                "points": [
                    {
                        "text": p.text,
                        "iri": p.iri or None,
                        "aside": p.aside,
                        "quote": p.quote.to_json() if p.quote else None,
                    }
                    for p in g.points
                ],
            }
            for g in section.groups
        ],
        "leftOut": section.left_out,
    }


def _rows(table: Table) -> list[dict[str, Any]]:
    keys = [c.key for c in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]
