"""The table of a trace: a column for each of the plan's levels, a row for each thread."""

from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.domain.thread import Entry, Link, Node, Thread, Trace
from goldenthread.faces.web import wording

ROWS_AT_MOST = 300
"""A table of more rows helps nobody read; the downloads hold all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a thread holds of one level: mostly one thing, or none."""

    things: tuple[tuple[Node, Link | None], ...]
    """Each with the link by which the thread came to it; the focus came by none."""
    again: bool
    """Whether the row above says the same here and before here."""
    ends: bool
    """Whether the thread ends here."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thread."""

    number: int
    cells: tuple[Cell, ...]
    basis: str
    """Of its least certain step."""
    between: tuple[Node, Node]
    """The two ends of that step."""
    quote: Entry | None
    whole: bool
    """Whether one document pairs its two ends."""
    moved: bool


@dataclass(frozen=True, slots=True)
class ThreadTable:
    """The threads of a trace as rows."""

    levels: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int
    """How many threads have no row, for there are too many."""


def thread_table(trace: Trace, most: int = ROWS_AT_MOST) -> ThreadTable:
    """Return the threads of a trace as rows, the plan's first level in the first column."""
    columns = sorted({(n.order, n.level_name) for n in trace.nodes})
    return ThreadTable(
        tuple(name for _, name in columns),
        tuple(_rows(trace, columns, most)),
        max(0, len(trace.threads) - most) + trace.omitted,
    )


def _rows(trace: Trace, columns: list[tuple[int, str]], most: int) -> Iterator[Row]:
    nodes = {n.iri: n for n in trace.nodes}
    above: list[tuple[str, ...]] = []
    for number, thread in enumerate(trace.threads[:most], 1):
        held = _held(thread, nodes, columns)
        iris = [tuple(n.iri for n, _ in things) for things in held]
        # A reader follows a thread from its focus: what is new stands out from there on.
        order = range(len(columns)) if trace.direction == "down" else reversed(range(len(columns)))
        again, same = set(), bool(above)
        for column in order:
            same = same and iris[column] == above[column]
            if same:
                again.add(column)
        above = iris
        basis, low, high, quote = wording.weakest(thread, trace)
        last = thread.nodes[-1]
        yield Row(
            number,
            tuple(
                Cell(things, column in again and bool(things), last in iris[column])
                for column, things in enumerate(held)
            ),
            basis,
            (low, high),
            quote,
            thread.ends == "printed",
            thread.moved,
        )


def _held(
    thread: Thread, nodes: dict[str, Node], columns: list[tuple[int, str]]
) -> list[tuple[tuple[Node, Link | None], ...]]:
    taken = (None, *thread.links)
    things = [(nodes[iri], link) for iri, link in zip(thread.nodes, taken, strict=True)]
    return [
        tuple((n, link) for n, link in things if (n.order, n.level_name) == column)
        for column in columns
    ]
