"""Count coverage: any level, the themes or the periods against any other of these."""

from collections.abc import Callable

from goldenthread.domain.identifiers import natural
from goldenthread.domain.matrix import Axis, Heading, Matrix
from goldenthread.domain.namespaces import GT, RDF
from goldenthread.domain.thread import Node
from goldenthread.errors import BadValue, NotFound
from goldenthread.store.axes import Side, axis, side
from goldenthread.store.counting import Counting, beside, counting
from goldenthread.store.dataset import Dataset
from goldenthread.store.periods import periods, scheduled
from goldenthread.store.view import HOPS, View

_KEPT = 16
"""Matrices that are kept: of a large plan each is large."""


def coverage(
    dataset: Dataset,
    rows: str | None = None,
    columns: str | None = None,
    reading: str = "corrected",
    counted: str | None = None,
) -> Matrix:
    """Return a matrix whose cells hold the things that recorded threads bring together.

    Args:
        dataset: the data set.
        rows: key of a level, `theme` or `period`; the first level unless given.
        columns: the same, and another; unless given, the first level below the rows that is
            linked to them and has things linked to it in turn.
        reading: `corrected` or `printed`.
        counted: key of the level whose things the cells count, or `all`. Unless given, the
            columns' own where both are levels; else the level of the rows or columns where the
            themes or periods group it directly; else the next level that they do. Of several
            plans each has its own.
            Things of a level that is not grouped itself count through what they stand under or
            above.

    Raises:
        BadValue: no level of that key, or rows that are the columns too; says which there are.
    """
    kept: dict[str, Matrix] = dataset.kept("matrices")
    asked = repr((rows, columns, reading, counted))
    found = kept.get(asked)
    if found is None:
        found = _counted(View(dataset, reading), rows, columns, counted)
        # Each cell's page and its evidence ask for the same matrix again.
        if len(kept) >= _KEPT:
            kept.clear()
        kept[asked] = found
    return found


def _counted(view: View, rows: str | None, columns: str | None, counted: str | None) -> Matrix:
    if not view.levels:
        raise BadValue("The data has no levels, so there is nothing to set against each other.")
    first = next(key for _, key, _ in view.levels.values())
    down = side(view, rows or (first if columns != first else "theme"))
    across = side(view, columns or beside(view, down))
    if down.axis.key == across.axis.key:
        both = down.axis.many
        raise BadValue(f"Rows and columns are both {both}. Choose two that differ.")
    count = counting(view, down, across, counted)
    cells = _cells(view, down, across, count)
    return Matrix(
        reading=view.reading,
        row_axis=down.axis,
        column_axis=across.axis,
        count_axis=count.axis,
        rows=down.heads,
        columns=across.heads,
        cells=cells,
        direct=_direct(view, down, across),
        through=_through((down, across), count),
        outside=_outside(view, down, across, count, cells),
    )


def axes(dataset: Dataset, reading: str = "corrected") -> list[Axis]:
    """Return what rows and columns may be: levels with things, themes and periods that there are.

    First level first, then themes and periods.
    """
    view = View(dataset, reading)
    found = [axis(view, k) for k in dict.fromkeys(key for _, key, _ in view.levels.values())]
    if view.subjects(RDF + "type", GT + "Theme"):
        found.append(axis(view, "theme"))
    if any(scheduled(view, p) for p in periods(view)):
        found.append(axis(view, "period"))
    return found


def head(matrix: Matrix, text: str | None, *, of_rows: bool) -> Heading | None:
    """Return the row or column that a short id or an IRI names; None where none is named.

    Raises:
        NotFound: the matrix has no such row or column; carries the nearest that it has.
    """
    if not text:
        return None
    from difflib import get_close_matches

    heads, what = (matrix.rows, "row") if of_rows else (matrix.columns, "column")
    for found in heads:
        if text in (found.iri, found.id):
            return found
    named = {h.id: h.name for h in heads}
    near = get_close_matches(text[:80].casefold(), named, 5, 0.3) or list(named)[:5]
    raise NotFound(f"There is no {what} “{text[:80]}” here.", [(i, named[i]) for i in near])


def between(dataset: Dataset, thing: str, other: str, reading: str = "corrected") -> list[Node]:
    """Return what stands between two things on the threads that join them; none where linked."""
    view = View(dataset, reading)
    low, high = (thing, other) if other in view.above(thing) else (other, thing)
    if _linked(view, low, high):
        return []
    under = set(view.below(high))
    return [view.node(iri) for iri in view.above(low) if iri in under]


def _cells(
    view: View, down: Side, across: Side, count: Counting
) -> dict[tuple[str, str], tuple[Node, ...]]:
    near, counted = _near(view), count.things
    found = {}
    for row in down.heads:
        for column in across.heads:
            things = _held(near, down, row.iri, across, column.iri, counted) & _held(
                near, across, column.iri, down, row.iri, counted
            )
            if things:
                nodes = map(view.node, things)
                found[row.iri, column.iri] = tuple(sorted(nodes, key=_place))
    return found


def _held(
    near: Callable[[str], set[str]],
    side: Side,
    head: str,
    other: Side,
    other_head: str,
    counted: frozenset[str] | None,
) -> set[str]:
    """Return what a row or column holds of what is counted, as far as the other lets it through.

    A level's thing holds itself or what is on a thread with it. A group holds its members; where
    no member is counted, what is on a thread with those members that the other's is on one with.
    """
    if side.levels:
        if counted is None:
            return near(head)
        return {head} if head in counted else near(head) & counted
    members = set(side.members[head])
    if counted is None or side.grouped & counted:
        return members if counted is None else members & counted
    if other.levels:
        members &= near(other_head) | {other_head}
    return {iri for member in members for iri in near(member)} & counted


def _through(sides: tuple[Side, ...], count: Counting) -> bool:
    if count.things is None:
        return False
    return any(not s.levels and not s.grouped & count.things for s in sides)


def _outside(
    view: View,
    down: Side,
    across: Side,
    count: Counting,
    cells: dict[tuple[str, str], tuple[Node, ...]],
) -> tuple[Node, ...]:
    """Return what is on a thread with a level's things, and in none of the groups beside them."""
    level = next((s for s in (down, across) if s.levels), None)
    if count.things is None or level is None or (down.levels and across.levels):
        return ()
    near, counted = _near(view), count.things
    reached = {iri for head in level.heads for iri in ({head.iri} | near(head.iri)) & counted}
    shown = {n.iri for found in cells.values() for n in found}
    return tuple(sorted(map(view.node, reached - shown), key=_place))


def _near(view: View) -> Callable[[str], set[str]]:
    """Return what tells what is on a thread with a thing, and remembers it."""
    known: dict[str, set[str]] = {}

    def near(iri: str) -> set[str]:
        if iri not in known:
            known[iri] = {*view.below(iri), *view.above(iri)}
        return known[iri]

    return near


def _direct(view: View, down: Side, across: Side) -> frozenset[tuple[str, str]]:
    if not (down.levels and across.levels):
        return frozenset()
    ends = ((r.iri, c.iri) for r in down.heads for c in across.heads)
    return frozenset((r, c) for r, c in ends if _linked(view, r, c) or _linked(view, c, r))


def _linked(view: View, low: str, high: str) -> bool:
    return any(high in view.values(low, GT + p) for p in HOPS)


def _place(node: Node) -> tuple[object, ...]:
    return node.order, natural(node.notation or "~"), natural(node.iri)
