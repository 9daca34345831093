"""Gaps: what is not recorded and expected, narrowed as the address says."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain import gap, tabling
from goldenthread.faces.web.choosing import filters
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import File, Pages, data, downloads, here, served
from goldenthread.faces.web.paths import Links
from goldenthread.services.gaps import gaps


class Gaps(Pages):
    """The page of gaps."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/gaps", self.show)

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "gaps.html", lambda links: gaps_page(self.x, links, {})

    async def show(self, request: Request) -> Response:
        """Return what is not recorded and expected, as far as the address asks."""
        links = self.links(request)
        asked = {k: v[:200] for k, v in request.query_params.items() if k in gap.FILTERS}
        report, _ = gap.choose(gaps(self.x.dataset, links.reading), asked)
        made = data(self.x, links, report.to_json, lambda: [tabling.gap_table(report)])
        return self.answer(request, {HTML: lambda: gaps_page(self.x, links, asked), **made})


def gaps_page(x: Explorer, links: Links, asked: dict[str, str]) -> bytes:
    """Return the page of what is not recorded and expected."""
    report, found = gap.choose(gaps(x.dataset, links.reading), asked)
    groups: dict[str, list[gap.Gap]] = {}
    for each in report.gaps:
        heading = f"{each.level_name}: no {each.missing_name} {each.relation}"
        groups.setdefault(heading, []).append(each)
    return x.render(
        "gaps.html",
        links,
        title="Gaps",
        active="gaps",
        crumbs=[("", "Gaps")],
        here=here(links, "gaps", **asked),
        report=report,
        asked=asked,
        found=found,
        sentence=found.sentence("gap", "gaps"),
        groups=list(groups.items()),
        filters=filters(links, "gaps", asked, found.facets),
        everything=links.page("gaps") if any(asked.values()) else "",
        downloads=downloads(links, "gaps", **asked),
    )
