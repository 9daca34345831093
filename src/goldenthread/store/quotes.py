"""Compare quotes and checksums with the texts they were taken from: what SHACL cannot see."""

import hashlib
from pathlib import Path

from goldenthread.domain.namespaces import GT, OA, RDF, SHAPE
from goldenthread.domain.validation import Broken
from goldenthread.store.dataset import Dataset
from goldenthread.store.sources import asserted, objects

QUOTE = SHAPE + "Excerpt-quote"
FILE = SHAPE + "Extraction-file"


def misquoted(dataset: Dataset) -> list[Broken]:
    """Return extractions whose text is missing or changed, and quotes that are not in theirs.

    Spans count Unicode code points and end before `oa:end` (RFC 5147). Where a text cannot be
    had, that is the one result: its quotes are not reported one by one.
    """
    found = []
    for extraction in asserted(dataset, RDF + "type", GT + "Extraction"):
        names = objects(dataset, extraction, GT + "file")
        if not names:
            continue  # The shape reports it.
        text = text_of(dataset, names[0])
        recorded = objects(dataset, extraction, GT + "sha256")
        if text is None or hashlib.sha256(text).hexdigest() not in recorded:
            found.append(Broken(FILE, extraction, f"<{GT}sha256>"))
        if text is not None:
            found += _misquoted(dataset, extraction, text.decode("utf-8", "replace"))
    return found


def _misquoted(dataset: Dataset, extraction: str, text: str) -> list[Broken]:
    found = []
    for excerpt in asserted(dataset, OA + "hasSource", extraction):
        spans = [objects(dataset, excerpt, OA + p) for p in ("start", "end", "exact")]
        if any(len(s) != 1 for s in spans):
            continue  # The shapes report it.
        start, end, exact = (s[0] for s in spans)
        if not (start.isdecimal() and end.isdecimal() and text[int(start) : int(end)] == exact):
            found.append(Broken(QUOTE, excerpt, f"<{OA}exact>", exact))
    return found


def text_of(dataset: Dataset, name: str) -> bytes | None:
    """Return the bytes of a file of one of the plans' folders; never of one outside them."""
    for folder in dataset.folders:
        home = (folder.parent if folder.is_file() else folder).resolve()
        path = (home / Path(name)).resolve()
        if path.is_relative_to(home) and path.is_file():
            return path.read_bytes()
    return None
