"""What every family of pages is made of: routes on a server, files in a site, one way to answer.

A family is one module of `pages/` with the template of the same name: it parses the address,
calls one service and renders. `pages.FAMILIES` lists them all.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.domain.table import Table
from goldenthread.domain.thread import Trace
from goldenthread.errors import NotFound
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.framing import embedded
from goldenthread.faces.web.headers import answer
from goldenthread.faces.web.negotiation import CSV, HTML, JSON, MEDIA, XLSX, accepted, choose
from goldenthread.faces.web.paths import GIVEN, PLAIN, Links
from goldenthread.services import finding
from goldenthread.services.exporting import to_csv, to_xlsx, with_dataset
from goldenthread.services.tracing import trace

File = tuple[str, Callable[[Links], bytes]]
"""Where a page stands in a site, from the top of its reading, and what makes it."""
Made = dict[str, Callable[[], bytes]]
"""What makes each form of an answer."""
# Linked data is for everyone: pages elsewhere may read it, without credentials.
PUBLIC = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}
DATA_FORMS = (CSV, XLSX, JSON)
"""The forms in which a page gives its data."""


class Pages(ABC):
    """A family of pages."""

    def __init__(self, explorer: Explorer) -> None:
        """Keep the data set and what turns it into pages."""
        self.x = explorer

    @abstractmethod
    def routes(self) -> list[BaseRoute]:
        """Return the routes on a server; GET brings HEAD."""

    def files(self, reading: str) -> Iterator[File]:  # noqa: ARG002 - for those that have files
        """Yield the pages that a site holds; none where a page needs a server."""
        yield from ()

    def links(self, request: Request) -> Links:
        """Return the addresses of pages in the reading that a request asks for."""
        return asked_links(self.x, request)

    def answer(self, request: Request, made: Made) -> Response:
        """Return the form that the suffix of the address names, else the page."""
        stem, _, suffix = request.url.path.rpartition(".")
        form = suffix if stem and suffix in made else HTML
        headers = {}
        if form != HTML:
            headers = named(stem, self.x.dataset.sha256, form)
        return answer(request, self.x.dated, form, made[form], headers)


def named(path: str, sha256: str, form: str) -> dict[str, str]:
    """Return the header that names a file to keep: by its page's path and its data set."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", path).strip("-") or "page"
    file = f"goldenthread-{name}-{sha256[:12]}.{form}"
    return {"Content-Disposition": f'inline; filename="{file}"'}


def asked_links(x: Explorer, request: Request) -> Links:
    """Return the addresses of pages in the reading and the frame that a request asks for."""
    given = request.scope.get(GIVEN)
    if isinstance(given, Links):
        return given
    links = x.links(request.query_params.get("reading", "corrected"))
    if embedded(request.url.query):
        rest = [(k, v) for k, v in request.query_params.multi_items() if k != "embed"]
        # Two slashes in front would lead to another host.
        path = "/" + quote(request.scope["path"].lstrip("/\\"), safe=PLAIN)
        links.embedded = path + (f"?{urlencode(rest)}" if rest else "")
    return links


def served(
    path: str,
    show: Callable[[Request], Awaitable[Response]],
    forms: Sequence[str] = DATA_FORMS,
) -> list[BaseRoute]:
    """Return the routes of a page and of its data: `/gaps`, `/gaps.csv` and so on."""
    return [Route(path, show), *(Route(f"{path}.{form}", show) for form in forms)]


def data(
    x: Explorer,
    links: Links,
    value: Callable[[], dict[str, Any]],
    tables: Callable[[], Sequence[Table]],
) -> Made:
    """Return what makes the CSV, XLSX and JSON of a page, each with where it comes from inside.

    Args:
        x: the explorer.
        links: the addresses of the page; their reading is the one that is named.
        value: returns the answer as JSON has it.
        tables: returns the answer as tables: a workbook holds all, CSV the first.
    """
    return {
        JSON: lambda: as_json(with_dataset(value(), x.about(links.reading))),
        CSV: lambda: to_csv(tables()[0], x.about(links.reading)),
        XLSX: lambda: to_xlsx(tables(), x.about(links.reading)),
    }


def downloads(links: Links, name: str, **query: str) -> list[tuple[str, str]]:
    """Return address and words of the downloads of a page's data, those of `data`."""
    return [
        (links.download(f"{name}.csv", **query), "CSV, for spreadsheets"),
        (links.download(f"{name}.xlsx", **query), "XLSX, a workbook"),
        (links.download(f"{name}.json", **query), "JSON, for programs"),
    ]


def here(links: Links, name: str = "", **query: str) -> dict[str, str]:
    """Return the addresses of one page in both readings."""
    return {r: links.in_reading(r).page(name, **query) for r in ("printed", "corrected")}


def find(x: Explorer, text: str, reading: str) -> str:
    """Return the IRI that an address means; raises what says why there is none."""
    try:
        return finding.resolve(x.dataset, text, reading)
    except ValueError as error:
        raise NotFound(f"“{text}” is no IRI, no id and no words of anything here.") from error


def find_trace(
    x: Explorer,
    focus: str,
    direction: str,
    reading: str,
    only: Mapping[str, Sequence[str]] | None = None,
) -> Trace:
    """Return the trace that an address asks for; raises what says why there is none."""
    return trace(x.dataset, find(x, focus, reading), direction, reading, only=only)


def chosen(request: Request, forms: Sequence[str]) -> str:
    """Return the form that a client asks for.

    Raises:
        HTTPException: it takes none of them (406).
    """
    form = choose(accepted(request), forms)
    if form is None:
        raise HTTPException(406)
    return form


def alternates(address: Callable[[str], str], forms: Sequence[str]) -> str:
    """Return a Link header that names the other forms of an answer (RFC 8288)."""
    return ", ".join(
        f'<{address(f)}>; rel="alternate"; type="{MEDIA[f].partition(";")[0]}"'
        for f in forms
        if f != HTML and address(f)
    )


def as_json(value: object) -> bytes:
    """Return JSON in UTF-8, two spaces deep, with a line end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
