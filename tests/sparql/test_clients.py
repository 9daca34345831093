"""Clients that others made get what they ask for."""

import csv
import io
import shutil
import subprocess
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

COUNT = "SELECT (COUNT(?s) AS ?n) WHERE { ?s a <https://w3id.org/goldenthread/ontology/Action> }"
ACTION = URIRef("https://w3id.org/goldenthread/ontology/Action")


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_as_a_client(endpoint: Any, method: str) -> None:
    """Guards rdflib's SPARQLStore in each of its ways to ask."""
    graph = Graph(SPARQLStore(endpoint.url, method=method))
    rows = list(graph.query(COUNT))
    assert int(str(rows[0][0])) == int(endpoint.get(COUNT).rows[0]["n"]) > 0
    assert bool(graph.query(f"ASK {{ ?s a <{ACTION}> }}").askAnswer) is True
    built = graph.query(f"CONSTRUCT {{ ?s a <{ACTION}> }} WHERE {{ ?s a <{ACTION}> }}").graph
    assert built is not None
    assert len(built) == int(str(rows[0][0]))
    assert len(list(graph.triples((None, None, ACTION)))) >= len(built)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_as_a_client(endpoint: Any) -> None:
    """Guards the lines that people paste from manuals: -G --data-urlencode, and -H Accept."""
    curl, ask = shutil.which("curl") or "curl", f"query={COUNT}"
    for way in (["-G"], []):
        done = subprocess.run(
            [curl, "-sSf", *way, "-HAccept:text/csv", "--data-urlencode", ask, endpoint.url],
            capture_output=True,
            check=True,
            timeout=30,
        )
        rows = list(csv.reader(io.StringIO(done.stdout.decode(), newline="")))
        assert rows[0] == ["n"]
        assert rows[1][0] == endpoint.get(COUNT).rows[0]["n"]


def test_another_engine_federates_into_ours(endpoint: Any) -> None:
    """Guards SERVICE from elsewhere: they may call us, though we call nobody."""
    here = Graph()
    here.add((ACTION, URIRef("urn:p"), URIRef("urn:o")))
    found = list(
        here.query(
            f"SELECT ?s {{ ?class <urn:p> ?o SERVICE <{endpoint.url}> {{ ?s a ?class }} }} LIMIT 3"
        )
    )
    assert len(found) == 3
