"""The first page: sentences counted from the graph, then each top aim."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import File, Pages, here
from goldenthread.faces.web.paths import Links
from goldenthread.services import naming


class Home(Pages):
    """The first page."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [Route("/", self.show)]

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "index.html", lambda links: home(self.x, links)

    async def show(self, request: Request) -> Response:
        """Return the first page."""
        links = self.links(request)
        return self.answer(request, {HTML: lambda: home(self.x, links)})


def home(x: Explorer, links: Links) -> bytes:
    """Return the first page: sentences counted from the graph, then each top aim."""
    return x.render(
        "home.html",
        links,
        title="Overview",
        active="home",
        here=here(links),
        overviews=x.overviews(links.reading),
        plurals=(plurals := naming.plurals(x.dataset, links.reading)),
        keys={many: key for key, many in plurals.items()},
    )
