"""Compare a data set with the texts it was read from and with the seal it was given."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from goldenthread.domain.identifiers import short_id
from goldenthread.domain.namespaces import GT, OA, RDF
from goldenthread.domain.validation import Broken
from goldenthread.domain.verification import Finding, Verification
from goldenthread.errors import BadValue, NotFound
from goldenthread.store import quotes, seals
from goldenthread.store.dataset import Dataset
from goldenthread.store.seals import Seal
from goldenthread.store.sources import asserted, objects

# What to do, by what happened.
_ANEW = "`goldenthread verify --seal` then vouches for it as it is."
_MEANT = f"If it was meant, read it through: {_ANEW} If not, restore the file from its history."
_TEXT = (
    "A text is never edited: restore the file from its history. A new text of the document "
    "belongs beside it under a name of its own, and is read anew."
)
_QUOTE = (
    "If the text was changed, restore it. If the quote or its place was changed, restore the file "
    "that records it, which the findings below name."
)
_MOVED = "The words are unchanged, and their places right again once the text is restored."
_RULES = f"Compare the version of the program with the one that sealed. {_ANEW}"
_RENAMED = f"The folder has another name, or stands beside other plans. {_ANEW}"
_SEAL = "Restore it from the history of the folder: as it is, it vouches for nothing."


def verify(dataset: Dataset, seal: Path | None = None) -> Verification:
    """Return what differs from the texts, from the seal, and from a fresh derivation.

    Args:
        dataset: the data set.
        seal: a seal's file; where None, the one in the plan's folder, if there is one.

    Raises:
        NotFound: the file that was named is not there.
        Unreadable: a seal that cannot be read.
    """
    findings = list(_against_texts(dataset))
    compared = [
        (
            "texts with their recorded SHA-256",
            len(asserted(dataset, RDF + "type", GT + "Extraction")),
        ),
        ("quotes with the texts", len(asserted(dataset, RDF + "type", GT + "Excerpt"))),
    ]
    notes: list[str] = []
    if seal is not None and not seal.is_file():
        raise NotFound(f"There is no seal at {seal}. `goldenthread verify --seal` writes one.")
    for part, path in _parts(dataset, seal):
        known = seals.read(path)
        if known is None:
            notes.append(
                f"There is no {path}: whether statements were changed cannot be told. "
                "`goldenthread verify --seal` vouches for them as they are."
            )
            continue
        now = seals.seal_of(part)
        files = {p.stem: p.name for p in part.files}
        findings += _against_seal(known, now, files)
        compared += [
            ("graphs with the seal", len(known["graphs"])),
            ("subjects with the seal", sum(map(len, known.get("statements", {}).values()))),
            ("derived readings with the seal", len(known.get("readings", {}))),
        ]
    if dataset.stored:
        notes.append("What came from a store has no texts here and no seal beside it.")
    return Verification(dataset.sha256, tuple(compared), tuple(findings), tuple(notes))


def seal(dataset: Dataset) -> list[Path]:
    """Write a seal into the folder of each plan; return the files.

    Raises:
        BadValue: a plan that is one file or stands in a store, so that there is no folder.
        OSError: a folder that cannot be written to.
    """
    folders = [f for f in dataset.folders if f.is_dir()]
    if not folders or len(folders) < len(dataset.folders) or dataset.stored:
        raise BadValue("A seal stands in a plan's folder. Name folders with --data, nothing else.")
    for part, path in _parts(dataset, None):
        seals.write(part, path)
    return [f / seals.FILE for f in folders]


def _parts(dataset: Dataset, path: Path | None) -> Iterator[tuple[Dataset, Path]]:
    """Yield each plan's folder as a data set of its own, with the file of its seal."""
    if path is not None:
        yield dataset, path
        return
    alone = len(dataset.folders) == 1 and not dataset.stored
    for folder in dataset.folders:
        if folder.is_dir():
            yield dataset if alone else Dataset([folder]), folder / seals.FILE


