"""What of an answer can be drawn: as the header of its query asks, or as its columns suggest."""

from collections.abc import Collection, Mapping, Sequence

from goldenthread.domain.identifiers import short_id
from goldenthread.domain.namespaces import prefixed
from goldenthread.domain.query import Chart
from goldenthread.domain.series import Grid, Series, grid, series

# More bars than this are no picture.
MOST_DRAWN = 60
_MOST_COLUMNS = 16
_IRI = ("http://", "https://")
Rows = Sequence[Mapping[str, str]]


def picture(chart: Chart, headings: Mapping[str, str], rows: Rows) -> Series | Grid | None:
    """Return what a chart shows of rows; None where nothing can be drawn.

    Args:
        chart: how to draw.
        headings: what people call a column.
        rows: values as text by column; empty where there is none.
    """
    of = headings.get(chart.label[-1], chart.label[-1])
    counted = headings.get(chart.value, chart.value)
    named = [(_name(row, chart.label), _number(row.get(chart.value, ""))) for row in rows]
    if chart.column is not None:
        by = headings.get(chart.column, chart.column)
        columns = [_short(row.get(chart.column, "")) for row in rows]
        cells = [(n, c, v) for (n, v), c in zip(named, columns, strict=True)]
        return grid((of, by, counted), cells)
    kind = chart.kind if len(named) <= _MOST_COLUMNS else "bar"
    return series(kind, (of, counted), named, MOST_DRAWN)


def suggested(columns: Sequence[str], numbers: Collection[str], rows: Rows) -> Chart | None:
    """Return how rows that nobody said how to draw may be drawn; None where bars make no sense.

    Bars make sense of a few rows that each have a name of their own and an amount.

    Args:
        columns: the columns in their order.
        numbers: those of them that hold numbers and nothing else.
        rows: values as text by column.
    """
    if not 1 < len(rows) <= MOST_DRAWN:
        return None
    amounts = [c for c in columns if c in numbers]
    names = [c for c in columns if c not in numbers and len({r[c] for r in rows}) == len(rows)]
    # Of a thing and its words, the words.
    names.sort(key=lambda c: any(r[c].startswith(_IRI) for r in rows))
    return Chart("bar", (names[0],), amounts[0]) if names and amounts else None


def _name(row: Mapping[str, str], label: Sequence[str]) -> str:
    return " ".join(filter(None, (_short(row.get(v, "")) for v in label)))


def _short(value: str) -> str:
    return prefixed(value) or short_id(value) if value.startswith(_IRI) else value


def _number(value: str) -> float | None:
    try:
        found = float(value)
    except ValueError:
        return None
    return found if abs(found) < float("inf") else None
