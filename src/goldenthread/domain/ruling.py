"""Judgements as a list: narrowed by kind, status, reading and document, with what each weighs."""

import re
from collections.abc import Mapping, Sequence

from goldenthread.domain.columns import JUDGEMENTS, WEIGHTS
from goldenthread.domain.description import JudgementCard
from goldenthread.domain.picking import Field, Narrowed, narrow
from goldenthread.domain.table import Column, Table
from goldenthread.domain.tabling import judgement_table
from goldenthread.domain.weight import Change, sentences

FILTERS = ("kind", "status", "in", "document")
STATUSES = ("applied", "proposed", "disputed", "withdrawn")
Weights = Mapping[str, Sequence[Change]]


def choose(cards: Sequence[JudgementCard], chosen: Mapping[str, str]) -> Narrowed[JudgementCard]:
    """Return the judgements that are chosen, and what else could be.

    Args:
        cards: judgements and repairs.
        chosen: a kind, a status, the name of a reading in which it takes effect, the short title
            of a document that it cites; by `FILTERS`.
    """
    fields: list[Field[JudgementCard]] = [
        Field("kind", "Kind", lambda c: [(c.kind, c.kind)]),
        Field("status", "Status", lambda c: [(c.status, c.status)], STATUSES),
        Field("in", "Takes effect", lambda c: [(r, r) for r in c.applies_in]),
        Field("document", "Document cited", lambda c: [(e.document, e.document) for e in c.cites]),
    ]
    return narrow(cards, fields, chosen)


def ruling_tables(cards: Sequence[JudgementCard], weights: Weights) -> list[Table]:
    """Return one row a judgement with what it changes, then one row a number that it changes."""
    base = judgement_table(cards)
    said = Column("numbers", "Numbers", "Each number it changes: without it, with it, as printed.")
    rows = tuple(
        (*row, sentences(weights.get(c.iri, ())) or None)
        for row, c in zip(base.rows, cards, strict=True)
    )
    numbers = tuple(
        (c.id, c.label, w.what, w.without, w.with_it, w.printed, w.about)
        for c in cards
        for w in weights.get(c.iri, ())
    )
    return [
        Table(base.title, (*JUDGEMENTS, said), rows, base.note),
        Table("Numbers", WEIGHTS, numbers, "One row a number that a judgement changes."),
    ]


def by_kind(cards: Sequence[JudgementCard]) -> list[tuple[str, str, list[JudgementCard]]]:
    """Return the cards under headings: what is applied by its kind, then what is not, repairs.

    Each heading comes with the name by which a page marks it.
    """
    groups: dict[str, list[JudgementCard]] = {}
    for card in cards:
        words = f"{card.kind}s" if card.kind != "match" else "matches"
        heading = words if card.status == "applied" else f"{card.status} {words}"
        if card.kind == "repair":
            heading = "repairs: what page breaks cut, rejoined"
        groups.setdefault(heading, []).append(card)
    return [
        (name[:1].upper() + name[1:], re.sub(r"[^a-z]+", "-", name.casefold()), found)
        for name, found in groups.items()
    ]
