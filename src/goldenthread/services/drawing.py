"""Draw a trace as SVG: a column a level, a box a thing, a line a link, its style how we know.

Every thing at the foot of a thread has a row of its own, so that no line runs through another
thing's box: a line that passed behind an action on its way to a measure would say that the measure
is the action's. Everything is told in words too; colour says nothing.
"""

import re
from collections.abc import Callable, Sequence
from html import escape

from goldenthread.domain.identifiers import clean, one_line
from goldenthread.domain.layout import BOX_HEIGHT, BOX_WIDTH, EDGE, HEAD, ROW, Layout, lay_out
from goldenthread.domain.lettering import shorten
from goldenthread.domain.outline import Shape, shape
from goldenthread.domain.thread import BASES, Node, Trace, rank

TEXT_LINES, TEXT_WIDTH = 3, 23
# Dashes for print and for programs that know no style sheet; pages repeat them by class.
DASHES = {"same wording": "9 5", "by position": "2 5", "similar wording": "3 11"}
UNKNOWN_DASH = "1 7"
_STROKES = {
    "stated": "a solid line",
    "same wording": "long dashes",
    "by position": "dots",
    "similar wording": "dots far apart",
}
_ADDRESS = re.compile(r"(https?:|mailto:|(?![a-zA-Z][a-zA-Z0-9+.-]*:))")
_MARKUP = re.compile("[&<>\"']")
_FOOT_LINE, _FOOT_LINES, _FOOT_LETTER = 16, 8, 6.6
_BOX = f'width="{BOX_WIDTH}" height="{BOX_HEIGHT}" fill="#fff" stroke="#0b0c0c"'
_PLAIN = f'<rect class="gt-drawing__box" {_BOX}/>'
_FOCUS = f'<rect class="gt-drawing__box gt-drawing__box--focus" {_BOX} stroke-width="3"/>'


def timescales(node: Node) -> str:
    """Return what stands at the foot of a thing's box: its timescales as printed."""
    return "; ".join(s.words for s in node.schedule)


def draw(
    trace: Trace,
    href: Callable[[Node], str],
    notes: Callable[[Node], str] | None = None,
    foot: Sequence[str] = (),
) -> str:
    """Return a trace as an SVG document.

    Args:
        trace: what to draw.
        href: gives the address that a thing's box leads to; empty for none.
        notes: gives a few words for the foot of a thing's box; none unless given.
        foot: sentences under the drawing, for one that leaves its page: what was left out, and
            where it comes from.
    """
    parts = shape(trace)
    layout = lay_out(trace, parts)
    nodes = {n.iri: n for n in trace.nodes}
    title = f"{trace.focus.name}: thread {trace.direction}"
    text = (
        f"{len(trace.nodes)} things in {len(layout.columns)} columns, one for each level, joined "
        f"by {sum(map(len, parts.near.values()))} lines. A list says the same in words."
    )
    # A drawing on a page has its legend beside it; one that leaves it takes it along.
    under, height = _foot(layout, (_legend(trace), *foot) if foot else ())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gt-drawing" role="group" '
        f'aria-labelledby="gt-drawing-title gt-drawing-text" width="{layout.width}" '
        f'height="{height}" viewBox="0 0 {layout.width} {height}" '
        'font-family="Arial, Helvetica, sans-serif" font-size="13" fill="#0b0c0c">'
        f'<title id="gt-drawing-title">{escape(clean(title))}</title>'
        f'<desc id="gt-drawing-text">{escape(text)}</desc>'
        + _heads(layout)
        + _lines(parts, layout)
        + "".join([_box(nodes[i], layout, href, notes, trace.focus) for i in layout.place])
        + under
        + "</svg>\n"
    )


def _heads(layout: Layout) -> str:
    """Return the names of the levels, each over its column with a rule under it."""
    found = []
    for i, (_, name) in enumerate(layout.columns):
        x = layout.left(i)
        words = "".join(
            f'<tspan x="{x}" dy="{17 if k else 0}">{escape(line)}</tspan>'
            for k, line in enumerate(shorten(clean(name[:1].upper() + name[1:]), 19, 2))
        )
        found.append(
            f'<text class="gt-drawing__level" x="{x}" y="18" font-size="15" font-weight="bold">'
            f'{words}</text><path class="gt-drawing__rule" stroke="#b1b4b6" '
            f'stroke-width="2" d="M{x} {HEAD - 14}h{BOX_WIDTH}"/>'
        )
    return "".join(found)


def _legend(trace: Trace) -> str:
    """Return which line says which basis, in words."""
    bases = sorted({link.basis for link in trace.links}, key=rank)
    said = [f"{basis}, {_STROKES.get(basis, 'a trace of dots')}" for basis in bases]
    return f"How we know each step: {'; '.join(said)}." if said else "No step is shown."


