"""The data set as such: described for people and catalogues, and as a whole to take away."""

from collections.abc import Callable, Iterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.domain.namespaces import GT
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.headers import answer, etag, matches
from goldenthread.faces.web.negotiation import CSV, FORM_NAMES, HTML, MEDIA, TERM_FORMS
from goldenthread.faces.web.page import PUBLIC, File, Pages, alternates, chosen
from goldenthread.faces.web.paths import Links
from goldenthread.faces.web.sparql_request import PATH, address
from goldenthread.services import cataloguing, exporting, representing


class Catalog(Pages):
    """What describes the data set, and the data set."""

    def __init__(self, explorer: Explorer) -> None:
        super().__init__(explorer)
        self._made: dict[tuple[str, str], bytes] = {}

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/catalog", self.show),
            *(Route(f"/catalog.{form}", self.show) for form in TERM_FORMS),
            Route("/.well-known/void", self.void),
            *(Route(f"/data.{form.name}", self.data) for form in cataloguing.FORMS),
        ]

    def files(self, reading: str) -> Iterator[File]:
        """Yield the file."""
        yield "catalog.html", lambda links: catalog(self.x, links)

    async def show(self, request: Request) -> Response:
        """Return the description of the data set, as a page or as RDF."""
        stem, _, suffix = request.url.path.rpartition(".")
        form = suffix if stem else chosen(request, TERM_FORMS)
        return await self._described(request, form)

    async def void(self, request: Request) -> Response:
        """Return the description as RDF, where linked data looks for it."""
        return await self._described(request, chosen(request, TERM_FORMS[1:]))

    async def _described(self, request: Request, form: str) -> Response:
        x, links = self.x, self.links(request)
        url = x.answering.limits.url if x.answering else ""
        root = address(request, url).removesuffix(PATH)
        headers = {**PUBLIC, "Link": alternates(lambda f: f"/catalog.{f}", TERM_FORMS)}
        # The address by which the server is known stands in the description.
        stamp = etag(x.stamp, root)
        if form == HTML:
            make: Callable[[], bytes] = lambda: catalog(x, links)  # noqa: E731 - one of two
        else:
            facts = x.about("corrected")
            make = lambda: cataloguing.catalog(x.dataset, facts, root, form)  # noqa: E731
        return await run_in_threadpool(answer, request, stamp, form, make, headers)

    async def data(self, request: Request) -> Response:
        """Return a whole reading in the form that the suffix names."""
        links, form = self.links(request), request.url.path.rpartition(".")[2]
        tag = etag(self.x.stamp, "data", links.reading, form)
        name = f"goldenthread-{links.reading}-{self.x.dataset.sha256[:12]}.{form}"
        headers = {
            **PUBLIC,
            "ETag": tag,
            "Cache-Control": "no-cache",
            "Content-Disposition": f'attachment; filename="{name}"',
            "Link": '</catalog>; rel="describedby"',
        }
        if matches(request, tag):
            return Response(status_code=304, headers=headers)
        body = await run_in_threadpool(self._whole, links.reading, form)
        return Response(body, headers={**headers, "Content-Type": MEDIA[form]})

    def _whole(self, reading: str, form: str) -> bytes:
        """Return a reading, made once: it does not change."""
        if (reading, form) not in self._made:
            x = self.x
            if form == CSV:
                made = exporting.to_csv(exporting.tables(x.dataset, reading)[0], x.about(reading))
            else:
                made = exporting.whole(x.dataset, form, reading)
            self._made[reading, form] = made
        return self._made[reading, form]


def _page_of(x: Explorer, links: Links, iri: str) -> str:
    """Return the page of a class; of another vocabulary only if anything is said of it here."""
    described = iri.startswith(GT) or representing.exists(x.dataset, iri, links.reading)
    return links.thing(iri) if described else ""


def catalog(x: Explorer, links: Links) -> bytes:
    """Return the page about the data set: where to get it, what is in it, from what it was read."""
    facts = x.about(links.reading)
    return x.render(
        "catalog.html",
        links,
        title="Data",
        crumbs=[("", "Data")],
        facts=facts,
        documents=[(links.thing(s.iri), s) for s in cataloguing.sources(x.dataset)],
        forms=[
            (f, [(r, links.data(f.name, r)) for r in ("corrected", "printed")])
            for f in cataloguing.FORMS
        ],
        counts=[
            (iri, _page_of(x, links, iri), x.dataset.label_of_term(iri), number)
            for iri, number in cataloguing.counts(x.dataset)
        ],
        alternates=[(FORM_NAMES[f], MEDIA[f], f"/catalog.{f}") for f in TERM_FORMS if f != HTML]
        if links.searches()
        else [],
        # It says at which address a server has the data: a folder has none.
        downloads=[(f"/catalog.{f}", FORM_NAMES[f]) for f in TERM_FORMS if f != HTML]
        if links.searches()
        else [],
    )
