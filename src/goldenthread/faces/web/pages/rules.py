"""Rules: all of them with the profiles, and one with its examples, its shape and its results."""

from collections.abc import Iterator
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.domain.identifiers import local_name
from goldenthread.domain.namespaces import GT, SHAPE
from goldenthread.domain.validation import SEVERITIES, Result
from goldenthread.errors import NotFound
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.headers import answer
from goldenthread.faces.web.negotiation import FORM_NAMES, HTML, JSON, MEDIA, TERM_FORMS, split
from goldenthread.faces.web.page import (
    PUBLIC,
    File,
    Pages,
    alternates,
    as_json,
    chosen,
    data,
    downloads,
    here,
    served,
)
from goldenthread.faces.web.paths import Links, web_address
from goldenthread.services import representing
from goldenthread.services import rulebook as rulebooks
from goldenthread.services.exporting import with_dataset
from goldenthread.store.rulebook import EXAMPLES

FORMS = (*TERM_FORMS, JSON)
LOOKS_AT = {
    "reading": "the reading of the plan that is shown",
    "data": "what is written down, before anything is read into it",
    "ontology": "the ontology, not the plan",
}
# A list of results that is longer stays folded.
OPEN_AT_MOST = 12


class Rules(Pages):
    """The pages of the rules, and their IRIs."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            *served("/rules", self.every),
            Route("/rules/{name}/{example}.ttl", self.example),
            Route("/rules/{name:path}", self.one),
            Route("/shapes", self.shapes),
            Route("/shapes/{name:path}", self.shapes),
        ]

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        from goldenthread.faces.web.files import rule_file

        yield "rules.html", lambda links: rules(self.x, links)
        for r in self.x.book.rules:
            yield rule_file(r.name), partial(self._file, r.name)

    def _file(self, name: str, links: Links) -> bytes:
        return rule(self.x, links, name)

    async def every(self, request: Request) -> Response:
        """Return all rules, with how many results each has."""
        x, links = self.x, self.links(request)
        # The validator takes seconds the first time: others must not wait for it.
        found = await run_in_threadpool(catalogue, x, links)
        made = data(x, links, found.to_json, lambda: [found.table()])
        return self.answer(request, {HTML: lambda: rules(x, links), **made})

    async def one(self, request: Request) -> Response:
        """Return a rule as a page, as RDF or as JSON."""
        x, links = self.x, self.links(request)
        name, suffix = split(request.path_params["name"], FORMS)
        known = x.book.rule(name)
        if known.name != name:
            raise NotFound(f"There is no rule “{name}” here.", [(known.id, known.label)])
        form = suffix or chosen(request, FORMS)

        def made() -> bytes:
            if form == HTML:
                return rule(x, links, name)
            if form == JSON:
                return as_json(
                    with_dataset(as_value(x, links.reading, name), x.about(links.reading))
                )
            return rulebooks.represent([known], form)

        headers = {"Link": alternates(lambda f: links.rule(name, "." + f), FORMS), **PUBLIC}
        return await run_in_threadpool(answer, request, x.stamp, form, made, headers)

    async def example(self, request: Request) -> Response:
        """Return an example of a rule as Turtle."""
        kind = request.path_params["example"]
        path = self.x.book.example(self.x.book.rule(request.path_params["name"]), kind)
        if kind not in EXAMPLES or path is None:
            raise HTTPException(404)
        return answer(request, self.x.stamp, "ttl", path.read_bytes, dict(PUBLIC))

    async def shapes(self, request: Request) -> Response:
        """Return all shapes as RDF; lead from a rule's IRI, and from all of them, to the pages."""
        stem, suffix = split(request.path_params.get("name", ""), TERM_FORMS)
        one = stem not in ("", "index")
        if one and SHAPE + stem not in {r.iri for r in self.x.book.rules}:
            raise HTTPException(404)
        form = suffix or chosen(request, FORMS if one else TERM_FORMS)
        links = self.x.links("corrected")
        if one:
            asked = suffix or (form if form != HTML else "")
            where = links.rule(stem, f".{asked}" if asked else "")
        elif form == HTML:
            where = links.page("rules")
        else:
            headers = {"Link": alternates(lambda f: f"/shapes/index.{f}", TERM_FORMS), **PUBLIC}
            made = representing.rules
            return answer(request, self.x.stamp, form, lambda: made(form), headers)
        headers = {"Location": where, "Vary": "Accept", **PUBLIC}
        return Response(status_code=303, headers=headers)


