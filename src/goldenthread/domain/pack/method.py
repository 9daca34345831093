"""How we know, in an assurance pack: what is kept apart, what was judged, and the words for it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldenthread.domain.description import JudgementCard
from goldenthread.domain.english import capital
from goldenthread.domain.pack.parts import (
    Grid,
    Paragraph,
    Points,
    Row,
    Section,
    heads,
    lines,
    strong,
)
from goldenthread.domain.thread import Link
from goldenthread.domain.validation import SEVERITIES


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the method: a basis, a reading, a kind of judgement."""

    name: str
    meaning: str


_REPAIR = Term("repair", "Rejoins what the page or the extraction cut apart.")
_SAID = (
    (
        "Each link carries how we know it, the entries that make it, and who asserts it. A thread "
        "is as sure as its least certain step, and a chain of stated links is no stated thread."
    ),
    (
        "Links are followed from a thing to what it serves or measures, and nothing else: being "
        "listed in one row, or referred to, is shown and makes no thread."
    ),
    "Nothing is deleted: what a judgement withdraws stays on record with the judgement.",
)


def method(
    terms: Mapping[str, Sequence[Term]], links: Sequence[Link], cards: Sequence[JudgementCard]
) -> Section:
    """Return how we know: entries and things, bases, readings, judgements, repairs.

    Args:
        terms: what `basis`, `reading` and `kind` may be, each with its meaning.
        links: every link of the reading.
        cards: judgements and repairs.
    """
    return Section(
        "method",
        "Method: how we know",
        (
            Paragraph(
                "What a document prints is kept apart from what the plan has. An entry is one "
                "printed item, with its words and its place; a thing of the plan may be printed "
                "many times. Entries are never merged and never retyped.",
                "lead",
            ),
            Points((*(f"Read {t.name}: {_begun(t.meaning)}" for t in terms["reading"]), *_SAID)),
            _bases(terms["basis"], links),
            _judged(terms["kind"], cards),
            Paragraph(
                f"Severities, worst first: {', '.join(SEVERITIES)}. Data that breaks a rule is "
                "still shown: finding gaps is the purpose.",
                "note",
            ),
        ),
    )


def _begun(sentence: str) -> str:
    """Return a sentence as it goes on after a colon."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence


def _bases(terms: Sequence[Term], links: Sequence[Link]) -> Grid:
    rows = (
        Row((strong(capital(t.name)), lines(t.meaning), lines(str(_known(links, t.name)))))
        for t in terms
    )
    columns = heads(("How we know", 3), ("What it means", 8), ("Links", 2))
    return Grid("How links are known, surest first", columns, tuple(rows), "Method")


def _judged(terms: Sequence[Term], cards: Sequence[JudgementCard]) -> Grid:
    statuses = tuple(dict.fromkeys(c.status for c in cards))
    rows = []
    for term in (*terms, _REPAIR):
        held = Counter(c.status for c in cards if c.kind == term.name)
        number = lines(*(f"{held[s]} {s}" for s in statuses if held[s])) or lines("None")
        rows.append(Row((strong(capital(term.name)), lines(term.meaning), number)))
    columns = heads(("Kind", 3), ("What it does", 8), ("How many", 2))
    return Grid("What was judged and repaired", columns, tuple(rows), "Judged")


def _known(links: Sequence[Link], basis: str) -> int:
    return sum(link.basis == basis for link in links)
