"""The values of a source: a document's characters as received, and what was read from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from goldenthread.domain.table import Column, Table, Value
from goldenthread.domain.thread import Node, brief

FURNITURE, MARKS, SPACE, LEFT = "page furniture", "marks", "white space", "nothing read"
_MEANINGS = {
    FURNITURE: "print that belongs to the page, such as rules and page numbers",
    MARKS: "bullets, dashes and the like, which set items apart",
    SPACE: "spaces, tabs and line ends",
    LEFT: "characters that nothing accounts for",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """An unbroken run of characters that were read alike."""

    start: int
    end: int
    """Code points, end-exclusive."""
    text: str
    kind: str
    """What it was read as in words, or one of `FURNITURE`, `MARKS`, `SPACE`, `LEFT`."""
    entry: str = ""
    """IRI of the entry that the characters belong to."""
    part: int = 0
    """Which part of that entry, from 1."""
    structural: bool = False
    """Whether that entry is a title, a header or a note, and no item of the plan."""

    @property
    def group(self) -> str:
        """Return in a word what the characters count as."""
        if self.entry and not self.structural:
            return "entry"
        return self.kind if self.kind in (SPACE, LEFT) else "structure"


@dataclass(frozen=True, slots=True)
class Remark:
    """A judgement or repair where it bites: what it does to one entry, and why."""

    iri: str
    label: str
    kind: str
    status: str
    in_force: bool
    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from one entry."""

    iri: str
    place: str
    kind: str
    """Level, or class, in words."""
    structural: bool
    """Whether it is a title, a header or a note, and no item of the plan."""
    label: str
    number: str
    """The number printed with it; empty where there is none."""
    node: Node | None
    """The thing that it prints."""
    parts: int
    marks: tuple[tuple[str, str, str], ...]
    """Of what is printed inside it: IRI, kind and words."""
    remarks: tuple[Remark, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the entry for JSON answers."""
        return {
            "iri": self.iri,
            "place": self.place,
            "kind": self.kind,
            "label": self.label,
            "number": self.number or None,
            "thing": brief(self.node) if self.node else None,
            "inside": [{"iri": i, "kind": k, "label": w} for i, k, w in self.marks],
            "judgements": [
                {"iri": r.iri, "label": r.label, "status": r.status, "does": r.sentence}
                for r in self.remarks
            ],
        }


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of the text, a row of a table or what stands around it, and what it gave."""

    name: str
    segments: tuple[Segment, ...]
    reads: tuple[Read, ...]
    remarks: tuple[Remark, ...] = ()
    """Repairs of the row as a whole."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many characters were read as one kind."""

    kind: str
    group: str
    entries: int
    """How many entries; 0 for what is none."""
    runs: int
    """Unbroken runs: an entry that a page break cuts has two."""
    characters: int

    @property
    def meaning(self) -> str:
        """Return what the kind is, where its name does not say so."""
        return _MEANINGS.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Source:
    """One document with its text as received; no stretches where the plan's folder lacks it."""

    iri: str
    title: str
    short_title: str
    rights: str
    facts: tuple[tuple[str, str], ...]
    stretches: tuple[Stretch, ...]

    @property
    def segments(self) -> list[Segment]:
        """Return the whole text in order."""
        return [g for s in self.stretches for g in s.segments]

    @property
    def tally(self) -> list[Count]:
        """Return how every character was read: entries first, then structure, space, the rest."""
        order = ("entry", "structure", SPACE, LEFT)
        found: dict[tuple[str, str], list[Segment]] = {(LEFT, LEFT): []}
        for s in self.segments:
            found.setdefault((s.kind, s.group), []).append(s)
        counts = [
            Count(
                kind=kind,
                group=group,
                entries=len({s.entry for s in runs if s.entry}),
                runs=len(runs),
                characters=sum(s.end - s.start for s in runs),
            )
            for (kind, group), runs in found.items()
        ]
        return sorted(counts, key=lambda c: order.index(c.group))

    @property
    def length(self) -> int:
        """Return how many characters the text has."""
        return sum(c.characters for c in self.tally)

    @property
    def remarks(self) -> list[Remark]:
        """Return each judgement and repair that bites here, once, those of whole rows first."""
        found = [k for s in self.stretches for k in s.remarks]
        found += [k for s in self.stretches for r in s.reads for k in r.remarks]
        return list({k.iri: k for k in found}.values())

    def sum(self, *groups: str) -> int:
        """Return how many characters fall into groups of the tally."""
        return sum(c.characters for c in self.tally if c.group in groups)

    def to_json(self) -> dict[str, Any]:
        """Return the document for JSON answers: the tally, and each entry with its place."""
        return {
            "document": {"iri": self.iri, "title": self.title, "rights": self.rights},
            "characters": self.length,
            "tally": [
                {
                    "kind": c.kind,
                    "group": c.group,
                    "entries": c.entries,
                    "runs": c.runs,
                    "characters": c.characters,
                }
                for c in self.tally
            ],
            "entries": [r.to_json() for s in self.stretches for r in s.reads],
        }


READS = (
    Column("place", "Place", "Where a reader of the paper finds it."),
    Column("kind", "Read as", "The plan's own name for its level, or what else it is."),
    Column("number", "Number as printed", "The number in front of it, if any."),
    Column("label", "Words", "Its words, with white space evened out."),
    Column("inside", "Printed inside it", "Quarters, themes and the like."),
    Column("thing", "Thing", "Short id of the thing that it prints."),
    Column("judgements", "Judgements", "What judgements and repairs do to it."),
    Column("iri", "IRI", "Full identifier of the entry."),
)
TALLY = (
    Column("group", "Counts as", "entry, structure, white space or nothing read."),
    Column("kind", "Read as", "Level or kind."),
    Column("entries", "Entries", "How many entries; 0 for what is none.", "integer"),
    Column("runs", "Runs", "Unbroken runs of characters.", "integer"),
    Column("characters", "Characters", "Unicode code points.", "integer"),
)


def tables(source: Source) -> list[Table]:
    """Return the entries of a document and the tally of its characters."""
    rows: Iterable[tuple[Value, ...]] = (
        (
            r.place,
            r.kind,
            r.number or None,
            r.label,
            "; ".join(f"{k}: {w}" for _, k, w in r.marks),
            r.node.id if r.node else None,
            " ".join(f"{k.sentence} ({k.label}, {k.status})" for k in r.remarks),
            r.iri,
        )
        for s in source.stretches
        for r in s.reads
    )
    counts: Iterable[tuple[Value, ...]] = (
        (c.group, c.kind, c.entries, c.runs, c.characters) for c in source.tally
    )
    return [
        Table("Entries", READS, tuple(rows), f"One row an entry of {source.short_title}."),
        Table("Tally", TALLY, tuple(counts), "Every character of the text, once."),
    ]


def tally_tables(sources: Iterable[Source]) -> list[Table]:
    """Return the tallies of several documents in one table."""
    named = Column("document", "Document", "Short title of the document.")
    rows = tuple((s.short_title, *row) for s in sources for row in tables(s)[1].rows)
    return [Table("Tally", (named, *TALLY), rows, "Every character of every text, once.")]
