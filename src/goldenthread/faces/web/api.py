"""The JSON interface: each route calls one service and returns its answer."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.headers import answer
from goldenthread.faces.web.negotiation import JSON
from goldenthread.faces.web.page import as_json, find, find_trace
from goldenthread.services import covering, describing, finding, gaps
from goldenthread.services.exporting import with_dataset

Reading = Annotated[
    Literal["corrected", "printed"],
    Query(description="`corrected`: with corrections; `printed`: as printed."),
]
Id = Annotated[
    str,
    Query(
        description="Full IRI, short id such as `action/plant-trees`, or words.", max_length=2000
    ),
]
Only = Annotated[
    Sequence[str],
    Query(description="Show only what fits one of these, and the way to it.", max_length=50),
]
Key = Annotated[
    str | None, Query(description="Key of a level, `theme` or `period`.", max_length=200)
]


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
            request, x.stamp, JSON, lambda: as_json(with_dataset(value(), x.about(reading)))
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

    @made.get("/gaps", summary="What is not recorded and expected")
    async def all_gaps(request: Request, reading: Reading = "corrected") -> Response:
        return reply(request, lambda: gaps.gaps(x.dataset, reading).to_json())

    @made.get("/coverage", summary="One level against another, a theme or a period")
    async def coverage(
        request: Request, rows: Key = None, columns: Key = None, reading: Reading = "corrected"
    ) -> Response:
        found = covering.coverage
        return reply(request, lambda: found(x.dataset, rows, columns, reading).to_json())

    @made.get("/checks", summary="Check results")
    async def checks(request: Request, reading: Reading = "corrected") -> Response:
        report = await run_in_threadpool(x.report, reading)
        return reply(request, report.to_json)

    @made.get("/search", summary="Things by their words or number")
    async def search(
        request: Request,
        q: Annotated[str, Query(description="Words or a number.", max_length=200)],
        reading: Reading = "corrected",
        limit: Annotated[int, Query(ge=1, le=500)] = 50,
    ) -> Response:
        def found() -> dict[str, Any]:
            hits = finding.search(x.dataset, q, reading, limit)
            return {
                "reading": reading,
                "hits": [{**h.node.to_json(), "foundIn": h.where} for h in hits],
            }

        return reply(request, found)

    @made.get("/show", summary="All that is said of one thing")
    async def show(request: Request, id: Id, reading: Reading = "corrected") -> Response:  # noqa: A002
        def found() -> dict[str, Any]:
            iri = find(x, id, reading)
            return describing.describe(x.dataset, iri, reading).to_json()

        return reply(request, found)

    return made
