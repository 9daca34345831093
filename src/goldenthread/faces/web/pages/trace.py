"""Traces: the thread below or above one thing, as a list, a table or a drawing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain import tabling
from goldenthread.domain.leaving import sentences
from goldenthread.domain.outline import outline
from goldenthread.domain.selection import FACETS
from goldenthread.domain.thread import Node, Trace
from goldenthread.errors import Ambiguous, BadValue, NotFound
from goldenthread.faces.web import wording
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.files import trace_file
from goldenthread.faces.web.negotiation import GRAPHML, HTML, MEDIA, PNG, SVG
from goldenthread.faces.web.page import DATA_FORMS, File, Made, Pages, data, find_trace, served
from goldenthread.faces.web.pages import trace_state
from goldenthread.faces.web.pages.trace_start import start_page
from goldenthread.faces.web.pages.trace_state import VIEWS, State
from goldenthread.faces.web.paths import Links
from goldenthread.faces.web.thread_table import thread_table
from goldenthread.services import exporting, naming, picturing
from goldenthread.services.drawing import DASHES, draw, timescales
from goldenthread.services.tracing import trace

# A drawing of more boxes than this helps nobody read; it stays a download.
DRAWN_AT_MOST = 400
# Quotes under each of more things than this would make a page nobody waits for.
QUOTED_AT_MOST = 300
# Up to so many columns fit beside each other where text is shown.
NARROW_COLUMNS = 4
_HEADS = {"down": "what stands under it", "up": "what it serves"}
_FORMS = {
    "csv": "CSV, for spreadsheets",
    "xlsx": "XLSX, a workbook",
    "json": "JSON, for programs",
    SVG: "SVG, the drawing",
    PNG: "PNG, the drawing as a picture",
    GRAPHML: "GraphML, for graph programs",
    "ttl": "Turtle, the links with their evidence",
}


class Traces(Pages):
    """The page of a thread, and the page on which one is chosen."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/trace", self.show, (*DATA_FORMS, SVG, PNG, GRAPHML, "ttl"))

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "trace.html", lambda links: start_page(self.x, links)
        for node in exporting.things(self.x.dataset, reading):
            for direction in ("down", "up"):
                yield trace_file(node.iri, direction), partial(_file, self.x, node.iri, direction)

    async def show(self, request: Request) -> Response:
        """Return the thread from `focus` in `direction`, or what helps to choose one."""
        links, asked = self.links(request), request.query_params
        words, page = asked.get("focus"), request.url.path == "/trace"
        if words is None and page:
            return self.answer(request, {HTML: lambda: start_page(self.x, links)})
        try:
            state, found = self._found(request, links)
        except (Ambiguous, BadValue, NotFound) as error:
            if not page:
                raise
            body = start_page(self.x, links, words or "", error)
            headers = {"Content-Type": MEDIA[HTML], "Cache-Control": "no-store"}
            return Response(body, error.status, headers)
        made = {HTML: lambda: trace_page(self.x, links, found, state), **self._data(links, found)}
        if request.url.path.endswith(f".{PNG}"):
            # Pixels take longer than words: others must not wait for them.
            return await run_in_threadpool(self.answer, request, made)
        return self.answer(request, made)

    def _found(self, request: Request, links: Links) -> tuple[State, Trace]:
        asked = request.query_params
        view, direction = asked.get("view", "list"), asked.get("direction", "down")
        if view not in VIEWS:
            raise BadValue(f"There is no view “{view[:40]}”. Choose {', '.join(VIEWS)}.")
        only = {f: asked.getlist(f) for f in FACETS if asked.getlist(f)}
        found = find_trace(self.x, asked.get("focus", ""), direction, links.reading, only)
        chosen = found.narrowed.query if found.narrowed else {}
        return State(found.focus.iri, direction, view, chosen), found

    def _data(self, links: Links, found: Trace) -> Made:
        dataset = self.x.dataset
        return {
            **data(self.x, links, found.to_json, lambda: tabling.trace_tables(found)),
            SVG: lambda: self._picture(links, found).encode("utf-8", "replace"),
            PNG: lambda: picturing.to_png(self._picture(links, found), self.x.about(links.reading)),
            GRAPHML: lambda: exporting.graphml(
                exporting.networkx_of(
                    list(found.nodes), list(found.links), self.x.about(links.reading)
                )
            ),
            "ttl": lambda: exporting.trace_rdf(dataset, found, "ttl"),
        }

    def _picture(self, links: Links, found: Trace) -> str:
        said = sentences(found, naming.plurals(self.x.dataset, links.reading))
        foot = (*said, self.x.about(links.reading).sentence)
        return draw(found, lambda n: links.thing(n.iri), timescales, foot)