def catalogue(x: Explorer, links: Links) -> rulebooks.Catalogue:
    """Return all rules with the counts of a reading."""
    return rulebooks.catalogue(x.book, x.report(links.reading))


def as_value(x: Explorer, reading: str, name: str) -> dict[str, object]:
    """Return a rule with its results as JSON answers have it."""
    found = rulebooks.explain(x.book, name)
    return {"reading": reading} | found.to_json(_results(x, reading, found.rule.iri))


def rules(x: Explorer, links: Links) -> bytes:
    """Return the page of all rules."""
    found = catalogue(x, links)
    forms = [(links.terms("shapes", f), f) for f in TERM_FORMS if f != HTML]
    return x.render(
        "rules.html",
        links,
        title="Rules",
        active="checks",
        crumbs=[(links.page("checks"), "Checks"), ("", "Rules")],
        here=here(links, "rules"),
        found=found,
        finding=sum(1 for r in found.rules if found.count(r)),
        severities=list(SEVERITIES),
        alternates=[(FORM_NAMES[f], MEDIA[f], address) for address, f in forms],
        downloads=[
            *downloads(links, "rules"),
            *((address, FORM_NAMES[f]) for address, f in forms),
        ],
    )


def rule(x: Explorer, links: Links, name: str) -> bytes:
    """Return the page of one rule."""
    found = rulebooks.explain(x.book, name)
    results = _results(x, links.reading, found.rule.iri)
    iris = {f.iri for r in results for f in (r.focus, *r.rows)}
    forms = [(links.rule(name, "." + f), f) for f in FORMS if f != HTML]
    label = found.rule.label[:1].upper() + found.rule.label[1:]
    return x.render(
        "rule.html",
        links,
        title=label,
        active="checks",
        crumbs=[(links.page("checks"), "Checks"), (links.page("rules"), "Rules"), ("", label)],
        here={r: links.in_reading(r).rule(name) for r in ("printed", "corrected")},
        found=found,
        rule=found.rule,
        source=web_address(found.rule.link),
        looks_at=LOOKS_AT[found.rule.checks],
        targets=[
            (links.thing(t) if t.startswith(GT) else "", local_name(t)) for t in found.rule.targets
        ],
        examples=_examples(links, found),
        results=results,
        opened=len(results) <= OPEN_AT_MOST,
        most=OPEN_AT_MOST,
        pages={
            i: links.thing(i) if representing.exists(x.dataset, i, links.reading) else ""
            for i in iris
        },
        alternates=[(_words(f), MEDIA[f], address) for address, f in forms],
        downloads=[(address, _words(f)) for address, f in forms],
    )


def _results(x: Explorer, reading: str, iri: str) -> list[Result]:
    return [r for r in x.report(reading).results if r.rule.iri == iri]


def _examples(
    links: Links, found: rulebooks.Explained
) -> list[tuple[str, str, str, rulebooks.Example]]:
    """Return heading, name, address and example of those that there are, what breaks it first."""
    kinds = (("What breaks it", found.invalid, "invalid"), ("What keeps it", found.valid, "valid"))
    return [
        (heading, kind, links.rule(found.rule.name, f"/{kind}.ttl"), example)
        for heading, example, kind in kinds
        if example
    ]


def _words(form: str) -> str:
    return FORM_NAMES.get(form, "JSON, for programs")
