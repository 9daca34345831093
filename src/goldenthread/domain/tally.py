"""Count what each value of a facet would leave of what a focus reaches."""

from collections import Counter

from goldenthread.domain.selection import FACETS, Only
from goldenthread.domain.stretches import Ground, basis_of, kind

Ways = dict[str, set[tuple[int, str]]]
"""For each node, the rank of the least certain step on each way to it, with a theme passed; the
theme is empty for the way as such."""


def tally(ground: Ground, only: Only) -> dict[str, Counter[str]]:
    """Return, for each facet, how many things fit each value and all other facets.

    The focus is not counted.
    """
    found = {name: Counter[str]() for name in FACETS}
    for iri, ways in _ways(ground).items():
        if iri == ground.focus:
            continue
        node = ground.nodes[iri]
        bare = node.level not in ground.themed
        passed = {(r, t) for r, t in ways if not t or bare or t in node.themes}
        dates = ground.dates.get(iri, frozenset())
        level = not only.levels or kind(node) in only.levels
        period = not only.periods or not only.periods.isdisjoint(dates)
        fits = {(r, t) for r, t in passed if not only.bases or basis_of(r) in only.bases}
        # Where no theme is asked for, the way as such counts.
        wanted = only.themes or {""}
        if any(t in wanted for _, t in fits):
            found["class"].update([kind(node)] if period else ())
            found["period"].update(dates if level else ())
        if level and period:
            found["theme"].update({t for _, t in fits if t})
            found["basis"].update({basis_of(r) for r, t in passed if t in wanted})
    return found


def _ways(ground: Ground) -> Ways:
    """Return the ways to each node, told apart by least certain step and theme."""
    start = {(0, ""), *((0, t) for t in ground.nodes[ground.focus].themes)}
    found = {ground.focus: set(start)}
    waiting = [(ground.focus, pair) for pair in start]
    while waiting:
        here, (worst, theme) = waiting.pop()
        for there in ground.steps[here]:
            surer = max(worst, ground.known(here, there))
            known = found.setdefault(there, set())
            for label in {theme, *(ground.nodes[there].themes if not theme else ())}:
                if (surer, label) not in known:
                    known.add((surer, label))
                    waiting.append((there, (surer, label)))
    return found
