"""Lay things out in time: which period each timescale names, what goes on, what has no date."""

from collections.abc import Iterator, Mapping

from goldenthread.domain.identifiers import natural, short_id
from goldenthread.domain.namespaces import GT, RDF
from goldenthread.domain.picking import Field, meant, narrow
from goldenthread.domain.timeline import Dated, Slot, Timeline, Timescale
from goldenthread.store import dating
from goldenthread.store.dataset import Dataset
from goldenthread.store.periods import parts, periods
from goldenthread.store.view import View

FILTERS = ("period", "kind", "theme", "aim", "level", "documents")


def timeline(
    dataset: Dataset, reading: str = "corrected", chosen: Mapping[str, str] | None = None
) -> Timeline:
    """Return what happens when, as far as the documents say.

    Nothing is assumed: an ongoing timescale goes on in the later periods of its own kind, and
    years that a plan counts are not set beside years of the calendar.

    Args:
        dataset: the data set.
        reading: `corrected` or `printed`.
        chosen: what to keep, by some of `FILTERS`: short id of a period, theme or thing of the
            first level; `ongoing`, a phase or `no timescale`; key of a level; `differ`. Words that
            name one of these will do.
    """
    view = View(dataset, reading)
    levels = [iri for iri in view.levels if _dated_level(view, iri)]
    slots = tuple(_slots(view))
    every = [_dated(view, iri) for level in levels for iri in view.at_level(level)]
    fields = _fields(view, slots)
    found = narrow(every, fields, meant(every, fields, chosen or {}))
    names = [view.levels[iri][2] for iri in levels]
    plurals = [view.value(iri, GT + "pluralLabel") or view.levels[iri][2] for iri in levels]
    one, many = (names[0], plurals[0]) if len(levels) == 1 else ("thing", "things")
    return Timeline(
        reading=reading,
        slots=slots,
        rows=tuple(sorted((d for d in found.kept if d.timescales), key=lambda d: _first(d, slots))),
        unscheduled=tuple(d for d in found.kept if not d.timescales),
        loose=tuple(_loose(view)),
        facets=found.facets,
        total=found.total,
        one=one,
        many=many,
        sentence=found.sentence(one, many),
        assumed=tuple(_assumed(view)),
    )


def _fields(view: View, slots: tuple[Slot, ...]) -> list[Field[Dated]]:
    order = {s.iri: s for s in slots}

    def in_periods(dated: Dated) -> Iterator[tuple[str, str]]:
        for iri, slot in order.items():
            if dated.in_period(iri):
                yield slot.id, slot.label

    def kinds(dated: Dated) -> Iterator[tuple[str, str]]:
        yield from ((k, k) for k in dated.kinds)
        if not dated.timescales:
            yield "no timescale", "no timescale"

    first = next(iter(view.levels), "")
    top = view.levels[first][2] if first else "aim"
    aims = [short_id(i) for i in view.at_level(first)] if first else []
    themes = sorted(
        view.subjects(RDF + "type", GT + "Theme"), key=lambda t: view.value(t, GT + "order") or "~"
    )
    differing = ("differ", "date it differently")
    return [
        Field("period", "Period", in_periods, [s.id for s in slots]),
        Field("kind", "What the timescale adds", kinds, ("ongoing",)),
        Field("theme", "Theme", lambda d: d.themes, [short_id(t) for t in themes]),
        Field("aim", top[:1].upper() + top[1:], lambda d: d.aims, aims),
        Field("level", "Level", lambda d: [(d.node.level, d.node.level_name)]),
        Field("documents", "Documents", lambda d: [differing] if d.differs else [], ["differ"]),
    ]


def _first(dated: Dated, slots: tuple[Slot, ...]) -> int:
    """Return which of the periods it comes into first; those in none come last."""
    return next((n for n, s in enumerate(slots) if dated.in_period(s.iri)), len(slots))


def _dated_level(view: View, level: str) -> bool:
    return any(view.subjects(GT + "schedules", iri) for iri in view.at_level(level))


def _slots(view: View) -> Iterator[Slot]:
    """Yield the periods that are columns: wholes with parts only where something names them."""
    for iri in periods(view):
        if parts(view, iri) and not view.subjects(GT + "inPeriod", iri):
            continue
        whole = view.value(iri, GT + "partOfPeriod")
        yield Slot(iri, short_id(iri), view.label(iri), view.label(whole) if whole else "")


def _dated(view: View, iri: str) -> Dated:
    node = view.node(iri)
    above = view.above(iri)
    first = next(iter(view.levels))
    tops = [view.node(a) for a in above if first in view.values(a, GT + "atLevel")]
    tops.sort(key=lambda n: natural(n.notation or n.iri))
    # An action has the theme of the aim that it stands directly under.
    near = [iri, *view.values(iri, GT + "supports")]
    themes = dict.fromkeys(t for a in near for t in view.values(a, GT + "inTheme"))
    return Dated(
        node=node,
        timescales=dating.timescales(view, iri),
        listed=tuple(dating.listed_for(view, iri)),
        differs=dating.differs(view, iri),
        aims=tuple((n.id, f"{n.notation} {n.label}" if n.notation else n.label) for n in tops),
        themes=tuple((short_id(t), view.label(t)) for t in themes),
    )


def _loose(view: View) -> Iterator[Timescale]:
    for schedule in view.subjects(RDF + "type", GT + "Schedule"):
        if not view.values(schedule, GT + "schedules"):
            yield dating.timescale(view, schedule)


def _assumed(view: View) -> Iterator[tuple[str, str, str]]:
    for judgement in view.subjects(RDF + "type", GT + "Judgement"):
        about = view.values(judgement, GT + "assumes")
        if any(GT + "Period" in view.values(p, RDF + "type") for p in about):
            status = view.value(judgement, GT + "status")
            yield judgement, view.label(judgement), view.label(status) if status else ""
