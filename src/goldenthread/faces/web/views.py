"""Pages about a whole plan: overview, gaps, coverage, checks, corrections, search, about."""

import re
from collections.abc import Iterable
from typing import Any

from goldenthread.domain.description import JudgementCard
from goldenthread.domain.matrix import Matrix
from goldenthread.errors import GoldenthreadError
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.paths import Links
from goldenthread.services import covering, finding, gaps, judging, naming
from goldenthread.services.exporting import about as about_answer
from goldenthread.services.representing import exists

FOUND_AT_MOST = 50


def here(links: Links, name: str = "", **query: str) -> dict[str, str]:
    """Return the addresses of one page in both readings."""
    return {r: links.in_reading(r).page(name, **query) for r in ("printed", "corrected")}


def home(x: Explorer, links: Links) -> bytes:
    """Return the first page: sentences counted from the graph, then each top aim."""
    return x.render(
        "home.html",
        links,
        title="Overview",
        active="home",
        here=here(links),
        overviews=x.overviews(links.reading),
        plurals=naming.plurals(x.dataset, links.reading),
    )


def corrections(x: Explorer, links: Links) -> bytes:
    """Return the page that lists every judgement and repair."""
    cards = judging.judgements(x.dataset, links.reading)
    repairs = judging.repairs(x.dataset)
    return x.render(
        "corrections.html",
        links,
        title="Corrections and assumptions",
        active="corrections",
        crumbs=[("", "Corrections")],
        here=here(links, "corrections"),
        judgements=cards,
        repairs=repairs,
        groups=_by_kind(cards, repairs),
        downloads=_data(links, "corrections"),
    )


def _by_kind(
    cards: list[JudgementCard], repairs: list[JudgementCard]
) -> list[tuple[str, str, list[JudgementCard]]]:
    """Return the cards under headings: what is applied by its kind, then what is not."""
    groups: dict[str, list[JudgementCard]] = {}
    for card in cards:
        words = f"{card.kind}s" if card.kind != "match" else "matches"
        heading = words if card.status == "applied" else f"{card.status} {words}"
        groups.setdefault(heading, []).append(card)
    if repairs:
        groups["repairs: what page breaks cut, rejoined"] = repairs
    return [
        (name[:1].upper() + name[1:], re.sub(r"[^a-z]+", "-", name.casefold()), found)
        for name, found in groups.items()
    ]


def gaps_page(x: Explorer, links: Links) -> bytes:
    """Return the page of what is not recorded and expected."""
    report = gaps.gaps(x.dataset, links.reading)
    groups: dict[str, list[Any]] = {}
    for gap in report.gaps:
        heading = f"{gap.level_name}: no {gap.missing_name} {gap.relation}"
        groups.setdefault(heading, []).append(gap)
    return x.render(
        "gaps.html",
        links,
        title="Gaps",
        active="gaps",
        crumbs=[("", "Gaps")],
        here=here(links, "gaps"),
        report=report,
        groups=list(groups.items()),
        downloads=_data(links, "gaps"),
    )


def coverage(x: Explorer, links: Links, rows: str = "", columns: str = "") -> bytes:
    """Return the matrix of one level against another, the themes or the periods."""
    matrix = covering.coverage(x.dataset, rows or None, columns or None, links.reading)
    levels = naming.plurals(x.dataset, links.reading)
    first = rows or next(iter(levels))
    # Two keys may have the same name; the address tells them apart.
    others = [(k, v) for k, v in levels.items() if k != first]
    others += [("theme", "themes"), ("period", "periods")]
    choices = [
        (links.page("coverage", rows=first, columns=key), words, key == columns)
        for key, words in others
    ]
    return x.render(
        "coverage.html",
        links,
        title="Coverage",
        active="coverage",
        crumbs=[("", "Coverage")],
        here=here(links, "coverage", rows=rows, columns=columns),
        m=matrix,
        heads=_short_heads(matrix),
        grouped=columns in ("theme", "period"),
        totals={c.iri: matrix.column_total(c.iri) for c in matrix.columns},
        choices=choices if links.searches() else [],
        cell_id=lambda r, c: f"{links.mark(r.iri)}.{links.mark(c.iri)}",
        downloads=_data(links, "coverage", rows=rows, columns=columns),
    )


def _short_heads(matrix: Matrix) -> dict[str, str]:
    """Return what stands over a narrow column: the number of a thing, else its words."""
    found = {}
    for head in (*matrix.rows, *matrix.columns):
        number = head.name.removesuffix(f": {head.label}").rpartition(" ")[2]
        numbered = head.name.endswith(f" {number}: {head.label}") and any(map(str.isdigit, number))
        found[head.iri] = number if numbered else head.label
    return found


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
        downloads=_data(links, "checks"),
    )


def _sentence(results: list[Any]) -> str:
    """Return what all results of a rule say, or in a few words what breaks it."""
    said: set[str] = {r.message for r in results}
    label: str = results[0].rule.label
    return said.pop() if len(said) == 1 else label[:1].upper() + label[1:]


def search(x: Explorer, links: Links, words: str) -> bytes:
    """Return what fits some words."""
    words = words.strip()[:200]
    hits = finding.search(x.dataset, words, links.reading, FOUND_AT_MOST) if words else []
    return x.render(
        "search.html",
        links,
        title=f"Search: {words}" if words else "Search",
        active="search",
        crumbs=[("", "Search")],
        here=here(links, "search", q=words),
        words=words,
        hits=hits,
        limit=FOUND_AT_MOST,
    )


def about(x: Explorer, links: Links) -> bytes:
    """Return what this is, from what it was read, under which licences, with which limits."""
    found = about_answer(x.dataset, links.reading)
    return x.render(
        "about.html",
        links,
        title="About",
        active="about",
        crumbs=[("", "About")],
        here=here(links, "about"),
        lines=found.lines(),
        rights=found.rights,
    )


def problem(
    x: Explorer, links: Links, status: int, title: str, detail: str, error: Exception | None = None
) -> bytes:
    """Return the page for something that could not be answered, with what may have been meant."""
    pairs: Iterable[tuple[str, str]] = ()
    if isinstance(error, GoldenthreadError):
        pairs = getattr(error, "candidates", ()) or getattr(error, "nearest", ())
    found = []
    for short, label in pairs:
        iri = _iri(x, short, links.reading)
        found.append((links.thing(iri) if iri else links.page("search", q=label), short, label))
    return x.render(
        "problem.html",
        links,
        title=title,
        detail=detail,
        status=status,
        found=found,
        words="",
        crumbs=[("", title)],
    )


def _iri(x: Explorer, short: str, reading: str) -> str:
    """Return the IRI that a short id from an error stands for; empty where it is another word."""
    try:
        return finding.resolve(x.dataset, short, reading)
    except GoldenthreadError:
        return ""


def _data(links: Links, name: str, **query: str) -> list[tuple[str, str]]:
    """Return the downloads of a page's data."""
    return [
        (links.download(f"{name}.csv", **query), "CSV, for spreadsheets"),
        (links.download(f"{name}.json", **query), "JSON, for programs"),
    ]
