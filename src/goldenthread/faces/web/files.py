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
_ALONE = "/picture.html"


def file_name(segment: str) -> str:
    """Return a part of an IRI's path as a file name that any system takes.

    Same parts have the same name; parts that differ only in case have different ones.
    """
    plain = re.sub(r"[^a-z0-9._-]", "~", segment)
    odd = plain != segment or len(plain) > _LONGEST or _DEVICES.match(plain) or not plain.strip(".")
    if not odd:
        return plain
    return plain[:_LONGEST].strip(".~") + "~" + hashlib.sha256(segment.encode()).hexdigest()[:10]


class Offered:
    """The downloads of a site's pages: what the page that is being made leads to."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._wanted: dict[str, str] = {}
        self._taken: set[str] = set()
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


class FileLinks(Links):
    """The addresses of pages as files, relative to the page that is being written."""

    def __init__(
        self,
        x: Explorer,
        reading: str,
        here: str,
        pages: dict[str, set[str]],
        offered: Offered | None = None,
    ) -> None:
        """Keep what addresses depend on.

        Args:
            x: the explorer.
            reading: the reading of the page.
            here: path of the page's file from the top of the site.
            pages: for each reading, the files that the site has.
            offered: takes note of downloads; None where the site has none.
        """
        super().__init__(reading, [iri for iri, _ in x.plans], x.texts)
        self.x, self.here, self.pages, self.offered = x, here, pages, offered

    def in_reading(self, reading: str) -> "FileLinks":
        """Return the addresses of another reading, from the same page."""
        return FileLinks(self.x, reading, self.here, self.pages, self.offered)

    def at(self, path: str) -> "FileLinks":
        """Return the addresses from another page of the same reading."""
        return FileLinks(self.x, self.reading, self.file(path), self.pages, self.offered)

    def file(self, path: str) -> str:
        """Return a page's file from the top of the site."""
        return path if self.reading == "corrected" else f"printed/{path}"

    def _to(self, path: str, place: str = "") -> str:
        if path not in self.pages[self.reading]:
            return ""
        return self._relative(self.file(path)) + place

    def _relative(self, file: str) -> str:
        return quote(posixpath.relpath(file, posixpath.dirname(self.here) or "."))

    def _data(self, file: str, address: str) -> str:
        """Return where a download stands; empty where the site has none or it cannot be made."""
        if self.offered is None or not address or not self.offered.add(file, address):
            return ""
        return self._relative(file)

    def _beside(self, path: str, extension: str, address: str) -> str:
        """Return where a download of a page stands, beside the page; empty without the page."""
        if path not in self.pages[self.reading]:
            return ""
        return self._data(self.file(path).removesuffix(".html") + extension, address)

    @property
    def _served(self) -> Links:
        """Return the addresses that a server has for the same."""
        return self.x.links(self.reading)

    def page(self, name: str = "", **query: str) -> str:
        """Return the file of a page; empty for what files cannot answer."""
        if any(query.values()):
            return ""
        return self._to(f"{name}.html" if name else "index.html")

    def trace(self, iri: str, direction: str = "down", extension: str = "") -> str:
        """Return the file of a thread."""
        path = trace_file(iri, direction)
        if extension:
            return self._beside(path, extension, self._served.trace(iri, direction, extension))
        return self._to(path)

    def matrix(self, rows: str, columns: str, **more: str) -> str:
        """Return the file of a matrix; empty for a part of one, which is a place in its file."""
        return "" if any(more.values()) else self._to(matrix_file(rows, columns))

    def briefing(self, iri: str, extension: str = "") -> str:
        """Return the file of a briefing, as a page or as a document."""
        path = briefing_file(iri)
        if extension:
            return self._beside(path, extension, self._served.briefing(iri, extension))
        return self._to(path)

    def why(self, iri: str, extension: str = "") -> str:
        """Return the file of an account."""
        path = why_file(iri)
        if extension:
            return self._beside(path, extension, self._served.why(iri, extension))
        return self._to(path)

    def graph(self, iri: str = "", opened: Sequence[str] = (), extension: str = "") -> str:
        """Return the file of the picture around a thing; empty where more was asked for.

        The picture that carries its own script is for a server, which keeps it in a sandbox.
        """
        if opened or extension == _ALONE:
            return ""
        path = graph_file(iri)
        if extension:
            return self._beside(path, extension, self._served.graph(iri, (), extension))
        return self._to(path)

    def thing(self, iri: str, extension: str = "") -> str:
        """Return the file about a node, if the site has one."""
        if iri.startswith(GT):
            return self._to("ontology.html", f"#{anchor(iri)}")
        if iri.startswith(SHAPE):
            return self.rule(iri.removeprefix(SHAPE))
        path = thing_file(iri)
        # A workbook takes long to make, and of an entry or a record it says no more than CSV.
        if extension == ".xlsx" and trace_file(iri, "up") not in self.pages[self.reading]:
            return ""
        if extension:
            return self._beside(path, extension, self._served.thing(iri, extension))
        return self._to(path)

    def rule(self, name: str, extension: str = "", **query: str) -> str:
        """Return the file about a rule; of what can be taken away, the shape and JSON alone."""
        path = rule_file(name)
        if any(query.values()) or extension not in ("", ".ttl", ".json"):
            return ""
        if extension:
            return self._beside(path, extension, self._served.rule(name, extension))
        return self._to(path)

    def terms(self, page: str, form: str) -> str:
        """Return the file of the ontology's or the rules' RDF: no reading makes a difference."""
        return self._data(f"{page}.{form}", self._served.terms(page, form))

    def download(self, name: str, **query: str) -> str:
        """Return the file of the data of the page that is being written, beside it."""
        extension = "." + name.rpartition(".")[2]
        address = self._served.page(name, **query, reading=self.reading)
        return self._data(self.here.removesuffix(".html") + extension, address)

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
