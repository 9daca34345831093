"""Corrections: every judgement and repair, with its reason."""

import re
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain import tabling
from goldenthread.domain.description import JudgementCard
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import File, Pages, data, downloads, here, served
from goldenthread.faces.web.paths import Links
from goldenthread.services import judging


class Corrections(Pages):
    """The page of judgements and repairs."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/corrections", self.show)

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "corrections.html", lambda links: corrections(self.x, links)

    async def show(self, request: Request) -> Response:
        """Return every judgement and repair."""
        links = self.links(request)

        def cards() -> list[JudgementCard]:
            found = judging.judgements(self.x.dataset, links.reading)
            return found + judging.repairs(self.x.dataset)

        made = data(
            self.x,
            links,
            lambda: {"reading": links.reading, "judgements": [c.to_json() for c in cards()]},
            lambda: [tabling.judgement_table(cards())],
        )
        return self.answer(request, {HTML: lambda: corrections(self.x, links), **made})


def corrections(x: Explorer, links: Links) -> bytes:
    """Return the page that lists every judgement and repair."""
    cards = judging.judgements(x.dataset, links.reading)
    repairs = judging.repairs(x.dataset)
    return x.render(
        "corrections.html",
        links,
        title="Corrections and assumptions",
        active="corrections",
        crumbs=[("", "Corrections")],
        here=here(links, "corrections"),
        judgements=cards,
        repairs=repairs,
        groups=_by_kind(cards, repairs),
        downloads=downloads(links, "corrections"),
    )


def _by_kind(
    cards: list[JudgementCard], repairs: list[JudgementCard]
) -> list[tuple[str, str, list[JudgementCard]]]:
    """Return the cards under headings: what is applied by its kind, then what is not."""
    groups: dict[str, list[JudgementCard]] = {}
    for card in cards:
        words = f"{card.kind}s" if card.kind != "match" else "matches"
        heading = words if card.status == "applied" else f"{card.status} {words}"
        groups.setdefault(heading, []).append(card)
    if repairs:
        groups["repairs: what page breaks cut, rejoined"] = repairs
    return [
        (name[:1].upper() + name[1:], re.sub(r"[^a-z]+", "-", name.casefold()), found)
        for name, found in groups.items()
    ]
