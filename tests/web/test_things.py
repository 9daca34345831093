import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from goldenthread.domain.namespaces import BASE
from goldenthread.faces.cli.main import main

PRIORITY = "occ-libraries-heritage/service-priority/1.4"
FORMS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_thing_answers_in_each_rdf_form_by_suffix_and_by_accept(explorer: Any, form: str) -> None:
    """Guards that the registered media type answers as itself and parses to the same statements."""
    media, parser = FORMS[form]
    by_suffix = explorer.ask(f"/doc/{PRIORITY}.{form}")
    by_accept = explorer.ask(f"/doc/{PRIORITY}", Accept=media)
    assert (by_suffix.status, by_accept.status) == (200, 200)
    assert by_suffix.headers["content-type"].split(";")[0] == media
    assert by_accept.headers["content-type"].split(";")[0] == media
    assert by_accept.body == by_suffix.body
    subjects = {q.subject.value for q in ox.parse(by_suffix.body, format=parser)}
    assert BASE + PRIORITY in subjects


def test_the_csv_of_a_thing_has_a_heading_and_its_links(explorer: Any) -> None:
    """Guards the table form: one row for each thing said."""
    answer = explorer.ask(f"/doc/{PRIORITY}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"].startswith("text/csv")
    source = {"dataset_sha256", "dataset_reading", "dataset_licence"}
    assert {"subject", "property", "value", "iri"} | source == set(rows[0])
    assert any(r["property"] == "supports" for r in rows)


def test_a_name_leads_to_its_description_by_303(explorer: Any) -> None:
    """Guards dereferencing: a thing is no page, and the Host header plays no part in the way."""
    plain = explorer.ask(f"/id/{PRIORITY}", Host="evil.example")
    turtle = explorer.ask(f"/id/{PRIORITY}", Accept="text/turtle")
    kept = explorer.ask(f"/id/{PRIORITY}?reading=printed")
    assert (plain.status, plain.headers["location"]) == (303, f"/doc/{PRIORITY}")
    assert (turtle.status, turtle.headers["location"]) == (303, f"/doc/{PRIORITY}.ttl")
    assert kept.headers["location"] == f"/doc/{PRIORITY}?reading=printed"
    assert "Accept" in turtle.headers["vary"]


def test_a_page_names_its_other_forms(explorer: Any) -> None:
    """Guards discovery: Link headers and link elements with rel=alternate."""
    answer = explorer.ask(f"/doc/{PRIORITY}")
    for form, (media, _) in FORMS.items():
        assert (
            f'</doc/{PRIORITY}.{form}>; rel="alternate"; type="{media}"' in answer.headers["link"]
        )
        assert f'href="/doc/{PRIORITY}.{form}"' in answer.text


@pytest.mark.parametrize("path", ["/id/", "/doc/"])
def test_an_unknown_thing_is_404_with_the_nearest(explorer: Any, path: str) -> None:
    """Guards that a wrong name says what may be meant, as a page and as a problem document."""
    wrong = f"{path}occ-libraries-heritage/service-priority/1.44"
    page = explorer.ask(wrong)
    problem = explorer.ask(wrong, Accept="application/json")
    assert page.status == problem.status == 404
    assert "/doc/occ-libraries-heritage/service-priority/1.4" in page.text
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json["nearest"]
    assert explorer.ask(f"{wrong}.ttl").status == 404


def test_nothing_that_a_thing_cannot_be_is_406(explorer: Any) -> None:
    """Guards that a picture of a thing is refused, not answered with something else."""
    assert explorer.ask(f"/doc/{PRIORITY}", Accept="image/png").status == 406


def test_every_kind_of_node_has_a_page(explorer: Any, shipped: Any) -> None:
    """Guards dereferencing of everything: entries, alignments, rows, excerpts, judgements."""
    from urllib.parse import quote

    from goldenthread.services.representing import subjects

    kinds: dict[str, str] = {}
    for iri in subjects(shipped):
        if iri.startswith(BASE):
            kinds.setdefault("/".join(iri.removeprefix(BASE).split("/")[1:-1]), iri)
    assert len(kinds) > 10
    for iri in kinds.values():
        answer = explorer.ask("/doc/" + quote(iri.removeprefix(BASE)))
        assert answer.status == 200, iri
        assert answer.text.count("<h1") == 1, iri


