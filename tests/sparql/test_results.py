"""Guards the graph of check results: asked for by name, made once, and nowhere else to be found."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goldenthread.domain.namespaces import BASE
from goldenthread.services.accepting import Terms, accept
from goldenthread.services.asking import ask
from goldenthread.services.validation import check
from goldenthread.store import on_demand, rdf
from goldenthread.store.dataset import Dataset

FOUR = Path(__file__).parents[1] / "cases" / "plan-four-levels"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?r a sh:ValidationResult }"
NAMED = (
    f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{BASE}graph/results%s> {{ ?r sh:focusNode ?f }} }}"
)


def number(answer: Any) -> int:
    """Return the one number of an answer."""
    return int(answer.rows[0][0].value)


@pytest.mark.parametrize("reading", ["corrected", "printed"])
def test_results_are_where_the_check_says(reading: str) -> None:
    """Guards the graph: as many results as the check of the reading finds, by class and by name."""
    dataset = Dataset.open([FOUR])
    found = len(check(dataset, reading).results)
    assert number(ask(dataset, COUNT, reading=reading)) == found
    end = "" if reading == "corrected" else "-printed"
    assert number(ask(dataset, NAMED % end, reading="corrected")) == found


def test_they_change_nothing_else() -> None:
    """Guards what is derived and sealed: the hash, the export and other queries stay."""
    asked, other = Dataset.open([FOUR]), Dataset.open([FOUR])
    every = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    assert number(ask(asked, COUNT)) > 0
    assert number(ask(asked, every)) == number(ask(other, every))
    assert asked.sha256 == other.sha256
    assert len(rdf.all_quads(asked)) == len(rdf.all_quads(other))
    again = check(asked)
    assert [r.id for r in again.results] == [r.id for r in check(other).results]


def test_only_queries_about_them_make_them() -> None:
    """Guards the cost: a query that does not name them never waits for a check."""
    assert on_demand.needed(COUNT)
    assert on_demand.needed(NAMED % "")
    assert not on_demand.needed("SELECT * { ?s rdfs:label 'Results of the year' }")
    assert on_demand.readings(NAMED % "-printed", "corrected") == ("corrected", "printed")
    assert on_demand.readings("SELECT * { ?s ?p ?o }", "corrected") == ()


def test_the_endpoint_has_them(endpoint: Any) -> None:
    """Guards /sparql: its workers get the results when a query names them, in either form."""
    first = endpoint.get(COUNT, "application/sparql-results+json").rows
    named = endpoint.get(NAMED % "", "application/sparql-results+json").rows
    assert int(first[0]["n"]) == int(named[0]["n"]) > 0
    page = endpoint.send("/library/results-by-rule?severity=must+fix")
    assert page.status == 200
    assert b"Expectation-below" in page.body


def test_accepted_results(tmp_path: Path) -> None:
    """Guards the question of what was accepted: with its rule, reason, role and day."""
    folder = tmp_path / "plan"
    shutil.copytree(FOUR, folder)
    report = check(Dataset.open([folder]))
    terms = Terms("Waits for money.", "Harbour master", date(2026, 11, 22), date(2027, 3, 31))
    accept([report], folder, report.results[0].id, terms)
    (row,) = ask(Dataset.open([folder]), "accepted-results").rows
    shown = [t.value for t in row]
    assert shown[0] == report.results[0].id
    assert shown[3:] == ["Waits for money.", "Harbour master", "2027-03-31"]
