"""The library: questions that are ready to be asked, each with its form, its answer, its text."""

from collections.abc import Iterator, Mapping
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from goldenthread.domain.listing import library_table
from goldenthread.domain.query import AUDIENCES, Query, fits
from goldenthread.domain.table import Table
from goldenthread.errors import NotFound
from goldenthread.faces.web import library as asks
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.library import Asked
from goldenthread.faces.web.negotiation import CSV, HTML, JSON, SVG, XLSX, split
from goldenthread.faces.web.page import File, Made, Pages, data, downloads, here, served
from goldenthread.faces.web.paths import PLAIN, Links, at
from goldenthread.faces.web.results import sheet
from goldenthread.services import asking, charting
from goldenthread.services.asking import Answer
from goldenthread.store.answered import answer_table

_OWN = "own"


class Library(Pages):
    """The list of questions, and the page of each."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [*served("/library", self.index), Route("/library/{name:path}", self.show)]

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files: a question that needs a choice says how to ask it."""
        yield "library.html", partial(index, self.x)
        for query in asking.library(self.x.dataset).all()[0]:
            yield f"library/{query.name}.html", partial(_file, self.x, query)

    async def index(self, request: Request) -> Response:
        """Return the questions that fit `q` and `audience`."""
        links, asked = self.links(request), request.query_params
        words, audience = asked.get("q", "").strip()[:200], asked.get("audience", "")
        found = asking.library(self.x.dataset).all()[0]
        shown = [q for q in found if fits(q, words, audience)]
        made = data(
            self.x,
            links,
            lambda: {"queries": [q.to_json() for q in shown]},
            lambda: [library_table(shown)],
        )
        page = {HTML: lambda: index(self.x, links, words, audience)}
        return self.answer(request, {**page, **made})

    async def show(self, request: Request) -> Response:
        """Return a question, and its answer where nothing is left to choose."""
        name, form = split(request.path_params["name"], (CSV, XLSX, JSON, SVG))
        query = asking.library(self.x.dataset).read(name)
        links = self.x.links(request.query_params.get("reading", query.default_reading))
        given = asks.given(request.query_params)
        if form is None:
            asked = await asks.attempt(self.x, request, query, given)
            body = partial(library_query, self.x, links, asked)
            answer = self.answer(request, {HTML: body})
            if asked.status != 200 and answer.status_code == 200:  # noqa: PLR2004 - OK
                answer.status_code = asked.status
                answer.headers["Cache-Control"] = "no-store"
                del answer.headers["ETag"]
            return answer
        found = await asks.answered(self.x, request, query, given)
        forms = _made(self.x, links, found)
        if form not in forms:
            raise NotFound("This question is not drawn as a picture. Take another form.")
        made = await run_in_threadpool(forms[form])
        return self.answer(request, {form: lambda: made})


def _made(x: Explorer, links: Links, found: Answer) -> Made:
    """Return what makes the downloads of an answer: what the page shows, with IRIs in full."""

    def tables() -> list[Table]:
        return [answer_table(found)]

    made = data(x, links, lambda: asks.results_json(found), tables)
    if drawing := _drawing(found):
        made[SVG] = drawing.encode
    return made


def _drawing(found: Answer) -> str:
    """Return the drawing of an answer; nothing where it has none, or is a table of its own."""
    shown = found.picture()
    return charting.draw(shown) if isinstance(shown, charting.Series) else ""


def index(x: Explorer, links: Links, words: str = "", audience: str = "") -> bytes:
    """Return the list of questions, grouped by what they are about."""
    found, wrong = asking.library(x.dataset).all()
    shown = [q for q in found if fits(q, words, audience)]
    groups: dict[str, list[Query]] = {}
    for query in shown:
        heading = "added by this plan" if query.folder == _OWN else query.folder
        groups.setdefault(heading, []).append(query)
    choices = [
        (links.page("library", q=words, audience=a), a or "everyone", a == audience)
        for a in ("", *AUDIENCES)
    ]
    return x.render(
        "library.html",
        links,
        title="Library",
        active="library",
        crumbs=[("", "Library")],
        here=here(links, "library", q=words, audience=audience),
        groups=list(groups.items()),
        count=len(shown),
        total=len(found),
        wrong=wrong,
        words=words,
        audience=audience,
        choices=choices if links.searches() else [],
        downloads=downloads(links, "library", q=words, audience=audience),
    )


def _file(x: Explorer, query: Query, links: Links) -> bytes:
    """Return the page of a question in a site: with its answer where it needs no choice."""
    return library_query(x, links, asks.attempt_alone(x, query, links.reading))


def library_query(x: Explorer, links: Links, asked: Asked) -> bytes:
    """Return the page of a question: its form, its answer as chart and table, its text."""
    query, found = asked.query, asked.found
    name = f"library/{quote(query.name, safe=PLAIN)}"
    # Links keep what was asked, but not what cannot be answered.
    sent = {} if asked.error else {k: v for k, v in asked.given.items() if v}
    named = _named(links, query)
    shown = found.picture() if found else None
    text = asking.filled(query.text, found.parameters if found else {})
    drawn = charting.draw(shown) if isinstance(shown, charting.Series) else ""
    forms = downloads(links, name, **sent, **named) if found else []
    if drawn and found:
        forms.append((links.download(f"{name}.svg", **sent, **named), "SVG, the chart"))
    return x.render(
        "library_query.html",
        links,
        title=query.question,
        active="library",
        crumbs=[(links.page("library"), "Library"), ("", query.name)],
        here={
            r: links.in_reading(r).page(name, **sent, **_named(links.in_reading(r), query))
            for r in ("printed", "corrected")
        },
        query=query,
        asked_at=at(name, **sent, **named) if found and not query.own else "",
        fields=asks.fields(x, links, asked) if links.searches() else [],
        asked=asked,
        found=found,
        sheet=sheet(x, links, found) if found else None,
        drawn=drawn,
        grid=None if drawn else shown,
        shown=shown,
        text=text,
        command=_command(query, asked.given, links.reading),
        api="" if asked.error else _api(links, query, {**sent, **named}),
        downloads=forms,
    )


def _named(links: Links, query: Query) -> dict[str, str]:
    """Return the reading for an address that would mean the other one without it."""
    means = query.default_reading == "printed" and links.reading == "corrected"
    return {"reading": "corrected"} if means and links.searches() else {}


def _command(query: Query, given: Mapping[str, str], reading: str) -> str:
    """Return the command that asks the same."""
    values = [(p.name, given.get(p.name) or ("…" if p.required else "")) for p in query.parameters]
    options = "".join(f" --param '{n}={_shell(v)}'" for n, v in values if v)
    other = "" if reading == query.default_reading else f" --reading {reading}"
    return f"goldenthread query {query.name}{options}{other}"


def _shell(value: str) -> str:
    return value.replace("'", "'\\''")


def _api(links: Links, query: Query, sent: Mapping[str, str]) -> str:
    if not links.searches():
        return ""
    return links.page(f"api/v1/queries/{quote(query.name, safe=PLAIN)}", **sent)
