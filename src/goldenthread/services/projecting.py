"""Project part of a plan as a picture: a thing, its neighbours, and a fixed place for each.

Places follow from the plan alone: a column is a level, a row comes from the order of the plan. So
the same part looks the same at every visit, and nothing swims. pyvis turns the picture into the
nodes and edges that vis-network takes; it and IPython, which it imports, are loaded only here.
"""

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from goldenthread.domain.namespaces import GT
from goldenthread.domain.picture import COLUMN, ROW, SHAPES, Level, Picture, Shown, caption
from goldenthread.domain.thread import Link, Node
from goldenthread.store.dataset import Dataset
from goldenthread.store.projection import ROOT, downward, tops
from goldenthread.store.view import HOPS, View

if TYPE_CHECKING:
    from networkx import DiGraph
    from pyvis.network import Network  # type: ignore[import-untyped]

MOST = 250
"""More things than this are never shown at once: nobody could read them."""


def picture(
    dataset: Dataset,
    focus: str = "",
    opened: Sequence[str] = (),
    reading: str = "corrected",
    most: int = MOST,
) -> Picture:
    """Return a thing with its neighbours, and those of every thing in `opened`.

    Args:
        dataset: the data set.
        focus: IRI of the thing in the middle; where empty, the first level is shown.
        opened: IRIs of things whose neighbours are shown too.
        reading: `corrected` or `printed`.
        most: how many things are shown at most.
    """
    view = View(dataset, reading)
    graph = downward(view)
    wanted = dict.fromkeys([focus] if focus else tops(view))
    for iri in (focus, *opened):
        if iri and iri in graph:
            wanted |= dict.fromkeys([iri, *_near(graph, iri)])
    kept = set(list(wanted)[:most])
    ranks = _ranks(view, kept)
    levels = _levels(view, ranks)
    links = [
        view.link(low, hop, high)
        for low in ranks
        for hop in HOPS
        for high in view.values(low, GT + hop)
        if high in ranks
    ]
    places = _places(view, ranks, levels)
    return Picture(
        focus=view.node(focus) if focus else None,
        opened=tuple(opened),
        reading=reading,
        levels=tuple(levels.values()),
        things=tuple(
            Shown(
                node=view.node(iri),
                x=x,
                y=y,
                shape=shape,
                role="focus" if iri == focus else "open" if iri in opened else "near",
                hidden=tuple(view.node(i) for i in _near(graph, iri) if i not in kept),
                links=tuple((li, view.node(li.target)) for li in links if li.source == iri),
            )
            for iri, (x, y, shape) in places.items()
        ),
        links=tuple(links),
        omitted=len(wanted) - len(kept),
    )


def _near(graph: "DiGraph[str]", iri: str) -> list[str]:
    """Return what is one step above and below a thing, as the plan lists it."""
    if iri not in graph:
        return []
    return [n for n in (*graph.predecessors(iri), *graph.successors(iri)) if n != ROOT]


def _ranks(view: View, kept: set[str]) -> dict[str, int]:
    """Return the things to show in the order of the plan; those on no level come last."""
    ordered = [iri for level in view.levels for iri in view.at_level(level)]
    listed = set(ordered)
    ordered += sorted(kept - listed)
    return {iri: i for i, iri in enumerate(ordered) if iri in kept}


def _levels(view: View, shown: Mapping[str, int]) -> dict[tuple[int, str], Level]:
    """Return a column for each level of the plans that are shown, empty ones too."""
    plans = {view.plan(iri) for iri in shown}
    names = {
        (order, name): key
        for iri, (order, key, name) in view.levels.items()
        if view.plan(iri) in plans
    }
    for iri in shown:
        node = view.node(iri)
        names.setdefault((node.order, node.level_name), node.level)
    sizes: dict[tuple[int, str], int] = {}
    for iri in shown:
        sizes[_column(view.node(iri))] = sizes.get(_column(view.node(iri)), 0) + 1
    head = -ROW * max(sizes.values(), default=1) // 2 - ROW // 2
    return {
        column: Level(names[column], column[1], i * COLUMN, head, SHAPES[i % len(SHAPES)])
        for i, column in enumerate(sorted(names))
    }


def _column(node: Node) -> tuple[int, str]:
    return node.order, node.level_name


