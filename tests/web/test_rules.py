"""The pages of the rules: one each, with examples, shape, profiles, results; the same as JSON."""

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from goldenthread.errors import Unreadable
from goldenthread.faces.web.app import create_app
from goldenthread.services.rulebook import explain
from goldenthread.services.validation import check, rulebook
from goldenthread.store.dataset import Dataset
from goldenthread.store.rules import rules

ROOT = Path(__file__).parents[2]
NAMES = [r.name for r in rules()]


FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}


def graph(body: bytes, form: str) -> Graph:
    """Return the triples of RDF."""
    triples = [q.triple for q in ox.parse(body, format=FORMATS[form])]
    plain = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=plain, format="nt")


def text(html: str) -> str:
    """Return the words of a page with their white space evened out."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_the_list_names_every_rule_with_its_results(explorer: Any, shipped: Any) -> None:
    """Guards the list: each rule with a link to its page, and as many results as a check gives."""
    page = explorer.ask("/rules").text
    results = check(shipped).results
    items = dict(re.findall(r'<li class="gt-rules__one" id="([^"]+)">(.*?)</li>', page, re.DOTALL))
    assert sorted(items) == sorted(NAMES)
    assert len(items) > 100
    for name, item in items.items():
        number = sum(1 for r in results if r.rule.name == name)
        said = f"{number} result" if number else "no result"
        assert said in text(item)
        assert f'href="/rules/{name}"' in item


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_a_page(explorer: Any, name: str) -> None:
    """Guards the page: why, mend, source, examples and what is said of them, shape, results."""
    rule = next(r for r in rules() if r.name == name)
    answer = explorer.ask(f"/rules/{name}", Accept="text/html")
    assert answer.status == 200
    said = text(answer.text)
    for words in (rule.label[1:], rule.sentence, rule.why, rule.mend, rule.source, rule.severity):
        assert " ".join(words.split()) in said
    for heading in ("What breaks it", "What keeps it", "The rule says of it:", "The shape"):
        assert heading in said
    assert "The rule says nothing of it." in said
    assert f"shape:{name} a sh:" in said
    assert "A draft plan:" in said
    assert "What it finds now (" in said


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Action-owner", ["gt:byRole :head-of-water ."]),
        # The same line stands in both more than once.
        ("Level-number", ['gt:printedNumber "1" .']),
        ("Thing-label", ['rdfs:label "Clean water" ;']),
    ],
)
def test_the_lines_that_differ_are_marked(explorer: Any, name: str, lines: list[str]) -> None:
    """Guards the examples: what mends the one is marked in the other, and nothing else is."""
    page = explorer.ask(f"/rules/{name}").text
    marked = re.findall(r"<mark[^>]*>(.*?)</mark>", page)
    assert [unescape(m).strip() for m in marked] == lines


def test_every_pair_of_examples_differs_somewhere(shipped: Any) -> None:
    """Guards the marks: a pair without one would show nobody where its rule draws the line."""
    book = rulebook(shipped)
    for rule in book.rules:
        told = explain(book, rule.name)
        assert told.invalid is not None
        assert told.valid is not None
        assert any(d for e in (told.invalid, told.valid) for _, d in e.lines), rule.id


def test_results_are_those_of_the_check_with_quotes(explorer: Any, shipped: Any) -> None:
    """Guards the results on a page: each leads to its thing and has its words."""
    for reading in ("corrected", "printed"):
        found = [r for r in check(shipped, reading).results if r.rule.name == "Thing-numbers"]
        page = explorer.ask(f"/rules/Thing-numbers?reading={reading}").text
        assert f"What it finds now ({len(found)})" in text(page)
        for result in found:
            assert f'id="result-{result.id}"' in page
            assert all(q.quote in unescape(page) for q in result.quotes)
    assert found


def test_the_iri_of_a_rule_leads_to_its_page_and_its_shape(explorer: Any) -> None:
    """Guards linked data: one rule by its IRI, as page or RDF, the same triples in every format."""
    led = explorer.ask("/shapes/Row-stray", Accept="text/html")
    assert (led.status, led.headers["location"]) == (303, "/rules/Row-stray")
    led = explorer.ask("/shapes/Row-stray", Accept="application/ld+json")
    assert led.headers["location"] == "/rules/Row-stray.jsonld"
    assert explorer.ask("/shapes/", Accept="text/html").headers["location"] == "/rules"
    assert explorer.ask("/shapes/index.html").headers["location"] == "/rules"
    graphs = []
    for form in FORMATS:
        answer = explorer.ask(f"/rules/Row-stray.{form}")
        assert answer.headers["access-control-allow-origin"] == "*"
        graphs.append(graph(answer.body, form))
    assert len(graphs[0]) > 10
    assert all(isomorphic(graphs[0], g) for g in graphs[1:])
    negotiated = explorer.ask("/rules/Row-stray", Accept="text/turtle")
    assert negotiated.headers["content-type"].startswith("text/turtle")


def test_a_path_keeps_its_order_in_json_ld(explorer: Any) -> None:
    """Guards lists: the steps of a path, sorted by name, would be another path."""
    found = [graph(explorer.ask(f"/rules/Action-later.{f}").body, f) for f in ("ttl", "jsonld")]
    assert isomorphic(*found)


def test_examples_can_be_taken_away(explorer: Any) -> None:
    """Guards the files of the examples, byte for byte, and nothing but them."""
    for kind in ("valid", "invalid"):
        file = Path("shapes/examples/Measure-target") / f"{kind}.ttl"
        written = (ROOT / file).read_bytes()
        assert explorer.ask(f"/rules/Measure-target/{kind}.ttl").body == written
    for path in ("Measure-target/other.ttl", "Nothing/valid.ttl", "..%2Fshapes/valid.ttl"):
        assert explorer.ask(f"/rules/{path}").status == 404


def test_a_rule_that_is_not_there_is_told_with_the_nearest(explorer: Any) -> None:
    """Guards the message for a mistyped name; one in other case is not a second address."""
    assert "Measure-target" in explorer.ask("/rules/Measure-tarket", Accept="text/html").text
    assert explorer.ask("/rules/Measure-tarket").status == 404
    assert explorer.ask("/rules/measure-target").status == 404
    assert explorer.ask("/shapes/Measure-tarket").status == 404


def test_json_says_what_the_page_says(explorer: Any) -> None:
    """Guards the interface: list and rule under /api/v1 and by suffix are one answer."""
    listed = explorer.ask("/api/v1/rules").json
    assert listed == explorer.ask("/rules.json").json
    assert sorted(r["id"] for r in listed["rules"]) == sorted(f"shape:{n}" for n in NAMES)
    assert {p["name"]: p["default"] for p in listed["profiles"]} == {
        "published": True,
        "draft": False,
        "monitored": False,
    }
    rule = explorer.ask("/api/v1/rules/Level-number").json
    assert rule == explorer.ask("/rules/Level-number.json").json
    assert rule["invalid"]["results"]
    assert rule["valid"]["results"] == []
    counted = next(r for r in listed["rules"] if r["id"] == rule["id"])
    assert counted["results"] == len(rule["results"]) > 0
    assert explorer.ask("/api/v1/rules/shape:Level-number").json == rule
    assert explorer.ask("/api/v1/rules/Nothing").status == 404


@pytest.mark.parametrize("profile", ["draft", "monitored"])
def test_a_profile_is_chosen_by_a_link(explorer: Any, shipped: Any, profile: str) -> None:
    """Guards profiles: page, JSON and check give the same results, and say what is left out."""
    report = check(shipped, profile=profile)
    assert report.left_out > 0
    page = explorer.ask(f"/checks?profile={profile}").text
    assert f"{report.left_out} rules left out by this profile." in text(page)
    assert f"{len(report.results)} check results" in text(page)
    assert f"/checks?profile={profile}" in explorer.ask("/checks").text
    # A filter keeps the profile.
    assert f"severity=note&amp;profile={profile}" in page or f"profile={profile}&amp;" in page
    said = explorer.ask(f"/api/v1/checks?profile={profile}").json
    assert said["results"] == json.loads(json.dumps([r.to_json() for r in report.results]))
    assert (said["profile"], said["left_out"], said["rules"]) == (
        profile,
        report.left_out,
        report.checked,
    )
    assert explorer.ask("/checks?profile=nothing").status == 404


def test_the_default_profile_is_all_rules_as_they_stand(explorer: Any, shipped: Any) -> None:
    """Guards that profiles changed nothing for whoever names none."""
    report = check(shipped)
    assert (report.profile, report.left_out, report.checked) == ("published", 0, len(NAMES))
    assert {r.rule for r in report.results} <= set(rules())
    assert explorer.ask("/api/v1/checks").json["results"] == json.loads(
        json.dumps([r.to_json() for r in report.results])
    )


def test_check_results_lead_to_their_rules(explorer: Any) -> None:
    """Guards the way from a result to why it is one, from the checks and from a thing."""
    page = explorer.ask("/checks").text
    linked = set(re.findall(r'href="/rules/([\w-]+)"', page))
    assert len(linked) > 40
    assert linked <= set(NAMES)
    thing = explorer.ask("/doc/occ-libraries-heritage/corporate-priority/5").text
    assert re.search(r'href="/rules/[\w-]+"', thing)


def test_rules_of_a_plan_with_other_levels(four_level_explorer: Any, four_levels: Any) -> None:
    """Guards that rules find in any plan what the check finds in it, and lead to its things."""
    book, results = rulebook(four_levels), check(four_levels).results
    assert results
    named = {r.rule.name for r in results}
    for name in sorted(named):
        answer = four_level_explorer.ask(f"/rules/{book.rule(name).name}")
        number = sum(1 for r in results if r.rule.name == name)
        assert f"What it finds now ({number})" in text(answer.text)
    assert four_level_explorer.ask("/rules").status == 200


def test_addresses_of_sources_are_whole() -> None:
    """Guards the links to professional sources: https, and a host."""
    links = [r.link for r in rules() if r.link]
    assert links
    assert all(urlsplit(x).scheme == "https" and urlsplit(x).netloc for x in links)


OWN = """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix gt: <https://w3id.org/goldenthread/ontology/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rule: <https://rules.example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
rule:group skos:prefLabel "HOSTILE group" .
rule:Action-odd a sh:PropertyShape ;
  rdfs:label "HOSTILE label" ; gt:group rule:group ; gt:why "HOSTILE why" ; gt:mend "HOSTILE mend" ;
  dcterms:bibliographicCitation "HOSTILE source" ; rdfs:seeAlso <javascript:alert(1)> ;
  sh:message "HOSTILE message" ; sh:severity sh:Info ;
  sh:targetClass gt:Action ; sh:path rdfs:label ; sh:maxLength 1 .
