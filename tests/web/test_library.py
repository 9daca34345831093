"""The library: every question has a page, a form, downloads, a described address for programs."""

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import yaml

from goldenthread.services.asking import ask, library
from goldenthread.store import queries
from goldenthread.store.binding import choices
from goldenthread.store.dataset import Dataset

CASES = sorted((Path(__file__).parents[1] / "cases" / "queries").glob("*.csv"))
PLAN = Path(__file__).parents[1] / "cases" / "plan-four-levels"
AIM = "https://w3id.org/goldenthread/id/occ-libraries-heritage/corporate-priority/4"


def case(path: Path) -> dict[str, Any]:
    """Return which query a case asks, with what, in which reading."""
    header = [x[3:] for x in path.read_text(encoding="utf-8").splitlines() if x.startswith("#+ ")]
    found: dict[str, Any] = yaml.safe_load("\n".join(header))
    return found


def address(about: dict[str, Any], suffix: str = "") -> str:
    """Return the page of a case's question."""
    sent = dict(about.get("params") or {})
    if about.get("reading"):
        sent["reading"] = about["reading"]
    return f"/library/{about['query']}{suffix}" + (f"?{urlencode(sent)}" if sent else "")


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_every_question_is_answered_on_its_page(
    explorer: Any, shipped: Dataset, path: Path
) -> None:
    """Guards that page, CSV and command give the same rows for every case."""
    about = case(path)
    asked = ask(shipped, about["query"], about.get("params"), about.get("reading"))
    page = explorer.ask(address(about))
    assert page.status == 200
    count = len(asked.rows)
    assert f"{count} row{'' if count == 1 else 's'}" in page.text
    if count:
        assert page.text.count("<tr>") >= min(count, 1000) + 1
        assert '<th scope="row"' in page.text
    rows = list(csv.reader(io.StringIO(explorer.ask(address(about, ".csv")).text)))
    assert len(rows) == count + 1


def test_the_list_is_grouped_and_can_be_searched_without_script(explorer: Any) -> None:
    """Guards the way in: every question by group, fewer by words and by audience, none by none."""
    whole = explorer.ask("/library").text
    names = queries.names()
    assert all(f'href="/library/{n}"' in whole for n in names)
    assert f"{len(names)} questions." in re.sub("<[^>]*>", "", whole)
    some = explorer.ask("/library?q=timescale&audience=auditors").text
    found = set(re.findall(r'href="/library/([a-z0-9-]+)"', some))
    assert found
    assert all(queries.read(n).audience == "auditors" for n in found)
    assert len(found) < len(names)
    assert "0 questions" in explorer.ask("/library?q=zzzz").text
    assert len(explorer.ask("/library.json").json["queries"]) == len(names)


def test_a_pick_list_shows_labels_and_sends_iris(explorer: Any, shipped: Dataset) -> None:
    """Guards the form: choices come from the graph, grouped by level, the choice made is kept."""
    page = explorer.ask("/library/thread-down").text
    assert f'<option value="{AIM}">4 Support carers' in page
    assert "<optgroup" in page
    chosen = explorer.ask("/library/thread-down?" + urlencode({"thing": AIM})).text
    assert f'<option value="{AIM}" selected>' in chosen
    by_short_id = explorer.ask("/library/thread-down?thing=corporate-priority/4").text
    assert f'<option value="{AIM}" selected>' in by_short_id
    named = queries.read("things-of-class").parameters[0]
    assert any(c.label == "action" for c in choices(shipped, named, "corrected"))


def test_things_in_a_table_lead_to_their_pages(explorer: Any) -> None:
    """Guards links: words stand for the thing beside them, and its page is there."""
    page = explorer.ask("/library/thread-down?thing=corporate-priority/4").text
    table = page[page.index("<table") : page.index("</table>")]
    found = sorted(set(re.findall(r'href="(/doc/[^"]+)"', table)))
    assert len(found) > 5
    assert {explorer.ask(f).status for f in found[:5]} == {200}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/library/thread-down?thing=", "needs “thing”"),
        ("/library/thread-down?thing=nope", "cannot be “nope”"),
        ("/library/levels?x=1", "no parameter “x”"),
        ("/library/things-serving-several?least=two&level=action", "whole number"),
        ("/library/thread-down?thing=a&thing=b", "2 times"),
        ("/library/thread-down?thing=" + "a" * 2_001, "too long"),
    ],
)
def test_a_wrong_value_is_told_in_words(explorer: Any, path: str, told: str) -> None:
    """Guards that a slip is a 400 that says what to do, and never an answer to something else."""
    answer = explorer.ask(path, Accept="text/html")
    assert answer.status == 400
    assert told in answer.text
    assert "etag" not in answer.headers


