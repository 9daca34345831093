"""What the pages of a site lead to beyond those that it begins with: downloads, further pages.

A page that narrows a list by one choice, lists what a cell counts, or tells what something rests on
is a file like any other: there are as many as pages link to. Two choices at once are left out, as
there are too many of them.
"""

import hashlib
import re
from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl, urlsplit

# Names that Windows keeps for devices, whatever follows the first dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST = 80
_NARROWED = ("checks", "corrections", "gaps", "timeline")
"""Pages that have a file for each choice that narrows them."""
_SHORT = 28
"""Of a part's name: a shared drive has no room for long paths."""
_ITSELF = ("trace", "doc", "graph", "briefing", "why", "compare", "search", "library", "coverage")
"""Pages whose numbers count what stands on the page itself, or on one that a site has.

What a cell counts is a page, and each thing there has its evidence: the same for the cell would be
five hundred pages that say it again.
"""


def file_name(segment: str, longest: int = _LONGEST) -> str:
    """Return a part of an IRI's path as a file name that any system takes.

    Same parts have the same name; parts that differ only in case have different ones.
    """
    plain = re.sub(r"[^a-z0-9._-]", "~", segment)
    odd = plain != segment or len(plain) > longest or _DEVICES.match(plain) or not plain.strip(".")
    if not odd:
        return plain
    return plain[:longest].strip(".~") + "~" + hashlib.sha256(segment.encode()).hexdigest()[:10]


def further_file(name: str, query: Mapping[str, str]) -> str:
    """Return the file of a page with something chosen on it; empty where a site has none.

    Args:
        name: of the page.
        query: what its address says; every value is filled.
    """
    if name == "why":
        return _evidence(query)
    if name == "coverage":
        return _part(query)
    if name in _NARROWED and len(query) == 1:
        ((key, value),) = query.items()
        return f"{name}/{file_name(key)}/{file_name(value)}.html"
    return ""


def matrix_file(rows: str, columns: str) -> str:
    """Return the file of the coverage of some rows by some columns."""
    return f"coverage/{file_name(rows)}/{file_name(columns)}.html"


def _part(query: Mapping[str, str]) -> str:
    """Return the file of a matrix, or of what a cell, a row or a column of it counts."""
    rest = set(query) - {"rows", "columns"}
    if len(query) - len(rest) < len(("rows", "columns")) or rest - {"row", "column", "count"}:
        return ""
    whole = matrix_file(query["rows"], query["columns"])
    if not rest:
        return whole
    part = rest & {"row", "column"}
    names = [file_name(query.get(k, "all"), _SHORT) for k in ("row", "column") if part]
    names += [file_name(query["count"])] if "count" in query else []
    return whole.removesuffix(".html") + "/" + "/".join(names) + ".html"


def _evidence(query: Mapping[str, str]) -> str:
    """Return the file that says what something rests on; empty where a site has none."""
    asked = query.get("focus", "")
    if asked.startswith("/"):
        numbered = _numbered(asked)
    else:
        numbered = asked.startswith("result/") or "statements" in query
    return f"evidence/{file_name(asked)}.html" if numbered else ""


def _numbered(asked: str) -> bool:
    """Return whether a site tells what a number rests on: a list, or a number on a whole one."""
    parts = urlsplit(asked)
    page = parts.path.strip("/").partition("/")[0]
    chosen = dict(parse_qsl(parts.query))
    chosen.pop("reading", None)
    return page not in _ITSELF and len(chosen) <= (0 if parts.fragment else 1)


class Offered:
    """What the page of a site that is being made leads to: downloads, and further pages."""

    def __init__(self, reading: str, alone: Collection[str] = ()) -> None:
        """Begin with nothing.

        Args:
            reading: the reading whose pages are written.
            alone: IRIs of the things whose picture is written as one file, the empty one for all.
        """
        self.reading, self.alone = reading, alone
        self._wanted: dict[str, str] = {}
        self._taken: set[str] = set()
        self._pages: dict[str, str] = {}
        self._known: set[str] = set()
        self.refused: set[str] = set()
        """Files that could not be made, and are offered no more."""

    def add(self, file: str, address: str) -> bool:
        """Return whether a file can be offered, and remember which address makes it."""
        if file not in self.refused and file not in self._taken:
            self._wanted[file] = address
        return file not in self.refused

    def take(self) -> list[tuple[str, str]]:
        """Return files and addresses that are new since this was asked last."""
        found = list(self._wanted.items())
        self._taken.update(self._wanted)
        self._wanted = {}
        return found

    def add_page(self, path: str, address: str) -> None:
        """Remember a page, and the address at which a server has it."""
        if path not in self._known:
            self._known.add(path)
            self._pages[path] = address

    def take_pages(self) -> list[tuple[str, str]]:
        """Return paths and addresses of the pages that are new since this was asked last."""
        found, self._pages = list(self._pages.items()), {}
        return found
