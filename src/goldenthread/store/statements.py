"""Gather statements about what is served, and count the statements that there are."""

import pyoxigraph as ox

from goldenthread.domain.namespaces import PREFIXES, XSD
from goldenthread.store.dataset import Dataset
from goldenthread.store.rdf import WRITTEN
from goldenthread.store.terms import text

SD = "http://www.w3.org/ns/sparql-service-description#"
FOAF = "http://xmlns.com/foaf/0.1/"
_SIZES = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
Value = str | int | float | ox.NamedNode | ox.Literal


class Sheet:
    """Gathers statements, and writes them."""

    def __init__(self) -> None:
        self.triples: list[ox.Triple] = []

    def say(self, subject: str, predicate: str, *values: Value) -> None:
        """Say something of a subject, once a value; text and numbers become literals."""
        for value in values:
            term = value if isinstance(value, ox.NamedNode | ox.Literal) else _literal(value)
            triple = ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), term)
            self.triples.append(triple)

    def written(self, form: str) -> bytes:
        """Return all that was said in an RDF format: `ttl`, `nt`, `jsonld` or `rdf`."""
        names = PREFIXES | {"sd": SD, "foaf": FOAF}
        said = ox.serialize(self.triples, format=ox.RdfFormat.N_TRIPLES) or b""
        used = {p: iri for p, iri in names.items() if f"<{iri}".encode() in said}
        prefixes = None if form == "nt" else used
        return ox.serialize(self.triples, format=WRITTEN[form], prefixes=prefixes) or b""


def _literal(value: str | float) -> ox.Literal:
    if isinstance(value, float):
        return ox.Literal(f"{value:g}", datatype=ox.NamedNode(XSD + "decimal"))
    return ox.Literal(value)


def iris(base: str, *names: str) -> list[ox.NamedNode]:
    """Return names under a base as IRIs."""
    return [ox.NamedNode(base + name) for name in names]


def graph_sizes(dataset: Dataset) -> dict[str, int]:
    """Return how many triples each named graph has, by its name."""
    kept = dataset.kept("graph sizes")
    if not kept:
        found = dataset.store.query(_SIZES)
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - a SELECT gives solutions
        kept |= dict(sorted((text(row["g"]), int(text(row["n"]))) for row in found))
    return kept
