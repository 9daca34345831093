"""The values of coverage: how often the things of one level meet others."""

from dataclasses import dataclass, field, replace
from typing import Any

from goldenthread.domain.thread import Node


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a row or column of a matrix."""

    iri: str
    id: str
    label: str
    name: str
    """How the head is read aloud: `outcome A1: Sound walls`, `theme Quay`."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What the rows or the columns are, or what the cells count."""

    key: str
    """Key of a level, `theme`, `period`, or `all` for what is counted on every level."""
    one: str
    """The plan's own name of one of them."""
    many: str
    order: int = 0
    """Order of the level from the top; 0 for what is no level."""

    @property
    def grouping(self) -> bool:
        """Return whether it groups or dates things and is no level of a thread."""
        return self.key in ("theme", "period")

    def seen_from(self, counted: "Axis") -> str:
        """Return how what is counted stands to one of these, in a word: `under`, `above`, `in`."""
        if self.grouping:
            return "in"
        return "above" if 0 < counted.order < self.order else "under"


@dataclass(frozen=True, slots=True)
class Matrix:
    """How often the things of one level meet those of another, a theme or a period."""

    reading: str
    row_axis: Axis
    column_axis: Axis
    count_axis: Axis
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: dict[tuple[str, str], tuple[Node, ...]] = field(default_factory=dict)
    direct: frozenset[tuple[str, str]] = frozenset()
    """Pairs of a row and a column that one recorded link joins; only where both are levels."""
    through: bool = False
    """Whether what is counted has the theme or period of what it is linked to, and none itself."""
    outside: tuple[Node, ...] = ()
    """What would be counted, but for it no theme or period is recorded, whichever is asked for."""

    @property
    def row_name(self) -> str:
        """Return what one row is, in the plan's own words."""
        return self.row_axis.one

    @property
    def column_name(self) -> str:
        """Return what one column is, in the plan's own words."""
        return self.column_axis.one

    @property
    def counted(self) -> str:
        """Return what the cells count, in the plural."""
        return self.count_axis.many

    @property
    def pairs(self) -> int:
        """Return how many cells count anything."""
        return sum(map(bool, self.cells.values()))

    @property
    def joins(self) -> bool:
        """Return whether it sets one level against another and counts the pairs that are joined."""
        return self.pairing and not (self.row_axis.grouping or self.column_axis.grouping)

    @property
    def pairing(self) -> bool:
        """Return whether a cell can only hold its own row or column: it says linked or not."""
        return self.count_axis.key in (self.row_axis.key, self.column_axis.key)

    def cell(self, row: str, column: str) -> tuple[Node, ...]:
        """Return the things that a cell counts; empty where no link is recorded."""
        return self.cells.get((row, column), ())

    def row_total(self, row: str) -> int:
        """Return how many different things the row's cells count.

        Where the rows are themselves what is counted, in how many columns the row's thing is.
        """
        return _total([self.cell(row, c.iri) for c in self.columns], row)

    def column_total(self, column: str) -> int:
        """Return how many different things the column's cells count.

        Where the columns are themselves what is counted, that would be one or none, so it is in
        how many rows the column's thing is counted: the links recorded for it.
        """
        return _total([self.cell(r.iri, column) for r in self.rows], column)

    @property
    def total(self) -> int:
        """Return how many different things all cells count; of joined pairs, how many."""
        if self.joins:
            return self.pairs
        return len({n.iri for found in self.cells.values() for n in found})

    @property
    def empty_rows(self) -> tuple[Heading, ...]:
        """Return the rows in which nothing is recorded."""
        return tuple(r for r in self.rows if not self.row_total(r.iri))

    @property
    def empty_columns(self) -> tuple[Heading, ...]:
        """Return the columns in which nothing is recorded."""
        return tuple(c for c in self.columns if not self.column_total(c.iri))

    def empty_first(self) -> "Matrix":
        """Return the same with empty rows first and empty columns first, else in their order."""
        return replace(
            self,
            rows=tuple(sorted(self.rows, key=lambda r: self.row_total(r.iri) > 0)),
            columns=tuple(sorted(self.columns, key=lambda c: self.column_total(c.iri) > 0)),
        )

    def only(self, row: str | None = None, column: str | None = None) -> "Matrix":
        """Return one row, one column or one cell of it, named by full IRIs."""
        rows = tuple(r for r in self.rows if row in (None, r.iri))
        columns = tuple(c for c in self.columns if column in (None, c.iri))
        kept = {(r.iri, c.iri) for r in rows for c in columns}
        cells = {k: found for k, found in self.cells.items() if k in kept}
        direct, outside = self.direct & kept, () if row or column else self.outside
        return replace(
            self, rows=rows, columns=columns, cells=cells, direct=direct, outside=outside
        )

    def number(self, many: int) -> str:
        """Return a number of what is counted, in words for people: `3 outcomes`."""
        return f"{many} {self.count_axis.one if many == 1 else self.count_axis.many}"

    def cell_name(self, row: Heading, column: Heading) -> str:
        """Return what a cell says, as it is read aloud.

        `3 outcomes under A harbour that lasts, theme Quay`.
        """
        found = self.cell(row.iri, column.iri)
        if not found:
            return f"no link recorded for {row.label}, {_beside(self.column_axis, column)}"
        if len(found) == 1 and found[0].iri in (row.iri, column.iri):
            other, axis = (column, self.column_axis) if found[0].iri == row.iri else (row, None)
            axis = axis or self.row_axis
            return f"{found[0].name}, {axis.seen_from(self.count_axis)} {_beside(axis, other)}"
        where = self.row_axis.seen_from(self.count_axis)
        rest = f"{_beside(self.row_axis, row)}, {_beside(self.column_axis, column)}"
        return f"{self.number(len(found))} {where} {rest}"

    def row_total_name(self, row: Heading, many: int) -> str:
        """Return so many things in a row, as it is read aloud."""
        return self._total_name(self.row_axis, row, self.column_axis, many)

    def column_total_name(self, column: Heading, many: int) -> str:
        """Return so many things in a column, as it is read aloud."""
        return self._total_name(self.column_axis, column, self.row_axis, many)

    def _total_name(self, axis: Axis, head: Heading, other: Axis, many: int) -> str:
        # A row that is itself what is counted is counted by what it is counted in.
        counted = other if axis.key == self.count_axis.key else self.count_axis
        where = "of" if counted.grouping else axis.seen_from(counted)
        noun = counted.one if many == 1 else counted.many
        return f"{many} {noun} {where} {_beside(axis, head)}"

    def part_name(self, row: Heading | None, column: Heading | None) -> str:
        """Return what a cell counts, or a row, a column or all of it where those are not given."""
        if row and column:
            return self.cell_name(row, column)
        if row:
            return self.row_total_name(row, self.row_total(row.iri))
        if column:
            return self.column_total_name(column, self.column_total(column.iri))
        return f"{self.row_axis.many} by {self.column_axis.many}: {self.number(self.total)}"

    @property
    def outside_name(self) -> str:
        """Return how much is counted nowhere, and why: `2 outcomes with no theme recorded`."""
        grouping = self.column_axis if self.column_axis.grouping else self.row_axis
        return f"{self.number(len(self.outside))} with no {grouping.one} recorded"

    def to_json(self) -> dict[str, Any]:
        """Return rows, columns, and every cell with something in it, with its rows."""
        return {
            "reading": self.reading,
            "rowsAre": self.row_axis.key,
            "columnsAre": self.column_axis.key,
            "countedLevel": self.count_axis.key,
            "rows": [
                {"iri": h.iri, "id": h.id, "label": h.label, "total": self.row_total(h.iri)}
                for h in self.rows
            ],
            "columns": [
                {"iri": h.iri, "id": h.id, "label": h.label, "total": self.column_total(h.iri)}
                for h in self.columns
            ],
            "counted": self.counted,
            "total": self.total,
            "cells": [
                {
                    "row": r.id,
                    "column": c.id,
                    "count": len(found),
                    "name": self.cell_name(r, c),
                    "things": [n.id for n in found],
                    **({"direct": (r.iri, c.iri) in self.direct} if self.joins else {}),
                }
                for r in self.rows
                for c in self.columns
                if (found := self.cell(r.iri, c.iri))
            ],
            "emptyRows": [h.id for h in self.empty_rows],
            "emptyColumns": [h.id for h in self.empty_columns],
            "outside": [n.id for n in self.outside],
        }


def _total(cells: list[tuple[Node, ...]], head: str) -> int:
    counted = {n.iri for found in cells for n in found}
    return sum(map(bool, cells)) if counted == {head} else len(counted)


def _beside(axis: Axis, head: Heading) -> str:
    """Return a head in words that make sense away from its row and column."""
    return head.name if axis.grouping else head.label
