"""Where in which file a node is described, for programs that show results beside lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from goldenthread.store.dataset import Dataset

_PREFIX = re.compile(r"^\s*@?prefix\s+([^\s:]*):\s*<([^>]*)>", re.IGNORECASE)
_BASE = re.compile(r"^\s*@?base\s+<([^>]*)>", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?:<([^>\s]*)>|([^\s:@#<\"'\[\(]*):((?:\\.|[^\s;,\[\]\(\)])*))\s")
_LINES = (".ttl", ".nt", ".nq")


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, counted from one."""

    file: Path
    line: int


def places(dataset: Dataset) -> dict[str, Place]:
    """Return the first line at which each node of the loaded files is a subject.

    Subjects are looked for at the beginnings of lines, as the project's layout and most writers
    of Turtle put them; what is written otherwise has no place. They are looked for once: every
    proof asks for them.
    """
    kept: dict[str, dict[str, Place]] = dataset.kept("places")
    if "all" not in kept:
        kept["all"] = _found(dataset)
    return kept["all"]


def _found(dataset: Dataset) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for path in dataset.files:
        if path.suffix in _LINES:
            for line, iri in _subjects(path.read_text(encoding="utf-8", errors="replace")):
                found.setdefault(iri, Place(path, line))
    return found


def _subjects(text: str) -> Iterator[tuple[int, str]]:
    prefixes: dict[str, str] = {}
    base = ""
    quoted = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not quoted:
            if match := _PREFIX.match(line):
                prefixes[match[1]] = urljoin(base, match[2])
            elif match := _BASE.match(line):
                base = urljoin(base, match[1])
            elif match := _SUBJECT.match(line):
                if match[1] is not None:
                    yield number, urljoin(base, match[1])
                elif match[2] in prefixes:
                    yield number, prefixes[match[2]] + re.sub(r"\\(.)", r"\1", match[3])
        # Lines within a long string are text, whatever they begin with.
        quoted ^= (line.count('"""') + line.count("'''")) % 2 == 1
