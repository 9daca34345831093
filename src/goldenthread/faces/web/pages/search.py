"""Search: what fits some words."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import Pages, here
from goldenthread.faces.web.paths import Links
from goldenthread.services import finding

FOUND_AT_MOST = 50


class Search(Pages):
    """The page of what fits some words; it needs a server."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [Route("/search", self.show)]

    async def show(self, request: Request) -> Response:
        """Return what fits `q`."""
        links, words = self.links(request), request.query_params.get("q", "")
        return self.answer(request, {HTML: lambda: search(self.x, links, words)})


def search(x: Explorer, links: Links, words: str) -> bytes:
    """Return what fits some words."""
    words = words.strip()[:200]
    hits = finding.search(x.dataset, words, links.reading, FOUND_AT_MOST) if words else []
    return x.render(
        "search.html",
        links,
        title=f"Search: {words}" if words else "Search",
        active="search",
        crumbs=[("", "Search")],
        here=here(links, "search", q=words),
        words=words,
        hits=hits,
        limit=FOUND_AT_MOST,
    )
