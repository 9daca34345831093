"""Clients that others made get what they ask for, from the server as people start it."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from goldenthread.store.dataset import Dataset

GT = "https://w3id.org/goldenthread/ontology/"
COUNT = f"SELECT (COUNT(?s) AS ?n) WHERE {{ ?s a <{GT}Action> }}"
THINGS = f"SELECT ?s ?l {{ ?s a <{GT}Action> ; <http://www.w3.org/2000/01/rdf-schema#label> ?l }}"
BUILT = f"CONSTRUCT {{ ?s a <{GT}Action> }} WHERE {{ ?s a <{GT}Action> }}"
ACTION = URIRef(GT + "Action")


@pytest.fixture(scope="module")
def actions(shipped: Dataset) -> int:
    """Return how many actions there are."""
    found = int(shipped.rows(COUNT)[0]["n"].value)
    assert found > 20
    return found


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_as_a_client(endpoint: str, method: str, actions: int) -> None:
    """Guards rdflib's SPARQLStore in each of its ways to ask."""
    graph = Graph(SPARQLStore(endpoint, method=method))
    assert int(str(next(iter(graph.query(COUNT)))[0])) == actions
    assert bool(graph.query(f"ASK {{ ?s a <{ACTION}> }}").askAnswer) is True
    built = graph.query(f"CONSTRUCT {{ ?s a <{ACTION}> }} WHERE {{ ?s a <{ACTION}> }}").graph
    assert built is not None
    assert len(built) == actions
    assert len(list(graph.triples((None, None, ACTION)))) >= actions


# SPARQLWrapper 2.0.0 reads RDF into a class that rdflib 7 calls old.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_as_a_client(endpoint: str, method: str, actions: int) -> None:
    """Guards SPARQLWrapper in every format that it knows, and its errors."""
    from SPARQLWrapper import CSV, JSON, JSONLD, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

    client = SPARQLWrapper(endpoint)
    client.setMethod(method)
    client.setQuery(THINGS)
    client.setReturnFormat(JSON)
    found: Any = client.queryAndConvert()
    assert len(found["results"]["bindings"]) == actions
    client.setReturnFormat(XML)
    document: Any = client.queryAndConvert()
    assert len(document.getElementsByTagName("result")) == actions
    for form in (CSV, TSV):
        client.setReturnFormat(form)
        text: Any = client.queryAndConvert()
        assert text.decode().count("\n") == actions + 1
    client.setQuery(f"CONSTRUCT {{ ?s a <{GT}Action> }} WHERE {{ ?s a <{GT}Action> }}")
    for form in (RDFXML, JSONLD):
        client.setReturnFormat(form)
        graph: Any = client.queryAndConvert()
        assert len(graph) == actions
    client.setReturnFormat(TURTLE)
    turtle: Any = client.queryAndConvert()
    assert len(Graph().parse(data=turtle, format="turtle")) == actions
    client.setReturnFormat(JSON)
    client.setQuery("SELECT * {")
    with pytest.raises(QueryBadFormed):
        client.query()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_as_a_client(server: str, endpoint: str, actions: int) -> None:
    """Guards the lines that people paste from manuals: -G, -H Accept, -d @file, -L."""
    curl = shutil.which("curl") or "curl"

    def run(*arguments: str, sent: bytes = b"") -> bytes:
        done = subprocess.run(
            [curl, "-sSf", *arguments], input=sent, capture_output=True, check=True, timeout=30
        )
        return done.stdout

    ask = ("--data-urlencode", f"query={COUNT}", "-HAccept:text/csv", endpoint)
    kind = "-HContent-Type: application/sparql-query"
    direct = (kind, "--data-binary", "@-", "-HAccept:text/csv")
    for body in (run("-G", *ask), run(*ask), run(*direct, endpoint, sent=COUNT.encode())):
        rows = list(csv.reader(io.StringIO(body.decode(), newline="")))
        assert rows == [["n"], [str(actions)]]
    assert run("-I", endpoint).startswith(b"HTTP/1.1 200")
    thing = json.loads(run(f"{server}/api/v1/search?q=a"))["hits"][0]["iri"]
    path = thing.removeprefix("https://w3id.org/goldenthread")
    turtle = run("-L", "-HAccept: text/turtle", server + path)
    assert (URIRef(thing), None, None) in Graph().parse(data=turtle, format="turtle")
    assert b"<html" in run("-L", server + path)


def test_pandas_reads_csv_from_an_address(server: str, endpoint: str, actions: int) -> None:
    """Guards frames: a page's CSV, and a query's, straight from their address."""
    import pandas as pd

    asked = endpoint + "?" + urlencode({"query": THINGS})
    frame = pd.read_csv(asked, storage_options={"Accept": "text/csv"})
    assert list(frame.columns) == ["s", "l"]
    assert len(frame) == actions
    for path in ("/data.csv", "/gaps.csv", "/coverage.csv", "/checks.csv"):
        read = pd.read_csv(server + path)
        assert len(read) > 5, path
        assert not [c for c in read.columns if str(c).startswith("Unnamed")], path


