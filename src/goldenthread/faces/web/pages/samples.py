"""Samples: what auditors found who laid the paper beside links and entries drawn at random."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain.assessment import Assessed
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import File, Pages, data, downloads, here, served
from goldenthread.faces.web.paths import Links, at
from goldenthread.services import attesting, sampling
from goldenthread.services.representing import exists


class Samples(Pages):
    """The page of what samples found."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/samples", self.show)

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "samples.html", lambda links: samples(self.x, links)

    async def show(self, request: Request) -> Response:
        """Return what samples found."""
        links = self.links(request)
        found = assessed(self.x, links.reading)
        made = data(self.x, links, found.to_json, found.tables)
        return self.answer(request, {HTML: lambda: samples(self.x, links), **made})


def assessed(x: Explorer, reading: str) -> Assessed:
    """Return what samples found, beside what the data say now."""
    return attesting.results(x.dataset, sampling.population(x.dataset, reading), reading)


def _said(links: Links, found: Assessed) -> list[tuple[object, str]]:
    """Return the numbers of the sentence that says what samples found."""
    last, total = len(found.tallies) + 1, found.total
    checked = (total.checked, links.number(at("samples", f"checked-{last}")))
    verdicts = [
        (n, links.number(at("samples", f"{v.replace(' ', '-')}-{last}")))
        for v, n in total.counts.items()
        if n
    ]
    share = (f"{total.share}% of those", links.number(at("samples", f"share-{last}")))
    return [checked, *verdicts, *([share] if total.share else [])]


def samples(x: Explorer, links: Links) -> bytes:
    """Return the page of what samples found."""
    found = assessed(x, links.reading)
    targets = {r.target for r in found.rows}
    return x.render(
        "samples.html",
        links,
        title="Samples",
        crumbs=[("", "Samples")],
        here=here(links, "samples"),
        s=found,
        said=_said(links, found),
        tallies=[*found.tallies, *([found.total] if found.rows else [])],
        pages={i: links.thing(i) if exists(x.dataset, i, links.reading) else "" for i in targets},
        downloads=downloads(links, "samples"),
    )
