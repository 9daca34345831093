"""Briefings: one page on one thing, to print or to hand over as a document."""

from collections.abc import Iterator
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain import certainty
from goldenthread.domain.briefing import Briefing
from goldenthread.domain.gap import GapReport
from goldenthread.domain.thread import Trace
from goldenthread.faces.web import wording
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.files import briefing_file
from goldenthread.faces.web.negotiation import DOCX, HTML, JSON, MEDIA
from goldenthread.faces.web.page import File, Pages, as_json, find, served
from goldenthread.faces.web.paths import Links, at
from goldenthread.services import naming
from goldenthread.services.briefing import briefing
from goldenthread.services.exporting import text_to_docx, things, with_dataset
from goldenthread.services.gaps import gaps
from goldenthread.services.tallying import lists
from goldenthread.services.tracing import trace

Numbers = list[tuple[object, str]]
"""Numbers of a sentence as they are written there, each with its address."""


class Briefings(Pages):
    """The page of a briefing."""

    def __init__(self, explorer: Explorer) -> None:
        """Keep the data set, and later the gaps that every briefing looks at."""
        super().__init__(explorer)
        self._found: dict[str, GapReport] = {}

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/briefing", self.show, (DOCX, JSON))

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files: of what has something under it, and of all of the first level."""
        tops = {t.node.iri for o in self.x.overviews(reading) for t in o.tops}
        for node in things(self.x.dataset, reading):
            if node.iri in tops or len(trace(self.x.dataset, node.iri, "down", reading).nodes) > 1:
                yield briefing_file(node.iri), partial(self._made, node.iri, HTML)

    async def show(self, request: Request) -> Response:
        """Return the briefing on `focus`."""
        links = self.links(request)
        iri = find(self.x, request.query_params.get("focus", ""), links.reading)
        # The first to ask for check results waits for them, and nobody else should.
        await run_in_threadpool(self.x.report, links.reading)
        return self.answer(
            request, {f: partial(self._made, iri, f, links) for f in (HTML, DOCX, JSON)}
        )

    def _made(self, iri: str, form: str, links: Links) -> bytes:
        """Return a form of the briefing on a thing.

        Raises:
            BadValue: the thing only groups or dates others.
        """
        x, reading = self.x, links.reading
        below = trace(x.dataset, iri, "down", reading)
        found = briefing(x.dataset, below, self._gaps(reading), x.report(reading))
        if form == JSON:
            return as_json(with_dataset(found.to_json(), x.about(reading)))
        if form == DOCX:
            return text_to_docx(found.title, found.blocks(), x.about(reading))
        return briefing_page(x, links, found, below)

    def _gaps(self, reading: str) -> GapReport:
        """Return the gaps of a reading, found once: the data set does not change."""
        if reading not in self._found:
            self._found[reading] = gaps(self.x.dataset, reading)
        return self._found[reading]


def briefing_page(x: Explorer, links: Links, found: Briefing, below: Trace) -> bytes:
    """Return the page of a briefing."""
    focus = found.focus
    forms = [("Word document", DOCX), ("JSON, for programs", JSON)]
    addresses = [(words, MEDIA[f], links.briefing(focus.iri, f".{f}")) for words, f in forms]
    return x.render(
        "briefing.html",
        links,
        title=found.title,
        crumbs=[(links.thing(focus.iri), wording.brief(focus)), ("", "Briefing")],
        here={r: links.in_reading(r).briefing(focus.iri) for r in ("printed", "corrected")},
        b=found,
        counts=_counts(links, found),
        linked=_said(x, links, found, below),
        numbers=found.table(),
        foot=x.about(links.reading).sentence,
        alternates=addresses,
        downloads=[(address, words) for words, _, address in addresses],
    )


def _asked(links: Links, found: Briefing, mark: str) -> str:
    """Return the address by which a number of the briefing is asked about."""
    return at("briefing", mark, focus=links.focus(found.focus.iri))


def _counts(links: Links, found: Briefing) -> Numbers:
    """Return the numbers of the summary, with where each is asked about."""
    numbers: Numbers = []
    for t in found.tallies:
        here = wording.count(t.here, t.name, t.plural)
        numbers.append((here, links.number(_asked(links, found, f"here-{t.key}"))))
        if t.there != t.here:
            there = links.number(_asked(links, found, f"there-{t.key}")) if t.there else ""
            numbers.append((t.there, there))
    return numbers


def _said(x: Explorer, links: Links, found: Briefing, below: Trace) -> dict[str, Numbers]:
    """Return the numbers of the sentences of each section, with where each is asked about."""
    counts = [n for n in _counts(links, found) if isinstance(n[0], str)]
    begins: Numbers = [
        (f"{len(iris)} in {period}", links.number(_asked(links, found, f"begin-{period}")))
        for (how, period), (_, iris) in lists(x.dataset, below).items()
        if how == "begin"
    ]
    thread = at("trace", focus=links.focus(found.focus.iri), direction="down")
    known: Numbers = [
        (
            f"{n} {'is' if n == 1 else 'are'} {certainty.known(basis)}",
            links.number(f"{thread}#steps-{basis.replace(' ', '-')}"),
        )
        for basis, n in certainty.by_basis(certainty.steps(below))
    ]
    every = (f"{len(certainty.steps(below))} steps", links.number(f"{thread}#steps"))
    plurals = naming.plurals(x.dataset, found.reading)
    ends: Numbers = [
        (
            wording.count(len(nodes), nodes[0].level_name, plurals.get(level, "")),
            links.number(f"{thread}#ends-{how}-{level}"),
        )
        for how, iris in certainty.ends(below).items()
        for level, nodes in certainty.by_level(below, iris)
    ]
    paired = len(certainty.positioned(below))
    timed = (wording.count(paired, "timescale"), links.number(f"{thread}#paired"))
    alike = len(certainty.alike(below))
    least = (f"{alike} other step{'' if alike == 1 else 's'}", links.number(f"{thread}#least"))
    return {
        **{s.key: [] for s in found.sections},
        "done": counts + begins,
        "known": counts,
        "sure": [every, *known, least, timed, *ends],
    }
