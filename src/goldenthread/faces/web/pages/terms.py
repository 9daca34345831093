"""Terms: what the data uses and the rules it is checked by, as pages and as RDF."""

from collections.abc import Callable, Iterator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.headers import answer
from goldenthread.faces.web.negotiation import FORM_NAMES, HTML, MEDIA, TERM_FORMS, split
from goldenthread.faces.web.page import File, Pages, alternates, chosen
from goldenthread.faces.web.paths import Links
from goldenthread.services import representing
from goldenthread.services.representing import Term

_KINDS = {
    "class": "Classes",
    "property": "Properties",
    "scheme": "Schemes",
    "concept": "Concepts",
}


class Terms(Pages):
    """The pages of the ontology and of the rules."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/ontology", self.ontology),
            Route("/ontology/{name:path}", self.ontology),
            Route("/shapes", self.shapes),
            Route("/shapes/{name:path}", self.shapes),
        ]

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "ontology.html", lambda links: ontology(self.x, links)
        yield "shapes.html", lambda links: rules(self.x, links)

    async def ontology(self, request: Request) -> Response:
        """Return the terms as a page or as RDF; a term's own address leads to its place there."""
        x, links = self.x, self.links(request)
        return self._terms(
            request,
            "ontology",
            lambda: ontology(x, links),
            lambda form: representing.vocabulary(x.dataset, form),
            {t.iri for t in representing.terms(x.dataset)},
        )

    async def shapes(self, request: Request) -> Response:
        """Return the rules as a page or as RDF."""
        x, links = self.x, self.links(request)
        return self._terms(
            request,
            "shapes",
            lambda: rules(x, links),
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
            form = suffix or chosen(request, TERM_FORMS)
            where = (
                self.x.links("corrected").thing(iri) if form == HTML else f"/{page}/index.{form}"
            )
            return Response(status_code=303, headers={"Location": where, "Vary": "Accept"})
        form = suffix or chosen(request, TERM_FORMS)
        made = html if form == HTML else lambda: data(form)
        headers = {"Link": alternates(lambda f: f"/{page}/index.{f}", TERM_FORMS)}
        return answer(request, self.x.stamp, form, made, headers)


def ontology(x: Explorer, links: Links) -> bytes:
    """Return the page of the ontology's terms."""
    intro = "The terms that the data uses, each with what it means."
    groups = _grouped(representing.terms(x.dataset), _KINDS)
    return _page(x, links, ("Ontology", "ontology", intro), groups)


def rules(x: Explorer, links: Links) -> bytes:
    """Return the page of the rules."""
    found = representing.rule_terms()
    headings = {t.kind: t.kind[:1].upper() + t.kind[1:] for t in found}
    intro = "What is checked: each rule in a sentence, why it matters, how to mend what breaks it."
    return _page(x, links, ("Rules", "shapes", intro), _grouped(found, headings))


def _grouped(terms: list[Term], headings: dict[str, str]) -> list[tuple[str, str, list[Term]]]:
    return [(k, h, [t for t in terms if t.kind == k]) for k, h in headings.items()]


def _page(
    x: Explorer, links: Links, said: tuple[str, str, str], groups: list[tuple[str, str, list[Term]]]
) -> bytes:
    title, page, intro = said
    names = {t.iri: t.label for _, _, terms in groups for t in terms}
    forms = [(links.terms(page, f), FORM_NAMES[f], MEDIA[f]) for f in TERM_FORMS if f != "html"]
    return x.render(
        "terms.html",
        links,
        title=title,
        intro=intro,
        crumbs=[("", title)],
        groups=groups,
        names=names,
        known=set(names),
        alternates=[(name, media, address) for address, name, media in forms],
        downloads=[(address, name) for address, name, _ in forms],
    )
