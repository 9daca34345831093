"""What stands beside the pages: styles, scripts, a picture, and answers for whoever runs it."""

from collections.abc import Callable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from goldenthread.faces.web.headers import answer
from goldenthread.faces.web.negotiation import SVG
from goldenthread.faces.web.page import Pages

ICON = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28">'
    b'<path d="M4 7h7c6 0 4 14 10 14h3" fill="none" stroke="#966b00" stroke-width="4" '
    b'stroke-linecap="round"/></svg>\n'
)
# Whatever has parameters is a query or a facet of a page; the pages themselves may be found.
_ASKED = ("/*?", "/sparql", "/query", "/search", "/api/", "/data.")
_WATCHED = ("/metrics", "/healthz", "/readyz")
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {p}\n" for p in (*_ASKED, *_WATCHED))
_MEDIA = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


class Assets(Pages):
    """Answers that are no pages."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/static/{name}", self.static),
            Route("/healthz", self.health),
            Route("/readyz", self.ready),
            Route("/robots.txt", self.robots),
        ]

    async def static(self, request: Request) -> Response:
        """Return one of the few files that pages need; nothing else can be named."""
        name = request.path_params["name"]
        if name == "icon.svg":
            return self._file(request, "image/svg+xml", lambda: ICON)
        path = self.x.assets.get(name)
        if path is None:
            return Response("Not found\n", 404, media_type="text/plain")
        return self._file(request, _MEDIA[path.suffix], path.read_bytes)

    def _file(self, request: Request, media: str, read: Callable[[], bytes]) -> Response:
        found = answer(request, self.x.stamp, SVG, read)
        if found.status_code == HTTPStatus.OK:
            found.headers["Content-Type"] = media
        return found

    async def health(self, request: Request) -> Response:
        """Return that the process answers."""
        return PlainTextResponse("ok\n")

    async def ready(self, request: Request) -> Response:
        """Return that the data set is loaded and both readings are derived."""
        return PlainTextResponse(f"ready {self.x.dataset.sha256}\n")

    async def robots(self, request: Request) -> Response:
        """Keep crawlers off what a query makes: of facets there is no end (RFC 9309)."""
        return PlainTextResponse(ROBOTS)
