"""Which levels a coverage counts, and which stand beside its rows, where nobody says."""

from dataclasses import dataclass

from goldenthread.domain.matrix import Axis
from goldenthread.domain.namespaces import CONCEPT, GT
from goldenthread.store.axes import Side, axis, levels_of
from goldenthread.store.view import View

EVERYTHING = Axis("all", "thing", "things")


@dataclass(frozen=True, slots=True)
class Counting:
    """What the cells of a matrix count."""

    axis: Axis
    things: frozenset[str] | None = None
    """What may be counted; None for everything on any level."""


def counting(view: View, down: Side, across: Side, asked: str | None) -> Counting:
    """Return what the cells count.

    Args:
        view: the reading.
        down: the rows.
        across: the columns.
        asked: key of a level, or `all`. Unless given, the columns' own level where both are
            levels; else the level of the rows or columns where the themes or periods group it
            directly; else the next level that they do; in each plan its own.

    Raises:
        BadValue: no level of that key; says which there are.
    """
    if asked == EVERYTHING.key:
        return Counting(EVERYTHING)
    levels = levels_of(view, asked) if asked else _usual(view, down, across)
    if not levels:
        return Counting(EVERYTHING)
    things = frozenset(iri for level in levels for iri in view.at_level(level))
    names = list(dict.fromkeys(axis(view, level) for level in levels))
    if len({name.key for name in names}) == 1:
        return Counting(names[0], things)
    # Plans whose levels have other names: no key says this choice, so it has none.
    one, many = (" or ".join(a.one for a in names), " and ".join(a.many for a in names))
    return Counting(Axis("", one, many), things)


def beside(view: View, down: Side) -> str:
    """Return the key of the columns that belong to some rows where none are named."""
    if not down.levels:
        return next(key for _, key, _ in view.levels.values())
    following = [n for level in down.levels if (n := _next(view, level))]
    return view.levels[following[0]][1] if following else "theme"


def _usual(view: View, down: Side, across: Side) -> tuple[str, ...]:
    if down.levels and across.levels:
        return across.levels
    levels = down.levels or across.levels
    groups = [s for s in (across, down) if not s.levels]
    # Of themes and periods it is the periods that say which level the question is about.
    group = next((s for s in groups if s.axis.key == "period"), groups[0])
    held = [iri for iri in view.levels if group.grouped & set(view.at_level(iri))]
    plans = dict.fromkeys(view.plan(iri) for iri in levels or held)
    found = (_usual_in(view, levels, held, plan) for plan in plans)
    return tuple(level for level in found if level)


def _usual_in(view: View, levels: tuple[str, ...], held: list[str], plan: str | None) -> str:
    """Return the level of one plan that themes or periods say most about."""
    level = next((iri for iri in levels if view.plan(iri) == plan), "")
    held = [iri for iri in held if view.plan(iri) == plan]
    if not held:
        return level
    if level and (level in held or view.levels[level] > view.levels[held[0]]):
        # Grouped itself, or through what it stands under.
        return level
    following = _next(view, level) if level else ""
    return following if following in held else held[0]


def _next(view: View, level: str) -> str:
    """Return the level that the thread goes through next, as the plan expects it; or nothing.

    Of the levels expected below that is the first that expects something in turn; where the plan
    lays nothing down, its level after this one.
    """
    expected = _expected_below(view, level)
    through = [below for below in expected if _expected_below(view, below)]
    plan = view.plan(level)
    further = [
        iri
        for iri in view.levels
        if view.levels[iri] > view.levels[level] and view.plan(iri) == plan
    ]
    return next(iter(through or expected or further), "")


def _expected_below(view: View, level: str) -> list[str]:
    """Return the levels of which things are expected below a level, in the plan's order."""
    expectations = [
        e
        for e in view.values(level, GT + "expects")
        if view.value(e, GT + "direction") == CONCEPT + "below"
    ]
    levels = {view.value(e, GT + "expectedLevel") for e in expectations}
    return [iri for iri in view.levels if iri in levels]
