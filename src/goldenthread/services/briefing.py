"""Brief a person on one thing: what it says, what is done, how we will know, what is missing."""

from collections import Counter
from collections.abc import Iterator, Mapping

from goldenthread.domain import lacking, sections
from goldenthread.domain.briefing import Briefing, Group, Point, Section, Tally
from goldenthread.domain.certainty import (
    bases_sentence,
    positioned,
    titled,
    weakest,
    weakest_sentence,
    whole_sentence,
)
from goldenthread.domain.english import capital, counted, listed, sentence
from goldenthread.domain.gap import GapReport
from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import GT
from goldenthread.domain.readings import READING_NAMES, the_other
from goldenthread.domain.room import SHARES, fit, shares, taken
from goldenthread.domain.sections import ACTION, MEASURE, Kind
from goldenthread.domain.thread import Trace
from goldenthread.domain.validation import Report
from goldenthread.store import judged
from goldenthread.store.altering import altering
from goldenthread.store.beneath import beginning, members
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View

# More lines than any plan needs, and how many the last section has for its lists.
_UNBOUND, _JUDGED = 1_000_000, 3
_NAMES = {ACTION: ("action", "actions"), MEASURE: ("measure", "measures")}


def briefing(dataset: Dataset, trace: Trace, gaps: GapReport, report: Report) -> Briefing:
    """Return the briefing on the focus of a trace, cut to what a page holds.

    Args:
        dataset: the data set.
        trace: the threads below the thing.
        gaps: the gaps of the trace's reading.
        report: the check results of the trace's reading.
    """
    view = View(dataset, trace.reading)
    other = View(dataset, the_other(trace.reading))
    focus = trace.focus
    plan = view.plan(focus.iri) or next(iter(view.plans()), "")
    tallies = _tallies(view, other, trace, plan)
    sure = _sure(view, other, trace)

    def parts(rooms: Mapping[str, int]) -> Iterator[Section]:
        """Yield the sections, each with its room and what those before it left of theirs."""
        room = rooms["says"]
        says = sections.says(trace, _serves(view, focus.iri), _plurals(view), room)
        yield says
        room += rooms["done"] - taken(says)
        done = sections.done(trace, _kind(view, plan, ACTION), _begins(view, trace), room)
        yield done
        room += rooms["known"] - taken(done)
        named = {g.iri for g in done.groups}
        known = sections.known(trace, _kind(view, plan, MEASURE), named, room)
        yield known
        room += rooms["missing"] - taken(known)
        yield lacking.missing(trace, gaps.gaps, report.results, room)
        yield sure

    # Once with all the room there is, to see what is said beside the lists.
    whole = tuple(parts(dict.fromkeys(SHARES, _UNBOUND)))
    rooms = shares(focus.name, whole, len(tallies))
    return Briefing(
        focus=focus,
        reading=trace.reading,
        plan=view.label(plan) if plan else "",
        publisher=(view.publisher(plan) if plan else "") or "",
        summary=_summary(tallies, trace.reading),
        sections=tuple(parts(rooms)),
        tallies=tallies,
    )


def _kind(view: View, plan: str, cls: str) -> Kind:
    """Return what a plan calls its things of a class, by all its levels of that class."""
    levels = [
        iri
        for iri in view.levels
        if view.value(iri, GT + "levelClass") == GT + cls and view.plan(iri) in (plan, None)
    ]
    if not levels:
        return Kind(*_NAMES[cls], there=False)
    names = [view.levels[iri][2] for iri in levels]
    plurals = [view.value(i, GT + "pluralLabel") or view.levels[i][2] for i in levels]
    return Kind(listed(names, "or"), listed(plurals), there=True)


def _plurals(view: View) -> dict[str, str]:
    return {k: view.value(i, GT + "pluralLabel") or n for i, (_, k, n) in view.levels.items()}


def _tallies(view: View, other: View, trace: Trace, plan: str) -> tuple[Tally, ...]:
    return tuple(
        Tally(
            view.levels[level][2],
            view.value(level, GT + "pluralLabel") or view.levels[level][2],
            len(some["here"]),
            len(some["there"]),
            len(some["printed"]),
            len(some["judged"]),
            view.levels[level][1],
        )
        for level, some in members(view, other, trace, plan).items()
    )


