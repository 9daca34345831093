"""Describe the SPARQL endpoint (SPARQL 1.1 Service Description) and the data set (VoID) as RDF."""

import pyoxigraph as ox

from goldenthread.domain.limits import Limits
from goldenthread.domain.namespaces import DCTERMS, PREFIXES, RDF, RDFS, SKOS, XSD
from goldenthread.domain.table import About
from goldenthread.store.dataset import Dataset
from goldenthread.store.rdf import WRITTEN
from goldenthread.store.terms import text

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = PREFIXES["void"]
SCHEMA = PREFIXES["schema"]
FOAF = "http://xmlns.com/foaf/0.1/"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_RDF = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
_SIZES = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_CLASSES = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c"
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(ISIRI(?s)) }"
Value = str | int | float | ox.NamedNode


class _Sheet:
    """Gathers statements."""

    def __init__(self) -> None:
        self.triples: list[ox.Triple] = []

    def say(self, subject: str, predicate: str, *values: Value) -> None:
        for value in values:
            term = value if isinstance(value, ox.NamedNode) else _literal(value)
            triple = ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), term)
            self.triples.append(triple)

    def written(self, form: str) -> bytes:
        names = PREFIXES | {"sd": SD, "foaf": FOAF}
        said = ox.serialize(self.triples, format=ox.RdfFormat.N_TRIPLES) or b""
        used = {p: iri for p, iri in names.items() if f"<{iri}".encode() in said}
        prefixes = None if form == "nt" else used
        return ox.serialize(self.triples, format=WRITTEN[form], prefixes=prefixes) or b""


def _literal(value: str | float) -> ox.Literal:
    if isinstance(value, float):
        return ox.Literal(f"{value:g}", datatype=ox.NamedNode(XSD + "decimal"))
    return ox.Literal(value)


def _iris(base: str, *names: str) -> list[ox.NamedNode]:
    return [ox.NamedNode(base + name) for name in names]


def service(dataset: Dataset, url: str, limits: Limits, form: str) -> bytes:
    """Return the service description: language, forms, graphs with their sizes, and limits.

    Args:
        dataset: the data set.
        url: IRI of the endpoint.
        limits: what a query may use.
        form: `ttl`, `nt`, `jsonld` or `rdf`.
    """
    sheet, default = _Sheet(), url + "#default"
    sheet.say(url, RDF + "type", *_iris(SD, "Service"))
    sheet.say(url, SD + "endpoint", ox.NamedNode(url))
    sheet.say(url, SD + "supportedLanguage", *_iris(SD, "SPARQL11Query"))
    sheet.say(url, SD + "resultFormat", *_iris(_FORMATS, *_RESULTS, *_RDF))
    sheet.say(url, SD + "defaultDataset", ox.NamedNode(url + "#dataset"))
    sheet.say(
        url,
        RDFS + "comment",
        "Query only: nothing can be changed, SERVICE is refused, and only the graphs named here "
        "can be asked. Without a data set, the default graph is the reading with corrections.",
    )
    sheet.say(url + "#dataset", RDF + "type", *_iris(SD, "Dataset"))
    sheet.say(url + "#dataset", SD + "defaultGraph", ox.NamedNode(default))
    sizes = graph_sizes(dataset)
    corrected = dataset.reading().value
    sheet.say(default, RDF + "type", *_iris(SD, "Graph"))
    sheet.say(default, VOID + "triples", sizes.get(corrected, 0))
    for number, (iri, size) in enumerate(sizes.items(), 1):
        named, graph = f"{url}#named-{number}", f"{url}#graph-{number}"
        sheet.say(url + "#dataset", SD + "namedGraph", ox.NamedNode(named))
        sheet.say(named, RDF + "type", *_iris(SD, "NamedGraph"))
        sheet.say(named, SD + "name", ox.NamedNode(iri))
        sheet.say(named, SD + "graph", ox.NamedNode(graph))
        sheet.say(graph, RDF + "type", *_iris(SD, "Graph"))
        sheet.say(graph, VOID + "triples", size)
    for number, line in enumerate(limits.lines, 1):
        limit = f"{url}#limit-{number}"
        sheet.say(url, SCHEMA + "additionalProperty", ox.NamedNode(limit))
        sheet.say(limit, RDF + "type", *_iris(SCHEMA, "PropertyValue"))
        sheet.say(limit, SCHEMA + "name", line.name)
        sheet.say(limit, SCHEMA + "value", line.value)
        sheet.say(limit, SCHEMA + "unitText", line.unit)
    return sheet.written(form)


def void(dataset: Dataset, facts: About, url: str, form: str) -> bytes:
    """Return the description of the data set (VoID): what it is, counts, where it can be asked.

    Args:
        dataset: the data set.
        facts: where its answers come from.
        url: IRI of the endpoint.
        form: `ttl`, `nt`, `jsonld` or `rdf`.
    """
    sheet, root = _Sheet(), url.removesuffix("/sparql")
    page, me = f"{root}/.well-known/void", f"{root}/.well-known/void#dataset"
    sheet.say(page, RDF + "type", *_iris(VOID, "DatasetDescription"))
    sheet.say(page, FOAF + "primaryTopic", ox.NamedNode(me))
    sheet.say(me, RDF + "type", *_iris(VOID, "Dataset"))
    sheet.say(me, DCTERMS + "title", "; ".join(facts.plans))
    sheet.say(me, DCTERMS + "description", "An independent reading of published documents.")
    sheet.say(me, DCTERMS + "rights", *facts.rights)
    sheet.say(me, DCTERMS + "source", *facts.documents)
    sheet.say(me, DCTERMS + "identifier", facts.sha256)
    sheet.say(me, VOID + "sparqlEndpoint", ox.NamedNode(url))
    sheet.say(me, VOID + "uriSpace", dataset.base)
    sheet.say(me, VOID + "feature", *_iris(_FORMATS, *_RDF))
    sheet.say(me, VOID + "vocabulary", *_iris("", PREFIXES["gt"], SKOS, PREFIXES["prov"]))
    sheet.say(me, VOID + "triples", graph_sizes(dataset)[dataset.reading().value])
    entities = dataset.rows(_SUBJECTS)
    sheet.say(me, VOID + "entities", int(text(entities[0]["n"])))
    for kind, query, variable, counted in (
        ("class", _CLASSES, "c", "entities"),
        ("property", _PROPERTIES, "p", "triples"),
    ):
        found = sorted((text(row[variable]), int(text(row["n"]))) for row in dataset.rows(query))
        for number, (iri, count) in enumerate(found, 1):
            part = f"{page}#{kind}-{number}"
            sheet.say(me, VOID + f"{kind}Partition", ox.NamedNode(part))
            sheet.say(part, VOID + kind, ox.NamedNode(iri))
            sheet.say(part, VOID + counted, count)
    return sheet.written(form)


def graph_sizes(dataset: Dataset) -> dict[str, int]:
    """Return how many triples each named graph has, by its name."""
    kept = dataset.kept("graph sizes")
    if not kept:
        found = dataset.store.query(_SIZES)
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - a SELECT gives solutions
        kept |= dict(sorted((text(row["g"]), int(text(row["n"]))) for row in found))
    return kept
