"""Terms: what the data uses and the rules it is checked by, as pages and as RDF."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

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
        return await self._terms(
            request,
            "ontology",
            lambda: ontology(x, links),
            lambda form: representing.vocabulary(x.dataset, form),
            {t.iri for t in representing.terms(x.dataset)},
        )

    async def shapes(self, request: Request) -> Response:
        """Return the rules as a page or as RDF."""
        x, links = self.x, self.links(request)
        return await self._terms(
            request,
            "shapes",
            lambda: rules(x, links),
            representing.rules,
            {t.iri for t in representing.rule_terms()},
        )

    async def _terms(
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
            headers = {"Location": where, "Vary": "Accept", **PUBLIC}
            return Response(status_code=303, headers=headers)
        form = suffix or chosen(request, TERM_FORMS)
        made = html if form == HTML else lambda: data(form)
        headers = {"Link": alternates(lambda f: f"/{page}/index.{f}", TERM_FORMS), **PUBLIC}
        # The first page of the rules waits for the validator: others must not wait with it.
        return await run_in_threadpool(answer, request, self.x.stamp, form, made, headers)


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
    said = ("Ontology", "ontology", intro)
    facts = representing.about_vocabulary(x.dataset)
    return _page(x, links, said, _grouped(terms, _KINDS), uses, members=members, facts=facts)


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


def rules(x: Explorer, links: Links) -> bytes:
    """Return the page of the rules, with what each finds in the plan."""
    found = representing.rule_terms()
    headings = {t.kind: t.kind[:1].upper() + t.kind[1:] for t in found}
    intro = "What is checked: each rule in a sentence, why it matters, how to mend what breaks it."
    counted = Counter(r.rule.iri for r in x.report(links.reading).results)
    uses = {
        iri: Use(wording.count(number, "check result"), links.page("checks"))
        for iri, number in counted.items()
    }
    uses |= {t.iri: Use("Nothing in this plan breaks it") for t in found if t.iri not in counted}
    return _page(x, links, ("Rules", "shapes", intro), _grouped(found, headings), uses)


def _grouped(terms: list[Term], headings: dict[str, str]) -> list[tuple[str, str, list[Term]]]:
    return [(k, h, [t for t in terms if t.kind == k]) for k, h in headings.items()]


def _page(
    x: Explorer,
    links: Links,
    said: tuple[str, str, str],
    groups: list[tuple[str, str, list[Term]]],
    uses: dict[str, Use],
    **more: object,
) -> bytes:
    title, page, intro = said
    names = {t.iri: t.label for _, _, terms in groups for t in terms}
    forms = [(links.terms(page, f), FORM_NAMES[f], MEDIA[f]) for f in TERM_FORMS if f != "html"]
    shown = {"members": {}, "facts": []} | more
    return x.render(
        "terms.html",
        links,
        title=title,
        intro=intro,
        crumbs=[("", title)],
        here=here(links, page) if links.searches() else {},
        groups=groups,
        uses=uses,
        names=names,
        known=set(names),
        alternates=[(name, media, address) for address, name, media in forms],
        downloads=[(address, name) for address, name, _ in forms],
        **shown,
    )
