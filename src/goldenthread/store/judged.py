"""Read judgements and repairs as cards: what was judged, on which words, and what it changes."""

from collections.abc import Iterable

from goldenthread.domain.description import Decision, JudgementCard
from goldenthread.domain.identifiers import natural, short_id
from goldenthread.domain.namespaces import DCTERMS, GT, RDF
from goldenthread.store.view import View

# The properties by which a judgement names what it is about.
_NAMING = ("identifies", "as", "moves", "pairs", "with", "from", "to", "cites", "assumes")
_STATUS_ORDER = ("applied", "proposed", "disputed", "withdrawn")


def cards(view: View) -> list[JudgementCard]:
    """Return every judgement, applied ones first, then by id; `in_force` is for this reading."""
    return _sorted(card(view, iri) for iri in view.subjects(RDF + "type", GT + "Judgement"))


def _sorted(found: Iterable[JudgementCard]) -> list[JudgementCard]:
    return sorted(
        found,
        key=lambda c: (
            _STATUS_ORDER.index(c.status) if c.status in _STATUS_ORDER else len(_STATUS_ORDER),
            # Corrections change what is printed: they come before what only matches.
            c.kind != "correction",
            c.kind,
            natural(c.id),
        ),
    )


def about(view: View, iri: str) -> list[JudgementCard]:
    """Return the judgements that name a thing, one of its entries, or a row that it heads."""
    names = {iri, *view.subjects(GT + "entryOf", iri)}
    headed = {row for entry in names for row in view.subjects(GT + "keyEntry", entry)}
    found = {j for name in names for prop in _NAMING for j in view.subjects(GT + prop, name)}
    found |= {j for row in headed for j in view.subjects(GT + "toRow", row)}
    judgements = set(view.subjects(RDF + "type", GT + "Judgement"))
    return _sorted(card(view, j) for j in found & judgements)


def repair_cards(view: View) -> list[JudgementCard]:
    """Return every repair, by id; repairs hold in both readings."""
    return [_repair(view, iri) for iri in view.subjects(RDF + "type", GT + "Repair")]


def card(view: View, iri: str) -> JudgementCard:
    """Return one judgement."""
    kind = view.value(iri, GT + "kind")
    named = [value for prop in _NAMING for value in view.values(iri, GT + prop)]
    return JudgementCard(
        **_common(view, iri),
        kind=_named(view, kind),
        status=_named(view, view.value(iri, GT + "status")),
        confidence=_named(view, view.value(iri, GT + "confidence")),
        applies_in=tuple(view.label(r) for r in view.values(kind or "", GT + "appliesIn"))
        if kind
        else (),
        in_force=view.value(iri, GT + "inForce") == "true",
        cites=tuple(view.entry(e) for e in view.values(iri, GT + "cites")),
        effects=tuple(_effects(view, iri)),
        about=tuple(dict.fromkeys(named)),
        decisions=tuple(_decisions(view, iri)),
    )


def _decisions(view: View, iri: str) -> list[Decision]:
    """Return what was decided of a judgement since it was proposed, by date."""
    found = [
        Decision(
            status=_named(view, view.value(d, GT + "newStatus")),
            role=_named(view, view.value(d, GT + "byRole")),
            date=view.value(d, DCTERMS + "date") or "",
            reason=view.value(d, GT + "reason") or "",
        )
        for d in view.subjects(GT + "decides", iri)
    ]
    return sorted(found, key=lambda d: natural(d.date))


def _repair(view: View, iri: str) -> JudgementCard:
    repaired = view.values(iri, GT + "repairs")
    cells = [r for r in repaired if not view.value(r, GT + "place")]
    row, column = view.value(iri, GT + "toRow"), view.value(iri, GT + "toColumn")
    effects = []
    if row:
        place = view.label(row) + (f", column {view.value(column, GT + 'order')}" if column else "")
        cut = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
        verb = "is" if len(cells) == 1 else "are"
        effects.append(f"{cut} after the break {verb} read as part of {place}.")
    rejoined = [view.entry(r) for r in repaired if view.value(r, GT + "place")]
    effects += [f"The parts of one entry are rejoined: {e.place}." for e in rejoined]
    return JudgementCard(
        **_common(view, iri),
        kind="repair",
        status="applied",
        confidence="",
        applies_in=("as printed", "with corrections"),
        in_force=True,
        cites=tuple(rejoined),
        effects=tuple(effects),
        about=tuple(repaired),
        decisions=(),
    )


def _common(view: View, iri: str) -> dict[str, str]:
    return {
        "iri": iri,
        "id": short_id(iri),
        "label": view.label(iri),
        "reason": view.value(iri, GT + "reason") or "",
        "role": _named(view, view.value(iri, GT + "byRole")),
        "date": view.value(iri, DCTERMS + "date") or "",
    }


def _named(view: View, iri: str | None) -> str:
    return view.label(iri) if iri else "not recorded"


def _effects(view: View, iri: str) -> list[str]:
    """Return in sentences what the judgement does, or would do if it were applied."""
    found = []
    things = [view.node(t).name for t in view.values(iri, GT + "as")]
    for entry in view.values(iri, GT + "identifies"):
        found += [f"{view.entry(entry).place} is read as {name}." for name in things]
    row = view.value(iri, GT + "toRow")
    for entry in view.values(iri, GT + "moves"):
        place = view.entry(entry).place
        found.append(f"Printed in {place}; read as part of {view.label(row or '')}.")
    for schedule in view.values(iri, GT + "pairs"):
        for entry in view.values(iri, GT + "with"):
            words = view.label(schedule)
            found.append(f"“{words}” is taken as the timescale of “{view.label(entry)}”.")
    prop = view.value(iri, GT + "property")
    if prop:
        verb = view.dataset.label_of_term(prop)
        for source in view.values(iri, GT + "from"):
            for target in view.values(iri, GT + "to"):
                found.append(f"{view.node(source).name} — {verb} — {view.node(target).name}.")
    for period in view.values(iri, GT + "assumes"):
        calendar = view.value(iri, GT + "sameAsPeriod")
        found.append(f"{view.label(period)} would be {view.label(calendar or '')}.")
    return found or ["Nothing is changed; the question is put on record."]
