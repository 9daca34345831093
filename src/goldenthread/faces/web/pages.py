"""Routes of the pages about a whole plan, and of their data by suffix."""

import json
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from goldenthread.domain import tabling
from goldenthread.domain.description import JudgementCard
from goldenthread.domain.matrix import Matrix
from goldenthread.domain.table import Table
from goldenthread.domain.thread import Trace
from goldenthread.errors import NotFound
from goldenthread.faces.web import views, views_thing
from goldenthread.faces.web.explorer import STYLES, Explorer
from goldenthread.faces.web.headers import answer
from goldenthread.faces.web.negotiation import CSV, HTML, JSON, SVG
from goldenthread.faces.web.paths import Links
from goldenthread.services import covering, finding, gaps, judging
from goldenthread.services.exporting import to_csv
from goldenthread.services.tracing import trace

ICON = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28">'
    b'<path d="M4 7h7c6 0 4 14 10 14h3" fill="none" stroke="#966b00" stroke-width="4" '
    b'stroke-linecap="round"/></svg>\n'
)


class Pages:
    """Answers for the pages: parse the address, call one service, render."""

    def __init__(self, explorer: Explorer) -> None:
        self.x = explorer

    def routes(self) -> list[BaseRoute]:
        """Return the routes; GET brings HEAD."""
        found: list[BaseRoute] = [
            Route("/", self.home),
            Route("/about", self.about),
            Route("/search", self.search),
            Route("/sources/{name:path}", self.source),
            Route("/static/{name}", self.static),
            Route("/healthz", self.health),
            Route("/readyz", self.ready),
            Route("/robots.txt", self.robots),
        ]
        for name, handler in (
            ("trace", self.trace),
            ("gaps", self.gaps),
            ("coverage", self.coverage),
            ("checks", self.checks),
            ("corrections", self.corrections),
        ):
            found.append(Route(f"/{name}", handler))
            found += [Route(f"/{name}.{e}", handler) for e in (CSV, JSON)]
        return [*found, Route("/trace.svg", self.trace)]

    def _links(self, request: Request) -> Links:
        return self.x.links(request.query_params.get("reading", "corrected"))

    def _answer(self, request: Request, made: dict[str, Callable[[], bytes]]) -> Response:
        """Return the form that the suffix names, else the page."""
        stem, _, suffix = request.url.path.rpartition(".")
        form = suffix if stem and suffix in made else HTML
        headers = {}
        if form in (CSV, SVG):
            name = stem.strip("/") or "page"
            headers["Content-Disposition"] = f'inline; filename="goldenthread-{name}.{form}"'
        return answer(request, self.x.stamp, form, made[form], headers)

    async def home(self, request: Request) -> Response:
        """Return the first page."""
        links = self._links(request)
        return self._answer(request, {HTML: lambda: views.home(self.x, links)})

    async def about(self, request: Request) -> Response:
        """Return what this is."""
        links = self._links(request)
        return self._answer(request, {HTML: lambda: views.about(self.x, links)})

    async def search(self, request: Request) -> Response:
        """Return what fits `q`."""
        links, words = self._links(request), request.query_params.get("q", "")
        return self._answer(request, {HTML: lambda: views.search(self.x, links, words)})

    async def source(self, request: Request) -> Response:
        """Return a document's text."""
        links, name = self._links(request), request.path_params["name"]
        return self._answer(request, {HTML: lambda: views_thing.source(self.x, links, name)})

    async def trace(self, request: Request) -> Response:
        """Return the thread from `focus` in `direction`."""
        links, asked = self._links(request), request.query_params
        found = find_trace(
            self.x, asked.get("focus", ""), asked.get("direction", "down"), links.reading
        )
        return self._answer(
            request,
            {
                HTML: lambda: views_thing.trace_page(self.x, links, found),
                JSON: lambda: as_json(found.to_json()),
                CSV: lambda: to_csv(tabling.trace_tables(found)[0]),
                SVG: lambda: views_thing.drawing(found, links).encode("utf-8", "replace"),
            },
        )

    async def gaps(self, request: Request) -> Response:
        """Return what is not recorded and expected."""
        links = self._links(request)
        report = gaps.gaps(self.x.dataset, links.reading)
        made = self._data(report.to_json, lambda: tabling.gap_table(report))
        return self._answer(request, {HTML: lambda: views.gaps_page(self.x, links), **made})

    async def coverage(self, request: Request) -> Response:
        """Return the matrix of `rows` against `columns`."""
        links, asked = self._links(request), request.query_params
        rows, columns = asked.get("rows", ""), asked.get("columns", "")

        def matrix() -> Matrix:
            return covering.coverage(self.x.dataset, rows or None, columns or None, links.reading)

        made = self._data(lambda: matrix().to_json(), lambda: tabling.matrix_table(matrix()))
        page = {HTML: lambda: views.coverage(self.x, links, rows, columns)}
        return self._answer(request, {**page, **made})

    async def checks(self, request: Request) -> Response:
        """Return the check results."""
        links = self._links(request)
        # The validator takes seconds the first time: others must not wait for it.
        report = await run_in_threadpool(self.x.report, links.reading)
        made = self._data(report.to_json, lambda: tabling.result_table(report))
        return self._answer(request, {HTML: lambda: views.checks(self.x, links), **made})

    async def corrections(self, request: Request) -> Response:
        """Return every judgement and repair."""
        links = self._links(request)

        def cards() -> list[JudgementCard]:
            return judging.judgements(self.x.dataset, links.reading) + judging.repairs(
                self.x.dataset
            )

        made = self._data(
            lambda: {"reading": links.reading, "judgements": [c.to_json() for c in cards()]},
            lambda: tabling.judgement_table(cards()),
        )
        return self._answer(request, {HTML: lambda: views.corrections(self.x, links), **made})

    def _data(
        self, value: Callable[[], object], table: Callable[[], Table]
    ) -> dict[str, Callable[[], bytes]]:
        return {JSON: lambda: as_json(value()), CSV: lambda: to_csv(table())}

    async def static(self, request: Request) -> Response:
        """Return one of the few files that pages need; nothing else can be named."""
        files: dict[str, tuple[str, Callable[[], bytes]]] = {
            "explorer.css": ("text/css; charset=utf-8", STYLES.read_bytes),
            "icon.svg": ("image/svg+xml", lambda: ICON),
        }
        name = request.path_params["name"]
        if name not in files or (name == "explorer.css" and not STYLES.is_file()):
            return Response("Not found\n", 404, media_type="text/plain")
        media, read = files[name]
        found = answer(request, self.x.stamp, SVG if name.endswith("svg") else HTML, read)
        if found.status_code == 200:  # noqa: PLR2004 - the one status that has a body here
            found.headers["Content-Type"] = media
        return found

    async def health(self, request: Request) -> Response:  # noqa: ARG002 - a route takes one
        """Return that the process answers."""
        return PlainTextResponse("ok\n")

    async def ready(self, request: Request) -> Response:  # noqa: ARG002 - a route takes one
        """Return that the data set is loaded and both readings are derived."""
        return PlainTextResponse(f"ready {self.x.dataset.sha256}\n")

    async def robots(self, request: Request) -> Response:  # noqa: ARG002 - a route takes one
        """Keep crawlers off pages that a query makes."""
        return PlainTextResponse("User-agent: *\nDisallow: /search\nDisallow: /coverage\n")


def find(x: Explorer, text: str, reading: str) -> str:
    """Return the IRI that an address means; raises what says why there is none."""
    try:
        return finding.resolve(x.dataset, text, reading)
    except ValueError as error:
        raise NotFound(f"“{text}” is no IRI, no id and no words of anything here.") from error


def find_trace(x: Explorer, focus: str, direction: str, reading: str) -> Trace:
    """Return the trace that an address asks for; raises what says why there is none."""
    return trace(x.dataset, find(x, focus, reading), direction, reading)


def as_json(value: object) -> bytes:
    """Return JSON in UTF-8, two spaces deep, with a line end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
