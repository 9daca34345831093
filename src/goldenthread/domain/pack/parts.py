"""What an assurance pack is made of: one structure, from which every format is written.

A writer knows these parts and nothing of plans; what makes the parts knows nothing of formats. So
all formats say the same, and a cell's words are text in each of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from goldenthread.domain.identifiers import one_line

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell."""

    text: str
    kind: Literal["plain", "strong", "quote", "small"] = "plain"
    to: str = ""
    """Key of the row or section that it leads to; empty for none."""


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    title: str
    share: int = 1
    """How wide it is beside the others."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a cell a column; the first cell names the row."""

    cells: tuple[Cell, ...]
    key: str = ""
    """By which other cells lead here."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a row of column heads; the first cell of each row is the row's head."""

    title: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    sheet: str = ""
    """The sheet of a workbook that it stands on, with all others of that name."""
    form: Literal["table", "matrix", "blank"] = "table"
    """`matrix` has narrow columns of numbers, `blank` is filled in by hand."""

    def __post_init__(self) -> None:
        """Refuse rows that do not fit: a shifted cell would be a wrong statement."""
        for row in self.rows:
            if len(row.cells) != len(self.heads):
                raise ValueError(f"{self.title}: {len(row.cells)} cells, {len(self.heads)} heads")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` opens a section, `note` stands aside."""

    text: str
    kind: Literal["text", "lead", "note", "label"] = "text"


@dataclass(frozen=True, slots=True)
class Points:
    """A list; `names` are many and short, and stand in columns."""

    items: tuple[str, ...]
    kind: Literal["points", "names"] = "points"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what they stand for."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A few numbers to see at a glance, each with what it counts."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a document and where they stand."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing; what it shows is also in the alternative text and in a table near it."""

    title: str
    svg: str
    alternative: str
    width: int
    """In the drawing's own units, of which a hundred are two centimetres on paper."""
    height: int


Part = Paragraph | Points | Facts | Numbers | Quotation | Grid | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it."""

    key: str
    heading: str
    parts: tuple[Part, ...] = ()
    sections: tuple["Section", ...] = ()
    number: str = ""
    """`4`, `4.2`, `A`; `numbered` gives it."""
    appendix: bool = False
    wide: bool = False
    """Whether it stands on landscape pages."""
    fresh: bool = True
    """Whether it begins a page, where it is of the first depth."""

    @property
    def title(self) -> str:
        """Return number and heading."""
        if self.appendix and self.number:
            return f"Appendix {self.number}: {self.heading}"
        return f"{self.number} {self.heading}" if self.number else self.heading

    def walk(self, depth: int = 1) -> Iterator[tuple[int, "Section"]]:
        """Yield this section and all under it in order, each with its depth from 1."""
        yield depth, self
        for section in self.sections:
            yield from section.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class Pack:
    """An assurance pack."""

    title: str
    plan: str
    standing: str
    """What it is and what it is not, in a sentence."""
    date: str
    """The day that it states, ISO 8601; empty where it states none."""
    facts: tuple[tuple[str, str], ...]
    """What the first page says of it."""
    sections: tuple[Section, ...]
    sha256: str
    version: str

    @property
    def name(self) -> str:
        """Return title and plan on one line, as programs show the name of a document."""
        return one_line(f"{self.title}: {self.plan}")

    def walk(self) -> Iterator[tuple[int, Section]]:
        """Yield every section in order, with its depth from 1."""
        for section in self.sections:
            yield from section.walk()

    def parts(self) -> Iterator[Part]:
        """Yield every part in order."""
        for _, section in self.walk():
            yield from section.parts

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of every section and row: what a line can lead to."""
        rows = (r.key for p in self.parts() if isinstance(p, Grid) for r in p.rows)
        return frozenset({s.key for _, s in self.walk()} | {k for k in rows if k})


def numbered(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return sections with their numbers: 1, 1.1 and so on, appendices A, A.1 and so on."""
    found, plain, last = [], 0, 0
    for section in sections:
        if section.appendix:
            number = LETTERS[last % len(LETTERS)]
            last += 1
        else:
            plain += 1
            number = str(plain)
        below = (replace(s, number=f"{number}.{n}") for n, s in enumerate(section.sections, 1))
        found.append(replace(section, number=number, sections=tuple(below)))
    return tuple(found)


def lines(*texts: str) -> Cell:
    """Return a cell of plain lines, without empty ones."""
    return tuple(Line(t) for t in texts if t)


def strong(text: str) -> Cell:
    """Return a cell with one line that stands out."""
    return (Line(text, "strong"),)


def quote(text: str) -> Line:
    """Return words of a document on one line between quotation marks."""
    return Line(f"“{one_line(text)}”", "quote")


def heads(*titled: tuple[str, int]) -> tuple[Head, ...]:
    """Return the heads of columns from pairs of a title and a share of the width."""
    return tuple(Head(title, share) for title, share in titled)


def references(iris: Iterable[str], known: Mapping[str, str], sign: str) -> Cell:
    """Return a cell with the number of each thing that is listed elsewhere: `E12`.

    Args:
        iris: the things.
        known: their numbers, as text, by IRI.
        sign: the letter in front of the numbers.
    """
    found = dict.fromkeys(known[i] for i in iris if i in known)
    return tuple(Line(f"{sign}{n}", "small", f"{sign.lower()}-{n}") for n in found)
