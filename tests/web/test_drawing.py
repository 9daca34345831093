import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from goldenthread.domain.layout import BOX_HEIGHT, BOX_WIDTH
from goldenthread.domain.thread import Evidence, Link, Node, Trace
from goldenthread.services.drawing import draw
from goldenthread.services.finding import resolve
from goldenthread.services.tracing import trace

SVG = "{http://www.w3.org/2000/svg}"
BASES = ("stated", "same wording", "by position", "similar wording")


def node(name: str, order: int, notation: str | None = None) -> Node:
    """Return a thing at a level."""
    return Node(
        f"https://example.org/p/{name}", name, "Aim", f"l{order}", f"level {order}", order, notation
    )


def link(below: Node, above: Node, basis: str = "stated") -> Link:
    """Return a link that points up."""
    return Link(below.iri, above.iri, "supports", (Evidence("e:1", basis, "x", "x", None, None),))


def made(nodes: list[Node], links: list[Link], direction: str = "down") -> Trace:
    """Return a trace of the first node."""
    return Trace(nodes[0], direction, "printed", tuple(nodes), tuple(links), ())


def drawn(found: Trace) -> ET.Element:
    """Return the drawing, parsed."""
    return ET.fromstring(draw(found, lambda n: "/doc/" + n.id))  # noqa: S314 - our own


def boxes(svg: ET.Element) -> list[tuple[int, int]]:
    """Return the corner of each box."""
    moved = (p.get("transform", "") for p in svg.iter() if p.find(f"{SVG}rect") is not None)
    return [(int(x), int(y)) for x, y in (re.findall(r"\d+", m) for m in moved)]


def segments(svg: ET.Element) -> list[tuple[float, float, float, float]]:
    """Return every straight piece of every line that joins boxes."""
    found = []
    for path in svg.iter(f"{SVG}path"):
        if "gt-" in path.get("class", "") and "rule" not in path.get("class", ""):
            x = y = 0.0
            for command, numbers in re.findall(r"([MHV])([-\d. ]+)", path.get("d", "")):
                values = [float(v) for v in numbers.split()]
                to = (
                    (values[0], values[1])
                    if command == "M"
                    else (values[0], y)
                    if command == "H"
                    else (x, values[0])
                )
                if command != "M":
                    found.append((x, y, *to))
                x, y = to
    return found


def crossings(svg: ET.Element) -> list[tuple[object, object]]:
    """Return the pieces that run through the inside of a box."""
    hit = []
    for left, top in boxes(svg):
        for x1, y1, x2, y2 in segments(svg):
            inside_x = min(x1, x2) < left + BOX_WIDTH - 1 and max(x1, x2) > left + 1
            inside_y = min(y1, y2) < top + BOX_HEIGHT - 1 and max(y1, y2) > top + 1
            if inside_x and inside_y:
                hit.append(((left, top), (x1, y1, x2, y2)))
    return hit


@pytest.mark.parametrize("direction", ["down", "up"])
@pytest.mark.parametrize("reading", ["printed", "corrected"])
def test_no_line_runs_through_a_box(shipped: Any, reading: str, direction: str) -> None:
    """Guards truth: a line behind an action on its way to a measure would claim it for it."""
    kinds = [f"corporate-priority/{i}" for i in range(1, 10)]
    if direction == "up":
        kinds = ["service-priority/3.1", "measure/improved-customer-satisfaction-ratings"]
    lines = 0
    for focus in kinds:
        svg = drawn(trace(shipped, resolve(shipped, focus, reading), direction, reading))
        lines += len(segments(svg))
        assert not crossings(svg), (focus, crossings(svg)[:2])
    assert lines > 10


def test_lines_avoid_boxes_where_levels_are_skipped() -> None:
    """Guards the detour: a second parent whose child stands in the row of another's first child."""
    top, a, b = node("top", 1), node("a", 2), node("b", 2)
    c, d = node("c", 3), node("d", 4)
    links = [link(a, top), link(b, top), link(c, a), link(d, c), link(d, b)]
    assert not crossings(drawn(made([top, a, b, c, d], links)))


def test_no_two_boxes_stand_on_each_other() -> None:
    """Guards the layout with links inside a level, against the order of levels, and in a circle."""
    nodes = [node(f"n{i}", 1 + i % 3) for i in range(12)]
    links = [link(nodes[i + 1], nodes[i]) for i in range(11)]
    links += [link(nodes[0], nodes[11]), link(nodes[3], nodes[0])]
    found = boxes(drawn(made(nodes, links)))
    assert len(found) == len(set(found)) == 12


def test_every_basis_has_its_own_line() -> None:
    """Guards that line style, never colour alone, tells how we know; the unknown has one too."""
    top = node("top", 1)
    below = [node(f"n{i}", 2) for i in range(5)]
    links = [link(n, top, b) for n, b in zip(below, (*BASES, "rumour"), strict=True)]
    svg = drawn(made([top, *below], links))
    lines = [p for p in svg.iter(f"{SVG}path") if "gt-line" in (p.get("class") or "")]
    assert len({p.get("stroke-dasharray", "") for p in lines}) == 5
    assert len({p.get("class") for p in lines}) == 5
    assert not [e for e in svg.iter() if e.get("style")]


def test_long_words_are_shortened_and_kept_whole_in_the_title() -> None:
    """Guards long labels: a few lines in the box, the whole in its title."""
    long = "An aim " + "with a great many words " * 30
    svg = drawn(made([node(long, 1, "7")], []))
    spans = [s.text or "" for s in svg.iter(f"{SVG}tspan")]
    assert any(s.endswith("…") for s in spans)
    assert all(len(s) < 40 for s in spans)
    titles = [t.text or "" for t in svg.iter(f"{SVG}title")]
    assert any(long.strip() in t for t in titles)


def test_the_drawing_says_what_it_is_and_is_the_same_every_time() -> None:
    """Guards the text alternative, and bytes that do not change."""
    top, below = node("top", 1), node("below", 2)
    found = made([top, below], [link(below, top)])
    svg = drawn(found)
    assert svg.get("aria-labelledby") == "gt-drawing-title gt-drawing-text"
    assert svg.find(f"{SVG}desc") is not None
    assert draw(found, lambda n: n.id) == draw(found, lambda n: n.id)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", ""])
def test_only_paths_and_web_addresses_are_links(address: str) -> None:
    """Guards the drawing's links, whoever gives the addresses."""
    text = draw(made([node("top", 1)], []), lambda _: address)
    assert "<a " not in text


def test_two_thousand_boxes_are_drawn() -> None:
    """Guards size: nothing is lost, nothing overlaps; its time is measured in benchmarks/."""
    top = node("top", 1)
    middle = [node(f"m{i}", 2) for i in range(100)]
    leaves = [node(f"x{i}", 3) for i in range(1899)]
    links = [link(m, top) for m in middle] + [
        link(n, middle[i % 100]) for i, n in enumerate(leaves)
    ]
    found = boxes(drawn(made([top, *middle, *leaves], links)))
    assert len(set(found)) == 2000
