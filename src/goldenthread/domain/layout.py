"""Where each thing of a drawn trace stands: a column a level, a row for each foot of a thread."""

from dataclasses import dataclass, field

from goldenthread.domain.outline import Shape
from goldenthread.domain.thread import Trace

BOX_WIDTH, BOX_HEIGHT, ROW, GUTTER, HEAD, EDGE = 184, 62, 72, 40, 60, 10


@dataclass(slots=True)
class Layout:
    """Where each thing stands: a column counted from the focus, a row counted from the top."""

    columns: list[tuple[int, str]]
    place: dict[str, tuple[int, int]] = field(default_factory=dict)
    rows: int = 0
    mirrored: bool = False

    def left(self, column: int) -> int:
        """Return the left edge of a column in user units."""
        last = len(self.columns) - 1
        return EDGE + (last - column if self.mirrored else column) * (BOX_WIDTH + GUTTER)

    @property
    def width(self) -> int:
        """Return the width of the drawing in user units."""
        return 2 * EDGE + len(self.columns) * BOX_WIDTH + (len(self.columns) - 1) * GUTTER

    @property
    def height(self) -> int:
        """Return the height of the drawing in user units."""
        return HEAD + self.rows * ROW + EDGE

    def top(self, row: int) -> int:
        """Return the top of a row's box in user units."""
        return HEAD + row * ROW


def lay_out(trace: Trace, parts: Shape) -> Layout:
    """Return the places of a trace's things; no two share one."""
    up = trace.direction == "up"
    columns = sorted({(n.order, n.level_name) for n in trace.nodes}, reverse=up)
    layout = Layout(columns, mirrored=up)
    index = {column: i for i, column in enumerate(columns)}
    column_of = {n.iri: index[n.order, n.level_name] for n in trace.nodes}
    place, near = layout.place, parts.near

    def put(iri: str) -> None:
        mine = column_of[iri]
        place[iri] = (mine, layout.rows)
        first = True
        # What is placed by then stands elsewhere; the rows before it stay as they were counted.
        for child in [c for c in near[iri] if c not in place]:
            # The first stands in its parent's row, unless it would stand on it.
            if not first or column_of[child] <= mine:
                layout.rows += 1
            first = False
            if child not in place:
                put(child)

    put(trace.focus.iri)
    layout.rows += 1
    return layout
