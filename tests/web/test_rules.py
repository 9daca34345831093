"""The pages of the rules: one each, with examples, shape, profiles, results; the same as JSON."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from goldenthread.services.validation import check, rulebook
from goldenthread.store.rules import rules

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


def test_the_lines_that_differ_are_marked(explorer: Any) -> None:
    """Guards the examples: what mends the one is marked in the other, and nothing else is."""
    page = explorer.ask("/rules/Action-owner").text
    marked = re.findall(r"<mark[^>]*>(.*?)</mark>", page)
    assert [unescape(m).strip() for m in marked] == ["gt:byRole :head-of-water ."]


def test_results_are_those_of_the_check_with_quotes(explorer: Any, shipped: Any) -> None:
    """Guards the results on a page: each leads to its thing and has its words."""
    for reading in ("corrected", "printed"):
        found = [r for r in check(shipped, reading).results if r.rule.name == "Thing-numbers"]
        page = explorer.ask(f"/rules/Thing-numbers?reading={reading}").text
        assert f"What it finds now ({len(found)})" in page
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
        written = (Path(__file__).parents[2] / file).read_bytes()
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
    assert f"{report.left_out} rules left out by this profile." in page
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
        assert f"What it finds now ({number})" in answer.text
    assert four_level_explorer.ask("/rules").status == 200


def test_addresses_of_sources_are_whole() -> None:
    """Guards the links to professional sources: https, and a host."""
    links = [r.link for r in rules() if r.link]
    assert links
    assert all(urlsplit(x).scheme == "https" and urlsplit(x).netloc for x in links)
