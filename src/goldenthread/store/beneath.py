"""What stands under the focus of a trace, by level and by how directly, and when it begins."""

from goldenthread.domain.namespaces import GT
from goldenthread.domain.sections import ACTION
from goldenthread.domain.thread import Link, Trace
from goldenthread.store.view import View


def members(view: View, other: View, trace: Trace, plan: str) -> dict[str, dict[str, set[str]]]:
    """Return what stands under the focus, by level and by how directly.

    Args:
        view: the reading of the trace.
        other: the other reading.
        trace: the threads below the thing.
        plan: IRI of the plan whose levels are looked at; those of no plan are too.

    Returns:
        By the IRI of a level: what is `here`, what is `there` in the other reading; and of what is
        here, what is `printed` with the focus, `judged` its own, or only `through` others.
    """
    focus = trace.focus.iri
    here, there = set(view.below(focus)), set(other.below(focus))
    ties = {li.source: li for li in trace.links if li.target == focus}
    found = {}
    for level in view.levels:
        on_level = {n for n in here | there if level in view.values(n, GT + "atLevel")}
        if view.plan(level) not in (plan, None) or not on_level:
            continue
        tied = on_level & here & ties.keys()
        judged_ones = {n for n in tied if _moved(ties[n])}
        found[level] = {
            "here": on_level & here,
            "there": on_level & there,
            "printed": tied - judged_ones,
            "judged": judged_ones,
            "through": on_level & here - tied,
        }
    return found


def _moved(link: Link) -> bool:
    """Return whether no document pairs the ends of a link but as a judgement reads it."""
    return all(e.moved or not e.stated_in for e in link.evidence)


def beginning(view: View, trace: Trace) -> dict[str, list[str]]:
    """Return its actions by the periods in which their timescales begin."""
    found: dict[str, list[str]] = {}
    for node in trace.nodes:
        if node.cls == ACTION and node.iri != trace.focus.iri:
            firsts = {view.value(s.iri, GT + "firstPeriod") for s in node.schedule}
            for period in sorted(p for p in firsts if p):
                found.setdefault(period, []).append(node.iri)
    return found
