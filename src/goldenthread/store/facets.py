"""What a plan lets a trace be narrowed to: its levels, themes and periods, and how we know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.domain.identifiers import local_name, natural, short_id
from goldenthread.domain.namespaces import GT, RDF
from goldenthread.domain.selection import FACETS, Only
from goldenthread.domain.stretches import UNRECORDED
from goldenthread.domain.thread import BASES
from goldenthread.errors import BadValue
from goldenthread.store.periods import periods, scheduled
from goldenthread.store.view import View


@dataclass(frozen=True, slots=True)
class Value:
    """One value that a facet may have."""

    key: str
    """As addresses and options have it."""
    label: str
    value: str
    """As `Only` has it."""
    names: frozenset[str]
    """All that means it, in lower case."""


def offered(view: View, focus: str) -> dict[str, tuple[Value, ...]]:
    """Return the values of each facet in the plan of a thing, in the plan's order."""
    themes = view.subjects(RDF + "type", GT + "Theme")
    themes.sort(key=lambda t: (natural(view.value(t, GT + "order") or "~"), natural(t)))
    plan = view.plan(focus)
    mine = [t for t in themes if view.plan(t) == plan]
    dated = [p for p in periods(view) if view.plan(p) == plan]
    return {
        "class": tuple(_levels(view, plan)),
        "theme": tuple(_named(view, t, view.label(t)) for t in mine),
        "period": tuple(_named(view, p, p) for p in dated),
        "basis": tuple(_basis(b) for b in (*BASES, UNRECORDED)),
    }


def meant(values: Mapping[str, Sequence[Value]], only: Mapping[str, Iterable[str]]) -> Only:
    """Return what words for values mean.

    Raises:
        BadValue: words that mean no value; says which there are.
    """
    found: dict[str, frozenset[str]] = {}
    for facet, words in only.items():
        if facet not in FACETS:
            raise BadValue(f"A trace is narrowed by {', '.join(FACETS)}, not by “{facet}”.")
        found[facet] = frozenset(v for w in words for v in _meant(facet, values[facet], w))
    none: frozenset[str] = frozenset()
    return Only(*(found.get(facet, none) for facet in ("class", "theme", "period", "basis")))


def dates(view: View) -> dict[str, frozenset[str]]:
    """Return the periods of what timescales put into any, wholes of these periods included."""
    found: dict[str, set[str]] = {}
    for period in periods(view):
        whole = view.values(period, GT + "partOfPeriod")
        for iri in scheduled(view, period):
            found.setdefault(iri, set()).update((period, *whole))
    return {iri: frozenset(named) for iri, named in found.items()}


def themed(view: View) -> frozenset[str]:
    """Return the keys of the levels on which anything bears a theme."""
    bearing = {
        level
        for theme in view.subjects(RDF + "type", GT + "Theme")
        for iri in view.subjects(GT + "inTheme", theme)
        for level in view.values(iri, GT + "atLevel")
    }
    return frozenset(key for iri, (_, key, _) in view.levels.items() if iri in bearing)


def _levels(view: View, plan: str | None) -> Iterable[Value]:
    for iri, (_, key, name) in view.levels.items():
        if plan in (view.plan(iri), None):
            many = view.value(iri, GT + "pluralLabel") or name
            kind = local_name(view.value(iri, GT + "levelClass") or "")
            yield Value(key, many, key, _names(iri, key, name, many, kind))


def _named(view: View, iri: str, value: str) -> Value:
    label = view.label(iri)
    return Value(local_name(iri), label, value, _names(iri, short_id(iri), local_name(iri), label))


def _basis(basis: str) -> Value:
    key = basis.replace(" ", "-")
    return Value(key, basis, basis, _names(key, basis))


def _names(*names: str) -> frozenset[str]:
    return frozenset(n.casefold() for n in names if n)


def _meant(facet: str, values: Sequence[Value], words: str) -> list[str]:
    """Return the values that words mean; several levels may hold things of one class."""
    wanted = " ".join(words.split()).casefold()
    if found := [v.value for v in values if wanted in v.names]:
        return found
    there = ", ".join(v.key for v in values) or "none"
    raise BadValue(f"No {FACETS[facet]} is called “{words[:80]}” here. There are: {there}.")