# How these ask, by the headers that they send; what they get has to be of a form that they read.
SHAPES: dict[str, tuple[str, dict[str, str], str, str]] = {
    "YASGUI, SELECT": (
        "form",
        {"Accept": "application/sparql-results+json,*/*;q=0.9"},
        THINGS,
        "application/sparql-results+json",
    ),
    "YASGUI, CONSTRUCT": (
        "form",
        {"Accept": "text/turtle,*/*;q=0.9", "X-Requested-With": "XMLHttpRequest"},
        BUILT,
        "text/turtle",
    ),
    "YASQE, several types": (
        "get",
        {"Accept": "application/sparql-results+xml;q=0.5, text/csv;q=0.8, text/html;q=0.9"},
        THINGS,
        "text/csv",
    ),
    "Jena, SELECT": (
        "get",
        {
            "Accept": "application/sparql-results+json, application/sparql-results+xml;q=0.9, "
            "text/tab-separated-values;q=0.7, text/csv;q=0.5, application/json;q=0.2, "
            "application/xml;q=0.2, */*;q=0.1",
            "Accept-Encoding": "gzip,deflate",
            "User-Agent": "Apache-Jena-ARQ/5.0.0",
        },
        THINGS,
        "application/sparql-results+json",
    ),
    "Jena, DESCRIBE": (
        "get",
        {
            "Accept": "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,"
            "application/rdf+xml;q=0.7,*/*;q=0.3"
        },
        BUILT,
        "text/turtle",
    ),
    "Jena, long query": (
        "direct",
        {"Accept": "application/sparql-results+json, */*;q=0.1"},
        THINGS,
        "application/sparql-results+json",
    ),
    "RDF4J, SELECT": (
        "form",
        {
            "Accept": "application/x-binary-rdf-results-table;q=0.8, "
            "application/sparql-results+json;q=0.9, application/json;q=0.8, "
            "application/sparql-results+xml, application/xml;q=0.5, text/csv;q=0.8, "
            "text/tab-separated-values;q=0.8"
        },
        THINGS,
        "application/sparql-results+xml",
    ),
    "RDF4J, graph": (
        "form",
        {
            "Accept": "application/rdf+xml;q=0.5, application/n-triples, text/plain, "
            "text/turtle;q=0.8, application/x-turtle;q=0.8, application/trig;q=0.7, "
            "application/ld+json;q=0.8, application/x-binary-rdf;q=0.9"
        },
        BUILT,
        "application/n-triples",
    ),
    "a browser": (
        "get",
        {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
        THINGS,
        "application/xml",
    ),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_clients_that_are_known_by_their_requests(
    endpoint: str, shape: tuple[str, dict[str, str], str, str], actions: int
) -> None:
    """Guards negotiation as real clients do it: lists with weights, over GET, form and body."""
    way, headers, query, kind = shape
    address, body = endpoint, None
    if way == "get":
        address += "?" + urlencode({"query": query})
    elif way == "form":
        body = urlencode({"query": query}).encode()
        headers = headers | {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    else:
        body = query.encode()
        headers = headers | {"Content-Type": "application/sparql-query"}
    with urlopen(Request(address, body, headers)) as answer:  # noqa: S310 - ours
        assert answer.headers.get_content_type() == kind
        said = answer.read().decode()
    assert said.count(GT + "Action") == actions or said.count("/action/") >= actions


def test_rdflib_federates_into_ours(endpoint: str) -> None:
    """Guards SERVICE from elsewhere: they may call us, though we call nobody."""
    here = Graph()
    here.add((ACTION, URIRef("urn:p"), URIRef("urn:o")))
    found = list(
        here.query(f"SELECT ?s {{ ?c <urn:p> ?o SERVICE <{endpoint}> {{ ?s a ?c }} }} LIMIT 3")
    )
    assert len(found) == 3


def test_oxigraph_federates_into_ours(endpoint: str, actions: int) -> None:
    """Guards SERVICE from the engine that we use ourselves, standing elsewhere."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode(str(ACTION)), ox.NamedNode("urn:p"), ox.NamedNode("urn:o")))
    found = store.query(f"SELECT ?s {{ ?c <urn:p> ?o SERVICE <{endpoint}> {{ ?s a ?c }} }}")
    assert isinstance(found, ox.QuerySolutions)
    assert len(list(found)) == actions


def test_comunica_as_a_client(comunica: Callable[..., str], endpoint: str, actions: int) -> None:
    """Guards Comunica: it asks the endpoint as a whole, and finds out by itself what it is."""
    for source in (f"sparql@{endpoint}", endpoint):
        rows = json.loads(comunica(COUNT, source))
        assert rows == [{"n": str(actions)}]


def test_comunica_reads_linked_data(comunica: Callable[..., str], server: str) -> None:
    """Guards following an IRI: 303, Accept, and what is said of the thing."""
    found = json.loads(comunica("SELECT ?o { ?s a ?o } LIMIT 5", f"{server}/catalog.ttl"))
    assert len(found) == 5


def test_comunica_federates_into_ours(
    comunica: Callable[..., str], server: str, endpoint: str
) -> None:
    """Guards a join across two sources, one of them ours, and SERVICE from another engine."""
    mine = f"{server}/catalog.ttl"
    counted = (
        "SELECT ?class (COUNT(?s) AS ?n) { ?part <http://rdfs.org/ns/void#class> ?class ; "
        "<http://rdfs.org/ns/void#entities> ?e . SERVICE <%s> { ?s a ?class } "
        f"FILTER(?class = <{GT}Theme>) }} GROUP BY ?class" % endpoint
    )
    rows = json.loads(comunica(counted, mine))
    assert len(rows) == 1
    assert int(rows[0]["n"]) > 1
