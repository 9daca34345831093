"""Routes of things: `/id/` names one, `/doc/` is what is said of it, in every form."""

from collections.abc import Callable, Sequence
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.domain.identifiers import short_id
from goldenthread.domain.namespaces import BASE
from goldenthread.domain.table import Column, Table
from goldenthread.errors import Ambiguous, NotFound
from goldenthread.faces.web import views_terms, views_thing
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.headers import answer
from goldenthread.faces.web.negotiation import (
    CSV,
    HTML,
    MEDIA,
    TERM_FORMS,
    THING_FORMS,
    choose,
    split,
)
from goldenthread.faces.web.pages import find
from goldenthread.faces.web.paths import PLAIN, Links
from goldenthread.services import describing, representing
from goldenthread.services.exporting import to_csv


class Things:
    """Answers about single nodes, the ontology and the rules."""

    def __init__(self, explorer: Explorer) -> None:
        self.x = explorer

    def routes(self) -> list[BaseRoute]:
        """Return the routes; GET brings HEAD."""
        return [
            Route("/id/{path:path}", self.identify),
            Route("/doc", self.elsewhere),
            *(Route(f"/doc.{form}", self.elsewhere) for form in THING_FORMS),
            Route("/doc/{path:path}", self.document),
            Route("/ontology", self.ontology),
            Route("/ontology/{name:path}", self.ontology),
            Route("/shapes", self.shapes),
            Route("/shapes/{name:path}", self.shapes),
        ]

    async def identify(self, request: Request) -> Response:
        """Lead from the name of a thing to what is said of it (303, as a thing is no page)."""
        links = self._links(request)
        iri, suffix = self._split(request, links)
        form = suffix or _chosen(request, THING_FORMS)
        query = f"?{request.url.query}" if request.url.query else ""
        extension = "" if form == HTML and not suffix else f".{form}"
        where = "/doc/" + quote(iri[len(BASE) :], safe=PLAIN) + extension + query
        return Response(status_code=303, headers={"Location": where, "Vary": "Accept"})

    async def document(self, request: Request) -> Response:
        """Return what is said of a thing under our base."""
        links = self._links(request)
        iri, suffix = self._split(request, links)
        return self._answer(request, links, iri, suffix)

    async def elsewhere(self, request: Request) -> Response:
        """Return what is said of a node whose IRI is not under our base: `?iri=`."""
        links, iri = self._links(request), request.query_params.get("iri", "")
        if not representing.exists(self.x.dataset, iri, links.reading):
            raise self._missing(iri, links)
        return self._answer(request, links, iri, split(request.url.path, THING_FORMS)[1])

    def _links(self, request: Request) -> Links:
        return self.x.links(request.query_params.get("reading", "corrected"))

    def _split(self, request: Request, links: Links) -> tuple[str, str | None]:
        """Return the IRI that a path means and the form its suffix names.

        Only a listed suffix is one, and only if nothing bears the whole path as its name.
        """
        path = request.path_params["path"]
        if representing.exists(self.x.dataset, BASE + path, links.reading):
            return BASE + path, None
        stem, form = split(path, THING_FORMS)
        if form and representing.exists(self.x.dataset, BASE + stem, links.reading):
            return BASE + stem, form
        raise self._missing(BASE + stem, links)

    def _missing(self, iri: str, links: Links) -> NotFound:
        """Return the error that names the nearest things there are."""
        try:
            find(self.x, short_id(iri), links.reading)
        except (NotFound, Ambiguous) as error:
            near = error.nearest if isinstance(error, NotFound) else error.candidates
            return NotFound(f"Nothing here is called {short_id(iri)}.", near)
        other = "with corrections" if links.reading == "printed" else "as printed"
        return NotFound(
            f"Nothing of this plan is called {short_id(iri)} in this reading. Try it {other}, or "
            "check the plan's name in the address."
        )

    def _answer(self, request: Request, links: Links, iri: str, suffix: str | None) -> Response:
        form = suffix or _chosen(request, THING_FORMS)
        made: Callable[[], bytes] = {
            HTML: lambda: views_thing.thing(self.x, links, iri),
            CSV: lambda: to_csv(self._table(iri, links.reading)),
        }.get(form, lambda: representing.represent(self.x.dataset, iri, form, links.reading))
        headers = {"Link": alternates(lambda f: links.thing(iri, f".{f}"), THING_FORMS)}
        return answer(request, self.x.stamp, form, made, headers)

    def _table(self, iri: str, reading: str) -> Table:
        """Return one row for each thing that is said of a node."""
        d = describing.describe(self.x.dataset, iri, reading)
        heads = (
            Column("subject", "Subject", "IRI of what it is said of."),
            Column("property", "Property", "What is said, in words."),
            Column("value", "Value", "The value in words."),
            Column("iri", "IRI", "IRI of the value, if it has one."),
        )
        rows: list[tuple[str | None, ...]] = [(iri, "label", d.node.label, None)]
        if d.node.notation:
            rows.append((iri, "number", d.node.notation, None))
        rows += [(iri, f.label, f.text, f.iri) for f in d.facts]
        rows += [(s.link.source, s.link.predicate, s.node.name, s.link.target) for s in d.up]
        rows += [(s.link.source, s.link.predicate, d.node.name, s.link.target) for s in d.down]
        return Table("About", heads, tuple(rows))

    async def ontology(self, request: Request) -> Response:
        """Return the terms as a page or as RDF; a term's own address leads to its place there."""
        x, links = self.x, self._links(request)
        return self._terms(
            request,
            "ontology",
            lambda: views_terms.ontology(x, links),
            lambda form: representing.vocabulary(x.dataset, form),
            {t.iri for t in representing.terms(x.dataset)},
        )

    async def shapes(self, request: Request) -> Response:
        """Return the rules as a page or as RDF."""
        x, links = self.x, self._links(request)
        return self._terms(
            request,
            "shapes",
            lambda: views_terms.rules(x, links),
            representing.rules,
            {t.iri for t in representing.rule_terms()},
        )

    def _terms(
        self,
        request: Request,
        page: str,
        html: Callable[[], bytes],
        data: Callable[[str], bytes],
        known: set[str],
    ) -> Response:
        name = request.path_params.get("name", "")
        stem, suffix = split(name, TERM_FORMS)
        if stem not in ("", "index"):
            iri = f"https://w3id.org/goldenthread/{page}/{stem}"
            if iri not in known:
                raise HTTPException(404)
            form = suffix or _chosen(request, TERM_FORMS)
            where = (
                self.x.links("corrected").thing(iri) if form == HTML else f"/{page}/index.{form}"
            )
            return Response(status_code=303, headers={"Location": where, "Vary": "Accept"})
        form = suffix or _chosen(request, TERM_FORMS)
        made = html if form == HTML else lambda: data(form)
        headers = {"Link": alternates(lambda f: f"/{page}/index.{f}", TERM_FORMS)}
        return answer(request, self.x.stamp, form, made, headers)


def _chosen(request: Request, forms: Sequence[str]) -> str:
    form = choose(request.headers.get("accept"), forms)
    if form is None:
        raise HTTPException(406)
    return form


def alternates(address: Callable[[str], str], forms: Sequence[str]) -> str:
    """Return a Link header that names the other forms of an answer (RFC 8288)."""
    return ", ".join(
        f'<{address(f)}>; rel="alternate"; type="{MEDIA[f].partition(";")[0]}"'
        for f in forms
        if f != HTML and address(f)
    )
