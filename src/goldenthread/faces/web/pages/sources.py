"""Sources: each document as it was received, beside what was read from it."""

import re
from collections.abc import Iterator
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.domain.source import Source, tables, tally_tables
from goldenthread.errors import NotFound
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.files import source_file
from goldenthread.faces.web.negotiation import CSV, HTML, JSON, XLSX, split
from goldenthread.faces.web.page import File, Pages, data, downloads, here, served
from goldenthread.faces.web.paths import Links
from goldenthread.services import sourcing


class Sources(Pages):
    """The page of each document, and the list of them."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [*served("/sources", self.index), Route("/sources/{name:path}", self.show)]

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "sources.html", partial(index, self.x)
        for name in self.x.documents:
            yield source_file(name), partial(_file, self.x, name)

    async def index(self, request: Request) -> Response:
        """Return the documents with their tallies."""
        links = self.links(request)

        def found() -> list[Source]:
            return _all(self.x, links.reading)

        made = data(
            self.x,
            links,
            lambda: {"documents": [s.to_json() for s in found()]},
            lambda: tally_tables(found()),
        )
        return self.answer(request, {HTML: lambda: index(self.x, links), **made})

    async def show(self, request: Request) -> Response:
        """Return a document's text, or the entries that were read from it."""
        links = self.links(request)
        name, form = request.path_params["name"], None
        if name not in self.x.documents:
            name, form = split(name, (CSV, XLSX, JSON))
        found = _find(self.x, links.reading, name)
        made = data(self.x, links, found.to_json, lambda: tables(found))
        page = {HTML: lambda: source(self.x, links, name)}
        return self.answer(request, {**page, **made} if form else page)


def _file(x: Explorer, name: str, links: Links) -> bytes:
    return source(x, links, name)


def _find(x: Explorer, reading: str, name: str) -> Source:
    if name not in x.documents:
        raise NotFound(
            f"There is no document “{name}”.", [(f"document/{n}", t) for n, t in x.named]
        )
    return sourcing.source(x.dataset, x.documents[name][0], reading)


def _all(x: Explorer, reading: str) -> list[Source]:
    return [_find(x, reading, name) for name in x.documents]


def index(x: Explorer, links: Links) -> bytes:
    """Return the list of documents, each with how its characters were read."""
    return x.render(
        "sources.html",
        links,
        title="Sources",
        active="sources",
        crumbs=[("", "Sources")],
        here=here(links, "sources"),
        sources=_all(x, links.reading),
        downloads=downloads(links, "sources"),
    )


def source(x: Explorer, links: Links, name: str) -> bytes:
    """Return a document's text as received, with what was read from each character.

    Raises:
        NotFound: no document has that name.
    """
    found = _find(x, links.reading, name)
    return x.render(
        "source.html",
        links,
        title=found.title,
        active="sources",
        crumbs=[(links.page("sources"), "Sources"), ("", found.short_title)],
        here={r: links.in_reading(r).source(found.iri) for r in ("printed", "corrected")},
        s=found,
        reads={r.iri: r for st in found.stretches for r in st.reads},
        because=because,
        bullets=any("\uf0b7" in g.text for g in found.segments),
        downloads=downloads(links, f"sources/{name}"),
    )


def because(reason: str) -> str:
    """Return the first sentence of a reason; the page of the judgement has the rest."""
    found = re.match(r".+?[.;](?= [A-Z“])", reason, flags=re.DOTALL)
    return found[0] if found else reason
