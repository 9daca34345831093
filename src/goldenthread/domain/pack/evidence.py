"""The appendices of an assurance pack: every entry, every link, every judgement and repair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldenthread.domain.description import JudgementCard
from goldenthread.domain.english import capital, counted, sentence
from goldenthread.domain.pack.parts import (
    Grid,
    Line,
    Paragraph,
    Part,
    Row,
    Section,
    heads,
    lines,
    quote,
    references,
    strong,
)
from goldenthread.domain.thread import Entry, Evidence

_CARDS = heads(("No.", 1), ("What was judged", 5), ("Reason", 8), ("What it does", 5), ("Words", 2))


@dataclass(frozen=True, slots=True)
class Item:
    """One entry with what it was read as."""

    entry: Entry
    kind: str
    """The plan's name of its level, or the label of its class."""
    thing: str
    """The name of what it prints or dates; empty where it prints nothing of the plan."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a link: two entries, or a judgement, that make it."""

    low: str
    relation: str
    high: str
    evidence: Evidence
    withdrawn: tuple[tuple[str, str], ...] = ()
    """IRI and label of each judgement that withdraws it."""


def entries(items: Sequence[Item], numbers: Mapping[str, str]) -> Section:
    """Return every entry of every document, in reading order, with its words and place.

    Args:
        items: the entries.
        numbers: their numbers, as text, by IRI.
    """
    by_document: dict[str, list[Item]] = {}
    for item in items:
        by_document.setdefault(item.entry.document, []).append(item)
    columns = heads(("No.", 1), ("Words as printed", 9), ("Place", 5), ("Read as", 6))
    sections = [
        Section(
            f"entries-{n}",
            document or "No document",
            (
                Grid(
                    f"Entries of {document or 'no document'}",
                    columns,
                    tuple(_entry(item, numbers) for item in some),
                    "Entries",
                ),
            ),
        )
        for n, (document, some) in enumerate(by_document.items(), start=1)
    ]
    said = (
        f"{capital(counted(len(items), 'entry', 'entries'))}: everything that was read from the "
        "documents as an item, a mark inside one, a heading or a note, with its words as printed "
        "and where a reader of the paper finds it."
    )
    return Section(
        "entries", "All entries", (Paragraph(said, "lead"),), tuple(sections), "", True, True
    )


def _entry(item: Item, numbers: Mapping[str, str]) -> Row:
    entry, number = item.entry, numbers[item.entry.iri]
    printed = f"Number as printed: {entry.number}" if entry.number else ""
    spans = ", ".join(f"{a} to {b}" for a, b in entry.spans)
    place = [Line(entry.place or entry.document)]
    place += [Line(f"Characters {spans}", "small")] if spans else []
    words = (quote(entry.quote), *((Line(printed, "small"),) if printed else ()))
    thing = capital(item.thing.removeprefix(f"{item.kind}: ")) if item.thing else ""
    read = [Line(capital(item.kind), "strong"), *lines(thing)]
    return Row((strong(f"E{number}"), words, tuple(place), tuple(read)), f"e-{number}")


def links(
    records: Sequence[Record], entries: Mapping[str, str], judged: Mapping[str, str]
) -> Section:
    """Return every record of every link with how we know it.

    Args:
        records: the records; one that is withdrawn says by what.
        entries: numbers of entries, by IRI.
        judged: numbers of judgements, by IRI.
    """
    columns = heads(
        ("No.", 1), ("From", 7), ("Relation", 2), ("To", 7), ("How we know", 5), ("Entries", 2)
    )
    held = [r for r in records if not r.withdrawn]
    gone = [r for r in records if r.withdrawn]
    parts: list[Part] = [
        Paragraph(
            f"{capital(counted(len(held), 'record', 'records'))} of links, one for each pair of "
            "entries that makes one, with how we know it and who asserts it.",
            "lead",
        )
    ]
    if held:
        rows = tuple(_record(r, n, entries, judged) for n, r in enumerate(held, start=1))
        parts.append(Grid("Links that hold", columns, rows, "Links"))
    if gone:
        rows = tuple(
            _record(r, n, entries, judged) for n, r in enumerate(gone, start=len(held) + 1)
        )
        parts.append(Grid("Links that a judgement withdraws", columns, rows, "Withdrawn links"))
    return Section("links", "All links", tuple(parts), (), "", True, True)


def _record(
    record: Record, number: int, entries: Mapping[str, str], judged: Mapping[str, str]
) -> Row:
    evidence = record.evidence
    known = [Line(capital(evidence.basis), "strong")]
    by = "" if evidence.asserted_by == evidence.stated_in else f"asserted by {evidence.asserted_by}"
    said = ", ".join(filter(None, (evidence.stated_in, by)))
    known += [Line(capital(said), "small")] if said else []
    for verb, found in (("Rests on", evidence.judgements), ("Withdrawn by", record.withdrawn)):
        for iri, label in found:
            to = references([iri], judged, "J")
            known.append(
                Line(f"{verb} {to[0].text if to else label}", "small", to[0].to if to else "")
            )
    both = [e.iri for e in (evidence.from_entry, evidence.to_entry) if e]
    ends = (lines(capital(record.low)), lines(record.relation), lines(capital(record.high)))
    return Row((strong(f"L{number}"), *ends, tuple(known), references(both, entries, "E")))


def judgements(
    cards: Sequence[JudgementCard],
    repairs: Sequence[JudgementCard],
    entries: Mapping[str, str],
    judged: Mapping[str, str],
) -> Section:
    """Return every judgement and repair with its reason, its effects and its words.

    Args:
        cards: judgements.
        repairs: repairs.
        entries: numbers of entries, by IRI.
        judged: numbers of judgements and repairs, by IRI.
    """
    parts: list[Part] = [
        Paragraph(
            f"{capital(counted(len(cards), 'judgement', 'judgements'))} and "
            f"{counted(len(repairs), 'repair', 'repairs')}. Nothing that is printed was deleted.",
            "lead",
        )
    ]
    for title, found, sign in (("Judgements", cards, "J"), ("Repairs", repairs, "R")):
        if found:
            rows = tuple(_card(c, entries, judged, sign) for c in found)
            parts.append(Grid(title, _CARDS, rows, title))
    return Section("judgements", "All judgements and repairs", tuple(parts), (), "", True, True)


def _card(
    card: JudgementCard, entries: Mapping[str, str], judged: Mapping[str, str], sign: str
) -> Row:
    number = judged[card.iri]
    certain = f"confidence {card.confidence}" if card.confidence else ""
    facts = ", ".join(filter(None, (card.kind, card.status, certain)))
    by = ", ".join(filter(None, (card.role, card.date)))
    what = (Line(capital(card.label), "strong"), Line(capital(facts), "small"), Line(by, "small"))
    decided = tuple(
        Line(f"{capital(d.status)} {d.date} by {d.role}: {d.reason}", "small")
        for d in card.decisions
    )
    return Row(
        (
            strong(f"{sign}{number}"),
            what,
            (*lines(sentence(card.reason) if card.reason else ""), *decided),
            lines(*(capital(e) for e in card.effects)),
            references((e.iri for e in card.cites), entries, "E"),
        ),
        f"{sign.lower()}-{number}",
    )