def _file(x: Explorer, iri: str, direction: str, links: Links) -> bytes:
    found = trace(x.dataset, iri, direction, links.reading)
    return trace_page(x, links, found, State(iri, direction, "all"))


def trace_page(x: Explorer, links: Links, trace: Trace, state: State) -> bytes:
    """Return the page of a trace: sentences, how sure it is, then the view that was chosen."""
    focus, tree = trace.focus, outline(trace)
    plurals = naming.plurals(x.dataset, links.reading)
    remarks = wording.direct(trace, tree, plurals)
    through = {n.iri: _brief(r.through) for r in remarks if r.tied for n in r.only_through}
    shown = [(b, wording.BASIS_MEANINGS.get(b, "no record says how")) for b in wording.bases(trace)]
    drawn = bool(trace.links) and state.view in ("drawing", "all")
    small = len(trace.nodes) <= DRAWN_AT_MOST
    forms = _forms(links, state, small=small)
    return x.render(
        "trace.html",
        links,
        title=f"{focus.name}: {_HEADS[trace.direction]}",
        active="trace",
        crumbs=[
            (links.page("trace"), "Trace"),
            (links.thing(focus.iri), wording.brief(focus)),
            ("", "Thread " + trace.direction),
        ],
        here={r: state.address(links.in_reading(r)) for r in ("printed", "corrected")},
        trace=trace,
        tree=tree,
        view=state.view,
        views=trace_state.views(links, state),
        turned=replace(
            state, direction="up" if state.direction == "down" else "down", only={}
        ).address(links),
        filters=trace_state.filters(links, state, trace),
        everything=replace(state, only={}).address(links) if state.only else "",
        said=" ".join(sentences(trace, plurals)),
        sentence=wording.found(trace, plurals),
        me=partial(trace_state.asked, links, state),
        counts=trace_state.counts(links, state, trace, plurals),
        direct=remarks,
        only_through=through,
        sure=wording.sure(trace),
        legend=shown,
        quotes=len(trace.nodes) <= QUOTED_AT_MOST,
        table=thread_table(trace) if state.view in ("table", "all") else None,
        drawing=Markup(_inline(links, trace)) if drawn and small else "",  # noqa: S704 - drawn and escaped by us
        undrawn=drawn and not small,
        most=DRAWN_AT_MOST,
        nearest=[b.node for b in tree.children],
        whole=state.address(links, f".{SVG}"),
        wide=len({(n.order, n.level_name) for n in trace.nodes}) > NARROW_COLUMNS,
        dashes=DASHES,
        alternates=forms,
        downloads=[(address, words) for words, _, address in forms],
        indexed=not state.only,
    )


def _inline(links: Links, trace: Trace) -> str:
    return draw(trace, lambda n: links.thing(n.iri), timescales)


def _forms(links: Links, state: State, *, small: bool) -> list[tuple[str, str, str]]:
    """Return words, media type and address of the forms of what is shown."""
    pictures = small and picturing.possible()
    return [
        (words, MEDIA[form], state.address(links, f".{form}"))
        for form, words in _FORMS.items()
        if form != PNG or pictures
    ]


def _brief(nodes: Sequence[Node]) -> str:
    return wording.listing(wording.numbered(n) for n in nodes)
