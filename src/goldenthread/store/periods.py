"""The periods of a reading, in the order of time as far as the plan gives one."""

from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import GT, RDF
from goldenthread.store.view import View


def periods(view: View) -> list[str]:
    """Return the IRIs of all periods in order, each whole one before its parts."""

    def place(iri: str) -> tuple[object, ...]:
        return natural(view.value(iri, GT + "order") or "~"), natural(iri)

    known = view.subjects(RDF + "type", GT + "Period")
    whole = [p for p in known if not view.values(p, GT + "partOfPeriod")]
    # Years that a plan counts stand before those of the calendar, which have parts.
    whole.sort(key=lambda p: (bool(parts(view, p)), *place(p)))
    found: list[str] = []
    for period in whole:
        found += [period, *sorted(parts(view, period), key=place)]
    return found + [p for p in known if p not in found]


def parts(view: View, period: str) -> list[str]:
    """Return the IRIs of the periods that a period is divided into."""
    return view.subjects(GT + "partOfPeriod", period)


def scheduled(view: View, period: str) -> list[str]:
    """Return the IRIs of what a timescale puts into a period or a part of it, sorted."""
    found = [s for p in (period, *parts(view, period)) for s in view.subjects(GT + "inPeriod", p)]
    return sorted({a for s in found for a in view.values(s, GT + "schedules")})
