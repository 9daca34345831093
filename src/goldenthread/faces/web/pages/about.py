"""What this is: from what it was read, under which licences, with which limits."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import File, Pages, here
from goldenthread.faces.web.paths import Links
from goldenthread.services.exporting import about as about_answer


class About(Pages):
    """The page about all this."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [Route("/about", self.show)]

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "about.html", lambda links: about(self.x, links)

    async def show(self, request: Request) -> Response:
        """Return what this is."""
        links = self.links(request)
        return self.answer(request, {HTML: lambda: about(self.x, links)})


def about(x: Explorer, links: Links) -> bytes:
    """Return what this is, from what it was read, under which licences, with which limits."""
    found = about_answer(x.dataset, links.reading)
    return x.render(
        "about.html",
        links,
        title="About",
        active="about",
        crumbs=[("", "About")],
        here=here(links, "about"),
        lines=found.lines(),
        rights=found.rights,
    )
