"""The editor: a query of one's own, answered by the workers of the endpoint within its limits."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.domain.series import Series
from goldenthread.errors import BadValue, NotFound
from goldenthread.faces.web.beginning import beginning
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.headers import answer, etag, matches
from goldenthread.faces.web.library import client, results_json, unless_gone
from goldenthread.faces.web.negotiation import CSV, HTML, JSON, MEDIA, SVG, XLSX
from goldenthread.faces.web.page import Pages, as_json, data
from goldenthread.faces.web.paths import Links
from goldenthread.faces.web.results import sheet
from goldenthread.faces.web.sparql_forms import GRAPH_TYPES, TABLE_TYPES
from goldenthread.faces.web.sparql_request import Refusal, address, question
from goldenthread.services import asking, charting, suggesting
from goldenthread.services.answering import Problem, Question
from goldenthread.services.asking import Answer
from goldenthread.store.answered import answer_table

PAGE = {"rows": "json", "boolean": "json", "triples": "nt"}
# What the engine writes as it is, beside what is made from its rows.
_WRITTEN = {
    "xml": "rows",
    "tsv": "rows",
    **dict.fromkeys(("ttl", "nt", "jsonld", "rdf"), "triples"),
}
_MADE = (CSV, XLSX, JSON, SVG)
_WORDS = {
    CSV: "CSV, for spreadsheets",
    XLSX: "XLSX, a workbook",
    JSON: "JSON, for programs",
    "xml": "XML",
    "tsv": "TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF/XML",
    SVG: "SVG, the chart",
}
_MEDIA = {form: media for media, form in reversed([*GRAPH_TYPES.items(), *TABLE_TYPES.items()])}
# An address that is longer is cut off by proxies; a form posts it instead.
LONGEST_ADDRESS = 7_000
# A workbook is made cell by cell: more rows than this would hold everyone up.
_MOST_IN_A_WORKBOOK = 10_000


class Editor(Pages):
    """The editor; it needs a server."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        both = ["GET", "POST"]
        return [
            Route("/query", self.show, methods=both),
            Route("/query/terms.json", self.terms),
            *(Route(f"/query.{f}", self.download, methods=both) for f in (*_MADE, *_WRITTEN)),
        ]

    async def terms(self, request: Request) -> Response:
        """Return what the editor offers while somebody types."""
        kept = self.x.dataset.kept("suggestions")
        if not kept:
            kept |= await run_in_threadpool(suggesting.suggestions, self.x.dataset)
        return answer(request, self.x.stamp, JSON, lambda: as_json(kept))

    async def show(self, request: Request) -> Response:
        """Return the editor with a query, and its answer if it was sent."""
        links, sent = self.links(request), request.query_params
        if request.method in ("GET", "HEAD") and "query" not in sent:
            text = beginning(self.x, sent, links.reading)
            return self.answer(request, {HTML: lambda: editor(self.x, links, text)})
        headers = {"Content-Type": MEDIA[HTML], "Cache-Control": "no-cache"} | self._tag(request)
        if _has(request, headers):
            return Response(status_code=304, headers=headers)
        found = await self._ask(request, links, PAGE)
        text = found.text if isinstance(found, Answer) else await _text(request)
        body = await run_in_threadpool(editor, self.x, links, text, found)
        if isinstance(found, Problem):
            headers = {"Content-Type": MEDIA[HTML], "Cache-Control": "no-store"}
            if found.retry:
                headers["Retry-After"] = str(found.retry)
            return Response(body, found.status, headers)
        return Response(body, headers=headers)

    async def download(self, request: Request) -> Response:
        """Return the answer to a query in the form that the suffix names."""
        links, form = self.links(request), request.url.path.rpartition(".")[2]
        forms: Mapping[str, str | None] = PAGE
        if form in _WRITTEN:
            graph = _WRITTEN[form] == "triples"
            forms = {"rows": None if graph else form, "triples": form if graph else None}
            forms |= {"boolean": form if form == "xml" else None}
        if _has(request, self._tag(request)):
            return Response(status_code=304, headers=self._tag(request))
        found = await self._ask(request, links, forms)
        if isinstance(found, Problem):
            return _document(request, found)
        name = f"goldenthread-query-{self.x.dataset.sha256[:12]}.{form}"
        headers = {
            "Content-Type": MEDIA.get(form) or _MEDIA[form],
            "Content-Disposition": f'inline; filename="{name}"',
            "Cache-Control": "no-cache",
            **self._tag(request),
        }
        if isinstance(found, bytes):
            return Response(found, headers=headers)
        body = await run_in_threadpool(self._made, links, found, form)
        return Response(body, headers=headers)

    def _tag(self, request: Request) -> dict[str, str]:
        """Return the tag of an answer; none for one that is posted, or another one next time."""
        if request.method == "POST" or not Question(request.query_params.get("query", "")).lasts:
            return {}
        # Weak: the engine may give the same rows in another order.
        return {"ETag": "W/" + etag(self.x.stamp, request.url.path, request.url.query)}

    def _made(self, links: Links, found: Answer, form: str) -> bytes:
        if form == XLSX and len(found.rows) > _MOST_IN_A_WORKBOOK:
            raise BadValue(
                f"{_MOST_IN_A_WORKBOOK:,} rows are the most that a workbook is made of; there are "
                f"{len(found.rows):,}. Take CSV, or ask in parts."
            )
        made = data(self.x, links, lambda: results_json(found), lambda: [answer_table(found)])
        shown = found.picture()
        if isinstance(shown, Series):
            made[SVG] = charting.draw(shown).encode
        if form not in made or (form == JSON and found.is_graph):
            raise NotFound(f"This answer has no {form.upper()}. Take another form.")
        return made[form]()

    async def _ask(
        self, request: Request, links: Links, forms: Mapping[str, str | None]
    ) -> Answer | Problem | bytes:
        """Return the answer, in bytes where the engine wrote it in the form that was asked for."""
        assert self.x.answering is not None  # noqa: S101 - a server has workers
        url = address(request, self.x.answering.limits.url)
        try:
            asked = await question(request, url) or Question("")
        except Refusal as refusal:
            return refusal.problem
        request.state.text = asked.text
        asked = replace(asked, reading=links.reading)
        work = self.x.answering.answer(asked, forms, client(request))
        found = await unless_gone(request, work)
        if isinstance(found, Problem):
            return found
        if forms is not PAGE:
            return found.body
        if found.kind == "triples":
            return await run_in_threadpool(
                asking.read_back_graph, found.body, asked.text, links.reading
            )
        read = partial(asking.read_back, found.body, asked.text, links.reading)
        return await run_in_threadpool(read)


