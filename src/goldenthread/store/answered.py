"""The table of a query's answer: IRIs in full, numbers and truth as such where all of them are."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import pyoxigraph as ox

from goldenthread.domain.columns import STATEMENTS
from goldenthread.domain.namespaces import XSD
from goldenthread.domain.query import Query
from goldenthread.domain.table import Column, Table, Type, Value

_LARGEST = 2**63
_SIZES = ("Long", "Int", "Short", "Byte")
_INTEGERS = {XSD + "integer"} | {XSD + s.lower() for s in _SIZES}
_INTEGERS |= {XSD + "unsigned" + s for s in _SIZES}
_INTEGERS |= {XSD + s + "Integer" for s in ("nonNegative", "positive", "nonPositive", "negative")}
_NUMBERS = _INTEGERS | {XSD + name for name in ("decimal", "double", "float")}
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


class Answered(Protocol):
    """What a query found, as `services.asking.Answer` holds it."""

    @property
    def query(self) -> Query | None:
        """Return the library query; None for a reader's own text."""

    @property
    def boolean(self) -> bool | None:
        """Return the answer to ASK."""

    @property
    def is_graph(self) -> bool:
        """Return whether it is triples and not rows."""

    @property
    def variables(self) -> tuple[str, ...]:
        """Return the variables as projected."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return those of them that a table shows."""

    @property
    def rows(self) -> tuple[tuple[Any, ...], ...]:
        """Return the terms in the order of `variables`, None where unbound."""

    def heading(self, column: str) -> str:
        """Return what people call a column."""


def answer_table(found: Answered) -> Table:
    """Return an answer as a table.

    A column holds whole numbers, numbers or truth if all its values do, as their datatypes say;
    else text: IRIs in full, dates and everything else as written.
    """
    title = found.query.summary if found.query else "Answer"
    if found.boolean is not None:
        head = Column("answer", "Answer", "Whether it is so.", "truth")
        return Table(title, (head,), ((found.boolean,),), "One row: yes or no.")
    if found.is_graph:
        rows = tuple(tuple(_text(t) for t in row) for row in found.rows)
        return Table("Statements", STATEMENTS, rows, "One row a statement.")
    heads, columns = [], []
    for key in found.columns:
        place = found.variables.index(key)
        kind, values = _typed([row[place] for row in found.rows])
        heads.append(Column(key, found.heading(key), f"Variable ?{key} of the query.", kind))
        columns.append(values)
    rows = tuple(zip(*columns, strict=True)) if columns else tuple(() for _ in found.rows)
    return Table(title, tuple(heads), rows, found.query.question if found.query else "")


def _typed(terms: Sequence[object]) -> tuple[Type, list[Value]]:
    """Return the type of a column, and its values in that type."""
    datatypes = {_datatype(t) for t in terms if t is not None}
    readers: tuple[tuple[Type, set[str], Callable[[str], Value]], ...] = (
        ("integer", _INTEGERS, _whole),
        ("number", _NUMBERS, float),
        ("truth", {XSD + "boolean"}, _TRUTH.__getitem__),
    )
    for kind, known, read in readers:
        if datatypes and datatypes <= known:
            try:
                return kind, [None if t is None else read(_text(t).strip()) for t in terms]
            except (KeyError, ValueError):
                # The datatype promises what the characters do not hold: they are shown as written.
                break
    return "text", [None if t is None else _text(t) for t in terms]


def _datatype(term: object) -> str:
    return term.datatype.value if isinstance(term, ox.Literal) else ""


def _whole(text: str) -> int:
    number = int(text)
    if not -_LARGEST <= number < _LARGEST:
        raise ValueError(text)
    return number


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
