"""Report: the assurance pack in four formats, and a page that says what it holds."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.domain.pack.parts import Pack
from goldenthread.domain.validation import Report
from goldenthread.faces.assurance import assured
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.headers import answer
from goldenthread.faces.web.negotiation import DOCX, HTML, MEDIA, PDF, XLSX, split
from goldenthread.faces.web.page import File, Pages, here
from goldenthread.faces.web.paths import Links
from goldenthread.services import assuring
from goldenthread.services.validation import check
from goldenthread.store.dataset import Dataset

TODAY = "today"
"""What an address says for a pack that states the day on which it is asked for."""
_WRITERS: Mapping[str, Callable[[Pack], bytes]] = {
    HTML: assuring.to_html,
    DOCX: assuring.to_docx,
    XLSX: assuring.to_xlsx,
    PDF: assuring.to_pdf,
}
_WORDS = {
    PDF: "PDF, tagged for assistive technology",
    DOCX: "Word document",
    XLSX: "XLSX, a workbook with each table on a sheet",
}


class Reports(Pages):
    """The page of the assurance pack, and the pack."""

    def __init__(self, explorer: Explorer) -> None:
        """Keep the data set, and later what was made: a pack takes seconds."""
        super().__init__(explorer)
        self._made: dict[tuple[str, str, str], bytes] = {}
        self._packs: dict[tuple[str, str], Pack] = {}
        self._making = Lock()

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        files = [Route(f"/report.{form}", self.pack) for form in _WORDS]
        return [Route("/report", self.show), Route("/report/pack", self.pack), *files]

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files; they state no day, so that the same data gives the same bytes."""
        yield "report.html", lambda links: report_page(self.x, links)
        yield "report/pack.html", lambda links: self._bytes(links.reading, None, HTML)

    async def show(self, request: Request) -> Response:
        """Return the page that offers the pack."""
        links = self.links(request)
        return self.answer(request, {HTML: lambda: report_page(self.x, links)})

    async def pack(self, request: Request) -> Response:
        """Return the pack in the format that the address names."""
        reading = self.links(request).reading
        form = split(request.url.path, tuple(_WORDS))[1] or HTML
        today = datetime.now().astimezone().date()
        stated = today if request.query_params.get("date") == TODAY else None
        name = f"assurance-pack-{self.x.dataset.sha256[:12]}.{form}"
        kind = "inline" if form in (HTML, PDF) else "attachment"
        said = {"Content-Disposition": f'{kind}; filename="{name}"'}
        if form == HTML:
            # Its style stands inside it, which the policy of other pages forbids.
            said["Content-Security-Policy"] = assuring.policy()
        make = partial(self._bytes, reading, stated, form)
        # Whoever asks first waits for it, and nobody else should.
        return await run_in_threadpool(answer, request, f"{self.x.stamp} {today}", form, make, said)

    def _bytes(self, reading: str, stated: date | None, form: str) -> bytes:
        day = stated.isoformat() if stated else ""
        # One at a time: several at once would take the machine from everyone else.
        with self._making:
            if any(made[1] not in ("", day) for made in self._made) and day:
                self._made, self._packs = {}, {}
            if (reading, day, form) not in self._made:
                if (reading, day) not in self._packs:
                    self._packs[reading, day] = assured(
                        self.x.dataset, reading, stated, checked=partial(self._checked, reading)
                    )
                self._made[reading, day, form] = _WRITERS[form](self._packs[reading, day])
            return self._made[reading, day, form]

    def _checked(self, reading: str, part: Dataset) -> Report:
        """Return the check results of a plan; of the only one, those that every page shows."""
        return self.x.report(reading) if part is self.x.dataset else check(part, reading)


def report_page(x: Explorer, links: Links) -> bytes:
    """Return the page that says what an assurance pack holds, and offers it."""
    about = x.about(links.reading)
    # Files are the same whenever they are written; what a server hands out states its day.
    day = {"date": TODAY} if links.searches() else {}
    offered = [(links.page("report/pack", **day), "HTML, one page that needs no other file")]
    offered += [(links.download(f"report.{f}", **day), words) for f, words in _WORDS.items()]
    return x.render(
        "report.html",
        links,
        title="Assurance pack",
        active="report",
        crumbs=[("", "Assurance pack")],
        here=here(links, "report"),
        lines=about.lines(),
        dated=bool(day),
        overviews=x.overviews(links.reading),
        offered=[(address, words) for address, words in offered if address],
        alternates=[
            (words, MEDIA[f], links.download(f"report.{f}", **day)) for f, words in _WORDS.items()
        ],
    )
