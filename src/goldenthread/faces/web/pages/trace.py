"""Traces: the thread below or above one thing."""

from collections.abc import Iterator, Sequence
from functools import partial

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain import tabling
from goldenthread.domain.outline import outline
from goldenthread.domain.thread import Node, Thread, Trace
from goldenthread.faces.web import wording
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.files import trace_file
from goldenthread.faces.web.negotiation import HTML, MEDIA, SVG
from goldenthread.faces.web.page import DATA_FORMS, File, Pages, data, find_trace, served
from goldenthread.faces.web.paths import Links
from goldenthread.services import naming
from goldenthread.services.drawing import DASHES, draw
from goldenthread.services.exporting import things
from goldenthread.services.tracing import trace

# A drawing of more boxes than this helps nobody read; it stays a download.
DRAWN_AT_MOST = 400
# Up to so many columns fit beside each other where text is shown.
NARROW_COLUMNS = 4
_HEADS = {"down": "what stands under it", "up": "what it serves"}


class Traces(Pages):
    """The page of a thread."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            *served("/trace", self.show, (*DATA_FORMS, SVG)),
        ]

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        for node in things(self.x.dataset, reading):
            for direction in ("down", "up"):
                yield trace_file(node.iri, direction), partial(_file, self.x, node.iri, direction)

    async def show(self, request: Request) -> Response:
        """Return the thread from `focus` in `direction`."""
        links, asked = self.links(request), request.query_params
        found = find_trace(
            self.x, asked.get("focus", ""), asked.get("direction", "down"), links.reading
        )
        return self.answer(
            request,
            {
                HTML: lambda: trace_page(self.x, links, found),
                **data(self.x, links, found.to_json, lambda: tabling.trace_tables(found)),
                SVG: lambda: drawing(found, links).encode("utf-8", "replace"),
            },
        )


def _file(x: Explorer, iri: str, direction: str, links: Links) -> bytes:
    return trace_page(x, links, trace(x.dataset, iri, direction, links.reading))


def trace_page(x: Explorer, links: Links, trace: Trace) -> bytes:
    """Return the page of a trace: sentences, the list, each thread, the drawing."""
    focus, tree = trace.focus, outline(trace)
    plurals = naming.plurals(x.dataset, links.reading)
    remarks = wording.direct(trace, tree, plurals)
    through = {n.iri: _brief(r.through) for r in remarks if r.tied for n in r.only_through}
    shown = [(b, wording.BASIS_MEANINGS.get(b, "no record says how")) for b in wording.bases(trace)]
    drawn = trace.links and len(trace.nodes) <= DRAWN_AT_MOST
    return x.render(
        "trace.html",
        links,
        title=f"{focus.name}: {_HEADS[trace.direction]}",
        crumbs=[(links.thing(focus.iri), wording.brief(focus)), ("", "Thread " + trace.direction)],
        here={
            r: links.in_reading(r).trace(focus.iri, trace.direction)
            for r in ("printed", "corrected")
        },
        trace=trace,
        tree=tree,
        sentence=wording.found(trace, plurals),
        direct=remarks,
        only_through=through,
        sure=wording.sure(trace),
        legend=shown,
        threads=[_thread(t, trace) for t in trace.threads],
        drawing=Markup(drawing(trace, links)) if drawn else "",  # noqa: S704 - drawn and escaped by us
        wide=len({(n.order, n.level_name) for n in trace.nodes}) > NARROW_COLUMNS,
        dashes=DASHES,
        alternates=_trace_forms(links, trace),
        downloads=[(a, w) for w, _, a in _trace_forms(links, trace)],
    )


def drawing(trace: Trace, links: Links) -> str:
    """Return a trace as SVG whose boxes lead to the pages of the things."""
    return draw(
        trace, lambda n: links.thing(n.iri), lambda n: "; ".join(s.words for s in n.schedule)
    )


def _trace_forms(links: Links, trace: Trace) -> list[tuple[str, str, str]]:
    names = {
        "csv": "CSV, for spreadsheets",
        "xlsx": "XLSX, a workbook",
        "json": "JSON, for programs",
        "svg": "SVG, the drawing",
    }
    return [
        (words, MEDIA[form], links.trace(trace.focus.iri, trace.direction, f".{form}"))
        for form, words in names.items()
    ]


def _thread(thread: Thread, trace: Trace) -> dict[str, object]:
    basis, _, _, quote = wording.weakest(thread, trace)
    nodes = [trace.node(i) for i in thread.nodes]
    return {
        "end": nodes[-1],
        "through": nodes[1:-1],
        "basis": basis,
        "quote": quote,
        "whole": thread.ends == "printed",
    }


def _brief(nodes: Sequence[Node]) -> str:
    return wording.listing(wording.numbered(n) for n in nodes)