def _has(request: Request, headers: Mapping[str, str]) -> bool:
    """Return whether the client has the answer that headers describe."""
    tag = headers.get("ETag", "")
    named = request.headers.get("if-none-match", "*")
    return bool(tag) and named != "*" and matches(request, tag.removeprefix("W/"))


async def _text(request: Request) -> str:
    """Return the query that a request brought, if it could be read at all."""
    return str(getattr(request.state, "text", request.query_params.get("query", "")))


def _document(request: Request, problem: Problem) -> Response:
    """Return a problem document (RFC 9457)."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        "instance": request.url.path,
    }
    if problem.line:
        body |= {"line": problem.line, "column": problem.column}
    headers = {"Content-Type": MEDIA["problem"], "Cache-Control": "no-store"}
    if problem.retry:
        headers["Retry-After"] = str(problem.retry)
    return Response(as_json(body), problem.status, headers)


def editor(
    x: Explorer, links: Links, text: str, found: Answer | Problem | bytes | None = None
) -> bytes:
    """Return the editor with a query, and what came of it."""
    fault = found if isinstance(found, Problem) else None
    answered = found if isinstance(found, Answer) else None
    shown = answered.picture() if answered else None
    drawn = charting.draw(shown) if isinstance(shown, Series) else ""
    fits = len(quote(text)) <= LONGEST_ADDRESS
    groups: dict[str, list[tuple[str, str]]] = {}
    for query in asking.library(x.dataset).all()[0]:
        where = links.page("query", example=query.name)
        groups.setdefault(query.folder, []).append((where, query.question))
    readings = ("printed", "corrected")
    return x.render(
        "query.html",
        links,
        title="Query",
        active="query",
        scripts=("query.js",),
        crumbs=[(links.page("library"), "Library"), ("", "A query of your own")],
        here={r: links.in_reading(r).page("query", query=text if fits else "") for r in readings},
        text=text,
        fault=fault,
        found=answered,
        sheet=sheet(x, links, answered) if answered and answered.boolean is None else None,
        drawn=drawn,
        shown=shown,
        fits=fits,
        longest=LONGEST_ADDRESS,
        forms=_forms(answered, drawn=bool(drawn)) if answered else [],
        examples=list(groups.items()),
        links_to=lambda form: links.download(f"query.{form}", query=text),
    )


def _forms(found: Answer, *, drawn: bool) -> list[tuple[str, str]]:
    """Return the forms in which an answer can be had, each with its words."""
    if found.is_graph:
        forms = ["ttl", "nt", "jsonld", "rdf", CSV, XLSX]
    elif found.boolean is not None:
        forms = [JSON, "xml"]
    else:
        forms = [CSV, XLSX, JSON, "tsv", "xml", *([SVG] if drawn else [])]
    return [(f, _WORDS[f]) for f in forms]
