"""An answer as a page shows it: cells that lead to pages, numbers to the right, named rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from goldenthread.domain.identifiers import short_id
from goldenthread.domain.namespaces import GT, SHAPE, prefixed
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.paths import Links
from goldenthread.services.asking import Answer
from goldenthread.services.representing import exists

# A page with more rows than this is slow to read and to draw; downloads have all of them.
MOST_SHOWN = 1_000
# Characters: a number or a year; a sentence.
_NARROW, _WIDE = 9, 40
_STATEMENT = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: what is shown, and the page that it leads to."""

    text: str
    href: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of an answer, cut where they are too many for a page."""

    heads: tuple[tuple[str, bool], ...]
    """Heading of each column, and whether it holds numbers alone."""
    widths: tuple[str, ...]
    """How wide each column should be: `narrow`, `wide` or nothing."""
    named_by: int
    """Which column names the row."""
    rows: tuple[tuple[Cell, ...], ...]
    total: int

    @property
    def cut(self) -> bool:
        """Return whether there are more rows than are shown."""
        return self.total > len(self.rows)


def sheet(x: Explorer, links: Links, found: Answer) -> Sheet:
    """Return an answer as a page shows it; IRIs lead to the pages about them."""
    reach = _Reach(x, links)
    if found.is_graph:
        terms = [(t.subject, t.predicate, t.object) for t in found.rows[:MOST_SHOWN]]  # type: ignore[attr-defined]
        rows = [tuple(reach.cell(t) for t in row) for row in terms]
        return _sheet([n.capitalize() for n in _STATEMENT], rows, 0, len(found.rows))
    plan = _plan(found)
    places = {v: i for i, v in enumerate(found.variables)}
    rows = [
        tuple(reach.cell(row[places[shown]], row[places[target]]) for shown, target in plan)
        for row in found.rows[:MOST_SHOWN]
    ]
    heads = [found.heading(shown) for shown, _ in plan]
    named_by = next((i for i, (shown, target) in enumerate(plan) if shown != target), 0)
    return _sheet(heads, rows, named_by, len(found.rows))


def _sheet(
    heads: Sequence[str], rows: Sequence[tuple[Cell, ...]], named_by: int, total: int
) -> Sheet:
    numbers = [all(r[i].number or not r[i].text for r in rows) for i in range(len(heads))]
    some = bool(rows)
    return Sheet(
        tuple((h, some and n) for h, n in zip(heads, numbers, strict=True)),
        tuple(_width([r[i].text for r in rows]) for i in range(len(heads))),
        named_by,
        tuple(rows),
        total,
    )


def _width(texts: Sequence[str]) -> str:
    longest = max(map(len, texts), default=0)
    if longest <= _NARROW:
        return "narrow"
    return "wide" if longest > _WIDE else ""


def _plan(found: Answer) -> list[tuple[str, str]]:
    """Return the columns to show, each with the column whose IRI it leads to.

    In the library the words of a thing stand beside its IRI: `documentLabel` beside `document`,
    `label` beside the first column. A page shows the words, and they lead to the thing. A reader's
    own columns are shown as they were asked for.
    """
    columns = found.columns
    if found.query is None or not columns:
        return [(c, c) for c in columns]
    words: dict[str, str] = {}
    for column in columns:
        label = column + "Label"
        if label in columns:
            words[column] = label
        elif column == columns[0] and "label" in columns:
            words[column] = "label"
    targets = {label: thing for thing, label in words.items()}
    return [(c, targets.get(c, c)) for c in columns if c not in words]


class _Reach:
    """Finds the pages that IRIs lead to, each once."""

    def __init__(self, x: Explorer, links: Links) -> None:
        self.x = x
        self.links = links
        self.known: dict[str, str] = {}

    def cell(self, term: Any, target: Any = None) -> Cell:  # noqa: ANN401 - terms of the engine
        """Return what is shown of a term, leading to the page about another if one is given."""
        if term is None:
            return Cell("")
        aim = term if target is None else target
        href = self.page(aim.value) if isinstance(aim, ox.NamedNode) else ""
        if isinstance(term, ox.NamedNode):
            return Cell(brief(term.value, self.links.base), href)
        if isinstance(term, ox.Literal):
            return Cell(term.value, href, _is_number(term))
        return Cell(str(term), href)

    def page(self, iri: str) -> str:
        """Return the address of the page about an IRI; nothing where there is none."""
        if iri not in self.known:
            term = iri.startswith((GT, SHAPE))
            there = term or exists(self.x.dataset, iri, self.links.reading)
            self.known[iri] = self.links.thing(iri) if there else ""
        return self.known[iri]


def _is_number(term: ox.Literal) -> bool:
    kind = term.datatype.value.rpartition("#")[2]
    return kind in ("integer", "decimal", "double", "float")


def brief(iri: str, base: str) -> str:
    """Return an IRI as people read it: a short id, a prefixed name, else in full."""
    if iri.startswith(base):
        return short_id(iri)
    return prefixed(iri) or iri
