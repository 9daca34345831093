"""Addresses: where a thing's page is, and where a page or download leads.

Two ways to lay out the same pages: `Links` for a server, with the state of a page in its query;
`site.FileLinks` for files that open from a shared drive.
"""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from goldenthread.domain.identifiers import short_id
from goldenthread.domain.namespaces import BASE, GT, SHAPE

# What may stand in a path as it is; everything else is percent-encoded, `#` and `?` above all.
PLAIN = "/:@!$&'()*+,;=-._~"
GIVEN = "goldenthread.links"
"""In the scope of a request that comes from inside: the addresses of its page, as of a file."""
_SCHEMES = ("http://", "https://", "mailto:")


def web_address(iri: str) -> str:
    """Return the IRI if a page may link to it, else nothing: only http, https and mailto may."""
    plain = iri.casefold().startswith(_SCHEMES) and not re.search(r"[\x00-\x20<>\"\\^`{}|]", iri)
    return iri if plain else ""


def anchor(iri: str) -> str:
    """Return the name by which the page of the ontology marks a term."""
    if iri.startswith(GT):
        return re.sub(r"[^A-Za-z0-9._-]", "-", iri[len(GT) :]) or "top"
    return "top"


def at(page: str, mark: str = "", /, **query: str | Sequence[str]) -> str:
    """Return the address by which a number is asked about: the same on a server and in a site.

    Args:
        page: name of the page that shows it.
        mark: the number's name there; nothing where the page itself is the list.
        query: what the page shows.
    """
    kept = [(k, v) for k, v in query.items() if v]
    return (
        "/"
        + quote(page, safe=PLAIN)
        + (f"?{urlencode(kept, doseq=True)}" if kept else "")
        + (f"#{quote(mark, safe=PLAIN)}" if mark else "")
    )


class Links:
    """The addresses of a server's pages, all of them paths: the Host header plays no part."""

    def __init__(
        self,
        reading: str,
        plans: Sequence[str],
        documents: Mapping[str, tuple[str, str]],
        base: str = BASE,
    ) -> None:
        """Keep what addresses depend on.

        Args:
            reading: the reading that the page shows and its links keep.
            plans: IRIs of the plans that are loaded.
            documents: IRI and short title of each document by the name in its page's address.
            base: what the IRIs of things begin with that have a page by path.
        """
        self.reading = reading
        self.plans = plans
        self.documents = documents
        self.base = base
        self.embedded = ""
        """Where the page stands by itself, if it stands in another's frame; else empty."""

    def in_reading(self, reading: str) -> "Links":
        """Return the same addresses for another reading."""
        found = Links(reading, self.plans, self.documents, self.base)
        found.embedded = self.embedded
        return found

    def page(self, name: str = "", **query: str) -> str:
        """Return the address of a page by name: nothing for the first, `trace`, `gaps.csv`."""
        kept = {k: v for k, v in query.items() if v}
        if self.reading != "corrected":
            kept["reading"] = self.reading
        return f"/{name}" + (f"?{urlencode(kept)}" if kept else "")

    def number(self, asked: str) -> str:
        """Return the address of what a number rests on, asked about by its own address."""
        return self.page("why", focus=asked)

    def focus(self, iri: str) -> str:
        """Return the shortest id that means this thing and no other."""
        short = short_id(iri)
        alone = len(self.plans) == 1 and iri == f"{self.plans[0]}/{short}"
        return short if alone else iri

    def trace(self, iri: str, direction: str = "down", extension: str = "") -> str:
        """Return the address of the thread from a thing, as a page or a download."""
        return self.page("trace" + extension, focus=self.focus(iri), direction=direction)

    def matrix(self, rows: str, columns: str, **more: str) -> str:
        """Return the address of the coverage of some rows by some columns, or of a part of it."""
        return self.page("coverage", rows=rows, columns=columns, **more)

    def briefing(self, iri: str, extension: str = "") -> str:
        """Return the address of the briefing on a thing, as a page or a download."""
        return self.page("briefing" + extension, focus=self.focus(iri))

    def why(self, iri: str, extension: str = "") -> str:
        """Return the address of the account of why a thing exists, as a page or a download."""
        return self.page("why" + extension, focus=self.focus(iri))

    def graph(self, iri: str = "", opened: Sequence[str] = (), extension: str = "") -> str:
        """Return the address of the picture around a thing, with the neighbours of `opened`."""
        query = [("focus", self.focus(iri))] if iri else []
        query += [("open", self.focus(o)) for o in opened]
        query += [("reading", self.reading)] if self.reading != "corrected" else []
        return f"/graph{extension}" + (f"?{urlencode(query)}" if query else "")

    def asked(self, address: str) -> str:
        """Return where the page is that a server has at an address."""
        return address

    def thing(self, iri: str, extension: str = "") -> str:
        """Return the address of the page or download about an IRI; empty if there is none."""
        if iri.startswith(self.base):
            return self.page("doc/" + quote(iri[len(self.base) :], safe=PLAIN) + extension)
        if iri.startswith(GT):
            return "/ontology/#" + anchor(iri)
        if iri.startswith(SHAPE):
            return self.rule(iri.removeprefix(SHAPE))
        return self.page("doc" + extension, iri=iri) if web_address(iri) else ""

    def rule(self, name: str, extension: str = "", **query: str) -> str:
        """Return the address of the page or download about a rule, by its name."""
        return self.page(f"rules/{quote(name, safe=PLAIN)}{extension}", **query)

    def source(self, document: str, entry: str = "") -> str:
        """Return the address of a document's text, at an entry if one is given."""
        for name, (iri, title) in self.documents.items():
            if document in (iri, title):
                address = self.page(f"sources/{quote(name, safe=PLAIN)}")
                return address + (f"#{self.mark(entry)}" if entry else "")
        return ""

    def mark(self, entry: str) -> str:
        """Return the name by which a document's text marks an entry."""
        return re.sub(r"[^A-Za-z0-9._-]", "-", short_id(entry))

    def terms(self, page: str, form: str) -> str:
        """Return the address of the ontology's or the rules' RDF."""
        return f"/{page}/index.{form}"

    def data(self, form: str, reading: str) -> str:
        """Return the address of all data of a reading."""
        return self.in_reading(reading).page(f"data.{form}")

    def download(self, name: str, **query: str) -> str:
        """Return the address of a page's data, `gaps.csv`; empty where there is none."""
        return self.page(name, **query)

    def asset(self, name: str) -> str:
        """Return the address of a style sheet."""
        return f"/static/{name}"

    def searches(self) -> bool:
        """Return whether a form can be sent: there is a server to answer it."""
        return True
