"""The answers of the Python interface: the domain's own values, which can also become frames.

Each class here is the domain's value of the same name, with nothing added to what it holds.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from goldenthread.domain import gap, matrix, thread, timeline, validation
from goldenthread.domain.checking import choose
from goldenthread.domain.listing import cell_table
from goldenthread.domain.readings import READING_NAMES
from goldenthread.domain.table import Table
from goldenthread.domain.tabling import (
    entry_table,
    gap_table,
    matrix_table,
    result_table,
    trace_tables,
)
from goldenthread.domain.timetable import timeline_tables
from goldenthread.faces.python import display
from goldenthread.faces.python.showing import Shown, counted
from goldenthread.services import asking
from goldenthread.store.answered import answer_table

if TYPE_CHECKING:
    from networkx import MultiDiGraph


class Trace(Shown, thread.Trace):
    """Everything that stands above or below one thing: nodes, links, threads."""

    # Not a field: it is asked when the trace is shown, and neither compared nor pickled.
    __slots__ = ("_otherwise",)
    _otherwise: Callable[[], str]

    def compared(self, otherwise: Callable[[], str]) -> "Trace":
        """Return the trace itself; shown in a notebook, it gives the other reading's numbers."""
        object.__setattr__(self, "_otherwise", otherwise)
        return self

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        where = "below" if self.direction == "down" else "above"
        head = f"{self.focus.name}: {READING_NAMES[self.reading]}, "
        if not self.links:
            return f"{head}no link is recorded {where} it.{self._narrowed()}"
        things = counted(len(self.nodes) - 1, "thing")
        said = f"{head}{things} {where} it, {counted(len(self.links), 'link')}"
        left = f" ({self.omitted:,} more are left out)" if self.omitted else ""
        return f"{said}, {counted(len(self.threads), 'thread')}{left}.{self._narrowed()}"

    def _narrowed(self) -> str:
        """Return what the trace was narrowed to, and how much that left out."""
        if not self.narrowed or not self.narrowed.left_out:
            return ""
        chosen = [c.label for f in self.narrowed.facets for c in f.choices if c.chosen]
        left = counted(len(self.narrowed.left_out), "thing is", "things are")
        return f" Narrowed to {', '.join(chosen)}: {left} left out."

    def tables(self) -> dict[str, Table]:
        """Return `links`, `things`, `threads` and `entries`."""
        links, things, threads = trace_tables(self)
        entries = entry_table(self.nodes)
        return {"links": links, "things": things, "threads": threads, "entries": entries}

    def to_networkx(self) -> "MultiDiGraph[str]":
        """Return nodes and links as a graph: nodes are IRIs, edges point up, one a link.

        Nodes carry `id`, `label`, `level`, `number`, `themes`, `schedule`; edges `property`,
        `basis`, `asserted_by`, `stated_in`. All values are text.
        """
        from goldenthread.services.exporting import networkx_of

        return networkx_of(list(self.nodes), list(self.links))

    def to_svg(self) -> str:
        """Return the drawing that the explorer shows, as an SVG document."""
        from goldenthread.services.drawing import draw

        return draw(self, lambda _: "")

    def _repr_html_(self) -> str:
        told = getattr(self, "_otherwise", str)()
        summary = f"{self.summary} {told}".rstrip()
        return f"{display.paragraph(summary)}\n{display.of_trace(self)}"


class GapReport(Shown, gap.GapReport):
    """What the levels of the plans expect and the reading has not; never "not aligned"."""

    __slots__ = ()

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        if not self.gaps:
            return f"Everything that levels expect is recorded, {READING_NAMES[self.reading]}."
        things = counted(len({g.focus.iri for g in self.gaps}), "thing")
        lack = "lacks" if things.startswith("1 ") else "lack"
        return (
            f"{things} {lack} something that the level expects, {READING_NAMES[self.reading]}: "
            f"{counted(len(self.gaps), 'gap')}, where no link is recorded."
        )

    def tables(self) -> dict[str, Table]:
        """Return `gaps`."""
        return {"gaps": gap_table(self)}


class Matrix(Shown, matrix.Matrix):
    """How often the things of one level meet those of another, a theme or a period."""

    __slots__ = ()

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        said = (
            f"{self.counted} by {self.row_name} and {self.column_name}, "
            f"{READING_NAMES[self.reading]}: "
            f"{counted(len(self.rows), 'row')}, {counted(len(self.columns), 'column')}"
        )
        empty = [
            counted(len(heads), name)
            for heads, name in ((self.empty_rows, "row"), (self.empty_columns, "column"))
            if heads
        ]
        return f"{said}; no link is recorded in {' and '.join(empty)}." if empty else f"{said}."

    def tables(self) -> dict[str, Table]:
        """Return `counts`, a column a column of the matrix, and `cells`, a row a thing counted."""
        return {"counts": matrix_table(self), "cells": cell_table(self)}


class Report(Shown, validation.Report):
    """What a check found, worst first."""

    __slots__ = ()

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        if self.conforms:
            kept = counted(self.checked, "rule is kept", "rules are kept")
            return f"{kept}, {READING_NAMES[self.reading]}."
        each = ", ".join(f"{number} {severity}" for severity, number in self.counts.items())
        found = counted(len(self.results), "check result")
        return (
            f"{found}, {READING_NAMES[self.reading]}, from {counted(self.checked, 'rule')}: {each}."
        )

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON answers have it, with what its results can be filtered by."""
        _, narrowed = choose(self, {})
        return {**validation.Report.to_json(self), "facets": [f.to_json() for f in narrowed.facets]}

    def tables(self) -> dict[str, Table]:
        """Return `results`."""
        return {"results": result_table(self)}


class Timeline(Shown, timeline.Timeline):
    """Things by period, what has no timescale, and the timescales that go with nothing."""

    __slots__ = ()

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        said = (
            f"{counted(len(self.rows), self.one, self.many)} with a timescale, "
            f"{len(self.unscheduled):,} without, {READING_NAMES[self.reading]}; "
            f"{counted(len(self.slots), 'period')}."
        )
        return f"{said} {self.sentence}".rstrip()

    def tables(self) -> dict[str, Table]:
        """Return `things` by period, `periods` with their numbers, and `timescales`."""
        things, periods, timescales = timeline_tables(self)
        return {"things": things, "periods": periods, "timescales": timescales}


class Answer(Shown, asking.Answer):
    """What a query found: rows, yes or no, or statements."""

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        question = self.query.question if self.query else "Answer"
        if self.boolean is not None:
            found = "yes" if self.boolean else "no"
        else:
            found = counted(len(self.rows), "statement" if self.is_graph else "row")
        return f"{question} ({READING_NAMES[self.reading]}): {found}"

    def tables(self) -> dict[str, Table]:
        """Return `rows`, `answer` for yes or no, or `statements`."""
        name = "rows" if self.boolean is None else "answer"
        return {"statements" if self.is_graph else name: answer_table(self)}

    def to_json(self) -> Any:  # noqa: ANN401 - any JSON value
        """Return SPARQL 1.1 Query Results JSON, or JSON-LD for statements, as Python values."""
        if not self.is_graph:
            return json.loads(self.body)
        from goldenthread.services.exporting import triple_bytes

        return json.loads(triple_bytes(self.body, "jsonld"))
