"""The page of the ontology is made from itself, with counts of the data."""

import re
from typing import Any

import pytest

from goldenthread.domain.namespaces import GT, SHAPE
from goldenthread.faces.web.paths import anchor
from goldenthread.services import representing
from goldenthread.services.occurring import occurrences

CARD = re.compile(r'<div class="gt-card">\n<h3[^>]* id="([^"]+)">(.*?)</div>', re.DOTALL)


def cards(page: str) -> dict[str, str]:
    """Return the card of each term by its anchor."""
    return dict(CARD.findall(page))


@pytest.mark.parametrize("reading", ["corrected", "printed"])
def test_counts_are_those_of_a_query(shipped: Any, reading: str) -> None:
    """Guards the counts: of classes, properties and concepts, as SPARQL counts them."""
    used = occurrences(shipped, reading)
    assert len(used) > 60
    ours = f'FILTER(STRSTARTS(STR(?t), "{GT}") && !STRSTARTS(STR(?s), "{GT}"))'
    concept = f"?s ?p ?t FILTER(STRSTARTS(STR(?t), '{GT}concept/'))"
    for pattern in ("?s a ?t", "?s ?t ?o", concept):
        rows = shipped.rows(
            f"SELECT ?t (COUNT(*) AS ?n) {{ {pattern} {ours} FILTER(ISIRI(?s)) }} GROUP BY ?t",
            reading,
        )
        assert rows
        for row in rows:
            assert used[row["t"].value].count == int(row["n"].value), row["t"]


@pytest.mark.parametrize("plan", ["explorer", "four_level_explorer"])
def test_every_term_has_its_place_and_its_count(
    plan: str, request: pytest.FixtureRequest, shipped: Any, four_levels: Any
) -> None:
    """Guards the page: an anchor a term, definition, how often the plan uses it, first who do."""
    server = request.getfixturevalue(plan)
    data = shipped if plan == "explorer" else four_levels
    shown = cards(server.ask("/ontology/").text)
    used = occurrences(data)
    terms = representing.terms(data)
    assert len(terms) > 100
    assert len(shown) == len(terms)
    for term in terms:
        card = shown[anchor(term.iri)]
        assert term.iri in card
        if term.kind == "class":
            count = used[term.iri].count if term.iri in used else 0
            assert f"{count} thing" in card
            assert ("/library/things-of-class?class=" in card) == (count > 0)
    assert '<a class="govuk-link" href="/doc/' in shown["Action"]
    assert "Example:" in shown["Action"]
    assert "Note:" in shown["Action"]
    assert 'href="/ontology/#expects"' in shown["Level"]


def test_the_list_that_a_count_leads_to_is_as_long(explorer: Any, shipped: Any) -> None:
    """Guards the link from a class to its things."""
    page = explorer.ask("/ontology/").text
    address = re.search(r'href="(/library/things-of-class[^"]*Action)"', page)
    assert address
    rows = explorer.ask(address[1].replace("things-of-class?", "things-of-class.json?")).json
    assert len(rows["results"]["bindings"]) == occurrences(shipped)[GT + "Action"].count


def test_iris_of_terms_lead_to_page_and_rdf(explorer: Any) -> None:
    """Guards the same IRIs for people and programs, with every form named and open to all."""
    for path, place in (("/ontology/Action", "Action"), ("/shapes/Measure-target", "")):
        led = explorer.ask(path, Accept="text/html")
        assert led.status == 303
        assert led.headers["location"].endswith("#" + place if place else "/rules/Measure-target")
        turtle = explorer.ask(path, Accept="text/turtle")
        assert turtle.status == 303
        answer = explorer.ask(turtle.headers["location"])
        assert answer.headers["content-type"].startswith("text/turtle")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert (GT if "ontology" in path else SHAPE) in answer.text
    assert explorer.ask("/ontology/Nothing").status == 404
    assert explorer.ask("/ontology/Action", Accept="image/png").status == 406


def test_hostile_labels_are_text_in_examples(odd_explorer: Any) -> None:
    """Guards the examples: what a plan says is shown, never run."""
    page = odd_explorer.ask("/ontology/").text
    assert "<img" not in page
    assert "&lt;img src=x" in page
