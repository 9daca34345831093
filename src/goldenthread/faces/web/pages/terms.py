"""Terms: what the data uses, as a page and as RDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.domain.namespaces import GT
from goldenthread.faces.web import wording
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.headers import answer
from goldenthread.faces.web.negotiation import FORM_NAMES, HTML, MEDIA, TERM_FORMS, split
from goldenthread.faces.web.page import PUBLIC, File, Pages, alternates, chosen, here
from goldenthread.faces.web.pages.things import address
from goldenthread.faces.web.paths import Links
from goldenthread.services import representing
from goldenthread.services.occurring import NEVER, Occurrence, occurrences
from goldenthread.services.representing import Term

_KINDS = {
    "class": "Classes",
    "property": "Properties",
    "scheme": "Schemes",
    "concept": "Concepts",
}


@dataclass(frozen=True, slots=True)
class Use:
    """How the plan uses a term, as its card says it."""

    words: str
    where: str = ""
    """Address of the list; empty where there is none."""
    examples: Sequence[tuple[str, str, str, str]] = ()
    """Address and label of a thing; of what is said of it, address and words."""


class Terms(Pages):
    """The page of the ontology."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/ontology", self.ontology),
            Route("/ontology/{name:path}", self.ontology),
        ]

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "ontology.html", lambda links: ontology(self.x, links)

    async def ontology(self, request: Request) -> Response:
        """Return the terms as a page or as RDF; a term's own address leads to its place there."""
        x, links = self.x, self.links(request)
        stem, suffix = split(request.path_params.get("name", ""), TERM_FORMS)
        known = stem in ("", "index") or GT + stem in {t.iri for t in representing.terms(x.dataset)}
        if not known:
            raise HTTPException(404)
        form = suffix or chosen(request, TERM_FORMS)
        if stem not in ("", "index"):
            place = x.links("corrected").thing(GT + stem)
            where = place if form == HTML else f"/ontology/index.{form}"
            headers = {"Location": where, "Vary": "Accept", **PUBLIC}
            return Response(status_code=303, headers=headers)

        def made() -> bytes:
            if form == HTML:
                return ontology(x, links)
            return representing.vocabulary(x.dataset, form)

        headers = {"Link": alternates(lambda f: f"/ontology/index.{f}", TERM_FORMS), **PUBLIC}
        return await run_in_threadpool(answer, request, x.stamp, form, made, headers)


def ontology(x: Explorer, links: Links) -> bytes:
    """Return the page of the ontology's terms, with how often the data uses each."""
    intro = "The terms that the data uses, each with what it means and how often it is used."
    terms = representing.terms(x.dataset)
    used = occurrences(x.dataset, links.reading)
    members: dict[str, list[tuple[str, str]]] = {}
    for term in terms:
        for iri in term.of:
            members.setdefault(iri, []).append((links.thing(term.iri), term.label))
    uses = {t.iri: _use(x, links, t, used.get(t.iri, NEVER)) for t in terms}
    names = {t.iri: t.label for t in terms}
    forms = [(links.terms("ontology", f), f) for f in TERM_FORMS if f != HTML]
    return x.render(
        "terms.html",
        links,
        title="Ontology",
        intro=intro,
        crumbs=[("", "Ontology")],
        here=here(links, "ontology") if links.searches() else {},
        groups=[(k, h, [t for t in terms if t.kind == k]) for k, h in _KINDS.items()],
        uses=uses,
        names=names,
        known=set(names),
        members=members,
        facts=representing.about_vocabulary(x.dataset),
        alternates=[(FORM_NAMES[f], MEDIA[f], address) for address, f in forms],
        downloads=[(address, FORM_NAMES[f]) for address, f in forms],
    )


def _use(x: Explorer, links: Links, term: Term, found: Occurrence) -> Use:
    noun = {"class": "thing", "property": "statement"}.get(term.kind, "statement")
    # A scheme is there for its concepts: nothing else is said with it.
    words = "" if term.kind == "scheme" else f"{wording.count(found.count, noun)} in this plan"
    where = ""
    if term.kind == "class" and found.count and links.searches():
        where = links.page("library/things-of-class", **{"class": term.iri})
    shown = [
        (address(x, links, subject), label, address(x, links, value), value_words)
        for subject, label, value, value_words in found.examples
    ]
    return Use(words, where, shown)
