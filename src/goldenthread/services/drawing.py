"""Draw a trace as SVG: a column a level, a box a thing, a line a link, its style how we know.

Every thing at the foot of a thread has a row of its own, so that no line runs through another
thing's box: a line that passed behind an action on its way to a measure would say that the measure
is the action's. Everything is told in words too; colour says nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from goldenthread.domain.outline import Branch, Shape, outline, shape
from goldenthread.domain.thread import BASES, Node, Trace

BOX_WIDTH, BOX_HEIGHT, ROW, GUTTER, HEAD, EDGE = 184, 62, 72, 40, 60, 10
TEXT_LINES, TEXT_WIDTH = 3, 23
# Dashes for print and for programs that know no style sheet; pages repeat them by class.
DASHES = {"same wording": "9 5", "by position": "2 5", "similar wording": "3 11"}
UNKNOWN_DASH = "1 7"
# What XML cannot hold, and marks that turn the direction of the text around them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


@dataclass(slots=True)
class _Layout:
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


def draw(
    trace: Trace, href: Callable[[Node], str], notes: Callable[[Node], str] | None = None
) -> str:
    """Return a trace as an SVG document.

    Args:
        trace: what to draw.
        href: gives the address that a thing's box leads to; empty for none.
        notes: gives a few words for the foot of a thing's box; none unless given.
    """
    parts = shape(trace)
    tree = outline(trace, parts)
    layout = _lay_out(trace, tree)
    nodes = {n.iri: n for n in trace.nodes}
    title = f"{clean(trace.focus.name)}: thread {trace.direction}"
    text = (
        f"{len(trace.nodes)} things in {len(layout.columns)} columns, one for each level, joined "
        f"by {sum(map(len, parts.near.values()))} lines. A list says the same in words."
    )
    lines = _lines(parts, layout)
    boxes = [_box(nodes[iri], layout, href, notes, trace.focus) for iri in layout.place]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gt-drawing" role="group" '
        f'aria-labelledby="gt-drawing-title gt-drawing-text" width="{layout.width}" '
        f'height="{layout.height}" viewBox="0 0 {layout.width} {layout.height}" '
        'font-family="Arial, Helvetica, sans-serif" font-size="13">'
        f'<title id="gt-drawing-title">{escape(title)}</title>'
        f'<desc id="gt-drawing-text">{escape(text)}</desc>'
        + _heads(layout)
        + "".join(lines)
        + "".join(boxes)
        + "</svg>\n"
    )


def clean(text: str) -> str:
    """Return text without what XML cannot hold and what turns the direction of text around it."""
    return _UNWANTED.sub("\N{REPLACEMENT CHARACTER}", text)


def _lay_out(trace: Trace, tree: Branch) -> _Layout:
    up = trace.direction == "up"
    columns = sorted({(n.order, n.level_name) for n in trace.nodes}, reverse=up)
    layout = _Layout(columns, mirrored=up)
    index = {column: i for i, column in enumerate(columns)}

    def put(branch: Branch) -> None:
        if branch.node.iri in layout.place:
            return
        mine = index[(branch.node.order, branch.node.level_name)]
        layout.place[branch.node.iri] = (mine, layout.rows)
        waiting = [c for c in branch.children if c.node.iri not in layout.place]
        for i, child in enumerate(waiting):
            # The first stands in its parent's row, unless it would stand on it.
            if i or index[(child.node.order, child.node.level_name)] <= mine:
                layout.rows += 1
            put(child)

    put(tree)
    layout.rows += 1
    return layout


def _heads(layout: _Layout) -> str:
    """Return the names of the levels, each over its column with a rule under it."""
    found = []
    for i, (_, name) in enumerate(layout.columns):
        x = layout.left(i)
        words = "".join(
            f'<tspan x="{x}" dy="{17 if k else 0}">{escape(line)}</tspan>'
            for k, line in enumerate(_shorten(clean(name[:1].upper() + name[1:]), 19, 2))
        )
        found.append(
            f'<text class="gt-drawing__level" x="{x}" y="18" font-size="15" font-weight="bold" '
            f'fill="#0b0c0c">{words}</text><path class="gt-drawing__rule" stroke="#b1b4b6" '
            f'stroke-width="2" d="M{x} {HEAD - 14}h{BOX_WIDTH}"/>'
        )
    return "".join(found)


def _box(
    node: Node,
    layout: _Layout,
    href: Callable[[Node], str],
    notes: Callable[[Node], str] | None,
    focus: Node,
) -> str:
    column, row = layout.place[node.iri]
    x, y = layout.left(column), layout.top(row)
    head = clean(node.notation or "")
    foot = clean(notes(node)) if notes else ""
    words = clean(f"{head} {node.label}" if head else node.label)
    lines = _shorten(words, TEXT_WIDTH, TEXT_LINES - bool(foot))
    spans = "".join(
        f'<tspan x="{x + 10}" dy="{16 if k else 0}">{escape(line)}</tspan>'
        for k, line in enumerate(lines)
    )
    if foot:
        spans += (
            f'<tspan class="gt-drawing__note" x="{x + 10}" dy="16" font-size="11">'
            f"{escape(_shorten(foot, TEXT_WIDTH + 4, 1)[0])}</tspan>"
        )
    kind = "gt-drawing__box gt-drawing__box--focus" if node.iri == focus.iri else "gt-drawing__box"
    full = node.name + (f" ({foot})" if foot else "")
    first = y + 36 - 8 * (len(lines) - 1 + bool(foot))
    body = (
        f"<title>{escape(clean(full))}</title>"
        f'<rect class="{kind}" x="{x}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" '
        f'fill="#fff" stroke="#0b0c0c" stroke-width="{3 if node.iri == focus.iri else 1}"/>'
        f'<text class="gt-drawing__words" x="{x + 10}" y="{first}" '
        f'fill="#0b0c0c">{spans}</text>'
    )
    address = href(node)
    if not re.match(r"(https?:|mailto:|(?![a-zA-Z][a-zA-Z0-9+.-]*:))", address) or not address:
        return f"<g>{body}</g>"
    return f'<a class="gt-drawing__link" href="{escape(address)}">{body}</a>'


def _shorten(text: str, width: int, most: int = TEXT_LINES) -> list[str]:
    """Return text in at most `most` lines about as wide as `width` letters, with … for the rest."""
    lines, wide = [""], 0.0
    for word in text.split():
        adds = _wide(word)
        if wide + adds + 0.5 <= width:
            lines[-1], wide = f"{lines[-1]} {word}".strip(), wide + adds + 0.5
        elif len(lines) > most:
            break
        else:
            lines.append(word)
            wide = adds
    lines = [line for line in lines if line] or [""]
    kept = [_cut(line, width, more=False) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = _cut(lines[most - 1], width, more=True)
    return kept


def _cut(line: str, width: int, *, more: bool) -> str:
    """Return a line no wider than `width`, with … at its end if something is missing after it."""
    if not more and _wide(line) <= width:
        return line
    while line and _wide(line + "…") > width:
        line = line[:-1]
    return line.rstrip(" ,;:(") + "…"


@lru_cache(4096)
def _wide(text: str) -> float:
    """Return about how wide text is, in letters: no font's measures are known here."""
    return sum(
        0.5 if c in "iljftr.,:;|' ()" else 1.5 if c in "mwMW@%" else 1.3 if c.isupper() else 1.0
        for c in text
    )


