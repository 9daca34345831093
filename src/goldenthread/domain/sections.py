"""The sections of a briefing that a trace, gaps and check results tell by themselves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.domain.briefing import Group, Point, Section
from goldenthread.domain.certainty import called
from goldenthread.domain.english import capital, counted, cut, listed
from goldenthread.domain.gap import Gap
from goldenthread.domain.namespaces import GT
from goldenthread.domain.outline import Branch, outline
from goldenthread.domain.room import HALF, WIDTH, fit
from goldenthread.domain.thread import Node, Trace
from goldenthread.domain.validation import Result, Rule

ACTION, MEASURE = "Action", "Measure"


@dataclass(frozen=True, slots=True)
class Kind:
    """What the plan calls the things of a class: of several levels, all their names."""

    name: str
    plural: str
    there: bool
    """Whether the plan has a level of that class at all."""


def says(trace: Trace, serves: str, plurals: Mapping[str, str], room: int) -> Section:
    """Return what it says: its words, what else is printed of its number, the aims beside.

    Args:
        trace: the threads below it.
        serves: a sentence on what it serves itself; empty for the first level.
        plurals: plural names of levels by their keys.
        room: how many lines its lists may take.
    """
    focus = trace.focus
    sentences = list(focus.number_notes)
    if not focus.entries:
        sentences.append("No document prints it: it is known from the plan's data alone.")
    if serves:
        sentences.append(serves)
    for node, entry in trace.references:
        words = " ".join(entry.quote.split()) if entry else node.label
        to = "" if node.iri == focus.iri else f" to {called(node)}"
        sentences.append(
            f"Its row says “{words}”: a cross-reference{to}, shown here and counted nowhere."
        )
    by_level: dict[str, list[Node]] = {}
    for node in (c.node for c in outline(trace).children if _leaf(c)):
        by_level.setdefault(node.level, []).append(node)
    groups = [_beside(nodes, plurals) for nodes in by_level.values()]
    kept, left = fit(groups, room)
    said = f"{left} more {_is(left)} left out here." if left else ""
    return Section("says", "What it says", focus.entries[:1], tuple(sentences), kept, said)


def _beside(nodes: Sequence[Node], plurals: Mapping[str, str]) -> Group:
    one = nodes[0].level_name
    many = plurals.get(nodes[0].level, one)
    name = counted(len(nodes), one, many)
    points = tuple(
        Point(_numbered(n), n.iri, n.entries[0].place if n.entries else "") for n in nodes
    )
    return Group(f"{name} with nothing further under {'it' if len(nodes) == 1 else 'them'}", points)


def _numbered(node: Node) -> str:
    return f"{node.notation} {node.label}" if node.notation else node.label


def _leaf(branch: Branch) -> bool:
    """Return whether a branch is an aim at which the thread ends."""
    return (
        not branch.children and not branch.repeated and (branch.node.cls not in (ACTION, MEASURE))
    )


def done(trace: Trace, kind: Kind, begins: Sequence[tuple[str, int]], room: int) -> Section:
    """Return what is done for it: its actions with their timescales, by what they stand under.

    Args:
        trace: the threads below it.
        kind: what the plan calls its actions.
        begins: periods in their order, each with how many timescales begin in it.
        room: how many lines its lists may take.
    """
    found = _of(trace, ACTION)
    heading = "What is done for it"
    if not found:
        return Section("done", heading, sentences=(_none(kind),))
    groups = _grouped(trace, ACTION, _when)
    undated = sum(not n.schedule for n in found)
    many = capital(counted(len(found), kind.name, kind.plural))
    sentences = [f"{many} {_is(len(found))} recorded{_under(groups)}."]
    if begins:
        parts = [f"{n} in {period}" for period, n in begins]
        twice = sum(n for _, n in begins) > len(found) - undated
        more = f"; {undated} without a timescale" if undated else ""
        note = " (one that is timed twice counts twice)" if twice else ""
        sentences.append(f"By when they begin: {listed(parts)}{more}{note}.")
    elif undated == len(found):
        sentences.append("None of them has a timescale recorded.")
    kept, left = fit(groups, room)
    return Section("done", heading, (), tuple(sentences), kept, _left(left, kind))


def known(trace: Trace, kind: Kind, named: Iterable[str], room: int) -> Section:
    """Return how we will know: its measures by what they stand under.

    Args:
        trace: the threads below it.
        kind: what the plan calls its measures.
        named: IRIs of what an earlier section has named in full.
        room: how many lines its lists may take, in two columns.
    """
    found = _of(trace, MEASURE)
    heading = "How we will know"
    if not found:
        return Section("known", heading, sentences=(_none(kind),))
    short = set(named)
    groups = [
        Group(capital(called(trace.node(g.iri))), g.points, g.iri) if g.iri in short else g
        for g in _grouped(trace, MEASURE, lambda _: "")
    ]
    places = [called(trace.node(g.iri)) for g in groups if g.iri and g.iri != trace.focus.iri]
    sentence = (
        f"{capital(counted(len(found), kind.name, kind.plural))} "
        f"{'is' if len(found) == 1 else 'are'} recorded"
    )
    if places and len(places) == len(groups):
        sentence += ", none of them for it as a whole"
    kept, left = fit(groups, 2 * room, HALF)
    return Section("known", heading, (), (sentence + ".",), kept, _left(left, kind), columns=2)


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


def concerning(results: Iterable[Result], iris: set[str]) -> list[Result]:
    """Return the results about some of the nodes, alone or among the rows of a whole plan."""
    return [
        r
        for r in results
        if r.status == "open" and (r.focus.iri in iris or any(f.iri in iris for f in r.rows))
    ]


def _lacks(gaps: Sequence[Gap], trace: Trace) -> list[Point]:
    focus = trace.focus.iri
    other = "as printed" if trace.reading == "corrected" else "with corrections"
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


def _of(trace: Trace, cls: str) -> list[Node]:
    return [n for n in trace.nodes if n.cls == cls and n.iri != trace.focus.iri]


def _grouped(trace: Trace, cls: str, aside: Callable[[Node], str]) -> list[Group]:
    """Return the things of a class under what they hang from, each once, in reading order."""
    focus = trace.focus
    groups: dict[str, list[Point]] = {}
    seen: set[str] = set()
    parents = {focus.iri: focus}
    for branch in outline(trace).walk():
        for child in branch.children:
            node = child.node
            if node.cls != cls or node.iri in seen:
                continue
            seen.add(node.iri)
            parents[branch.node.iri] = branch.node
            groups.setdefault(branch.node.iri, []).append(Point(node.label, node.iri, aside(node)))
    return [
        Group(
            f"Listed with {called(focus)} itself"
            if iri == focus.iri
            else cut(capital(parents[iri].name), WIDTH),
            tuple(points),
            iri,
        )
        for iri, points in sorted(groups.items(), key=lambda item: item[0] == focus.iri)
    ]


def _when(node: Node) -> str:
    if not node.schedule:
        return "no timescale recorded"
    several = len({s.document for s in node.schedule}) > 1
    return "; ".join(f"{s.words} ({s.document})" if several else s.words for s in node.schedule)


def _under(groups: Sequence[Group]) -> str:
    number = len([g for g in groups if not g.title.startswith("Listed with ")])
    return f", under {counted(number, 'aim', 'aims')}" if number > 1 else ""


def _none(kind: Kind) -> str:
    if not kind.there:
        return f"The plan has no level of {kind.plural}."
    return f"No {kind.name} is recorded under it."


def _left(number: int, kind: Kind) -> str:
    if not number:
        return ""
    return f"{number} more {kind.name if number == 1 else kind.plural} {_is(number)} left out here."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
