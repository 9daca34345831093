"""Show a document as it was received, every character with what was read from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from goldenthread.domain.identifiers import local_name, short_id
from goldenthread.domain.namespaces import DCTERMS, GT, OA, RDF, RDFS
from goldenthread.errors import NotFound
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View


@dataclass(frozen=True, slots=True)
class Segment:
    """An unbroken run of characters that were read alike."""

    start: int
    end: int
    """Code points, end-exclusive."""
    text: str
    kind: str
    """Local name of the entry's class, `Furniture`, or empty for what only sets items apart."""
    entry: str = ""
    """IRI of the entry that the characters belong to."""
    thing: str = ""
    """IRI of the thing that the entry prints."""
    name: str = ""
    """Name of that thing, or place of the entry."""
    first: bool = False
    """Whether it is the first run of its entry."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document with its text as received; no segments where the plan's folder lacks it."""

    iri: str
    title: str
    short_title: str
    rights: str
    facts: tuple[tuple[str, str], ...]
    segments: tuple[Segment, ...]
    judgements: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """By entry: IRI and label of each judgement that its reading rests on."""
    inside: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By entry: the entries printed inside it, such as quarters and themes."""

    @property
    def tally(self) -> dict[str, int]:
        """Return how many characters were read as words, as furniture, and as structure."""
        found = {"words": 0, "page furniture": 0, "structure": 0}
        for s in self.segments:
            key = (
                "structure"
                if not s.kind
                else "page furniture"
                if s.kind == "Furniture"
                else "words"
            )
            found[key] += s.end - s.start
        return found


def documents(dataset: Dataset, reading: str = "corrected") -> list[tuple[str, str, str]]:
    """Return IRI, short title and label of every document, in the order of their plans."""
    view = View(dataset, reading)
    return [
        (iri, view.label(iri), next(iter(view.values(iri, RDFS + "label")), view.label(iri)))
        for iri in view.subjects(RDF + "type", GT + "Document")
    ]


def has_text(dataset: Dataset, document: str) -> bool:
    """Return whether the document's text as received is in a loaded plan's folder."""
    view = View(dataset)
    extractions = view.subjects(GT + "extractionOf", document)
    return any(_text(dataset, view, e) is not None for e in extractions)


def source(dataset: Dataset, document: str, reading: str = "corrected") -> Source:
    """Return a document's text as received, in runs that say what was read from them.

    Args:
        dataset: the data set.
        document: IRI of the document.
        reading: `corrected` or `printed`.

    Raises:
        NotFound: no such document.
    """
    view = View(dataset, reading)
    known = [(short_id(i), t) for i, t, _ in documents(dataset, reading)]
    if GT + "Document" not in view.values(document, RDF + "type"):
        raise NotFound(f"There is no document {short_id(document)}.", known)
    extractions = view.subjects(GT + "extractionOf", document)
    text = next((t for e in extractions if (t := _text(dataset, view, e)) is not None), None)
    entries = view.subjects(GT + "inDocument", document)
    marks = list(_marks(view, entries)) + list(_furniture(view, extractions))
    return Source(
        iri=document,
        title=view.value(document, RDFS + "label") or view.label(document),
        short_title=view.label(document),
        rights=view.value(document, DCTERMS + "rights") or "Licence not known.",
        facts=tuple(_facts(view, extractions)),
        segments=tuple(_segments(text or "", sorted(marks, key=lambda m: (m.start, m.end)))),
        judgements={
            e: tuple((j, view.label(j)) for j in found)
            for e in entries
            if (found := view.values(e, GT + "restsOn"))
        },
        inside={e: tuple(found) for e in entries if (found := view.subjects(GT + "inEntry", e))},
    )


def _text(dataset: Dataset, view: View, extraction: str) -> str | None:
    """Return the text of an extraction; only files inside a loaded plan's folder are read."""
    name = view.value(extraction, GT + "file")
    for folder in dataset.folders if name else ():
        base = (folder if folder.is_dir() else folder.parent).resolve()
        path = (base / Path(str(name))).resolve()
        if path.is_relative_to(base) and path.is_file():
            return path.read_bytes().decode("utf-8", errors="replace")
    return None


def _facts(view: View, extractions: list[str]) -> Iterator[tuple[str, str]]:
    headings = {
        GT + "file": "File",
        GT + "sha256": "SHA-256",
        GT + "length": "Characters",
        GT + "pages": "Pages",
        DCTERMS + "provenance": "How it was made",
    }
    for extraction in extractions:
        for prop, heading in headings.items():
            for value in view.values(extraction, prop):
                yield heading, value


def _marks(view: View, entries: list[str]) -> Iterator[Segment]:
    for entry in entries:
        inner = bool(view.values(entry, GT + "inEntry"))
        thing = view.value(entry, GT + "entryOf") or ""
        name = view.node(thing).name if thing else view.value(entry, GT + "place") or ""
        types = [local_name(t) for t in view.values(entry, RDF + "type")]
        kind = next((t for t in types if t != "Entry"), "Entry")
        # A mark inside another entry (a quarter, a theme) is shown as part of that entry.
        if inner:
            continue
        spans = [
            (int(view.value(x, OA + "start") or 0), int(view.value(x, OA + "end") or 0))
            for x in view.values(entry, GT + "excerpt")
        ]
        for i, (start, end) in enumerate(sorted(spans)):
            yield Segment(start, end, "", kind, entry, thing, name, first=i == 0)


def _furniture(view: View, extractions: list[str]) -> Iterator[Segment]:
    for iri in view.subjects(RDF + "type", GT + "Furniture"):
        if iri.split("#")[0] in extractions:
            start, end = (int(view.value(iri, OA + p) or 0) for p in ("start", "end"))
            yield Segment(start, end, "", "Furniture", name="page furniture")


def _segments(text: str, marks: list[Segment]) -> Iterator[Segment]:
    """Yield the whole text in order; where spans overlap the earlier one keeps its characters."""
    here = 0
    for mark in marks:
        start, end = max(mark.start, here), min(mark.end, len(text))
        if start >= end:
            continue
        if start > here:
            yield Segment(here, start, text[here:start], "")
        yield Segment(
            start, end, text[start:end], mark.kind, mark.entry, mark.thing, mark.name, mark.first
        )
        here = end
    if here < len(text):
        yield Segment(here, len(text), text[here:], "")
