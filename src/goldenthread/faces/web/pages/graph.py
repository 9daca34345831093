"""Graph: a thing and its neighbours as an interactive picture, beside a list that says the same.

The list is the page: it works without script, by keyboard and by ear. `graph.js` draws the picture
from the data that the page carries; each address is a picture of its own.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.domain.picture import Picture, Shown
from goldenthread.domain.table import About
from goldenthread.domain.thread import Node
from goldenthread.faces.web import wording
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.files import graph_file
from goldenthread.faces.web.headers import answer
from goldenthread.faces.web.negotiation import CSV, HTML, JSON, XLSX
from goldenthread.faces.web.page import File, Pages, as_json, data, find, served
from goldenthread.faces.web.paths import Links, at
from goldenthread.services import finding, naming, projecting, supporting
from goldenthread.services.drawing import DASHES
from goldenthread.services.exporting import graphml, networkx_of, things, with_dataset

GRAPHML = "graphml"
OPENED_AT_MOST = 20
FOUND_AT_MOST = 20
ROWS_AT_MOST = 400
# A picture to take away runs its own script and nothing else, wherever it is opened.
_SANDBOX = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:"
)
_NAMES = ("none", "one", "several")


class Graph(Pages):
    """The page of the interactive picture."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            *served("/graph", self.show, (CSV, XLSX, JSON, GRAPHML)),
            Route("/graph/picture.html", self.alone),
        ]

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files: what nothing was opened in."""
        yield graph_file(""), partial(_file, self.x, "")
        for node in things(self.x.dataset, reading):
            yield graph_file(node.iri), partial(_file, self.x, node.iri)

    def picture(self, request: Request, reading: str) -> Picture:
        """Return the picture that an address asks for."""
        asked = request.query_params
        focus = find(self.x, asked["focus"], reading) if asked.get("focus") else ""
        names = asked.getlist("open")[:OPENED_AT_MOST]
        opened = dict.fromkeys(find(self.x, name, reading) for name in names)
        return projecting.picture(self.x.dataset, focus, list(opened), reading)

    async def show(self, request: Request) -> Response:
        """Return the picture around `focus`, with the neighbours of each `open`."""
        links = self.links(request)
        # Made once, which takes a while where a plan is large: nobody else should wait for it.
        await run_in_threadpool(supporting.supports, self.x.dataset, links.reading)
        found = self.picture(request, links.reading)
        words = request.query_params.get("q", "").strip()[:200]

        def value() -> bytes:
            drawn = projecting.drawn(found, DASHES)
            about = self.x.about(links.reading)
            return as_json(with_dataset(found.to_json(drawn), about))

        rows = data(
            self.x, links, dict, lambda: [supporting.support_table(_supports(self.x, found))]
        )
        page = {HTML: lambda: graph(self.x, links, found, words), JSON: value}
        network = {GRAPHML: lambda: _graphml(found, self.x.about(links.reading))}
        return self.answer(request, {**rows, **page, **network})

    async def alone(self, request: Request) -> Response:
        """Return the picture as a file to keep, with everything in it."""
        links = self.links(request)
        found = self.picture(request, links.reading)
        title = f"{found.focus.name if found.focus else 'The first level'} and its neighbours"
        said = [f"{line}: {text}" for line, text in self.x.about(links.reading).lines()]

        def make() -> bytes:
            return projecting.alone(found, DASHES, title, [f"{self.x.independence}.", *said])

        name = f"goldenthread-graph-{self.x.dataset.sha256[:12]}.html"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": _SANDBOX,
        }
        return answer(request, self.x.stamp, HTML, make, headers)


def _graphml(found: Picture, about: About) -> bytes:
    return graphml(networkx_of([s.node for s in found.things], list(found.links), about))


def _supports(x: Explorer, found: Picture) -> list[supporting.Support]:
    """Return what rests on what for the things in a picture; on the first level, for all."""
    every = supporting.supports(x.dataset, found.reading)
    if found.focus is None:
        return every
    shown = {s.node.iri for s in found.things}
    return [s for s in every if s.node.iri in shown]


def _file(x: Explorer, focus: str, links: Links) -> bytes:
    return graph(x, links, projecting.picture(x.dataset, focus, (), links.reading))


def graph(x: Explorer, links: Links, found: Picture, words: str = "") -> bytes:
    """Return the page of a picture: the list, the data for the canvas, what rests on what."""
    focus = found.focus
    supports = {s.node.iri: s for s in supporting.supports(x.dataset, found.reading)}
    hits = finding.search(x.dataset, words, links.reading, FOUND_AT_MOST) if words else []
    iri = focus.iri if focus else ""
    return x.render(
        "graph.html",
        links,
        title=f"Graph: {focus.name}" if focus else "Graph",
        active="graph",
        crumbs=[(links.graph(), "Graph"), ("", wording.brief(focus))] if focus else [("", "Graph")],
        here={r: links.in_reading(r).graph(iri, found.opened) for r in ("printed", "corrected")},
        scripts=("graph.js",),
        p=found,
        me=partial(_asked, links, found),
        data=projecting.drawn(found, DASHES) | {"found": [h.node.iri for h in hits]},
        groups=_groups(found),
        opening=partial(_opening, links, found),
        closing=partial(_closing, links, found),
        hidden=partial(_hidden, naming.plurals(x.dataset, found.reading)),
        support=supports.get(iri),
        supports=[] if focus else weightiest(list(supports.values())),
        every=len(supports),
        threads=_NAMES,
        dashes=DASHES,
        words=words,
        indexed=not (words or found.opened),
        hits=hits,
        most_hits=FOUND_AT_MOST,
        alternates=[],
        downloads=_downloads(links, found),
    )


def _asked(links: Links, found: Picture, mark: str) -> str:
    """Return the address by which a number of the page is asked about."""
    focus = links.focus(found.focus.iri) if found.focus else ""
    return at("graph", mark, focus=focus, open=[links.focus(o) for o in found.opened])


def weightiest(every: list[supporting.Support]) -> list[supporting.Support]:
    """Return what a page can show of a large plan: the things on which most rests."""
    if len(every) <= ROWS_AT_MOST:
        return every
    return sorted(every, key=lambda s: -len(s.falls))[:ROWS_AT_MOST]


def _groups(found: Picture) -> list[tuple[str, list[Shown]]]:
    """Return what is shown, level by level."""
    groups: dict[str, list[Shown]] = {}
    for shown in found.things:
        groups.setdefault(shown.node.level_name, []).append(shown)
    return list(groups.items())


def _opening(links: Links, found: Picture, iri: str) -> str:
    """Return the address of the same picture with the neighbours of one more thing."""
    if len(found.opened) >= OPENED_AT_MOST:
        return ""
    focus = found.focus.iri if found.focus else ""
    return links.graph(focus, sorted({*found.opened, iri}))


def _closing(links: Links, found: Picture, iri: str) -> str:
    """Return the address of the same picture without the neighbours of a thing."""
    focus = found.focus.iri if found.focus else ""
    return links.graph(focus, sorted({*found.opened} - {iri}))


def _hidden(plurals: dict[str, str], nodes: tuple[Node, ...]) -> str:
    """Return how many neighbours are not shown, by level: `1 promise and 3 actions`."""
    counts = Counter((n.order, n.level, n.level_name) for n in nodes)
    return wording.listing(
        wording.count(number, name, plurals.get(level, f"{name}s"))
        for (_, level, name), number in sorted(counts.items())
    )


def _downloads(links: Links, found: Picture) -> list[tuple[str, str]]:
    focus = found.focus.iri if found.focus else ""
    names = {
        ".json": "JSON, for programs (vis-network)",
        ".graphml": "GraphML, for graph programs",
        ".csv": "CSV: what rests on what",
        ".xlsx": "XLSX: what rests on what",
        "/picture.html": "One file with the picture, to keep or to send",
    }
    return [(links.graph(focus, found.opened, form), said) for form, said in names.items()]
