"""Describe the SPARQL endpoint as RDF (SPARQL 1.1 Service Description)."""

import pyoxigraph as ox

from goldenthread.domain.limits import Limits
from goldenthread.domain.namespaces import PREFIXES, RDF, RDFS
from goldenthread.store.dataset import Dataset
from goldenthread.store.statements import SD, Sheet, graph_sizes, iris

VOID = PREFIXES["void"]
SCHEMA = PREFIXES["schema"]
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_RDF = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")


def service(dataset: Dataset, url: str, limits: Limits, form: str) -> bytes:
    """Return the service description: language, forms, graphs with their sizes, and limits.

    Args:
        dataset: the data set.
        url: IRI of the endpoint.
        limits: what a query may use.
        form: `ttl`, `nt`, `jsonld` or `rdf`.
    """
    sheet, default = Sheet(), url + "#default"
    sheet.say(url, RDF + "type", *iris(SD, "Service"))
    sheet.say(url, SD + "endpoint", ox.NamedNode(url))
    sheet.say(url, SD + "supportedLanguage", *iris(SD, "SPARQL11Query"))
    sheet.say(url, SD + "resultFormat", *iris(_FORMATS, *_RESULTS, *_RDF))
    sheet.say(url, SD + "defaultDataset", ox.NamedNode(url + "#dataset"))
    sheet.say(
        url,
        RDFS + "comment",
        "Query only: nothing can be changed, SERVICE is refused, and only the graphs named here "
        "can be asked. Without a data set, the default graph is the reading with corrections.",
    )
    sheet.say(url + "#dataset", RDF + "type", *iris(SD, "Dataset"))
    sheet.say(url + "#dataset", SD + "defaultGraph", ox.NamedNode(default))
    sizes = graph_sizes(dataset)
    corrected = dataset.reading().value
    sheet.say(default, RDF + "type", *iris(SD, "Graph"))
    sheet.say(default, VOID + "triples", sizes.get(corrected, 0))
    for number, (iri, size) in enumerate(sizes.items(), 1):
        named, graph = f"{url}#named-{number}", f"{url}#graph-{number}"
        sheet.say(url + "#dataset", SD + "namedGraph", ox.NamedNode(named))
        sheet.say(named, RDF + "type", *iris(SD, "NamedGraph"))
        sheet.say(named, SD + "name", ox.NamedNode(iri))
        sheet.say(named, SD + "graph", ox.NamedNode(graph))
        sheet.say(graph, RDF + "type", *iris(SD, "Graph"))
        sheet.say(graph, VOID + "triples", size)
    for number, line in enumerate(limits.lines, 1):
        limit = f"{url}#limit-{number}"
        sheet.say(url, SCHEMA + "additionalProperty", ox.NamedNode(limit))
        sheet.say(limit, RDF + "type", *iris(SCHEMA, "PropertyValue"))
        sheet.say(limit, SCHEMA + "name", line.name)
        sheet.say(limit, SCHEMA + "value", line.value)
        sheet.say(limit, SCHEMA + "unitText", line.unit)
    return sheet.written(form)
