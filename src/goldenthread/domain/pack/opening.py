"""What an assurance pack is about and made from, and the sheet that is signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.domain.english import capital, counted
from goldenthread.domain.overview import Overview
from goldenthread.domain.pack.parts import (
    Facts,
    Grid,
    Paragraph,
    Points,
    Row,
    Section,
    heads,
    lines,
    strong,
)
from goldenthread.domain.table import About
from goldenthread.domain.verification import Verification


@dataclass(frozen=True, slots=True)
class LevelCount:
    """A level of the plan with how much of it there is."""

    name: str
    plural: str
    things: int
    entries: int
    elsewhere: int
    """How many things there are in the other reading."""
    expects: tuple[str, ...]
    """What the plan says that each of them should have, in words."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read, with what is known of its text."""

    title: str
    rights: str
    facts: tuple[tuple[str, str], ...]


def scope(about: About, overviews: Sequence[Overview], levels: Sequence[LevelCount]) -> Section:
    """Return which plan, documents, levels and reading the pack is about."""
    here = about.reading
    other = "as printed" if here == "with corrections" else "with corrections"
    rows = tuple(
        Row(
            (
                strong(capital(lv.plural)),
                lines(str(lv.things)),
                lines(str(lv.elsewhere)),
                lines(str(lv.entries)),
                lines(*(capital(e) for e in lv.expects)) or lines("Nothing laid down"),
            )
        )
        for lv in levels
    )
    columns = heads(
        ("Level", 4),
        (capital(here), 2),
        (capital(other), 2),
        ("Times printed", 2),
        ("What the plan expects of each", 6),
    )
    return Section(
        "scope",
        "Scope",
        (
            Facts(
                (
                    ("Plan", "; ".join(o.plan.label for o in overviews)),
                    ("Published by", "; ".join(dict.fromkeys(o.publisher for o in overviews))),
                    ("Documents read", "; ".join(about.documents)),
                    (
                        "Reading",
                        (
                            f"{capital(here)}. Where the other reading counts otherwise, both "
                            "numbers are given."
                        ),
                    ),
                    ("Rights", " ".join(r.rstrip(".") + "." for r in about.rights)),
                )
            ),
            Grid("Levels of the plan and what they hold", columns, rows, "Levels"),
            Paragraph(
                "A thing counts once, however often it is printed. What the documents leave "
                "unsaid is not in scope: where no link is recorded, that is all it means, and "
                "people may know of one.",
                "note",
            ),
        ),
    )


def versions(
    about: About,
    verified: Verification,
    stated: Sequence[tuple[str, str]],
    texts: Sequence[Document],
) -> Section:
    """Return from what exactly the pack was made, and what was compared.

    Args:
        about: where answers come from.
        verified: the outcome of comparing the data set with its texts and its seal.
        stated: versions and hashes beside the data set's, each with its name.
        texts: the documents.
    """
    compared = tuple(Row((strong(capital(what)), lines(str(n)))) for what, n in verified.compared)
    outcome = (
        "All of it is as it should be."
        if verified.whole
        else f"{capital(counted(len(verified.findings), 'difference', 'differences'))}:"
    )
    parts = [
        Facts((("Data set (SHA-256)", about.sha256), *stated)),
        Paragraph(
            "The hash covers every statement of the plan's files (RDF Dataset Canonicalization); "
            "the same statements have the same hash in any order. Nothing derived goes into it.",
            "note",
        ),
        Grid("What was compared", heads(("Compared", 8), ("How many", 2)), compared, "Compared"),
        Paragraph(outcome),
        *((Points(tuple(f.message for f in verified.findings)),) if verified.findings else ()),
        *(Paragraph(n, "note") for n in verified.notes),
    ]
    documents = tuple(
        Section(f"document-{n}", d.title, (Facts((*d.facts, ("Rights", d.rights))),))
        for n, d in enumerate(texts, start=1)
    )
    return Section("versions", "Data set and versions", tuple(parts), documents)


def signatures() -> Section:
    """Return the sheet that is signed by hand."""
    rows = tuple(
        Row((strong(who), lines(" "), lines(" "), lines(" ")))
        for who in ("Prepared by", "Compared with the documents by", "Accepted by")
    )
    return Section(
        "signatures",
        "Signatures",
        (
            Paragraph(
                "To be filled in by whoever compared this pack with the documents. "
                "The command goldenthread sample draws rows to compare."
            ),
            Grid(
                "Signatures",
                heads(("As", 4), ("Name and post", 5), ("Signature", 5), ("Date", 3)),
                rows,
                "Signatures",
                "blank",
            ),
        ),
        fresh=False,
    )
