"""The form of an answer is negotiated: media types, weights, refusals with what there is."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from typing import Any

import pyoxigraph as ox
import pytest

from goldenthread.faces.web.sparql_forms import GRAPH_TYPES, TABLE_TYPES, media_type

SELECT = 'SELECT ?x ?y { VALUES (?x ?y) { ("hé"@fr 1) (<urn:a> UNDEF) } }'
CONSTRUCT = 'CONSTRUCT { <urn:a> <urn:b> "hé"@fr, 1 } WHERE {}'
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
PARSED = {
    JSON: ox.QueryResultsFormat.JSON,
    XML: ox.QueryResultsFormat.XML,
    TSV: ox.QueryResultsFormat.TSV,
}


@pytest.mark.parametrize("media", PARSED)
def test_every_form_of_a_table_says_the_same(endpoint: Any, media: str) -> None:
    """Guards the table forms: each is read back to the same rows."""
    answer = endpoint.get(SELECT, media)
    assert answer.headers["content-type"].split(";")[0] == media
    found = ox.parse_query_results(answer.body, PARSED[media])
    assert isinstance(found, ox.QuerySolutions)
    rows = [[str(row[name]) for name in ("x", "y")] for row in found]
    assert rows[0][0] == '"hé"@fr'
    assert rows[1] == ["<urn:a>", "None"]


def test_csv_is_the_standards_own(endpoint: Any) -> None:
    """Guards CSV: lines end as RFC 4180 says, unbound is empty, UTF-8 is said."""
    answer = endpoint.get(SELECT, CSV)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.body.startswith(b"x,y\r\n")
    rows = list(csv.reader(io.StringIO(answer.body.decode(), newline="")))
    assert rows == [["x", "y"], ["hé", "1"], ["urn:a", ""]]


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_every_form_of_a_graph_says_the_same(endpoint: Any, media: str, form: Any) -> None:
    """Guards the graph forms of CONSTRUCT, and that DESCRIBE has them."""
    answer = endpoint.get(CONSTRUCT, media)
    assert answer.headers["content-type"].split(";")[0] == media
    found = {str(q.object) for q in ox.parse(answer.body, form)}
    assert found == {'"hé"@fr', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'}
    described = endpoint.get("DESCRIBE ?x { SELECT ?x { ?x skos:notation ?n } LIMIT 1 }", media)
    assert described.headers["content-type"].split(";")[0] == media
    assert len(list(ox.parse(described.body, form))) > 2


@pytest.mark.parametrize(
    ("query", "accept", "got"),
    [
        (SELECT, "", JSON),
        (SELECT, "*/*", JSON),
        (SELECT, "application/json", "application/json"),
        (SELECT, "text/csv;q=0.1, application/sparql-results+xml;q=0.9", XML),
        (SELECT, "*/*;q=0.1, text/csv", CSV),
        (SELECT, "text/*", "text/xml"),
        (SELECT, "application/sparql-results+json;q=0, */*;q=0.5", "application/json"),
        (SELECT, ";;,/,q=x", JSON),
        (SELECT, "TEXT/CSV", CSV),
        ("ASK {}", "text/csv, application/sparql-results+xml;q=0.2", XML),
        ("ASK {}", "text/csv, */*;q=0.1", JSON),
        (CONSTRUCT, "", "text/turtle"),
        (CONSTRUCT, "application/sparql-results+json, */*;q=0.1", "text/turtle"),
        (CONSTRUCT, "application/json", "application/json"),
    ],
)
def test_the_client_gets_what_it_likes_best(
    endpoint: Any, query: str, accept: str, got: str
) -> None:
    """Guards negotiation with weights, wildcards, other names and headers that cannot be read."""
    answer = endpoint.get(query, accept)
    assert answer.status == 200, answer.body
    assert answer.headers["content-type"].split(";")[0] == got


@pytest.mark.parametrize(
    ("query", "accept", "listed"),
    [
        (SELECT, "image/png", "text/csv"),
        (SELECT, "text/turtle", JSON),
        ("ASK {}", "text/csv", JSON),
        ("ASK {}", "text/tab-separated-values", XML),
        (CONSTRUCT, "text/csv", "text/turtle"),
        ("DESCRIBE <urn:a>", JSON, "application/ld+json"),
    ],
)
def test_a_form_that_there_is_not_is_refused(
    endpoint: Any, query: str, accept: str, listed: str
) -> None:
    """Guards 406, with the list: above all that yes or no has no form in CSV."""
    answer = endpoint.get(query, accept)
    assert answer.status == 406
    assert listed in answer.json["available"]
    assert accept not in answer.json["available"]


def test_xml_is_well_formed_whatever_the_words(endpoint: Any) -> None:
    """Guards against characters that XML cannot hold, which the engine writes as they are."""
    text = r'SELECT ("a\u000Bb\uFFFF" AS ?x) {}'
    root = ET.fromstring(endpoint.get(text, XML).body)  # noqa: S314 - our own answer
    assert "a\ufffdb\ufffd" in "".join(root.itertext())
    graph = r'CONSTRUCT { <urn:a> <urn:b> "a\u0001b" } WHERE {}'
    ET.fromstring(endpoint.get(graph, "application/rdf+xml").body)  # noqa: S314 - our own answer


def test_a_very_long_accept_is_no_burden(endpoint: Any) -> None:
    """Guards against headers made to be slow to read."""
    long = ",".join(f"a/b;q=0.{i}" for i in range(5_000))
    answer = endpoint.get("ASK {}", long)
    assert answer.status == 406
    assert answer.seconds < 5
    assert media_type("a/b," * 10_000 + "text/csv", list(TABLE_TYPES)) is None


def test_types_are_registered_once() -> None:
    """Guards the tables: the first name of each form is its registered one."""
    first = {form: name for name, form in reversed(TABLE_TYPES.items())}
    assert first == {"json": JSON, "xml": XML, "csv": CSV, "tsv": TSV}
    assert len(set(GRAPH_TYPES.values())) == 4


def test_json_is_the_engines_own(endpoint: Any, shipped: Any) -> None:
    """Guards that the answer's bytes are those that the engine writes."""
    text = "SELECT ?s ?n { ?s skos:notation ?n } ORDER BY ?s ?n"
    declared = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> " + text
    found = shipped.query(declared).serialize(format=ox.QueryResultsFormat.JSON)
    assert json.loads(found)["results"]["bindings"]
    assert endpoint.get(text).body == found