@pytest.mark.parametrize("page", ["ontology", "shapes"])
def test_terms_and_rules_are_pages_and_rdf(explorer: Any, page: str) -> None:
    """Guards the vocabulary: a page with every term, RDF by Accept, and 303 for single terms.

    The rules have a page that is theirs alone, to which the name of all shapes leads.
    """
    if page == "shapes":
        led = explorer.ask("/shapes/")
        assert (led.status, led.headers["location"]) == (303, "/rules")
    answer = explorer.ask({"shapes": "/rules"}.get(page, f"/{page}/"))
    turtle = explorer.ask(f"/{page}/", Accept="text/turtle")
    assert answer.status == turtle.status == 200
    assert answer.text.count("<h2") > 3
    assert len(list(ox.parse(turtle.body, format=ox.RdfFormat.TURTLE))) > 100
    assert explorer.ask(f"/{page}/NoSuchTerm").status == 404


def test_a_term_leads_to_its_place(explorer: Any) -> None:
    """Guards the addresses of terms under the namespace."""
    assert explorer.ask("/ontology/Action").headers["location"] == "/ontology/#Action"
    assert (
        explorer.ask("/ontology/concept/stated").headers["location"] == "/ontology/#concept-stated"
    )
    assert 'id="concept-stated"' in explorer.ask("/ontology/").text


def test_both_readings_can_be_asked_for_and_no_third(explorer: Any) -> None:
    """Guards the reading in the address: it changes the answer, and a wrong one is refused."""
    printed = explorer.ask("/doc/occ-libraries-heritage/corporate-priority/5?reading=printed")
    corrected = explorer.ask("/doc/occ-libraries-heritage/corporate-priority/5")
    assert printed.body != corrected.body
    assert explorer.ask(f"/doc/{PRIORITY}?reading=other").status == 400


def test_xml_and_json_of_the_odd_plan_parse(odd_explorer: Any) -> None:
    """Guards downloads of hostile labels: control characters break neither XML nor JSON."""
    aim, deed = "/doc/odd-plan/aim/1.4", "/doc/odd-plan/deed/con"
    for path in (aim, deed):
        described = ET.fromstring(odd_explorer.ask(f"{path}.rdf").body)  # noqa: S314 - our own answer
        assert len(described) > 0
        assert json.loads(odd_explorer.ask(f"{path}.jsonld").body)["@graph"]
        assert list(ox.parse(odd_explorer.ask(f"{path}.ttl").body, format=ox.RdfFormat.TURTLE))


def test_the_command_and_the_explorer_tell_the_same(explorer: Any, tmp_path: Path) -> None:
    """Guards one answer: JSON of the command, of the page and of the interface agree."""
    name, file = "corporate-priority/5", tmp_path / "shown.json"
    asked = ["show", name, "--checks", "--format", "json", "--output", str(file)]
    assert main(asked) == 0
    said = json.loads(file.read_text(encoding="utf-8"))
    assert said["wordings"]
    assert said["changes"]
    assert said["checkResults"]
    page = explorer.ask(f"/doc/occ-libraries-heritage/{name}.json").json
    interface = explorer.ask(f"/api/v1/show?id={name}").json
    for other in (page, interface):
        assert {k: v for k, v in other.items() if k != "dataset"} == {
            k: v for k, v in said.items() if k != "dataset"
        }


def test_dates_that_differ_stand_under_the_timescale(explorer: Any) -> None:
    """Guards that the page of an action says where another document dates its work otherwise."""
    base = "/doc/occ-libraries-heritage/action/"
    page = explorer.ask(f"{base}review-our-volunteer-strategy-and-identify").text
    assert "The documents differ: Annex 3 dates it “Q3”; Appendix 3 dates work" in page
    assert "The documents differ" not in explorer.ask(f"{base}map-out-how-each").text
