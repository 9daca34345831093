"""How a thing is dated: its timescales, what it is listed for, and where documents differ."""

from collections.abc import Iterator

from goldenthread.domain.namespaces import GT
from goldenthread.domain.timeline import Timescale
from goldenthread.store.periods import parts, periods
from goldenthread.store.view import View


def timescales(view: View, iri: str) -> tuple[Timescale, ...]:
    """Return the timescales of a thing."""
    return tuple(timescale(view, s, iri) for s in view.subjects(GT + "schedules", iri))


def differs(view: View, iri: str) -> tuple[str, ...]:
    """Return in sentences where documents date a thing, or work that overlaps it, differently."""
    return tuple(_said(view, iri, timescales(view, iri), tuple(listed_for(view, iri))))


def timescale(view: View, schedule: str, thing: str = "") -> Timescale:
    """Return one timescale, with how we know that it is the thing's where one is given."""
    document = view.value(schedule, GT + "inDocument")
    named = tuple(view.values(schedule, GT + "inPeriod"))
    ongoing = view.value(schedule, GT + "ongoing") == "true"
    return Timescale(
        iri=schedule,
        words=view.label(schedule),
        document=view.label(document) if document else "",
        place=view.value(schedule, GT + "place") or "",
        basis=view.link(schedule, "schedules", thing).basis if thing else "",
        ongoing=ongoing,
        phase=view.value(schedule, GT + "phase") or "",
        periods=named,
        after=tuple(_after(view, named)) if ongoing else (),
    )


def _after(view: View, named: tuple[str, ...]) -> Iterator[str]:
    """Yield the periods of the same kind that follow the last of those named."""
    wholes = {view.value(p, GT + "partOfPeriod") for p in named}
    begun = max((_order(view, p) for p in named), default=0)
    for period in periods(view):
        same = view.value(period, GT + "partOfPeriod") in wholes and not parts(view, period)
        if same and _order(view, period) > begun:
            yield period


def _order(view: View, period: str) -> int:
    return int(view.value(period, GT + "order") or 0)


def listed_for(view: View, iri: str) -> Iterator[tuple[str, str]]:
    """Yield the periods that columns in which it is listed are headed with, and the documents."""
    found: dict[tuple[str, str], None] = {}
    for entry in view.entries(iri):
        for column in view.values(entry.iri, GT + "readInColumn"):
            for period in view.values(column, GT + "listedFor"):
                found[view.label(period), entry.document] = None
    yield from found


def _said(
    view: View, iri: str, timescales: tuple[Timescale, ...], listed: tuple[tuple[str, str], ...]
) -> Iterator[str]:
    by_document: dict[str, list[str]] = {}
    for t in timescales:
        by_document.setdefault(t.document, []).append(t.words)
    if len(by_document) > 1:
        said = "; ".join(f"{d} says {_quoted(w)}" for d, w in by_document.items())
        yield f"Two documents date it: {said}. Neither says how the two go together."
    for period, document in listed:
        later = [t for t in timescales if t.document != document]
        if later and all(_late(view, t) for t in later):
            words = _quoted([t.words for t in later])
            yield f"{document} lists it for {period}; {later[0].document} dates it {words}."
    yield from _overlapping(view, iri, timescales)


def _overlapping(view: View, iri: str, timescales: tuple[Timescale, ...]) -> Iterator[str]:
    """Yield where work that overlaps this is dated by another document, and later than its first.

    A quarter beside a first year may well agree with it, so it is not called a difference.
    """
    others = [*view.values(iri, GT + "overlaps"), *view.subjects(GT + "overlaps", iri)]
    for other in dict.fromkeys(others):
        theirs = [timescale(view, s, other) for s in view.subjects(GT + "schedules", other)]
        for mine in timescales:
            far = [t for t in theirs if t.document != mine.document]
            late = far and all(_late(view, t) for t in far)
            if late or (far and _late(view, mine) and not any(_late(view, t) for t in far)):
                words = _quoted([t.words for t in far])
                yield (
                    f"{mine.document} dates it {_quoted([mine.words])}; {far[0].document} dates "
                    f"work that overlaps it, “{view.label(other)}”, {words}."
                )


def _late(view: View, when: Timescale) -> bool:
    """Return whether a timescale begins after the first of the years that the plan counts."""
    return bool(when.periods) and all(
        _order(view, p) > 1 and not view.value(p, GT + "partOfPeriod") for p in when.periods
    )


def _quoted(words: list[str]) -> str:
    return " and ".join(f"“{w}”" for w in dict.fromkeys(words))
