"""Addresses of pages as files with relative links: they open from a shared drive.

Pages with corrections stand at the top, those as printed in `printed/`.
"""

import hashlib
import posixpath
import re
from collections.abc import Sequence
from urllib.parse import quote

from goldenthread.domain.namespaces import BASE, GT, SHAPE
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.paths import Links, anchor

# Names that Windows keeps for devices, whatever follows the first dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST = 80


def file_name(segment: str) -> str:
    """Return a part of an IRI's path as a file name that any system takes.

    Same parts have the same name; parts that differ only in case have different ones.
    """
    plain = re.sub(r"[^a-z0-9._-]", "~", segment)
    odd = plain != segment or len(plain) > _LONGEST or _DEVICES.match(plain) or not plain.strip(".")
    if not odd:
        return plain
    return plain[:_LONGEST].strip(".~") + "~" + hashlib.sha256(segment.encode()).hexdigest()[:10]


class FileLinks(Links):
    """The addresses of pages as files, relative to the page that is being written."""

    def __init__(self, x: Explorer, reading: str, here: str, pages: dict[str, set[str]]) -> None:
        """Keep what addresses depend on.

        Args:
            x: the explorer.
            reading: the reading of the page.
            here: path of the page's file from the top of the site.
            pages: for each reading, the files that the site has.
        """
        super().__init__(reading, [iri for iri, _ in x.plans], x.texts)
        self.x, self.here, self.pages = x, here, pages

    def in_reading(self, reading: str) -> "FileLinks":
        """Return the addresses of another reading, from the same page."""
        return FileLinks(self.x, reading, self.here, self.pages)

    def at(self, path: str) -> "FileLinks":
        """Return the addresses from another page of the same reading."""
        return FileLinks(self.x, self.reading, self.file(path), self.pages)

    def file(self, path: str) -> str:
        """Return a page's file from the top of the site."""
        return path if self.reading == "corrected" else f"printed/{path}"

    def _to(self, path: str, place: str = "") -> str:
        if path not in self.pages[self.reading]:
            return ""
        address = posixpath.relpath(self.file(path), posixpath.dirname(self.here) or ".")
        return quote(address) + place

    def page(self, name: str = "", **query: str) -> str:
        """Return the file of a page; empty for what files cannot answer."""
        if any(query.values()):
            return ""
        return self._to(f"{name}.html" if name else "index.html")

    def trace(self, iri: str, direction: str = "down", extension: str = "") -> str:
        """Return the file of a thread."""
        return "" if extension else self._to(trace_file(iri, direction))

    def matrix(self, rows: str, columns: str, **more: str) -> str:
        """Return the file of a matrix; empty for a part of one, which is a place in its file."""
        return "" if any(more.values()) else self._to(matrix_file(rows, columns))

    def briefing(self, iri: str, extension: str = "") -> str:
        """Return the file of a briefing, as a page or as a document."""
        return self._to(briefing_file(iri, extension or ".html"))

    def why(self, iri: str, extension: str = "") -> str:
        """Return the file of an account."""
        return "" if extension else self._to(why_file(iri))

    def graph(self, iri: str = "", opened: Sequence[str] = (), extension: str = "") -> str:
        """Return the file of the picture around a thing; empty where more was asked for."""
        return "" if opened or extension else self._to(graph_file(iri))

    def thing(self, iri: str, extension: str = "") -> str:
        """Return the file about a node, if the site has one."""
        if extension:
            return ""
        if iri.startswith(GT):
            return self._to("ontology.html", f"#{anchor(iri)}")
        if iri.startswith(SHAPE):
            return self.rule(iri.removeprefix(SHAPE))
        return self._to(thing_file(iri))

    def rule(self, name: str, extension: str = "", **query: str) -> str:
        """Return the file about a rule."""
        return "" if extension or any(query.values()) else self._to(rule_file(name))

    def terms(self, page: str, form: str) -> str:  # noqa: ARG002 - a site has pages only
        """Return nothing: a site has pages only."""
        return ""

    def download(self, name: str, **query: str) -> str:  # noqa: ARG002 - a file answers no query
        """Return nothing: a site has pages only."""
        return ""

    def source(self, document: str, entry: str = "") -> str:
        """Return the file of a document's text, at an entry if one is given."""
        for name, known in self.documents.items():
            if document in known:
                return self._to(source_file(name), f"#{self.mark(entry)}" if entry else "")
        return ""

    def asset(self, name: str) -> str:
        """Return a style sheet or picture beside the pages."""
        return posixpath.relpath(name, posixpath.dirname(self.here) or ".")

    def searches(self) -> bool:
        """Return that no form can be sent."""
        return False


def thing_file(iri: str) -> str:
    """Return the file about a node from the top of its reading."""
    path = iri.removeprefix(BASE)
    return "doc/" + "/".join(file_name(s) for s in path.split("/")) + ".html"


def trace_file(iri: str, direction: str) -> str:
    """Return the file of a thread from the top of its reading."""
    return f"trace/{direction}/" + thing_file(iri).removeprefix("doc/")


def matrix_file(rows: str, columns: str) -> str:
    """Return the file of the coverage of some rows by some columns."""
    return f"coverage/{file_name(rows)}/{file_name(columns)}.html"


def briefing_file(iri: str, extension: str = ".html") -> str:
    """Return the file of a briefing from the top of its reading."""
    return "briefing/" + thing_file(iri).removeprefix("doc/").removesuffix(".html") + extension


def why_file(iri: str) -> str:
    """Return the file of an account of why a thing exists from the top of its reading."""
    return "why/" + thing_file(iri).removeprefix("doc/")


def graph_file(iri: str) -> str:
    """Return the file of the picture around a thing from the top of its reading."""
    return "graph/" + thing_file(iri).removeprefix("doc/") if iri else "graph.html"


def rule_file(name: str) -> str:
    """Return the file about a rule from the top of its reading; names differ in more than case."""
    return f"rules/{file_name(name.casefold())}.html"


def source_file(name: str) -> str:
    """Return the file of a document's text from the top of its reading."""
    return f"sources/{file_name(name)}.html"
