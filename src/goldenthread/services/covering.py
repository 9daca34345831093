"""Count coverage: one level against another, against the themes, or against the periods."""

from goldenthread.domain.identifiers import natural, short_id
from goldenthread.domain.matrix import Heading, Matrix
from goldenthread.domain.namespaces import CONCEPT, GT, RDF
from goldenthread.domain.thread import Node
from goldenthread.errors import BadValue
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import HOPS, View


def coverage(
    dataset: Dataset,
    rows: str | None = None,
    columns: str | None = None,
    reading: str = "corrected",
    counted: str | None = None,
) -> Matrix:
    """Return a matrix whose cells hold the things that a thread brings together.

    Args:
        dataset: the data set.
        rows: key of a level; the first unless given.
        columns: key of a level, `theme` or `period`; unless given, the first level below that
            is linked to the rows and has things linked to it in turn.
        reading: `corrected` or `printed`.
        counted: key of the level whose things the cells of a theme or period count; every
            level below the rows unless given. Things of a level that has no themes of its own
            count through the aim that they stand directly under.

    Raises:
        BadValue: no level of that key; says which there are.
    """
    view = View(dataset, reading)
    row_level = _level(view, rows) if rows else next(iter(view.levels), "")
    if not row_level:
        raise BadValue("The data has no levels, so there is nothing to set against each other.")
    columns = columns or _next_level(view, row_level)
    count_level = _level(view, counted) if counted else None
    heads = tuple(_heading(view.node(i)) for i in view.at_level(row_level))
    if columns in ("theme", "period"):
        other, meets = _grouping(view, columns)
        counted_name = _plural(view, count_level) if count_level else "things"
    else:
        column_level = _level(view, columns)
        other = tuple(_heading(view.node(i)) for i in view.at_level(column_level))
        meets = {h.iri: [h.iri] for h in other}
        counted_name = _plural(view, column_level)
    return Matrix(
        reading=reading,
        row_name=view.levels[row_level][2],
        column_name=columns
        if columns in ("theme", "period")
        else view.levels[_level(view, columns)][2],
        counted=counted_name,
        rows=heads,
        columns=other,
        cells=_cells(view, heads, other, meets, count_level),
    )


def _cells(
    view: View,
    rows: tuple[Heading, ...],
    columns: tuple[Heading, ...],
    meets: dict[str, list[str]],
    count_level: str | None,
) -> dict[tuple[str, str], tuple[Node, ...]]:
    counted = set(view.at_level(count_level)) if count_level else None
    grouped = {iri for members in meets.values() for iri in members}
    # Where a theme groups aims alone, what stands under one of them counts through it.
    through = counted is not None and not counted & grouped
    found = {}
    for row in rows:
        near = {*view.below(row.iri), *view.above(row.iri)}
        for column in columns:
            things = [iri for iri in meets[column.iri] if iri in near]
            if counted is not None:
                if through:
                    things = [t for iri in things for p in HOPS for t in view.subjects(GT + p, iri)]
                things = [iri for iri in dict.fromkeys(things) if iri in counted]
            if things:
                found[row.iri, column.iri] = tuple(view.node(i) for i in things)
    return found


def _grouping(view: View, columns: str) -> tuple[tuple[Heading, ...], dict[str, list[str]]]:
    """Return themes or periods as headings, and which things each of them groups."""
    name = columns
    groups = view.subjects(RDF + "type", GT + name.capitalize())

    def members(group: str) -> list[str]:
        if columns == "theme":
            return view.subjects(GT + "inTheme", group)
        schedules = view.subjects(GT + "inPeriod", group)
        return sorted({a for s in schedules for a in view.values(s, GT + "schedules")})

    groups.sort(key=lambda g: (natural(view.value(g, GT + "order") or ""), natural(g)))
    if columns == "period":
        # A year that only holds quarters says nothing that they do not.
        groups = sorted((g for g in groups if members(g)), key=natural)
    heads = tuple(Heading(g, short_id(g), view.label(g), f"{name} {view.label(g)}") for g in groups)
    return heads, {g: members(g) for g in groups}


def _heading(node: Node) -> Heading:
    return Heading(node.iri, node.id, node.label, node.name)


def _level(view: View, key: str | None) -> str:
    for iri, (_, known, _) in view.levels.items():
        if key in (known, iri):
            return iri
    known_keys = ", ".join(k for _, k, _ in view.levels.values())
    raise BadValue(f"No level has the key “{key}”. The levels are: {known_keys}.")


def _plural(view: View, level: str) -> str:
    return view.value(level, GT + "pluralLabel") or view.levels[level][2]


def _next_level(view: View, row_level: str) -> str:
    """Return the key of the level that the thread goes through next, as the plan expects it.

    Of the levels expected below the rows that is the first that expects something in turn; where
    the plan lays nothing down, the level after the rows'.
    """
    expected = _expected_below(view, row_level)
    through = [level for level in expected if _expected_below(view, level)]
    further = [iri for iri in view.levels if view.levels[iri] > view.levels[row_level]]
    found = through or expected or further
    return view.levels[found[0]][1] if found else "theme"


def _expected_below(view: View, level: str) -> list[str]:
    """Return the levels of which things are expected below a level, in the plan's order."""
    expectations = [
        e
        for e in view.values(level, GT + "expects")
        if view.value(e, GT + "direction") == CONCEPT + "below"
    ]
    levels = {view.value(e, GT + "expectedLevel") for e in expectations}
    return [iri for iri in view.levels if iri in levels]
