"""Sources: a document's text as received, with what was read from each character."""

from collections.abc import Iterator
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.errors import NotFound
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.files import source_file
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import File, Pages
from goldenthread.faces.web.paths import Links
from goldenthread.services import sourcing


class Sources(Pages):
    """The page of each document."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [Route("/sources/{name:path}", self.show)]

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        for name in self.x.documents:
            yield source_file(name), partial(_file, self.x, name)

    async def show(self, request: Request) -> Response:
        """Return a document's text."""
        links, name = self.links(request), request.path_params["name"]
        return self.answer(request, {HTML: lambda: source(self.x, links, name)})


def _file(x: Explorer, name: str, links: Links) -> bytes:
    return source(x, links, name)


def source(x: Explorer, links: Links, name: str) -> bytes:
    """Return a document's text as received, with what was read from each character.

    Raises:
        NotFound: no document has that name.
    """
    if name not in x.documents:
        raise NotFound(
            f"There is no document “{name}”.", [(f"document/{n}", t) for n, t in x.named]
        )
    found = sourcing.source(x.dataset, x.documents[name][0], links.reading)
    return x.render(
        "source.html",
        links,
        title=found.title,
        crumbs=[("", found.short_title)],
        here={r: links.in_reading(r).source(found.iri) for r in ("printed", "corrected")},
        s=found,
        bullets=any("\uf0b7" in g.text for g in found.segments),
    )
