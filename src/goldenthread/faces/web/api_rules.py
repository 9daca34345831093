"""The JSON interface of the rules, the profiles and the check results."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from goldenthread.domain import checking
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.parameters import Reading, Reply, Value, facets_json
from goldenthread.services import rulebook


def add_rules(made: APIRouter, x: Explorer, reply: Reply) -> None:
    """Add the routes about rules and what they find."""

    @made.get("/checks", summary="Check results")
    async def checks(  # noqa: PLR0913 - one parameter a filter
        request: Request,
        *,
        severity: Value = "",
        group: Value = "",
        level: Value = "",
        rule: Value = "",
        document: Value = "",
        status: Value = "",
        profile: Value = "",
        reading: Reading = "corrected",
    ) -> Response:
        values = (severity, group, level, rule, document, status)
        only = dict(zip(checking.FILTERS, values, strict=True))
        whole = await run_in_threadpool(x.report, reading, profile)
        report, narrowed = checking.choose(whole, only)
        return reply(request, lambda: report.to_json() | facets_json(narrowed.facets))

    @made.get("/rules", summary="The rules, how many results each has, and the profiles")
    async def rules(request: Request, reading: Reading = "corrected") -> Response:
        report = await run_in_threadpool(x.report, reading)
        return reply(request, rulebook.catalogue(x.book, report).to_json)

    @made.get("/rules/{id}", summary="A rule with its shape, its examples and its results")
    async def rule(request: Request, id: str, reading: Reading = "corrected") -> Response:  # noqa: A002
        report = await run_in_threadpool(x.report, reading)

        def found() -> dict[str, Any]:
            told = rulebook.explain(x.book, id)
            results = [r for r in report.results if r.rule.iri == told.rule.iri]
            return {"reading": reading} | told.to_json(results)

        return reply(request, found)
