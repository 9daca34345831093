"""Things: `/id/` names one, `/doc/` is what is said of it, in every form."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.domain.description import Description, Explanation
from goldenthread.domain.identifiers import short_id
from goldenthread.domain.namespaces import GT, SHAPE
from goldenthread.domain.portrait import said_table
from goldenthread.domain.readings import READING_NAMES, the_other
from goldenthread.errors import Ambiguous, NotFound
from goldenthread.faces.web import wording
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.files import thing_file
from goldenthread.faces.web.headers import answer
from goldenthread.faces.web.negotiation import (
    CSV,
    FORM_NAMES,
    HTML,
    JSON,
    MEDIA,
    THING_FORMS,
    XLSX,
    split,
)
from goldenthread.faces.web.page import (
    PUBLIC,
    File,
    Pages,
    alternates,
    as_json,
    chosen,
    find,
    named,
)
from goldenthread.faces.web.pages.thing_view import extras, told
from goldenthread.faces.web.paths import PLAIN, Links, web_address
from goldenthread.services import chaining, describing, representing
from goldenthread.services.exporting import to_csv, to_xlsx, with_dataset


class Things(Pages):
    """The page of every node."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes; GET brings HEAD."""
        return [
            Route("/id/{path:path}", self.identify),
            Route("/doc", self.elsewhere),
            *(Route(f"/doc.{form}", self.elsewhere) for form in THING_FORMS),
            Route("/doc/{path:path}", self.document),
        ]

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        for iri in representing.subjects(self.x.dataset, reading):
            # An excerpt has no page of its own: its words stand on its entry's, marked in the text.
            if iri.startswith(self.x.dataset.base) and "#" not in iri:
                yield thing_file(iri), partial(_file, self.x, iri)

    async def identify(self, request: Request) -> Response:
        """Lead from the name of a thing to what is said of it (303, as a thing is no page)."""
        links = self.links(request)
        iri, suffix = self._split(request, links)
        form = suffix or chosen(request, THING_FORMS)
        query = f"?{request.url.query}" if request.url.query else ""
        extension = "" if form == HTML and not suffix else f".{form}"
        where = "/doc/" + quote(iri[len(self.x.dataset.base) :], safe=PLAIN) + extension + query
        forms = alternates(lambda f: links.thing(iri, f".{f}"), THING_FORMS)
        headers = {"Location": where, "Vary": "Accept", "Link": forms, **PUBLIC}
        return Response(status_code=303, headers=headers)

    async def document(self, request: Request) -> Response:
        """Return what is said of a thing under our base."""
        links = self.links(request)
        iri, suffix = self._split(request, links)
        return await self._reply(request, links, iri, suffix)

    async def elsewhere(self, request: Request) -> Response:
        """Return what is said of a node whose IRI is not under our base: `?iri=`."""
        links, iri = self.links(request), request.query_params.get("iri", "")
        if not representing.exists(self.x.dataset, iri, links.reading):
            raise self._missing(iri, links)
        return await self._reply(request, links, iri, split(request.url.path, THING_FORMS)[1])

    def _split(self, request: Request, links: Links) -> tuple[str, str | None]:
        """Return the IRI that a path means and the form its suffix names.

        Only a listed suffix is one, and only if nothing bears the whole path as its name.
        """
        path, base = request.path_params["path"], self.x.dataset.base
        if representing.exists(self.x.dataset, base + path, links.reading):
            return base + path, None
        stem, form = split(path, THING_FORMS)
        if form and representing.exists(self.x.dataset, base + stem, links.reading):
            return base + stem, form
        raise self._missing(base + stem, links)

    def _missing(self, iri: str, links: Links) -> NotFound:
        """Return the error that names the nearest things there are."""
        try:
            find(self.x, short_id(iri), links.reading)
        except (NotFound, Ambiguous) as error:
            near = error.nearest if isinstance(error, NotFound) else error.candidates
            return NotFound(f"Nothing here is called {short_id(iri)}.", near)
        other = READING_NAMES[the_other(links.reading)]
        return NotFound(
            f"Nothing of this plan is called {short_id(iri)} in this reading. Try it {other}, or "
            "check the plan's name in the address."
        )

    async def _reply(
        self, request: Request, links: Links, iri: str, suffix: str | None
    ) -> Response:
        form = suffix or chosen(request, THING_FORMS)
        if form in (HTML, XLSX, JSON):
            # The first to ask for check results waits for them, and nobody else should.
            await run_in_threadpool(self.x.report, links.reading)
        headers = {"Link": alternates(lambda f: links.thing(iri, f".{f}"), THING_FORMS), **PUBLIC}
        if form != HTML:
            stem = split(request.url.path, THING_FORMS)[0]
            headers |= named(stem, self.x.dataset.sha256, form)
        return answer(request, self.x.dated, form, self._made(links, iri, form), headers)

    def _made(self, links: Links, iri: str, form: str) -> Callable[[], bytes]:
        """Return what makes a form of what is said of a node, with where it comes from inside."""
        x, about = self.x, self.x.about(links.reading)

        def workbook() -> bytes:
            found = told(x, iri, links.reading)
            return to_xlsx([*found.sheets(), said_table(found)], about)

        made: dict[str, Callable[[], bytes]] = {
            HTML: lambda: thing(x, links, iri),
            CSV: lambda: to_csv(said_table(_described(x, iri, links.reading)), about),
            XLSX: workbook,
            JSON: lambda: as_json(with_dataset(told(x, iri, links.reading).to_json(), about)),
        }
        return made.get(
            form, lambda: representing.represent(x.dataset, iri, form, links.reading, about)
        )


