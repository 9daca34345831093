"""Corrections: every judgement and repair, with its reason, quotes and what it changes."""

from collections.abc import Iterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain import ruling
from goldenthread.domain.description import JudgementCard
from goldenthread.faces.web.choosing import filters
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import File, Pages, data, downloads, here, served
from goldenthread.faces.web.paths import Links
from goldenthread.services import judging, weighing


class Corrections(Pages):
    """The page of judgements and repairs."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/corrections", self.show)

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "corrections.html", lambda links: corrections(self.x, links, {})

    async def show(self, request: Request) -> Response:
        """Return the judgements and repairs that the address asks for."""
        links = self.links(request)
        asked = {k: v[:200] for k, v in request.query_params.items() if k in ruling.FILTERS}
        # What is proposed is weighed by deriving it, once: others must not wait for it.
        weights = await run_in_threadpool(weighing.weights, self.x.dataset)
        kept = ruling.choose(_cards(self.x, links), asked).kept

        def value() -> dict[str, object]:
            found = [
                c.to_json() | {"changes": [w.to_json() for w in weights.get(c.iri, ())]}
                for c in kept
            ]
            return {"reading": links.reading, "judgements": found}

        made = data(self.x, links, value, lambda: ruling.ruling_tables(kept, weights))
        return self.answer(request, {HTML: lambda: corrections(self.x, links, asked), **made})


def _cards(x: Explorer, links: Links) -> list[JudgementCard]:
    return judging.judgements(x.dataset, links.reading) + judging.repairs(x.dataset)


def corrections(x: Explorer, links: Links, asked: dict[str, str]) -> bytes:
    """Return the page that lists every judgement and repair."""
    cards = _cards(x, links)
    found = ruling.choose(cards, asked)
    return x.render(
        "corrections.html",
        links,
        title="Corrections and assumptions",
        active="corrections",
        crumbs=[("", "Corrections")],
        here=here(links, "corrections", **asked),
        judgements=[c for c in cards if c.kind != "repair"],
        repairs=[c for c in cards if c.kind == "repair"],
        weights=weighing.weights(x.dataset),
        asked=asked,
        kept=len(found.kept),
        groups=ruling.by_kind(found.kept),
        sentence=found.sentence("judgement and repair", "judgements and repairs"),
        filters=filters(links, "corrections", asked, found.facets),
        everything=links.page("corrections") if any(asked.values()) else "",
        downloads=downloads(links, "corrections", **asked),
    )
