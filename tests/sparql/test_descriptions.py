"""The endpoint and its data set describe themselves, limits included."""

from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, URIRef

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
SCHEMA = Namespace("https://schema.org/")
TYPES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def graph(answer: Any, form: Any = ox.RdfFormat.TURTLE) -> Graph:
    """Return an answer as a graph."""
    assert answer.status == 200
    triples = [quad.triple for quad in ox.parse(answer.body, form)]
    return Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


@pytest.mark.parametrize(("media", "form"), TYPES.items())
def test_the_service_describes_itself_in_every_form(endpoint: Any, media: str, form: Any) -> None:
    """Guards a GET without a query: language, forms, graphs with sizes, default data set."""
    answer = endpoint.send("/sparql", Accept=media)
    assert answer.headers["content-type"].split(";")[0] == media
    found = graph(answer, form)
    me = URIRef(endpoint.url)
    assert (me, RDF.type, SD.Service) in found
    assert (me, SD.endpoint, me) in found
    assert (me, SD.supportedLanguage, SD.SPARQL11Query) in found
    assert len(list(found.objects(me, SD.resultFormat))) == 8
    names = set(found.objects(None, SD.name))
    assert URIRef("https://w3id.org/goldenthread/id/graph/printed") in names
    assert all(int(size) > 0 for size in found.objects(None, VOID.triples))


def test_the_limits_are_told_to_programs_and_people(endpoint: Any) -> None:
    """Guards that each limit stands in the service description and on the page about it."""
    found = graph(endpoint.send("/sparql"))
    told = {
        str(found.value(limit, SCHEMA.name)): float(found.value(limit, SCHEMA.value))
        for limit in found.objects(URIRef(endpoint.url), SCHEMA.additionalProperty)
    }
    lines = endpoint.limits.lines
    assert len(lines) == 7
    assert told == {line.name: line.value for line in lines}
    page = endpoint.send("/about").body.decode()
    for line in lines:
        assert line.name in page
        assert line.text in page
        assert line.setting in page


@pytest.mark.parametrize(("media", "form"), TYPES.items())
def test_void_describes_the_data_set(endpoint: Any, media: str, form: Any) -> None:
    """Guards /.well-known/void: where to ask, and counts that a query confirms."""
    found = graph(endpoint.send("/.well-known/void", Accept=media), form)
    me = next(found.subjects(RDF.type, VOID.Dataset))
    assert found.value(me, VOID.sparqlEndpoint) == URIRef(endpoint.url)
    asked = endpoint.get("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0]["n"]
    assert str(found.value(me, VOID.triples)) == asked
    parts = list(found.objects(me, VOID.classPartition))
    assert len(parts) > 5
    action = URIRef("https://w3id.org/goldenthread/ontology/Action")
    part = next(found.subjects(VOID["class"], action))
    counted = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a gt:Action }"
    assert str(found.value(part, VOID.entities)) == endpoint.get(counted).rows[0]["n"]


def test_descriptions_have_tags_and_refuse_other_forms(endpoint: Any) -> None:
    """Guards 304 and 406 of both descriptions, and that Host plays no part in them."""
    for path in ("/sparql", "/.well-known/void"):
        first = endpoint.send(path, Accept="text/turtle")
        again = endpoint.send(path, Accept="text/turtle", If_None_Match=first.headers["etag"])
        assert again.status == 304
        assert endpoint.send(path, Accept="image/png").status == 406
        assert b"evil.example" not in endpoint.send(path, Host="evil.example").body