def _described(x: Explorer, iri: str, reading: str) -> Description:
    return describing.describe(x.dataset, iri, reading)


def _file(x: Explorer, iri: str, links: Links) -> bytes:
    return thing(x, links, iri)


def thing(x: Explorer, links: Links, iri: str) -> bytes:
    """Return the page about one node of any kind.

    Raises:
        NotFound: nothing is said of the IRI in this reading.
    """
    d = describing.describe(x.dataset, iri, links.reading)
    node = d.node
    facts: dict[str, list[tuple[str, str]]] = {}
    # Several entries have the same words: what they are called tells them apart.
    worded = Counter((fact.label, fact.text) for fact in d.facts)
    for fact in d.facts:
        words = fact.text
        if fact.iri and worded[fact.label, fact.text] > 1:
            words += f" ({short_id(fact.iri)})"
        facts.setdefault(fact.label, []).append((words, address(x, links, fact.iri)))
    # What has a place in a document is print; only what has none, and a level, is a thing.
    place = next((f.text for f in d.facts if f.label == "place"), "")
    is_thing = bool(node.level) and not place
    return x.render(
        "thing.html",
        links,
        title=node.name,
        crumbs=[("", place or wording.brief(node))],
        here={
            r: links.in_reading(r).thing(iri)
            for r in ("printed", "corrected")
            if representing.exists(x.dataset, iri, r)
        },
        d=d,
        node=node,
        is_thing=is_thing,
        place=place,
        prints=facts.get("entry of", []),
        why=None if is_thing else _why(x, links, iri),
        **extras(x, links, d, is_thing=is_thing),
        facts=list(facts.items()),
        alternates=[(w, MEDIA[f], a) for f, w, a in _thing_forms(links, iri)],
        downloads=[(a, w) for _, w, a in _thing_forms(links, iri)],
    )


def _why(x: Explorer, links: Links, iri: str) -> Explanation | None:
    """Return why something is said of what is no thing; None where no words or steps tell."""
    found = chaining.why(x.dataset, iri, links.reading)
    return found if found.entries or found.parts else None


def address(x: Explorer, links: Links, iri: str | None) -> str:
    """Return where a value leads: a page here, a page of the web, or nowhere."""
    if not iri:
        return ""
    if iri.startswith((GT, SHAPE)):
        return links.thing(iri)
    if representing.exists(x.dataset, iri, links.reading):
        return links.thing(iri)
    # Under our own base, what nothing is said of has no page; elsewhere it may have one.
    return "" if links.thing(iri).startswith("/doc/") else web_address(iri)


def _thing_forms(links: Links, iri: str) -> list[tuple[str, str, str]]:
    return [(f, FORM_NAMES[f], links.thing(iri, "." + f)) for f in THING_FORMS if f != "html"]
