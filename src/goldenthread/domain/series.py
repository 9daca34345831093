"""What a chart shows: named amounts in their order, or amounts in rows and columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """Named amounts, in the order of the rows that they come from."""

    kind: str
    """`bar` or `column`."""
    of: str
    """What has the names, as its column is headed."""
    counted: str
    """What the amounts are, as their column is headed."""
    points: tuple[tuple[str, float], ...]
    total: int
    """How many rows there are; more than `points` where they are too many to draw."""

    @property
    def sentence(self) -> str:
        """Return in words what the drawing shows."""
        most = max(self.points, key=lambda p: p[1])
        least = min(value for _, value in self.points)
        noun = "Bars" if self.kind == "bar" else "Columns"
        shown = f"the first {len(self.points)} of {self.total}" if self.cut else f"{self.total}"
        found = f"{noun} of “{self.counted}” for {shown} rows, by “{self.of}”."
        if most[1] == least:
            return f"{found} All have {amount(least)}."
        lowest = [name for name, value in self.points if value == least]
        few = f"“{lowest[0]}”" if len(lowest) == 1 else f"{len(lowest)} of them"
        return (
            f"{found} Most: “{most[0]}” with {amount(most[1])}. Least: {few} with {amount(least)}."
        )

    @property
    def cut(self) -> bool:
        """Return whether some rows are not drawn."""
        return self.total > len(self.points)


@dataclass(frozen=True, slots=True)
class Grid:
    """Amounts by a row and a column, each named."""

    of: str
    by: str
    counted: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], float]

    def amount(self, row: str, column: str) -> str:
        """Return the amount of a cell as people read it; nothing where there is none."""
        found = self.cells.get((row, column))
        return "" if found is None else amount(found)

    def shade(self, row: str, column: str) -> int:
        """Return how dark a cell is, 0 to 5, beside the largest."""
        found, most = self.cells.get((row, column), 0), max(self.cells.values(), default=0)
        return 0 if found <= 0 or most <= 0 else max(1, round(5 * found / most))


def series(
    kind: str,
    heads: tuple[str, str],
    points: Sequence[tuple[str, float | None]],
    most: int,
) -> Series | None:
    """Return what bars or columns show; None where nothing can be drawn, or an amount is below 0.

    Args:
        kind: `bar` or `column`.
        heads: headings of the names and of the amounts.
        points: a name and an amount a row; rows without an amount are left out.
        most: how many are drawn.
    """
    known = tuple((name, value) for name, value in points if value is not None)
    if not known or any(value < 0 for _, value in known):
        return None
    return Series(kind, *heads, known[:most], len(known))


def grid(
    heads: tuple[str, str, str], cells: Iterable[tuple[str, str, float | None]]
) -> Grid | None:
    """Return what a matrix shows; None where there is nothing, or a cell has two amounts.

    Args:
        heads: headings of the rows, the columns and the amounts.
        cells: row, column and amount of each cell.
    """
    found: dict[tuple[str, str], float] = {}
    for row, column, value in cells:
        if (row, column) in found:
            return None
        if value is not None:
            found[row, column] = value
    if not found:
        return None
    by_row: dict[str, list[str]] = {}
    for row, column in found:
        by_row.setdefault(row, []).append(column)
    return Grid(*heads, tuple(by_row), _merged(list(by_row.values())), found)


def _merged(sequences: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return all members of some sequences, in an order that agrees with each of them.

    Rows without some columns still tell the order of those they have. Where two rows disagree, what
    was met first comes first.
    """
    waiting = list(dict.fromkeys(name for sequence in sequences for name in sequence))
    before = {
        n: {s[i - 1] for s in sequences for i in range(1, len(s)) if s[i] == n} for n in waiting
    }
    found: list[str] = []
    while waiting:
        free = (n for n in waiting if not before[n] - set(found))
        found.append(chosen := next(free, waiting[0]))
        waiting.remove(chosen)
    return tuple(found)


def amount(value: float) -> str:
    """Return an amount as people read it: whole numbers without a point."""
    return f"{value:,.10g}"