def _summary(tallies: tuple[Tally, ...], reading: str) -> str:
    other = READING_NAMES[the_other(reading)]
    parts = [
        counted(t.here, t.name, t.plural) + (f" ({t.there} {other})" if t.there != t.here else "")
        for t in tallies
    ]
    if not any(t.here for t in tallies):
        also = f" {capital(other)}: {listed(counted(t.there, t.name, t.plural) for t in tallies)}."
        return "No link is recorded to anything under it." + (also if tallies else "")
    one = sum(t.here for t in tallies) == 1
    return f"Under it {'stands' if one else 'stand'} {listed(parts)}."


def _serves(view: View, iri: str) -> str:
    """Return what it serves itself, in a sentence; empty for a thing of the first level."""
    near = [o for p in ("supports", "measures") for o in view.values(iri, GT + p)]
    if near:
        return f"It serves {listed(titled(view.node(o)) for o in near)}."
    plan = view.plan(iri)
    first = next((lv for lv in view.levels if view.plan(lv) == plan), None)
    return (
        ""
        if first in view.values(iri, GT + "atLevel")
        else "No link is recorded to anything that it serves."
    )


def _begins(view: View, trace: Trace) -> list[tuple[str, int]]:
    """Return in which periods the timescales of its actions begin, in the plan's order."""
    found = beginning(view, trace)
    # Quarters count within their year, so their order says nothing about the plan's own periods.
    ordered = sorted(
        found,
        key=lambda p: (
            view.value(p, GT + "partOfPeriod") or "",
            natural(view.value(p, GT + "order") or "~"),
            natural(p),
        ),
    )
    return [(view.label(p), len(found[p])) for p in ordered]


def _sure(view: View, other: View, trace: Trace) -> Section:
    """Return how sure it is: how each step is known, and what corrections change."""
    said = [bases_sentence(trace), weakest_sentence(trace), whole_sentence(trace, _plurals(view))]
    positions = len(positioned(trace))
    if positions:
        which = counted(
            positions,
            "timescale is paired with what it times",
            "timescales are paired with what they time",
        )
        said.append(f"{which} by position alone.")
    if trace.omitted:
        said.append(
            f"{counted(trace.omitted, 'more thread is', 'more threads are')} not looked at."
        )
    step = weakest(trace)
    groups = []
    best = step.best if step else None
    if best and best.from_entry and (best.basis != "stated" or best.judgements):
        entry = best.from_entry
        groups.append(Group("", (Point(entry.quote, entry.iri, "", entry),)))
    if changes := _changes(view, other, trace):
        groups.append(Group("What was judged, and changes a number here", tuple(changes)))
    kept, left = fit(groups, _JUDGED)
    more = (
        f"{counted(left, 'more judgement is', 'more judgements are')} left out here."
        if left
        else ""
    )
    return Section("sure", "How sure we are", (), tuple(s for s in said if s), kept, capital(more))


def _changes(view: View, other: View, trace: Trace) -> list[Point]:
    """Return the judgements by which the two readings differ below the focus."""
    focus = trace.focus.iri
    here, there = set(view.below(focus)), set(other.below(focus))
    found: dict[str, set[str]] = {}
    for iri in sorted(here ^ there):
        seen_in = view if iri in here else other
        for judgement in altering(view, other, seen_in, iri, {focus, *here, *there}):
            found.setdefault(judgement, set()).add(iri)
    points = []
    for judgement, iris in sorted(found.items()):
        card = judged.card(view, judgement)
        nodes = Counter((view if i in here else other).node(i).level for i in iris)
        names = {
            k: (n, view.value(i, GT + "pluralLabel") or n) for i, (_, k, n) in view.levels.items()
        }
        which = listed(counted(k, *names.get(lv, ("thing", "things"))) for lv, k in nodes.items())
        turn = "more" if iris <= here else "fewer" if iris <= there else "changed"
        words = READING_NAMES[trace.reading]
        aside = f"{which} {turn} {words}; {card.kind}, {card.status} by {card.role}"
        points.append(Point(sentence(card.label).rstrip("."), judgement, aside))
    return points
