"""The values of coverage: how often the things of one level meet others."""

from dataclasses import dataclass, field
from typing import Any

from goldenthread.domain.thread import Node


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