def _places(
    view: View, shown: Mapping[str, int], levels: Mapping[tuple[int, str], Level]
) -> dict[str, tuple[int, int, str]]:
    """Return where each thing stands: in the column of its level, columns centred."""
    columns: dict[tuple[int, str], list[str]] = {c: [] for c in levels}
    for iri in sorted(shown, key=lambda i: shown[i]):
        columns[_column(view.node(iri))].append(iri)
    return {
        iri: (levels[c].x, round((i - (len(iris) - 1) / 2) * ROW), levels[c].shape)
        for c, iris in columns.items()
        for i, iri in enumerate(iris)
    }


def drawn(found: Picture, dashes: Mapping[str, str]) -> dict[str, Any]:
    """Return a picture as the nodes and edges of vis-network, by pyvis.

    No node has a `title`: vis-network would show it on hover, and some versions as HTML. Labels
    are text on a canvas.

    Args:
        found: the picture.
        dashes: the dash of a line by how its link is known: `9 5`; none is a whole line.
    """
    net = _network(found, dashes)
    nodes, edges, *_ = net.get_network_data()
    return {"nodes": nodes, "edges": edges}


def _network(found: Picture, dashes: Mapping[str, str]) -> "Network":
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line", height="90vh")
    for level in found.levels:
        # A heading is no thing: it cannot be chosen.
        net.add_node(
            f"level {level.name}",
            label=_heading(level.name),
            shape="text",
            group="heading",
            x=level.x,
            y=level.y,
            level=level.x // COLUMN,
            chosen=False,
        )
    for s in found.things:
        net.add_node(
            s.node.iri,
            label=caption(s),
            shape=s.shape,
            group=s.role,
            x=s.x,
            y=s.y,
            level=s.x // COLUMN,
        )
    for link in found.links:
        dash = [int(n) for n in dashes.get(link.basis, "").split()]
        basis = link.basis
        net.add_edge(link.source, link.target, dashes=dash or False, basis=basis, **_id(link))
    return net


def _id(link: Link) -> dict[str, str]:
    return {"id": f"{link.source} {link.predicate} {link.target}", "property": link.predicate}


def _heading(name: str) -> str:
    return name[:1].upper() + name[1:]


_OPTIONS = {
    "physics": {"enabled": False},
    "edges": {"smooth": False, "color": "#966b00"},
    "nodes": {"font": {"face": "Arial", "size": 14, "color": "#0b0c0c"}, "size": 14},
    "groups": {
        "focus": {"color": {"background": "#966b00", "border": "#0b0c0c"}, "borderWidth": 4},
        "open": {"color": {"background": "#fbf5e4", "border": "#0b0c0c"}, "borderWidth": 3},
        "near": {"color": {"background": "#fbf5e4", "border": "#966b00"}, "borderWidth": 1},
        "heading": {"color": {"background": "#ffffff", "border": "#ffffff"}},
    },
}
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"


def alone(found: Picture, dashes: Mapping[str, str], title: str, said: Sequence[str]) -> bytes:
    """Return a picture as pyvis's page, whole in one file that asks no host for anything.

    What pyvis loads from other hosts is taken out, and a policy forbids the rest.

    Args:
        found: the picture.
        dashes: as in `drawn`.
        title: what the page is about.
        said: paragraphs that stand above the picture: what it is and where it comes from.
    """
    net = _network(found, dashes)
    net.set_options(json.dumps(_OPTIONS))
    page = net.generate_html()
    page = re.sub(r'<(link|script)\b[^>]*?="https?:[^>]*>(\s*</script>)?', "", page)
    # Its heading is printed twice and escaped nowhere, so it stays empty and goes.
    page = re.sub(r"<center>\s*<h1></h1>\s*</center>", "", page)
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(title)}</title>"
        "<style>body { margin: 1em; font-family: Arial, Helvetica, sans-serif }</style>"
    )
    listed = "".join(
        f"<li>{escape(s.node.name)}: {escape(_upwards(s) or 'no link shown')}</li>"
        for s in found.things
    )
    words = f"<h1>{escape(title)}</h1>" + "".join(f"<p>{escape(p)}</p>" for p in said)
    words += f"<details><summary>The same as a list</summary><ul>{listed}</ul></details>"
    page = page.replace("<html>", '<!DOCTYPE html><html lang="en">', 1)
    page = page.replace("<head>", f"<head>{head}", 1).replace("<body>", f"<body>{words}", 1)
    return page.encode("utf-8", "replace")


def _upwards(shown: Shown) -> str:
    return "; ".join(f"{li.predicate} {n.name} ({li.basis})" for li, n in shown.links)
