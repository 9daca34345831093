"""The JSON interface: each route calls one service and returns its answer."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from goldenthread.domain import gap
from goldenthread.faces.grounds import grounds
from goldenthread.faces.web.api_rules import add_rules
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.headers import answer
from goldenthread.faces.web.negotiation import JSON
from goldenthread.faces.web.page import as_json, find, find_trace
from goldenthread.faces.web.pages.samples import assessed
from goldenthread.faces.web.pages.thing_view import told
from goldenthread.faces.web.parameters import Id, Key, Only, Reading, Reply, Value, facets_json
from goldenthread.services import briefing as briefings
from goldenthread.services import (
    comparing,
    covering,
    finding,
    gaps,
    supporting,
    telling,
    timing,
)
from goldenthread.services.exporting import with_dataset

EVIDENCE = (
    "A short id, an IRI or words; result/ with the id of a check result; a statement (id, "
    "property, id); or the address of the list that a number counts."
)


def narrowing(
    theme: Only = (),
    period: Only = (),
    basis: Only = (),
    level: Annotated[Only, Query(alias="class")] = (),
) -> dict[str, Sequence[str]]:
    """Return what a trace is narrowed to, by facet."""
    given = {"class": level, "theme": theme, "period": period, "basis": basis}
    return {facet: values for facet, values in given.items() if values}


def router(x: Explorer) -> APIRouter:
    """Return the routes under /api/v1, answering from one data set."""
    made = APIRouter(prefix="/api/v1", tags=["plan"])

    def reply(request: Request, value: Callable[[], dict[str, Any]]) -> Response:
        reading = request.query_params.get("reading", "corrected")
        return answer(
            request, x.dated, JSON, lambda: as_json(with_dataset(value(), x.about(reading)))
        )

    @made.get("/trace", summary="The thread below or above one thing")
    async def trace(
        request: Request,
        focus: Id,
        only: Annotated[dict[str, Sequence[str]], Depends(narrowing)],
        direction: Literal["down", "up"] = "down",
        reading: Reading = "corrected",
    ) -> Response:
        return reply(request, lambda: find_trace(x, focus, direction, reading, only).to_json())

    _matrices(made, x, reply)
    _filtered(made, x, reply)
    _whole(made, x, reply)
    add_rules(made, x, reply)

    @made.get("/show", summary="All that is said of one thing")
    async def show(request: Request, id: Id, reading: Reading = "corrected") -> Response:  # noqa: A002
        # The first to ask for check results waits for them, and nobody else should.
        await run_in_threadpool(x.report, reading)
        return reply(request, lambda: told(x, find(x, id, reading), reading).to_json())

    @made.get("/briefing", summary="One page on one thing, section by section")
    async def briefing(request: Request, focus: Id, reading: Reading = "corrected") -> Response:
        report = await run_in_threadpool(x.report, reading)

        def found() -> dict[str, Any]:
            below = find_trace(x, focus, "down", reading)
            lacking = gaps.gaps(x.dataset, reading)
            return briefings.briefing(x.dataset, below, lacking, report).to_json()

        return reply(request, found)

    @made.get("/why", summary="Why a thing exists, and how we will know that it worked")
    async def why(request: Request, focus: Id, reading: Reading = "corrected") -> Response:
        def found() -> dict[str, Any]:
            return telling.tell(x.dataset, find_trace(x, focus, "up", reading)).to_json()

        return reply(request, found)

    @made.get("/evidence", summary="What anything rests on, statement by statement, to the words")
    async def evidence(
        request: Request,
        id: Annotated[str, Query(description=EVIDENCE, max_length=500)],  # noqa: A002
        reading: Reading = "corrected",
    ) -> Response:
        found = await run_in_threadpool(grounds, x.dataset, id, reading, x.report)
        return reply(request, found.to_json)

    return made


def _matrices(made: APIRouter, x: Explorer, reply: Reply) -> None:
    """Add the routes of what is and is not recorded: gaps and coverage."""

    @made.get("/gaps", summary="What is not recorded and expected")
    async def all_gaps(
        request: Request, level: Value = "", missing: Value = "", reading: Reading = "corrected"
    ) -> Response:
        only = {"level": level, "missing": missing}

        def found() -> dict[str, Any]:
            kept, narrowed = gap.choose(gaps.gaps(x.dataset, reading), only)
            return kept.to_json() | facets_json(narrowed.facets)

        return reply(request, found)

    @made.get("/coverage", summary="Any level, the themes or the periods against any other")
    async def coverage(
        request: Request,
        rows: Key = None,
        columns: Key = None,
        count: Key = None,
        reading: Reading = "corrected",
    ) -> Response:
        found = covering.coverage
        return reply(request, lambda: found(x.dataset, rows, columns, reading, count).to_json())


def _filtered(made: APIRouter, x: Explorer, reply: Reply) -> None:
    """Add the routes of lists with filters: timeline, search."""

    @made.get("/timeline", summary="What happens when, as far as the documents say")
    async def timeline(  # noqa: PLR0913 - one parameter a filter
        request: Request,
        *,
        period: Value = "",
        kind: Value = "",
        theme: Value = "",
        aim: Value = "",
        level: Value = "",
        documents: Value = "",
        reading: Reading = "corrected",
    ) -> Response:
        values = (period, kind, theme, aim, level, documents)
        only = dict(zip(timing.FILTERS, values, strict=True))
        return reply(request, lambda: timing.timeline(x.dataset, reading, only).to_json())

    @made.get("/search", summary="Anything by its words or number")
    async def search(  # noqa: PLR0913 - one parameter a filter
        request: Request,
        *,
        q: Annotated[str, Query(description="Words or a number.", max_length=200)],
        kind: Value = "",
        document: Value = "",
        theme: Value = "",
        where: Value = "",
        limit: Annotated[int, Query(ge=1, le=500)] = 50,
        page: Annotated[int, Query(ge=1)] = 1,
        reading: Reading = "corrected",
    ) -> Response:
        only = dict(zip(finding.FILTERS, (kind, document, theme, where), strict=True))
        found = finding.find
        return reply(request, lambda: found(x.dataset, q, reading, only, page, limit).to_json())


def _whole(made: APIRouter, x: Explorer, reply: Reply) -> None:
    """Add the routes of what is said of the whole plan: support and comparison."""

    @made.get("/support", summary="What rests on what, and how far each thing is from a measure")
    async def support(request: Request, reading: Reading = "corrected") -> Response:
        def found() -> dict[str, Any]:
            every = supporting.supports(x.dataset, reading)
            return {"reading": reading, "things": [s.to_json() for s in every]}

        return reply(request, found)

    @made.get("/samples", summary="What auditors found who laid the paper beside a sample")
    async def samples(request: Request, reading: Reading = "corrected") -> Response:
        return reply(request, lambda: assessed(x, reading).to_json())

    @made.get("/compare", summary="What corrections change")
    async def compare(request: Request) -> Response:
        return reply(request, lambda: comparing.readings(x.dataset).to_json())