def _foot(layout: Layout, sentences: Sequence[str]) -> tuple[str, int]:
    """Return the sentences under the drawing, and how high the whole is."""
    width = int((layout.width - 2 * EDGE) / _FOOT_LETTER)
    lines = [line for said in sentences for line in shorten(clean(said), width, _FOOT_LINES)]
    if not lines:
        return "", layout.height
    spans = "".join(f'<tspan x="{EDGE}" dy="{_FOOT_LINE}">{escape(line)}</tspan>' for line in lines)
    text = f'<text class="gt-drawing__foot" y="{layout.height}" font-size="12">{spans}</text>'
    return text, layout.height + _FOOT_LINE * (len(lines) + 1)


def _box(
    node: Node,
    layout: Layout,
    href: Callable[[Node], str],
    notes: Callable[[Node], str] | None,
    focus: Node,
) -> str:
    column, row = layout.place[node.iri]
    foot = notes(node) if notes else ""
    full, words = node.name, node.label
    # Most words hold nothing to be cleaned or escaped, and asking so is quick.
    if not full.isprintable():
        full, words = clean(one_line(full)), clean(words)
    if foot:
        foot = clean(one_line(foot))
        full = f"{full} ({foot})"
        foot = shorten(foot, TEXT_WIDTH + 4, 1)[0]
    lines = shorten(
        f"{node.notation} {words}" if node.notation else words, TEXT_WIDTH, TEXT_LINES - bool(foot)
    )
    if _MARKUP.search(full):
        full, foot, lines = escape(full), escape(foot), [escape(line) for line in lines]
    spans = '</tspan><tspan x="10" dy="16">'.join(lines)
    if foot:
        foot = f'<tspan class="gt-drawing__note" x="10" dy="16" font-size="11">{foot}</tspan>'
    first = 36 - 8 * (len(lines) - 1 + bool(foot))
    body = (
        f"<title>{full}</title>{_FOCUS if node is focus else _PLAIN}"
        f'<text class="gt-drawing__words" y="{first}"><tspan x="10">{spans}</tspan>{foot}</text>'
    )
    place = f'transform="translate({layout.left(column)} {layout.top(row)})"'
    address = href(node)
    if not address or not _ADDRESS.match(address):
        return f"<g {place}>{body}</g>"
    return f'<a class="gt-drawing__link" {place} href="{escape(address)}">{body}</a>'


def _lines(parts: Shape, layout: Layout) -> str:
    """Return the lines: a trunk for each parent, along a track of its own, and an arm a link.

    The trunk is shared: only the arm that a link has to itself can show how we know it. Lines of
    one style are one path: two thousand elements would only make the page slow.
    """
    taken = set(layout.place.values())
    sign = -1 if layout.mirrored else 1
    arrived: dict[str, int] = {}
    arms: dict[str, list[str]] = {}
    trunks = []
    # Parents share the space between two columns: nine tracks are as many as it holds.
    for track, parent in enumerate(p for p in layout.place if parts.near[p]):
        column, row = layout.place[parent]
        x = layout.left(column) + (0 if layout.mirrored else BOX_WIDTH)
        y = layout.top(row) + BOX_HEIGHT // 2
        bend = x + sign * (10 + 2 * (track % 9))
        least = most = y
        for child in parts.near[parent]:
            n = arrived[child] = arrived.get(child, -1) + 1
            turn, arm = _arm(layout, taken, (column, bend), layout.place[child], n % 5)
            least, most = min(least, turn), max(most, turn)
            arms.setdefault(parts.links[parent, child].basis, []).append(arm)
        trunks.append(f"M{x} {y}H{bend}M{bend} {least}V{most}")
    pen = 'fill="none" stroke="#0b0c0c" stroke-width="2"'
    found = []
    for basis, ways in sorted(arms.items()):
        dash = DASHES.get(basis, "" if basis in BASES else UNKNOWN_DASH)
        style = f'class="gt-line gt-line-{css_name(basis)}" {pen}'
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        found.append(f'<path {style}{dashes} d="{"".join(ways)}"/>')
    if trunks:
        found.append(f'<path class="gt-trunk" {pen} d="{"".join(trunks)}"/>')
    return "".join(found)


def css_name(basis: str) -> str:
    """Return a basis as it stands in class names: `same-wording`."""
    return basis.replace(" ", "-") if basis in BASES else "unknown"


def _arm(
    layout: Layout,
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
    if column - from_column > 1 and any((c, row) in taken for c in range(from_column + 1, column)):
        over = layout.top(row) - (ROW - BOX_HEIGHT) // 2
        return over, f"M{bend} {over}H{x - sign * 8}V{y}H{x}"
    return y, f"M{bend} {y}H{x}"
