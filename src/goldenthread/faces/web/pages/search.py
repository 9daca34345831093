"""Search: what fits some words, with facets, page by page."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain.found import Found
from goldenthread.domain.listing import hit_table
from goldenthread.domain.matching import pieces
from goldenthread.faces.web.choosing import filters
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import Pages, data, downloads, here, served
from goldenthread.faces.web.paths import Links
from goldenthread.services import finding

LONGEST = 200
# A download has everything that fits, not the page that is shown.
_ALL = 10_000


class Search(Pages):
    """The page of what fits some words; it needs a server."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/search", self.show)

    async def show(self, request: Request) -> Response:
        """Return what fits `q`."""
        links = self.links(request)
        names = ("q", *finding.FILTERS, "page")
        asked = {n: request.query_params.get(n, "").strip()[:LONGEST] for n in names}

        def found() -> Found:
            return _found(self.x, links, asked | {"page": ""}, _ALL)

        made = data(self.x, links, lambda: found().to_json(), lambda: [hit_table(found().hits)])
        return self.answer(request, {HTML: lambda: search(self.x, links, asked), **made})


def _found(x: Explorer, links: Links, asked: dict[str, str], size: int = finding.PAGE) -> Found:
    number = asked["page"]
    page = int(number) if number.isdecimal() and len(number) < len(str(_ALL)) else 1
    return finding.find(x.dataset, asked["q"], links.reading, asked, page, size)


def search(x: Explorer, links: Links, asked: dict[str, str]) -> bytes:
    """Return the page of what fits some words."""
    words = asked["q"]
    found = _found(x, links, asked)
    kept = {k: v for k, v in asked.items() if v and k != "page"}
    chosen = any(asked[name] for name in finding.FILTERS)
    return x.render(
        "search.html",
        links,
        title=f"Search: {words}" if words else "Search",
        active="search",
        crumbs=[("", "Search")],
        here=here(links, "search", **kept),
        words=words,
        asked=asked,
        found=found,
        first=(found.page - 1) * finding.PAGE + 1,
        pieces=pieces,
        filters=filters(links, "search", asked, found.facets) if found.without_filters else [],
        everything=links.page("search", q=words) if chosen else "",
        beside=[
            (links.page("search", q=words, kind=o.key), f"{o.label} ({o.count})")
            for o in found.beside
        ],
        turn=lambda page: links.page("search", **kept, page=str(page) if page > 1 else ""),
        downloads=downloads(links, "search", **kept) if found.total else [],
    )
