"""The data set describes itself for catalogues and linked data, and can be taken away whole."""

import csv
import html
import io
import re
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import DCAT, DCTERMS, RDF, VOID, Graph, Literal, URIRef

FORMS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
}
# What DCAT-AP 3 asks of a catalogue that others harvest, as far as it can be said in a few shapes.
SHAPES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<urn:catalog> a sh:NodeShape ; sh:targetClass dcat:Catalog ;
  sh:property [ sh:path dcterms:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dcterms:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dcterms:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ,
    [ sh:path dcterms:license ; sh:maxCount 1 ; sh:class dcterms:LicenseDocument ] ,
    [ sh:path foaf:homepage ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:dataset ; sh:minCount 1 ; sh:class dcat:Dataset ] ,
    [ sh:path dcat:service ; sh:minCount 1 ; sh:class dcat:DataService ] .
<urn:agent> a sh:NodeShape ; sh:targetClass foaf:Agent ;
  sh:property [ sh:path foaf:name ; sh:minCount 1 ; sh:nodeKind sh:Literal ] .
<urn:dataset> a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dcterms:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dcterms:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dcterms:identifier ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path dcat:version ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path dcat:theme ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:landingPage ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcterms:publisher ; sh:maxCount 1 ; sh:class foaf:Agent ] ,
    [ sh:path dcterms:rights ; sh:minCount 1 ; sh:class dcterms:RightsStatement ] ,
    [ sh:path dcterms:source ; sh:minCount 1 ; sh:class foaf:Document ] ,
    [ sh:path dcat:distribution ; sh:minCount 1 ; sh:class dcat:Distribution ] ,
    [ sh:path void:triples ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ] .
<urn:distribution> a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:downloadURL ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:mediaType ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ;
      sh:pattern "^https://www.iana.org/assignments/media-types/" ] ,
    [ sh:path dcterms:format ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ;
      sh:pattern "/authority/file-type/" ] ,
    [ sh:path dcterms:rights ; sh:minCount 1 ; sh:class dcterms:RightsStatement ] .
