"""Turn a timeline into tables: a row a thing, a row a period, a row a timescale."""

from goldenthread.domain.columns import TIMESCALES
from goldenthread.domain.table import Column, Table, Value
from goldenthread.domain.timeline import Timeline, Timescale


def timeline_tables(timeline: Timeline) -> list[Table]:
    """Return things by period, then how much falls into each period, then every timescale."""
    return [_things(timeline), _periods(timeline), _timescales(timeline)]


def _things(timeline: Timeline) -> Table:
    said = "What a timescale says of it; empty if nothing."
    heads = (
        Column("id", "Id", "Short id."),
        Column("level", "Level", "The plan's own name for its level."),
        Column("number", "Number", "Its number in the document that defines it."),
        Column("words", "Words", "Its words, with white space evened out."),
        *(Column(s.id, s.label, said) for s in timeline.slots),
        Column("timescales", "Timescales", "As printed, each with how we know it is its."),
        Column("listed", "Listed for", "Periods that columns are headed with which list it."),
        Column("differs", "Documents differ", "Where they date it, or part of it, differently."),
        Column("iri", "IRI", "Full identifier."),
    )
    rows: list[tuple[Value, ...]] = []
    for d in (*timeline.rows, *timeline.unscheduled):
        n = d.node
        rows.append(
            (
                *(n.id, n.level_name, n.notation, n.label),
                *(d.words(s.iri) for s in timeline.slots),
                "; ".join(f"{t.words} ({t.basis}, {t.document})" for t in d.timescales),
                "; ".join(f"{period} ({document})" for period, document in d.listed),
                " ".join(d.differs),
                n.iri,
            )
        )
    note = f"One row for each of the {timeline.many} shown; those without a timescale come last."
    return Table("Timeline", heads, tuple(rows), note)


def _periods(timeline: Timeline) -> Table:
    heads = (
        Column("id", "Id", "Short id."),
        Column("period", "Period", "Its name."),
        Column("named", "Named", f"{timeline.many} with a timescale that names it.", "integer"),
        Column("ongoing", "Ongoing from here", "Of these, those without an end.", "integer"),
        Column("before", "Going on", "Further ones, ongoing from an earlier period.", "integer"),
        Column("phases", "Phases", "Of those named, how many in which phase."),
    )
    rows = tuple(
        (
            *(t.slot.id, t.slot.label, t.named, t.ongoing, t.before),
            "; ".join(f"{phase}: {number}" for phase, number in t.phases),
        )
        for t in timeline.tallies
    )
    return Table("Periods", heads, rows, "One row a period.")


def _timescales(timeline: Timeline) -> Table:
    names = {s.iri: s.label for s in timeline.slots}

    def row(t: Timescale, thing: str | None) -> tuple[Value, ...]:
        periods = "; ".join(names.get(p, p) for p in t.periods)
        how = (t.basis or None, t.document, t.place, t.iri)
        return (thing, t.words, periods, "yes" if t.ongoing else "no", t.phase or None, *how)

    rows = [row(t, d.node.id) for d in timeline.rows for t in d.timescales]
    rows += [row(t, None) for t in timeline.loose]
    return Table("Timescales", TIMESCALES, tuple(rows), "One row a printed timescale.")
