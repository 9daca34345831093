"""Things are served under the base that whoever runs the server sets; files keep theirs."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from goldenthread.domain.namespaces import BASE
from goldenthread.domain.readings import READINGS
from goldenthread.errors import BadValue
from goldenthread.services.validation import check
from goldenthread.store.dataset import Dataset
from goldenthread.store.rebasing import checked

OTHER = "https://data.council.example/id/"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def rebased(four_levels: Dataset) -> Dataset:
    """Return the made-up plan under another base."""
    return Dataset.open(four_levels.folders, base=OTHER)


@pytest.fixture(scope="module")
def server(rebased: Dataset, serve: Any) -> Any:
    """Return a server of it."""
    with serve(rebased) as running:
        yield running


def test_no_name_of_ours_is_left(rebased: Dataset) -> None:
    """Guards the whole store: subjects, objects, predicates and graphs, derived ones too."""
    for reading in READINGS:
        rebased.reading(reading)
    names = {
        term.value
        for quad in rebased.store
        for term in (*quad.triple, quad.graph_name)
        if isinstance(term, ox.NamedNode)
    }
    assert len([n for n in names if n.startswith(OTHER)]) > 100
    assert not [n for n in names if n.startswith(BASE)]


def test_the_plan_says_the_same(rebased: Dataset, four_levels: Dataset) -> None:
    """Guards deriving and checking: another base, the same statements and results."""
    for reading in READINGS:
        one, other = (d.rows(COUNT, reading)[0]["n"] for d in (rebased, four_levels))
        assert one == other
        found = [
            [(result.rule.iri, result.focus.id) for result in check(dataset, reading).results]
            for dataset in (rebased, four_levels)
        ]
        assert found[0] == found[1]


def test_files_keep_what_they_say(rebased: Dataset) -> None:
    """Guards the files: nothing is written."""
    text = "".join(p.read_text(encoding="utf-8") for p in rebased.files)
    assert BASE in text
    assert OTHER not in text


def test_addresses_pages_and_rdf_have_the_base(server: Any) -> None:
    """Guards linked data: the path of an IRI is the path here, and RDF says the set base."""
    found = server.send("/api/v1/search?q=a").json["hits"]
    assert found
    iri = found[0]["iri"]
    assert iri.startswith(OTHER)
    path = "/id/" + quote(iri.removeprefix(OTHER))
    led = server.send(path, Accept="text/turtle")
    assert led.status == 303
    assert led.headers["location"].startswith("/doc/")
    turtle = server.send(led.headers["location"])
    assert turtle.status == 200
    assert OTHER in turtle.body.decode()
    assert BASE not in turtle.body.decode()
    for form in ("jsonld", "nt", "rdf"):
        body = server.send(f"/doc/{quote(iri.removeprefix(OTHER))}.{form}").body.decode()
        assert OTHER in body
        assert BASE not in body
    page = server.send(f"/doc/{quote(iri.removeprefix(OTHER))}").body.decode()
    assert 'href="/doc/' in page
    assert "/doc?iri=https%3A%2F%2Fdata.council.example" not in page
    assert server.send("/doc?" + urlencode({"iri": BASE + "x"})).status == 404


def test_sparql_and_descriptions_have_the_base(server: Any) -> None:
    """Guards the endpoint: answers, names of graphs, service description and VoID."""

    def ask(query: str, **more: str) -> Any:
        return server.send("/sparql?" + urlencode({"query": query, **more})).json

    rows = ask("SELECT DISTINCT ?s { ?s ?p ?o }")["results"]["bindings"]
    assert [r for r in rows if r["s"]["value"].startswith(OTHER)]
    assert not [r for r in rows if r["s"]["value"].startswith(BASE)]
    printed = {"default-graph-uri": OTHER + "graph/printed"}
    assert int(ask(COUNT, **printed)["results"]["bindings"][0]["n"]["value"]) > 100
    assert ask(f"ASK FROM <{OTHER}graph/corrected> {{ ?s ?p ?o }}")["boolean"] is True
    assert ask(f"ASK FROM <{BASE}graph/corrected> {{ ?s ?p ?o }}")["status"] == 400
    for path in ("/sparql", "/.well-known/void"):
        text = server.send(path, Accept="text/turtle").body.decode()
        assert OTHER in text
        assert BASE not in text


@pytest.mark.parametrize(
    "base", ["x", "https://a.example", "ftp://a/", "https://a/#", "https://a b/", "https://a/?x/"]
)
def test_a_base_that_is_none_is_refused(base: str) -> None:
    """Guards against IRIs that nobody could follow; the message says what one looks like."""
    with pytest.raises(BadValue, match="GOLDENTHREAD_BASE"):
        checked(base)


@pytest.mark.parametrize("base", ["http://localhost:8000/id/", "https://data.council.example/", ""])
def test_a_base_that_is_one_is_taken(base: str) -> None:
    """Guards the usual addresses; nothing means ours."""
    assert checked(base) == (base or BASE)


def test_a_spawned_worker_has_the_base(rebased: Dataset) -> None:
    """Guards platforms without fork: a worker that opens the files anew maps them as well."""
    import asyncio

    from goldenthread.domain.limits import Limits
    from goldenthread.store.workers import Pool

    async def ask() -> bytes:
        pool = Pool(rebased, Limits(start="spawn", workers=1))
        forms = {"rows": "json", "boolean": "json", "triples": "nt"}
        text = f"ASK {{ GRAPH <{OTHER}graph/printed> {{ ?s ?p ?o }} }}"
        try:
            job = {"text": text, "base": "", "default": [], "named": [], "forms": forms}
            return (await pool.run(job)).body
        finally:
            await pool.close()

    assert json.loads(asyncio.run(ask()))["boolean"] is True
    assert Path(rebased.files[0]).exists()
