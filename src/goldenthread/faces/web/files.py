"""Addresses of pages as files with relative links: they open from a shared drive.

Pages with corrections stand at the top, those as printed in `printed/`.
"""

import posixpath
from collections.abc import Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from goldenthread.domain.namespaces import BASE, GT, SHAPE
from goldenthread.faces.web.offered import file_name, matrix_file
from goldenthread.faces.web.paths import anchor, web_address
from goldenthread.faces.web.relative import Relative
from goldenthread.services.representing import exists

_ALONE = "/picture.html"
_PROOF = {True: (".xlsx",), False: (".xlsx", ".ttl")}
"""Forms of evidence, of numbers or not: the chain and the statements as tables, and as PROV."""


class FileLinks(Relative):
    """The addresses of pages as files, relative to the page that is being written."""

    def page(self, name: str = "", **query: str) -> str:
        """Return the file of a page; empty for what files cannot answer."""
        if chosen := {k: v for k, v in query.items() if v}:
            return self._further(name, chosen)
        return self._to(f"{name}.html" if name else "index.html")

    def asked(self, address: str) -> str:
        """Return the file of the page at a server's address."""
        parts = urlsplit(address)
        query = {k: v for k, v in parse_qsl(parts.query) if k != "reading"}
        # What follows the hash names a number, and is no place on the page.
        return self.page(unquote(parts.path).strip("/"), **query)

    def trace(self, iri: str, direction: str = "down", extension: str = "") -> str:
        """Return the file of a thread."""
        path = trace_file(iri, direction)
        if extension:
            return self._beside(path, extension, self._served.trace(iri, direction, extension))
        return self._to(path)

    def matrix(self, rows: str, columns: str, **more: str) -> str:
        """Return the file of a matrix, or of what a part of it counts."""
        if any(more.values()):
            return self.page("coverage", rows=rows, columns=columns, **more)
        return self._to(matrix_file(rows, columns))

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
        """Return the file of the picture around a thing; empty where more was asked for."""
        path = graph_file(iri)
        if opened:
            return ""
        if extension == _ALONE:
            # Each carries the whole script that draws it.
            there = self.offered is not None and iri in self.offered.alone
            address = self._served.graph(iri, (), extension)
            return self._beside(path, "~picture.html", address) if there else ""
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
        if iri.startswith(f"{self.x.dataset.base}result/"):
            # A check result is shown with its evidence.
            return (
                "" if extension else self.page("why", focus=iri.removeprefix(self.x.dataset.base))
            )
        if not iri.startswith(self.x.dataset.base):
            return self._elsewhere(iri, extension)
        if extension:
            return self._beside(path, extension, self._served.thing(iri, extension))
        return self._to(path)

    def _elsewhere(self, iri: str, extension: str) -> str:
        """Return the file about a node of another vocabulary, if anything is said of it here."""
        address = self._served.thing(iri, extension)
        if not web_address(iri) or not exists(self.x.dataset, iri, self.reading):
            return ""
        path = thing_file(iri)
        if extension:
            return self._data(self.file(path).removesuffix(".html") + extension, address)
        return self._wanted(path, address)

    def rule(self, name: str, extension: str = "", **query: str) -> str:
        """Return the file about a rule, or of what can be taken away, its examples too."""
        path = rule_file(name)
        if any(query.values()):
            return ""
        if extension:
            address = self._served.rule(name, extension)
            return self._beside(path, extension.replace("/", "~"), address)
        return self._to(path)

    def terms(self, page: str, form: str) -> str:
        """Return the file of the ontology's or the rules' RDF: no reading makes a difference."""
        return self._data(f"{page}.{form}", self._served.terms(page, form))

    def data(self, form: str, reading: str) -> str:
        """Return the file of all data of a reading, written with its pages."""
        file = self.in_reading(reading).file(f"data.{form}")
        if self.offered and reading != self.offered.reading:
            return self._relative(file)
        return self._data(file, self._served.data(form, reading))

    def download(self, name: str, **query: str) -> str:
        """Return the file of the data of the page that is being written, beside it."""
        extension = "." + name.rpartition(".")[2]
        focus = query.get("focus", "")
        if name.startswith("why.") and extension not in _PROOF[focus.startswith("/")]:
            return ""
        if name.startswith("coverage.") and (query.get("row") or query.get("column")):
            return ""
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