def test_hostile_values_are_text(explorer: Any) -> None:
    """Guards that no value becomes markup or query, wherever it is shown again."""
    hostile = quote('"><img src=x onerror=alert(1)> } SERVICE <urn:x> {} #')
    for path in (f"/library/entries-with-words?text={hostile}", f"/library?q={hostile}"):
        answer = explorer.ask(path)
        assert answer.status == 200
        assert "<img" not in answer.text


def test_hostile_plans_are_text(odd_explorer: Any) -> None:
    """Guards pages of a plan whose labels are attacks: forms, charts, tables, downloads."""
    asked = 0
    for name in queries.names():
        if not queries.read(name).needs:
            answer = odd_explorer.ask(f"/library/{name}")
            assert answer.status == 200, name
            assert "<img" not in answer.text
            assert 'href="javascript' not in answer.text
            asked += 1
    assert asked > 20
    form = odd_explorer.ask("/library/thread-down").text
    assert "&lt;img" in form or "&#34;&gt;&lt;" in form
    assert "<img" not in form
    assert "<img" not in odd_explorer.ask("/library/things-per-level.svg").text


def test_downloads_hold_what_is_shown(explorer: Any, shipped: Dataset) -> None:
    """Guards each form: the rows of the page, with the data set that they are from."""
    asked = ask(shipped, "things-per-level")
    at = "/library/things-per-level"
    found = explorer.ask(at + ".json").json
    assert len(found["results"]["bindings"]) == len(asked.rows)
    assert found["dataset"]["sha256"] == shipped.sha256
    book = explorer.ask(at + ".xlsx")
    assert book.body[:2] == b"PK"
    assert shipped.sha256[:12] in book.headers["content-disposition"]
    picture = explorer.ask(at + ".svg").text
    assert picture.startswith("<svg")
    assert "<title" in picture
    assert "script" not in picture
    assert explorer.ask("/library/levels.svg").status == 404


def test_the_reading_is_the_one_that_the_question_is_about(explorer: Any) -> None:
    """Guards questions about what is printed: asked so unless the address says otherwise."""
    plain = explorer.ask("/library/timescales-without-action").text
    assert "as printed</strong>" in plain
    other = explorer.ask("/library/timescales-without-action?reading=corrected").text
    assert "with corrections</strong>" in other
    assert "/library/timescales-without-action.csv?reading=corrected" in other


def test_answers_have_tags(explorer: Any) -> None:
    """Guards 304 for pages, downloads and the interface for programs."""
    for path in ("/library", "/library/levels", "/library/levels.csv", "/api/v1/queries/levels"):
        tag = explorer.ask(path).headers["etag"]
        assert explorer.ask(path, If_None_Match=tag).status == 304


def test_each_query_is_described_to_programs(explorer: Any) -> None:
    """Guards OpenAPI: a route a query, its parameters typed, described, with their choices."""
    paths = explorer.ask("/api/v1/openapi.json").json["paths"]
    for name in queries.names():
        query = queries.read(name)
        told = paths[f"/api/v1/queries/{name}"]["get"]
        assert told["summary"] == query.question
        assert set(told["responses"]["200"]["content"]) == {
            "application/sparql-results+json",
            "text/csv",
        }
        described = {p["name"]: p for p in told["parameters"]}
        assert set(described) == {p.name for p in query.parameters} | {"reading", "format"}
        for parameter in query.parameters:
            found = described[parameter.name]
            assert found["required"] == (parameter in query.needs)
            assert found["description"].startswith(parameter.label)
            assert "type" in found["schema"]
            if parameter.options in ("levels", "periods", "themes", "documents"):
                assert found["schema"]["enum"]


