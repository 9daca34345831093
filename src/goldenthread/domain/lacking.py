"""What a briefing calls missing: what is expected and not recorded, and what checks found."""

from collections.abc import Iterable, Sequence

from goldenthread.domain.briefing import Group, Point, Section
from goldenthread.domain.certainty import called
from goldenthread.domain.english import capital, counted, listed
from goldenthread.domain.gap import Gap
from goldenthread.domain.namespaces import GT
from goldenthread.domain.readings import READING_NAMES, the_other
from goldenthread.domain.room import fit
from goldenthread.domain.thread import Trace
from goldenthread.domain.validation import Result, Rule


def missing(trace: Trace, gaps: Sequence[Gap], results: Sequence[Result], room: int) -> Section:
    """Return what is missing: what is expected and not recorded, and what checks found.

    Args:
        trace: the threads below it.
        gaps: all gaps of the reading.
        results: all check results of the reading.
        room: how many lines its lists may take.
    """
    mine = {n.iri for n in trace.nodes}
    lacks = _lacks([g for g in gaps if g.focus.iri in mine], trace)
    printed = mine | {e.iri for n in trace.nodes for e in n.entries}
    told = [r for r in concerning(results, printed) if GT + "Expectation" not in r.rule.targets]
    graver = [r for r in told if r.severity != "note"]
    further = len(told) - len(graver)
    notes = f", beside {counted(further, 'note', 'notes')}" if further else ""
    groups = [
        g
        for g in (
            Group("Nothing is recorded where the plan expects something", tuple(lacks)),
            Group(f"Open check results{notes}", tuple(_checked(graver, trace))),
        )
        if g.points
    ]
    sentences = []
    if not groups:
        sentences.append("Nothing that the plan's levels expect is missing from what stands here.")
    kept, left = fit(groups, room)
    said = f"{counted(left, 'more line is', 'more lines are')} left out here." if left else ""
    return Section("missing", "What is missing", (), tuple(sentences), kept, said)


def concerning(
    results: Iterable[Result], iris: set[str], *, accepted: bool = False
) -> list[Result]:
    """Return the results about some of the nodes, alone or among the rows of a whole plan.

    Open ones, and where `accepted` those that somebody answers for as well.
    """
    return [
        r
        for r in results
        if (accepted or r.status == "open")
        and (r.focus.iri in iris or any(f.iri in iris for f in r.rows))
    ]


def _lacks(gaps: Sequence[Gap], trace: Trace) -> list[Point]:
    focus = trace.focus.iri
    other = READING_NAMES[the_other(trace.reading)]
    found: dict[tuple[str, str], list[Gap]] = {}
    for gap in sorted(gaps, key=lambda g: g.focus.iri != focus):
        found.setdefault((gap.focus.iri, gap.relation), []).append(gap)
    points = []
    for (iri, relation), some in found.items():
        few = [
            f"no {g.missing_name}"
            if not g.found
            else f"only {g.found} of {g.expected} {g.missing_name}"
            for g in some
        ]
        whose = "" if iri == focus else f"{called(some[0].focus)}: "
        differ = [
            f"{other}, {g.missing_name}: {g.other_reading}"
            for g in some
            if g.other_reading is not None
        ]
        text = f"{whose}{listed(few)} is recorded {relation}"
        points.append(Point(capital(text), iri, "; ".join(differ)))
    return points


def _checked(results: Sequence[Result], trace: Trace) -> list[Point]:
    by_rule: dict[str, list[Result]] = {}
    for result in results:
        by_rule.setdefault(result.rule.iri, []).append(result)
    return [_point(some[0].rule, some, trace) for some in by_rule.values()]


def _point(rule: Rule, some: Sequence[Result], trace: Trace) -> Point:
    mine = {n.iri for n in trace.nodes}
    rows = sum(f.iri in mine for r in some for f in r.rows)
    if rows and rule.whole and rows > 1:
        return Point(rule.whole.format(count=rows).rstrip("."), rule.iri, rule.severity)
    if rows or len(some) > 1:
        times = rows or len(some)
        return Point(
            capital(rule.label), rule.iri, f"{counted(times, 'time', 'times')}, {rule.severity}"
        )
    only = some[0]
    name = f"{called(trace.node(only.focus.iri))}: " if only.focus.iri in mine else ""
    return Point(f"{capital(name)}{only.message.rstrip('.')}", only.focus.iri, rule.severity)
