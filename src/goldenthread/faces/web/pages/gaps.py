"""Gaps: what is not recorded and expected."""

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain import tabling
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import File, Pages, data, downloads, here, served
from goldenthread.faces.web.paths import Links
from goldenthread.services import gaps


class Gaps(Pages):
    """The page of gaps."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/gaps", self.show)

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "gaps.html", lambda links: gaps_page(self.x, links)

    async def show(self, request: Request) -> Response:
        """Return what is not recorded and expected."""
        links = self.links(request)
        report = gaps.gaps(self.x.dataset, links.reading)
        made = data(self.x, links, report.to_json, lambda: [tabling.gap_table(report)])
        return self.answer(request, {HTML: lambda: gaps_page(self.x, links), **made})


def gaps_page(x: Explorer, links: Links) -> bytes:
    """Return the page of what is not recorded and expected."""
    report = gaps.gaps(x.dataset, links.reading)
    groups: dict[str, list[Any]] = {}
    for gap in report.gaps:
        heading = f"{gap.level_name}: no {gap.missing_name} {gap.relation}"
        groups.setdefault(heading, []).append(gap)
    return x.render(
        "gaps.html",
        links,
        title="Gaps",
        active="gaps",
        crumbs=[("", "Gaps")],
        here=here(links, "gaps"),
        report=report,
        groups=list(groups.items()),
        downloads=downloads(links, "gaps"),
    )
