"""Checks: the check results, grouped by rule, narrowed as the address says."""

from collections.abc import Iterator
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain import checking, tabling
from goldenthread.domain.profile import DEFAULT
from goldenthread.domain.validation import SEVERITIES, Result
from goldenthread.faces.web.choosing import filters
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import File, Pages, data, downloads, here, served
from goldenthread.faces.web.paths import Links
from goldenthread.services import naming
from goldenthread.services.representing import exists

ASKED = (*checking.FILTERS, "profile")
# The report of every page of one rule would open every list; more than this stays folded.
OPEN_AT_MOST = 12


class Checks(Pages):
    """The page of check results."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/checks", self.show)

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "checks.html", lambda links: checks(self.x, links, {})

    async def show(self, request: Request) -> Response:
        """Return the check results that the address asks for."""
        links = self.links(request)
        asked = {k: v[:200] for k, v in request.query_params.items() if k in ASKED}
        # The validator takes seconds the first time: others must not wait for it.
        report = await run_in_threadpool(self.x.report, links.reading, asked.get("profile", ""))
        kept, _ = checking.choose(report, asked)
        made = data(self.x, links, kept.to_json, lambda: [tabling.result_table(kept)])
        return self.answer(request, {HTML: lambda: checks(self.x, links, asked), **made})


def checks(x: Explorer, links: Links, asked: dict[str, str]) -> bytes:
    """Return the check results, grouped by rule."""
    levels = list(naming.plurals(x.dataset, links.reading))
    profile = x.book.profile(asked.get("profile", ""))
    whole = x.report(links.reading, profile.name)
    report, found = checking.choose(whole, asked, levels)
    iris = {f.iri for r in report.results for f in (r.focus, *r.rows)}
    return x.render(
        "checks.html",
        links,
        title="Checks",
        active="checks",
        crumbs=[("", "Checks")],
        here=here(links, "checks", **asked),
        report=report,
        asked=asked,
        profile=profile,
        profiles=_profiles(x, links, asked, profile.name),
        found=found,
        sentence=found.sentence("check result", "check results"),
        severities=list(SEVERITIES),
        standing=[
            (o.key, checking.STATUSES[o.key], o.count)
            for f in found.facets
            if f.key == "status"
            for o in f.options
            if o.key in checking.STATUSES
        ],
        rows=checking.by_level(report.results, levels),
        groups=_groups(report.results),
        opened=len(report.results) <= OPEN_AT_MOST,
        pages={i: links.thing(i) if exists(x.dataset, i, links.reading) else "" for i in iris},
        filters=filters(links, "checks", asked, found.facets),
        everything=links.page("checks", profile=asked.get("profile", "")) if found.chosen else "",
        only=lambda **more: links.page("checks", **{**asked, **more}),
        downloads=downloads(links, "checks", **asked),
    )


def _profiles(
    x: Explorer, links: Links, asked: dict[str, str], chosen: str
) -> list[dict[str, str]]:
    """Return the profiles as links, that which is chosen without one; none where none leads on."""
    found = [
        {
            "label": p.label,
            "address": ""
            if p.name == chosen
            else links.page("checks", **{**asked, "profile": "" if p.name == DEFAULT else p.name}),
        }
        for p in x.book.profiles.values()
    ]
    return [p for p in found if p["address"] or p["label"] == x.book.profile(chosen).label]


def _groups(results: tuple[Result, ...]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the results under the headings of their groups, then of their rules."""
    by_rule: dict[str, list[Result]] = {}
    for result in results:
        by_rule.setdefault(result.rule.iri, []).append(result)
    groups: dict[str, list[dict[str, Any]]] = {}
    for some in by_rule.values():
        rule = some[0].rule
        shown = {
            "rule": rule.id,
            "name": rule.name,
            "label": rule.label,
            "sentence": _sentence(some),
            "severity": rule.severity,
            "why": rule.why,
            "mend": rule.mend,
            "results": some,
        }
        groups.setdefault(rule.group, []).append(shown)
    return list(groups.items())


def _sentence(results: list[Result]) -> str:
    """Return what all results of a rule say, or in a few words what breaks it."""
    said = {r.message for r in results}
    label = results[0].rule.label
    return said.pop() if len(said) == 1 else label[:1].upper() + label[1:]
