"""The timeline: things by period, what is ongoing, what has no timescale."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain.timeline import Timeline
from goldenthread.domain.timetable import timeline_tables
from goldenthread.faces.web.choosing import filters
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import File, Pages, data, downloads, here, served
from goldenthread.faces.web.paths import Links
from goldenthread.services import timing

# Width of the longest bar in the table of periods, in pixels.
BAR = 160


class Timelines(Pages):
    """The page of a timeline."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/timeline", self.show)

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "timeline.html", lambda links: page(self.x, links, {})

    async def show(self, request: Request) -> Response:
        """Return what happens when, as far as the address asks."""
        links = self.links(request)
        asked = {k: v[:2000] for k, v in request.query_params.items() if k in timing.FILTERS}

        def found() -> Timeline:
            return timing.timeline(self.x.dataset, links.reading, asked)

        made = data(self.x, links, lambda: found().to_json(), lambda: timeline_tables(found()))
        return self.answer(request, {HTML: lambda: page(self.x, links, asked), **made})


def page(x: Explorer, links: Links, asked: dict[str, str]) -> bytes:
    """Return the page of a timeline."""
    found = timing.timeline(x.dataset, links.reading, asked)
    most = max((t.named + t.before for t in found.tallies), default=0) or 1
    return x.render(
        "timeline.html",
        links,
        title="Timeline",
        active="timeline",
        crumbs=[("", "Timeline")],
        here=here(links, "timeline", **asked),
        asked=asked,
        t=found,
        phases=list(dict.fromkeys(p for tally in found.tallies for p, _ in tally.phases)),
        bar=lambda number: round(BAR * number / most),
        whole=BAR,
        filters=filters(links, "timeline", asked, found.facets),
        everything=links.page("timeline") if any(asked.values()) else "",
        only=lambda **more: links.page("timeline", **{**asked, **more}),
        downloads=downloads(links, "timeline", **asked),
    )