def _lines(parts: Shape, layout: _Layout) -> list[str]:
    """Return a trunk for each parent, along a track of its own, and an arm for each link.

    The trunk is shared: only the arm that a link has to itself can show how we know it.
    """
    taken = set(layout.place.values())
    sign = -1 if layout.mirrored else 1
    pen = 'fill="none" stroke="#0b0c0c" stroke-width="2"'
    arrived: dict[str, int] = {}
    found = []
    # Parents share the space between two columns: nine tracks are as many as it holds.
    for track, parent in enumerate(p for p in layout.place if parts.near[p]):
        column, row = layout.place[parent]
        x = layout.left(column) + (0 if layout.mirrored else BOX_WIDTH)
        y = layout.top(row) + BOX_HEIGHT // 2
        bend = x + sign * (10 + 2 * (track % 9))
        turns = [y]
        for child in parts.near[parent]:
            n = arrived[child] = arrived.get(child, -1) + 1
            turn, arm = _arm(layout, taken, (column, bend), layout.place[child], n % 5)
            turns.append(turn)
            basis = parts.links[(parent, child)].basis
            dash = DASHES.get(basis, "" if basis in BASES else UNKNOWN_DASH)
            attribute = f' stroke-dasharray="{dash}"' if dash else ""
            found.append(
                f'<path class="gt-line gt-line-{css_name(basis)}" {pen}{attribute} d="{arm}"/>'
            )
        trunk = f"M{x} {y}H{bend}M{bend} {min(turns)}V{max(turns)}"
        found.append(f'<path class="gt-trunk" {pen} d="{trunk}"/>')
    return found


def css_name(basis: str) -> str:
    """Return a basis as it stands in class names: `same-wording`."""
    return basis.replace(" ", "-") if basis in BASES else "unknown"


def _arm(
    layout: _Layout,
    taken: set[tuple[int, int]],
    start: tuple[int, int],
    end: tuple[int, int],
    arrival: int,
) -> tuple[int, str]:
    """Return where a line leaves its trunk and its way from there, past every box but its own."""
    (from_column, bend), (column, row) = start, end
    sign = -1 if layout.mirrored else 1
    y = layout.top(row) + BOX_HEIGHT // 2 + 5 * arrival
    if column <= from_column:
        # Against the order of the levels: into the side that faces the track.
        x = layout.left(column) + (0 if layout.mirrored else BOX_WIDTH)
        return y, f"M{bend} {y}H{x}"
    x = layout.left(column) + (BOX_WIDTH if layout.mirrored else 0)
    if any((c, row) in taken for c in range(from_column + 1, column)):
        over = layout.top(row) - (ROW - BOX_HEIGHT) // 2
        return over, f"M{bend} {over}H{x - sign * 8}V{y}H{x}"
    return y, f"M{bend} {y}H{x}"
