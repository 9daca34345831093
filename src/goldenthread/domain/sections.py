"""The sections of a briefing that a trace, gaps and check results tell by themselves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.domain.briefing import Group, Point, Section
from goldenthread.domain.certainty import called
from goldenthread.domain.english import capital, counted, cut, listed
from goldenthread.domain.outline import Branch, outline
from goldenthread.domain.room import HALF, WIDTH, fit, fit_in_lines, missed
from goldenthread.domain.thread import Node, Trace

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
    groups = [_beside(nodes, plurals, trace) for nodes in by_level.values()]
    kept, left = fit(groups, room)
    lost = [f"{n} of the {g.title.split(' with ')[0]}" for g, n in missed(groups, kept)]
    said = f"{left} more {_is(left)} left out here: {listed(lost)}." if left else ""
    return Section("says", "What it says", focus.entries[:1], tuple(sentences), kept, said)


def _beside(nodes: Sequence[Node], plurals: Mapping[str, str], trace: Trace) -> Group:
    one = nodes[0].level_name
    many = plurals.get(nodes[0].level, one)
    name = counted(len(nodes), one, many)
    points = tuple(Point(_numbered(n), n.iri, _printed_at(n, trace)) for n in nodes)
    return Group(f"{name} with nothing further under {'it' if len(nodes) == 1 else 'them'}", points)


def _printed_at(node: Node, trace: Trace) -> str:
    """Return where a thing is printed with what it serves here: it may stand in other rows too."""
    carrying = [e.from_entry for x in trace.links if x.source == node.iri for e in x.evidence]
    entry = next((e for e in carrying if e), next(iter(node.entries), None))
    return entry.place if entry else ""


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
    kept, _ = fit_in_lines(groups, room)
    return Section("done", heading, (), tuple(sentences), kept, _left(groups, kept, kind, trace))


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
    kept, _ = fit(groups, 2 * room, HALF)
    said = _left(groups, kept, kind, trace)
    return Section("known", heading, (), (sentence + ".",), kept, said, columns=2)


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


def _left(groups: Sequence[Group], kept: Sequence[Group], kind: Kind, trace: Trace) -> str:
    """Return how many points are left out, and under what they stand; empty where none is."""
    lost = missed(groups, kept)
    number = sum(n for _, n in lost)
    if not number:
        return ""
    names = {trace.focus.iri: "listed with it"}
    names |= {g.iri: f"under {called(trace.node(g.iri))}" for g, _ in lost if g.iri not in names}
    places = [f"{n} {names[g.iri]}" for g, n in lost]
    where = f": {listed(places)}" if len(groups) > 1 else ""
    what = kind.name if number == 1 else kind.plural
    return f"{number} more {what} {_is(number)} left out here{where}."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
