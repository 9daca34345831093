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
from goldenthread.faces.web.negotiation import HTML, JSON, MEDIA
from goldenthread.faces.web.page import File, Pages, as_json, find_trace, served
from goldenthread.faces.web.paths import Links
from goldenthread.services.exporting import things, with_dataset
from goldenthread.services.telling import tell
from goldenthread.services.tracing import trace


class Accounts(Pages):
    """The page that says why a thing exists."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/why", self.show, (JSON,))

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        for node in things(self.x.dataset, reading):
            yield why_file(node.iri), partial(_file, self.x, node.iri)

    async def show(self, request: Request) -> Response:
        """Return why `focus` exists."""
        links = self.links(request)
        focus = request.query_params.get("focus", "")
        upward = find_trace(self.x, focus, "up", links.reading)
        told = tell(self.x.dataset, upward)
        return self.answer(
            request,
            {
                HTML: lambda: account_page(self.x, links, told),
                JSON: lambda: as_json(with_dataset(told.to_json(), self.x.about(links.reading))),
            },
        )


def _file(x: Explorer, iri: str, links: Links) -> bytes:
    return account_page(x, links, tell(x.dataset, trace(x.dataset, iri, "up", links.reading)))


def account_page(x: Explorer, links: Links, told: Account) -> bytes:
    """Return the page that tells why a thing exists."""
    focus = told.focus
    address = links.why(focus.iri, ".json")
    return x.render(
        "why.html",
        links,
        title=f"{told.question} {focus.label}",
        crumbs=[(links.thing(focus.iri), wording.brief(focus)), ("", "Why, and how we will know")],
        here={r: links.in_reading(r).why(focus.iri) for r in ("printed", "corrected")},
        a=told,
        parts_of=[
            ("why", "Why it exists", told.why),
            ("known", "When, and how we will know", told.known),
            ("sure", "How sure this is", told.sure),
        ],
        alternates=[("JSON", MEDIA[JSON], address)],
        downloads=[(address, "JSON, for programs")],
    )
