"""Compare: the two readings of the plan, or two things side by side."""

from collections.abc import Iterator
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain.comparison import change_tables, pair_table
from goldenthread.errors import Ambiguous
from goldenthread.faces.web import wording
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import File, Made, Pages, data, downloads, find, here, served
from goldenthread.faces.web.paths import Links
from goldenthread.services import naming
from goldenthread.services.comparing import readings
from goldenthread.services.pairing import pair


class Compare(Pages):
    """The page of two readings, and of two things."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/compare", self.show)

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files: two things are chosen by a form, which needs a server."""
        yield "compare.html", partial(both_readings, self.x)

    async def show(self, request: Request) -> Response:
        """Return `first` beside `second` where both are named, else the readings."""
        links, asked = self.links(request), request.query_params
        first, second = (asked.get(k, "").strip() for k in ("first", "second"))
        if first and second:
            return self.answer(request, self.pair(links, first, second, request.url.path))
        made = data(
            self.x,
            links,
            lambda: readings(self.x.dataset).to_json(),
            lambda: change_tables(readings(self.x.dataset)),
        )
        page = {HTML: lambda: both_readings(self.x, links, first or second)}
        return self.answer(request, {**page, **made})

    def pair(self, links: Links, first: str, second: str, path: str) -> Made:
        """Return what makes each form of two things side by side.

        Words that mean several things have a page that asks which; data has no page to ask on.
        """
        try:
            iris = [find(self.x, text, links.reading) for text in (first, second)]
        except Ambiguous as error:
            if path != "/compare":
                raise
            page = partial(choices, self.x, links, error, (first, second))
            return {HTML: page}
        found = pair(self.x.dataset, iris[0], iris[1], links.reading)
        made = data(self.x, links, found.to_json, lambda: [pair_table(found)])
        return {HTML: lambda: two_things(self.x, links, iris[0], iris[1]), **made}


def choices(x: Explorer, links: Links, error: Ambiguous, asked: tuple[str, str]) -> bytes:
    """Return the page that asks which of several things is meant, the other one kept."""
    first, second = asked
    unclear = "first" if _means_several(x, links, first) else "second"
    candidates = [
        (links.page("compare", **{"first": first, "second": second, unclear: short}), short, label)
        for short, label in error.candidates
    ]
    return x.render(
        "compare_choices.html",
        links,
        title="Compare: which one?",
        active="compare",
        crumbs=[(links.page("compare"), "Compare"), ("", "Which one?")],
        here=here(links, "compare", first=first, second=second),
        indexed=False,
        words=first if unclear == "first" else second,
        candidates=candidates,
    )


def _means_several(x: Explorer, links: Links, text: str) -> bool:
    try:
        find(x, text, links.reading)
    except Ambiguous:
        return True
    return False


def both_readings(x: Explorer, links: Links, chosen: str = "") -> bytes:
    """Return the page of what corrections change."""
    found = readings(x.dataset)
    return x.render(
        "compare.html",
        links,
        title="Compare",
        active="compare",
        crumbs=[("", "Compare")],
        here=here(links, "compare"),
        c=found,
        plural={singular: plural for plural, singular in x.singulars.items()},
        p=None,
        first=chosen,
        second="",
        names=naming.all_ids(x.dataset, links.reading),
        downloads=downloads(links, "compare"),
    )


def two_things(x: Explorer, links: Links, first: str, second: str) -> bytes:
    """Return the page of two things side by side."""
    found = pair(x.dataset, first, second, links.reading)
    ids = {"first": links.focus(first), "second": links.focus(second)}
    a, b = wording.brief(found.first), wording.brief(found.second)
    return x.render(
        "compare.html",
        links,
        title=f"{a} beside {b}",
        active="compare",
        crumbs=[(links.page("compare"), "Compare"), ("", f"{a} beside {b}")],
        here=here(links, "compare", **ids),
        c=None,
        p=found,
        indexed=False,
        turned=links.page("compare", first=ids["second"], second=ids["first"]),
        names=naming.all_ids(x.dataset, links.reading),
        downloads=downloads(links, "compare", **ids),
        **ids,
    )