<urn:service> a sh:NodeShape ; sh:targetClass dcat:DataService ;
  sh:property [ sh:path dcterms:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ,
    [ sh:path dcat:endpointURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:endpointDescription ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:servesDataset ; sh:minCount 1 ; sh:class dcat:Dataset ] .
"""


def read(answer: Any, form: str = "ttl") -> Graph:
    """Return an answer as a graph."""
    assert answer.status == 200
    triples = [quad.triple for quad in ox.parse(answer.body, FORMS[form][1])]
    lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return Graph(bind_namespaces="none").parse(data=lines, format="nt")


@pytest.mark.parametrize("plan", ["explorer", "four_level_explorer"])
def test_catalogues_can_harvest_it(plan: str, request: pytest.FixtureRequest) -> None:
    """Guards DCAT: what harvesters ask for is there, for any plan."""
    from pyshacl import validate

    found = read(request.getfixturevalue(plan).ask("/catalog.ttl"))
    shapes = Graph().parse(data=SHAPES, format="turtle")
    assert len(found) > 100
    conforms, _, text = validate(found, shacl_graph=shapes)
    assert conforms, text


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(explorer: Any, form: str) -> None:
    """Guards negotiation: by suffix and by Accept, here and where linked data looks for it."""
    media, _ = FORMS[form]
    by_suffix = explorer.ask(f"/catalog.{form}")
    assert by_suffix.headers["content-type"].split(";")[0] == media
    for path in ("/catalog", "/.well-known/void"):
        asked = explorer.ask(path, Accept=media)
        assert asked.headers["content-type"].split(";")[0] == media
        assert len(read(asked, form)) == len(read(by_suffix, form)) > 100
        assert asked.headers["access-control-allow-origin"] == "*"
    again = explorer.ask(f"/catalog.{form}", If_None_Match=by_suffix.headers["etag"])
    assert again.status == 304
    assert explorer.ask("/catalog", Accept="image/png").status == 406


def test_counts_licence_and_sources_are_said(explorer: Any) -> None:
    """Guards the facts: as many statements as there are, each document, its licence not known."""
    found = read(explorer.ask("/catalog.ttl"))
    me = next(found.subjects(RDF.type, DCAT.Dataset))
    assert (me, RDF.type, VOID.Dataset) in found
    whole = ox.parse(explorer.ask("/data.nt").body, ox.RdfFormat.N_TRIPLES)
    assert int(str(found.value(me, VOID.triples))) == len({q.triple for q in whole})
    documents = set(found.objects(me, DCTERMS.source))
    assert len(documents) == 2
    comment = URIRef("http://www.w3.org/2000/01/rdf-schema#comment")
    for document in documents:
        assert "Licence not known" in str(found.value(document, comment))
        assert "sha256:" in str(found.value(document, DCTERMS.identifier))
    assert len(list(found.objects(me, VOID.classPartition))) > 5
    assert found.value(me, VOID.sparqlEndpoint) == URIRef(explorer.url + "/sparql")


def test_each_distribution_is_what_it_says(explorer: Any) -> None:
    """Guards every download: it is there, of its media type, and of its reading."""
    found = read(explorer.ask("/catalog.ttl"))
    places = list(found.subjects(RDF.type, DCAT.Distribution))
    assert len(places) == 10
    sizes = {}
    for place in places:
        address = str(found.value(place, DCAT.downloadURL))
        answer = explorer.ask(address.removeprefix(explorer.url))
        media = str(found.value(place, DCAT.mediaType)).split("media-types/")[1]
        assert answer.status == 200
        assert answer.headers["content-type"].split(";")[0] == media
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["access-control-allow-origin"] == "*"
        again = explorer.ask(
            address.removeprefix(explorer.url), If_None_Match=answer.headers["etag"]
        )
        assert again.status == 304
        form = address.partition("?")[0].rpartition(".")[2]
        if form in FORMS:
            sizes[address] = len({q.triple for q in ox.parse(answer.body, FORMS[form][1])})
    assert len({n for a, n in sizes.items() if "printed" in a}) == 1
    assert len({n for a, n in sizes.items() if "printed" not in a}) == 1
    rows = list(csv.reader(io.StringIO(explorer.ask("/data.csv").text, newline="")))
    assert len(rows) > 50


def test_the_page_leads_to_all_of_it(explorer: Any) -> None:
    """Guards the page: downloads, interfaces, documents with their licence, counts."""
    page = explorer.ask("/catalog", Accept="text/html").text
    for form in ("ttl", "nt", "jsonld", "rdf", "csv"):
        assert f'href="/data.{form}"' in page
        assert f'href="/data.{form}?reading=printed"' in page
    assert "Licence not known" in page
    assert 'href="/sparql"' in page
    assert 'href="/ontology/#Action"' in page


def test_crawlers_are_kept_off_what_a_query_makes(explorer: Any) -> None:
    """Guards robots.txt: no address with a query or facet, no endpoint; pages stay open."""
    lines = explorer.ask("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    closed = [line.partition(": ")[2] for line in lines[1:]]
    assert len(closed) > 5
    # As RFC 9309 reads it: a star is anything, and the rest a beginning.
    said = re.compile("|".join(re.escape(c).replace(r"\*", ".*") for c in closed))
    faceted = set()
    for path in ("/", "/trace", "/coverage", "/checks", "/timeline", "/compare", "/library"):
        assert not said.match(path), path
        found = re.findall(r'href="(/[^"#]*)"', html.unescape(explorer.ask(path).text))
        faceted |= {link for link in found if "?" in link}
    assert len(faceted) > 50
    assert not [link for link in faceted if not said.match(link)]
    for path in ("/sparql", "/query", "/search", "/api/v1/gaps", "/data.ttl", "/metrics"):
        assert said.match(path), path
    library = re.findall(r'href="(/library/[^"?#]+)"', explorer.ask("/library").text)
    assert len(library) > 20
    for path in (*library, "/doc/x", "/ontology/", "/graph", "/gaps", "/about", "/catalog.ttl"):
        assert not said.match(path), path


def test_hostile_words_stay_words(odd_explorer: Any) -> None:
    """Guards labels that attack: text on the page, a literal in RDF."""
    assert "<img" not in odd_explorer.ask("/catalog").text
    found = read(odd_explorer.ask("/catalog.ttl"))
    assert any("<img" in str(o) for o in found.objects() if isinstance(o, Literal))