def test_programs_get_results_as_the_standard_has_them(explorer: Any, shipped: Dataset) -> None:
    """Guards the route: JSON or CSV of SPARQL 1.1 by Accept or format, problems as documents."""
    at = "/api/v1/queries/things-per-level"
    plain = explorer.ask(at)
    assert plain.headers["content-type"] == "application/sparql-results+json"
    assert plain.json == json.loads(ask(shipped, "things-per-level").serialize())
    for answer in (explorer.ask(at, Accept="text/csv"), explorer.ask(at + "?format=csv")):
        assert answer.headers["content-type"].startswith("text/csv")
        assert len(answer.text.splitlines()) == 6
    for path in ("/thread-down", "/levels?x=1", "/levels?format=xls"):
        wrong = explorer.ask("/api/v1/queries" + path)
        assert (wrong.status, wrong.headers["content-type"]) == (400, "application/problem+json")
    assert explorer.ask("/api/v1/queries/nope").json["status"] == 404
    assert len(explorer.ask("/api/v1/queries").json["queries"]) == len(queries.names())


def test_another_plan_has_its_own_choices(four_level_explorer: Any, four_levels: Dataset) -> None:
    """Guards plans with other levels: pick-lists, charts and words come from the data."""
    keys = [c.short.rpartition("/")[2] for c in _levels(four_levels)]
    assert len(keys) == 4
    page = four_level_explorer.ask(f"/library/level-by-level?upper={keys[0]}&lower={keys[-1]}")
    assert page.status == 200
    assert "gt-chart--bar" in page.text
    described = four_level_explorer.ask("/api/v1/openapi.json").json["paths"]
    told = described["/api/v1/queries/level-by-level"]["get"]["parameters"][0]
    assert len(told["schema"]["enum"]) == 4


def _levels(data: Dataset) -> list[Any]:
    return choices(data, queries.read("things").parameters[0], "corrected")


OWN = """#+ summary: Actions that begin with a letter.
#+ question: Which actions begin with this letter?
#+ audience: analysts
#+ reading: either
#+ parameters:
#+   - {name: letter, type: string, label: Letter, required: true}
#+ columns: {action: Action, label: Name}
PREFIX gt: <https://w3id.org/goldenthread/ontology/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?action ?label ?letter
WHERE { ?action a gt:Action ; rdfs:label ?label . FILTER(STRSTARTS(LCASE(?label), LCASE(?letter))) }
ORDER BY ?label
"""


@pytest.fixture(scope="module")
def own_explorer(serve: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a server of a plan that brings one query that is right and one that is wrong."""
    folder = tmp_path_factory.mktemp("own") / "harbour"
    shutil.copytree(PLAN, folder)
    (folder / "queries").mkdir()
    (folder / "queries" / "by-letter.rq").write_text(OWN, encoding="utf-8")
    wrong = OWN.replace("analysts", "all")
    (folder / "queries" / "wrong-one.rq").write_text(wrong, encoding="utf-8")
    data = Dataset.open([folder])
    assert [q.name for q in library(data).all()[0] if q.own] == ["by-letter"]
    with serve(data) as server:
        yield server


def test_a_plans_own_question_is_everywhere(own_explorer: Any, four_levels: Dataset) -> None:
    """Guards that one file in a plan's folder becomes a page, a route and a download."""
    letter = ask(four_levels, "SELECT ?l { ?a a gt:Action ; rdfs:label ?l }").rows[0][0].value[0]
    index = own_explorer.ask("/library").text
    assert "Added by this plan" in index
    assert 'href="/library/by-letter"' in index
    page = own_explorer.ask(f"/library/by-letter?letter={letter}").text
    assert "gt-answer" in page
    rows = own_explorer.ask(f"/library/by-letter.csv?letter={letter}").text.splitlines()
    assert len(rows) > 1
    route = own_explorer.ask(f"/api/v1/queries/by-letter?letter={letter}").json
    assert len(route["results"]["bindings"]) == len(rows) - 1
    hostile = quote('") || true || STRSTARTS("')
    assert own_explorer.ask(f"/api/v1/queries/by-letter?letter={hostile}").json["results"] == {
        "bindings": []
    }
    paths = own_explorer.ask("/api/v1/openapi.json").json["paths"]
    assert "/api/v1/queries/by-letter" in paths


def test_a_wrong_file_is_told_and_hides_nothing_else(own_explorer: Any) -> None:
    """Guards the list where one file has a mistake: its line and what to do, all others there."""
    index = own_explorer.ask("/library").text
    assert "wrong-one.rq:3" in index
    assert "policy staff, analysts or auditors" in index
    assert 'href="/library/levels"' in index
    for path in ("/library/wrong-one", "/api/v1/queries/wrong-one"):
        assert own_explorer.ask(path).status == 400
