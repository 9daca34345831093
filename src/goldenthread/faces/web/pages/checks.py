"""Checks: the check results, grouped by rule."""

from collections.abc import Iterator
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain import tabling
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import File, Pages, data, downloads, here, served
from goldenthread.faces.web.paths import Links
from goldenthread.services.representing import exists


class Checks(Pages):
    """The page of check results."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/checks", self.show)

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "checks.html", lambda links: checks(self.x, links)

    async def show(self, request: Request) -> Response:
        """Return the check results."""
        links = self.links(request)
        # The validator takes seconds the first time: others must not wait for it.
        report = await run_in_threadpool(self.x.report, links.reading)
        made = data(self.x, links, report.to_json, lambda: [tabling.result_table(report)])
        return self.answer(request, {HTML: lambda: checks(self.x, links), **made})


def checks(x: Explorer, links: Links) -> bytes:
    """Return the check results, grouped by rule."""
    report = x.report(links.reading)
    by_rule: dict[str, list[Any]] = {}
    for result in report.results:
        by_rule.setdefault(result.rule.iri, []).append(result)
    groups: dict[str, list[dict[str, Any]]] = {}
    for results in by_rule.values():
        rule = results[0].rule
        shown = {
            "rule": rule.id,
            "label": rule.label,
            "sentence": _sentence(results),
            "severity": rule.severity,
            "why": rule.why,
            "mend": rule.mend,
            "results": results,
        }
        groups.setdefault(rule.group, []).append(shown)
    iris = {f.iri for r in report.results for f in (r.focus, *r.rows)}
    return x.render(
        "checks.html",
        links,
        title="Checks",
        active="checks",
        crumbs=[("", "Checks")],
        here=here(links, "checks"),
        report=report,
        groups=list(groups.items()),
        pages={i: links.thing(i) if exists(x.dataset, i, links.reading) else "" for i in iris},
        downloads=downloads(links, "checks"),
    )


def _sentence(results: list[Any]) -> str:
    """Return what all results of a rule say, or in a few words what breaks it."""
    said: set[str] = {r.message for r in results}
    label: str = results[0].rule.label
    return said.pop() if len(said) == 1 else label[:1].upper() + label[1:]