"""
PROFILE = """@prefix gt: <https://w3id.org/goldenthread/ontology/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rule: <https://rules.example.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://rules.example.org/mine> a gt:Profile ; rdfs:label "HOSTILE profile" ;
  skos:scopeNote "HOSTILE use" ; gt:mustFix rule:Action-odd .
"""
EXAMPLE = """@prefix gt: <https://w3id.org/goldenthread/ontology/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/a> a gt:Action ; rdfs:label "HOSTILE example" .
"""


@pytest.fixture(scope="module")
def own_explorer(tmp_path_factory: pytest.TempPathFactory, serve: Any) -> Iterator[Any]:
    """Return a server of a plan with a rule, an example and a profile of its own, all attacks."""
    folder = tmp_path_factory.mktemp("plans") / "harbour"
    shutil.copytree(ROOT / "tests" / "cases" / "plan-four-levels", folder)
    files = {
        "odd.ttl": OWN,
        "profiles/mine.ttl": PROFILE,
        "examples/Action-odd/invalid.ttl": EXAMPLE,
    }
    for name, content in files.items():
        file = folder / "rules" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        said = content.replace("HOSTILE", '\\"><img src=x onerror=alert(1)>')
        file.write_text(said, encoding="utf-8")
    with serve(Dataset.open([folder])) as server:
        yield server


def test_a_plans_own_rule_is_shown_as_its_own(own_explorer: Any) -> None:
    """Guards own rules on pages: listed, explained, checked, as text whatever they say."""
    paths = ["/rules", "/rules/Action-odd", "/checks", "/checks?profile=mine"]
    for path in paths:
        page = own_explorer.ask(path).text
        assert "<img" not in page
        assert 'href="javascript:' not in page
        assert "&lt;img src=x onerror=alert(1)&gt;" in page
        assert 'href="/rules/Action-odd"' in page or path == "/rules/Action-odd"
    page = text(own_explorer.ask("/rules/Action-odd").text)
    assert "rule own:Action-odd, the plan" in page
    assert "What it finds now (5)" in page
    assert "What breaks it" in page
    assert "What keeps it" not in page
    found = own_explorer.ask("/api/v1/checks?profile=mine&rule=Action-odd").json["results"]
    assert len(found) == 5
    assert {r["severity"] for r in found} == {"must fix"}
    assert len(own_explorer.ask("/api/v1/rules").json["rules"]) == len(NAMES) + 1
    assert b"maxLength" in own_explorer.ask("/rules/Action-odd.ttl").body
    # Its IRI is under another host: this one does not speak for it.
    assert own_explorer.ask("/shapes/Action-odd").status == 404


def test_rules_that_cannot_be_used_stop_a_server(tmp_path: Path) -> None:
    """Guards against a report that looks better than the plan is: a server does not even start."""
    folder = tmp_path / "harbour"
    shutil.copytree(ROOT / "tests" / "cases" / "plan-four-levels", folder)
    (folder / "rules").mkdir()
    (folder / "rules" / "odd.ttl").write_text(OWN.replace("gt:why", "gt:reason"), encoding="utf-8")
    with pytest.raises(Unreadable, match="Action-odd lacks why it matters"):
        create_app(Dataset.open([folder]))
