"""Show a document as it was received, every character with what was read from it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from goldenthread.domain.identifiers import local_name, short_id
from goldenthread.domain.namespaces import DCTERMS, GT, OA, RDF, RDFS
from goldenthread.domain.source import FURNITURE, LEFT, MARKS, SPACE, Read, Segment, Source, Stretch
from goldenthread.errors import NotFound
from goldenthread.store.biting import Biting
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View

_AROUND = "Titles and headers"
# Entries that say what a table is or point elsewhere: no items of the plan.
_STRUCTURE = ("Heading", "Note")


def documents(dataset: Dataset, reading: str = "corrected") -> list[tuple[str, str, str]]:
    """Return IRI, short title and label of every document, in the order of their plans."""
    view = View(dataset, reading)
    return [
        (iri, view.label(iri), next(iter(view.values(iri, RDFS + "label")), view.label(iri)))
        for iri in view.subjects(RDF + "type", GT + "Document")
    ]


def named(dataset: Dataset) -> dict[str, tuple[str, str]]:
    """Return IRI and short title of each document by the name in its page's address."""
    found = documents(dataset)
    keys = [local_name(iri) for iri, _, _ in found]
    return {
        (k if keys.count(k) == 1 else iri.split("/id/")[-1].replace("/document/", ".")): (
            iri,
            title,
        )
        for (iri, title, _), k in zip(found, keys, strict=True)
    }


def has_text(dataset: Dataset, document: str) -> bool:
    """Return whether the document's text as received is in a loaded plan's folder."""
    view = View(dataset)
    extractions = view.subjects(GT + "extractionOf", document)
    return any(_text(dataset, view, e) is not None for e in extractions)


def source(dataset: Dataset, document: str, reading: str = "corrected") -> Source:
    """Return a document's text as received, in stretches with what was read from each.

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
    kept: dict[str, Source] = dataset.kept(f"sources of {reading}")
    if document not in kept:
        kept[document] = _source(view, document)
    return kept[document]


def _source(view: View, document: str) -> Source:
    dataset = view.dataset
    extractions = view.subjects(GT + "extractionOf", document)
    texts = ((e, _text(dataset, view, e)) for e in extractions)
    extraction, text = next(((e, t) for e, t in texts if t is not None), ("", ""))
    entries = view.subjects(GT + "inDocument", document)
    spans = sorted((*_excerpts(view, entries), *_furniture(view, extraction)), key=_place)
    marks = "".join(view.values(extraction, GT + "markCharacters")) if extraction else ""
    return Source(
        iri=document,
        title=view.value(document, RDFS + "label") or view.label(document),
        short_title=view.label(document),
        rights=view.value(document, DCTERMS + "rights") or "Licence not known.",
        facts=tuple(_facts(view, extractions)),
        stretches=tuple(_stretches(view, list(_segments(text, spans, marks)))),
    )


def _place(segment: Segment) -> tuple[int, int]:
    return segment.start, segment.end


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


def _kind(view: View, entry: str) -> tuple[bool, str]:
    """Return whether an entry is structure, and what it was read as: its level, else its class."""
    types = view.values(entry, RDF + "type")
    cls = next((t for t in types if t != GT + "Entry"), GT + "Entry")
    level = view.value(entry, GT + "atLevel")
    words = view.levels[level][2] if level in view.levels else view.dataset.label_of_term(cls)
    return local_name(cls) in _STRUCTURE, words


def _excerpts(view: View, entries: list[str]) -> Iterator[Segment]:
    for entry in entries:
        # A mark inside another entry (a quarter, a theme) is shown as part of that entry.
        if view.values(entry, GT + "inEntry"):
            continue
        structural, kind = _kind(view, entry)
        spans = [
            (int(view.value(x, OA + "start") or 0), int(view.value(x, OA + "end") or 0))
            for x in view.values(entry, GT + "excerpt")
        ]
        for i, (start, end) in enumerate(sorted(spans), start=1):
            yield Segment(start, end, "", kind, entry, i, structural)


def _furniture(view: View, extraction: str) -> Iterator[Segment]:
    for iri in view.subjects(RDF + "type", GT + "Furniture"):
        if iri.split("#")[0] == extraction:
            start, end = (int(view.value(iri, OA + p) or 0) for p in ("start", "end"))
            yield Segment(start, end, "", FURNITURE)


def _segments(text: str, spans: list[Segment], marks: str) -> Iterator[Segment]:
    """Yield the whole text in order; where spans overlap the earlier one keeps its characters."""
    here = 0
    for span in (*spans, Segment(len(text), len(text), "", "")):
        start, end = max(span.start, here), min(span.end, len(text))
        if start > here:
            yield from _gap(text, here, start, marks)
        if start < end:
            yield replace(span, start=start, end=end, text=text[start:end])
        here = max(here, end)


def _gap(text: str, start: int, end: int, marks: str) -> Iterator[Segment]:
    """Yield what stands between two readings, in runs of one kind."""

    def kind(i: int) -> str:
        return SPACE if text[i].isspace() else MARKS if text[i] in marks else LEFT

    for name, places in groupby(range(start, end), kind):
        run = list(places)
        yield Segment(run[0], run[-1] + 1, text[run[0] : run[-1] + 1], name)


def _stretches(view: View, segments: list[Segment]) -> Iterator[Stretch]:
    """Yield the text in stretches: a physical row each, and what stands between rows.

    What sets items apart goes with what it follows.
    """
    biting = Biting(view)
    cells = [view.value(g.entry, GT + "inCell") or "" if g.entry else "" for g in segments]
    rows: list[str] = []
    for segment, cell in zip(segments, cells, strict=True):
        row = (view.value(cell, GT + "inRow") or "") if cell else ""
        rows.append(row if segment.entry else rows[-1] if rows else "")
    for row, places in groupby(range(len(segments)), lambda i: rows[i]):
        here = list(places)
        new = [segments[i].entry for i in here if segments[i].part == 1]
        yield Stretch(
            name=view.label(row) if row else _AROUND,
            segments=tuple(segments[i] for i in here),
            reads=tuple(_read(view, biting, e) for e in dict.fromkeys(new)),
            remarks=tuple(biting.remarks(*dict.fromkeys(cells[i] for i in here if cells[i]))),
        )


def _read(view: View, biting: Biting, entry: str) -> Read:
    structural, kind = _kind(view, entry)
    inside = view.subjects(GT + "inEntry", entry)
    thing = view.value(entry, GT + "entryOf")
    return Read(
        iri=entry,
        place=view.value(entry, GT + "place") or "",
        kind=kind,
        structural=structural,
        label=view.label(entry),
        number=view.value(entry, GT + "printedNumber") or "",
        node=view.node(thing) if thing else None,
        parts=len(view.values(entry, GT + "excerpt")),
        marks=tuple((i, _kind(view, i)[1], view.label(i)) for i in inside),
        remarks=tuple(biting.remarks(entry, *inside)),
    )