def _against_texts(dataset: Dataset) -> Iterator[Finding]:
    broken = quotes.misquoted(dataset)
    changed = {b.focus for b in broken if b.rule == quotes.FILE}
    for extraction in (b for b in broken if b.rule == quotes.FILE):
        about, file = short_id(extraction.focus), _file(dataset, extraction.focus)
        message = f"{file or 'The text'} of {about} is missing or is not the one that was read."
        yield Finding("text", about, message, file=file, mend=_TEXT)
    found = [
        (file, int(starts[0]) if starts and starts[0].isdecimal() else 0, b, source in changed)
        for b in broken
        if b.rule != quotes.FILE
        for source in objects(dataset, b.focus, OA + "hasSource")[:1]
        for file, starts in [(_file(dataset, source), objects(dataset, b.focus, OA + "start"))]
    ]
    for file, start, quote, text_changed in sorted(found, key=lambda f: f[:2]):
        yield _quote(dataset, file, start, quote, text_changed=text_changed)


def _quote(
    dataset: Dataset, file: str, start: int, broken: Broken, *, text_changed: bool
) -> Finding:
    """Return what stands where a quote is said to stand, and where its words stand now."""
    about, words = short_id(broken.focus), broken.value or ""
    text = (quotes.text_of(dataset, file) or b"").decode("utf-8", "replace")
    now = text[start : start + len(words)]
    if text_changed and (place := text.find(words)) >= 0:
        # The nearest, where they stand in several places.
        before, after = text.rfind(words, 0, start + len(words)), text.find(words, start)
        place = min((p for p in (place, before, after) if p >= 0), key=lambda p: abs(p - start))
        message = f"In {file} the words of {about} begin at character {place} now, not {start}."
        return Finding("moved", about, message, words, now, file, _MOVED)
    message = f"{file or 'The text'} does not have these words at the place of {about}."
    return Finding("quote", about, message, words, now, file, _QUOTE)


def _file(dataset: Dataset, extraction: str) -> str:
    return next(iter(objects(dataset, extraction, GT + "file")), "")


def _against_seal(known: Seal, now: Seal, files: dict[str, str]) -> Iterator[Finding]:
    """Yield what differs, from the text outwards: the hash of all differs if anything does."""
    if seals.altered(known):
        message = f"{seals.FILE} is not as it was written: somebody changed the seal itself."
        yield Finding("seal", seals.FILE, message, file=seals.FILE, mend=_SEAL)
    yield from _texts(known["texts"], now["texts"])
    for graph in sorted({*known["graphs"], *now["graphs"]}):
        if known["graphs"].get(graph) != now["graphs"].get(graph):
            yield from _statements(graph, known, now, files.get(graph, f"{graph}.ttl"))
    yield from _derived(known, now)


def _derived(known: Seal, now: Seal) -> Iterator[Finding]:
    same = known["graphs"] == now["graphs"]
    if known.get("rules") != now["rules"]:
        message = (
            "Rules or ontology are not those that were sealed, so readings may differ. If the "
            "program was renewed, look at the answers and seal anew."
        )
        yield Finding("rules", "rules", message, known.get("rules", ""), now["rules"], mend=_RULES)
    for reading, was in known.get("readings", {}).items():
        is_now = now["readings"].get(reading, "")
        if was != is_now and same:
            message = f"What is derived for the reading {reading} is not what was sealed."
            yield Finding("derivation", reading, message, was, is_now, mend=_RULES)
    if known["dataset"] != now["dataset"] and same:
        message = "The statements are those that were sealed, but their graphs have other names."
        yield Finding("hash", "data set", message, known["dataset"], now["dataset"], mend=_RENAMED)


def _texts(known: dict[str, str], now: dict[str, str]) -> Iterator[Finding]:
    for name in sorted({*known, *now}):
        was, is_now = known.get(name, ""), now.get(name, "")
        if was != is_now:
            what = "is new" if not was else "is gone" if not is_now else "was changed"
            message = f"{name} {what} since the plan was sealed."
            yield Finding("text", name, message, was, is_now, name, _TEXT)


def _statements(graph: str, known: Seal, now: Seal, file: str) -> Iterator[Finding]:
    was: dict[str, Any] = known.get("statements", {}).get(graph, {})
    is_now: dict[str, Any] = now["statements"].get(graph, {})
    changed = sorted(n for n in {*was, *is_now} if was.get(n) != is_now.get(n))
    for name in changed:
        about = f"{graph}: {short_id(name)}"
        verb = "is new" if name not in was else "is gone" if name not in is_now else "was changed"
        message = f"In {file}, what is said of {short_id(name)} {verb} since the plan was sealed."
        expected, found = was.get(name, ""), is_now.get(name, "")
        yield Finding("statements", about, message, expected, found, file, _MEANT)
