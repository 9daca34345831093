"""Why a thing exists, and how we will know that it worked: a paragraph with its quotes."""

from collections.abc import Iterator
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain.account import Account
from goldenthread.faces.web import wording
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.files import why_file
from goldenthread.faces.web.negotiation import CSV, DOCX, HTML, JSON, MEDIA, XLSX
from goldenthread.faces.web.page import DATA_FORMS, File, Pages, data, find_trace, served
from goldenthread.faces.web.pages.evidence import RDF_FORMS, evidence, thing
from goldenthread.faces.web.paths import Links
from goldenthread.services.exporting import text_to_docx, things
from goldenthread.services.telling import tell
from goldenthread.services.tracing import trace

_FORMS = (
    (DOCX, "Word document"),
    (CSV, "CSV, for spreadsheets"),
    (XLSX, "XLSX, a workbook"),
    (JSON, "JSON, for programs"),
)
RDF_SUFFIXES = tuple(f".{form}" for form in RDF_FORMS)


class Accounts(Pages):
    """The page that says why a thing exists."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/why", self.show, (DOCX, *DATA_FORMS, *RDF_FORMS))

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        for node in things(self.x.dataset, reading):
            yield why_file(node.iri), partial(_file, self.x, node.iri)

    async def show(self, request: Request) -> Response:
        """Return why `focus` exists; of what is no thing, or where asked for, what it rests on."""
        links = self.links(request)
        focus = request.query_params.get("focus", "")
        proof = "statements" in request.query_params or request.url.path.endswith(RDF_SUFFIXES)
        if proof or not thing(self.x, focus, links.reading):
            return await evidence(self, request, links, focus)
        upward = find_trace(self.x, focus, "up", links.reading)
        told = tell(self.x.dataset, upward)
        made = data(self.x, links, told.to_json, lambda: [told.table()])
        made[HTML] = lambda: account_page(self.x, links, told)
        made[DOCX] = lambda: text_to_docx(_title(told), told.blocks(), self.x.about(links.reading))
        return self.answer(request, made)


def _file(x: Explorer, iri: str, links: Links) -> bytes:
    return account_page(x, links, tell(x.dataset, trace(x.dataset, iri, "up", links.reading)))


def account_page(x: Explorer, links: Links, told: Account) -> bytes:
    """Return the page that tells why a thing exists."""
    focus = told.focus
    forms = [(links.why(focus.iri, f".{form}"), words, MEDIA[form]) for form, words in _FORMS]
    return x.render(
        "why.html",
        links,
        title=_title(told),
        crumbs=[(links.thing(focus.iri), wording.brief(focus)), ("", "Why, and how we will know")],
        here={r: links.in_reading(r).why(focus.iri) for r in ("printed", "corrected")},
        a=told,
        alternates=[(words, media, address) for address, words, media in forms],
        downloads=[(address, words) for address, words, _ in forms],
    )


def _title(told: Account) -> str:
    return f"{told.question} {told.focus.label}"
