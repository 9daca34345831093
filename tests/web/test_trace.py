import csv
import io
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest


def words(page: str) -> str:
    """Return a page's text, white space evened out."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("&amp;", "&").split())


def trace(explorer: Any, focus: str, direction: str = "down", reading: str = "corrected") -> str:
    """Return the words of a trace page."""
    answer = explorer.ask(f"/trace?focus={focus}&direction={direction}&reading={reading}")
    assert answer.status == 200
    return words(answer.text)


def test_priority_4_as_an_auditor_reads_it(explorer: Any) -> None:
    """Guards the counts under priority 4, and that its row is told from what comes through 3.1."""
    text = trace(explorer, "corporate-priority/4")
    assert "1 promise, 3 L&H priorities, 8 actions and 14 measures stand under it." in text
    assert (
        "Of the 8 actions, 5 are listed with OCC Strategic Plan priority 4 itself in Annex 3"
        in text
    )
    assert "2 are read as its by a judgement" in text
    assert "1 comes only through L&H priority 3.1" in text
    assert re.search(
        r"business innovation and support sector.{0,400}Comes through L&H priority 3.1 only", text
    )
    printed = trace(explorer, "corporate-priority/4", reading="printed")
    assert (
        "5 are listed with OCC Strategic Plan priority 4 itself in Annex 3 and 3 come only through"
        in printed
    )


def test_1_4_upwards_quotes_what_annex_3_prints(explorer: Any) -> None:
    """Guards the number trap: 1.4 serves priority 2, on the words that Annex 3 numbers 1.5."""
    text = trace(explorer, "service-priority/1.4", "up")
    assert "OCC Strategic Plan priority 2" in text
    assert "1.5 Support people to develop skills and knowledge" in text
    assert "same wording" in text


@pytest.mark.parametrize(
    ("focus", "direction", "sentence"),
    [
        ("service-priority/1.5", "up", "No link is recorded to anything that it serves."),
        ("service-priority/4.6", "down", "No link is recorded to anything below it."),
        ("service-priority/4.7", "down", "No link is recorded to anything below it."),
        ("corporate-priority/6", "down", "No link is recorded to anything below it."),
    ],
)
def test_where_nothing_is_recorded_the_page_says_so(
    explorer: Any, focus: str, direction: str, sentence: str
) -> None:
    """Guards the wording of gaps: no link recorded, and nothing more."""
    assert sentence in trace(explorer, focus, direction)


def test_a_cross_reference_is_shown_and_counts_as_nothing(explorer: Any) -> None:
    """Guards priority 6: its note is on the page and under no heading of the thread."""
    text = trace(explorer, "corporate-priority/6")
    assert "See Climate Emergency activities" in text
    assert "counts as nothing" in text


def test_words_that_fit_several_things_list_them(explorer: Any) -> None:
    """Guards ambiguity: 300 with a link for each candidate; one exact hit goes through."""
    several = explorer.ask("/trace?focus=library")
    assert several.status == 300
    assert several.text.count("/doc/occ-libraries-heritage/") > 2
    assert explorer.ask("/trace?focus=Tackle+inequalities+in+Oxfordshire").status == 200


def test_an_unknown_focus_is_404_with_the_nearest(explorer: Any) -> None:
    """Guards the error page of a mistyped id."""
    answer = explorer.ask("/trace?focus=corporate-priority/44")
    assert answer.status == 404
    assert "/doc/occ-libraries-heritage/corporate-priority/4" in answer.text
    # Nothing was asked for: that is a fault of the question, not something that is missing.
    assert explorer.ask("/trace?focus=").status == 400
    assert explorer.ask("/trace?focus=corporate-priority/4&direction=sideways").status == 400


def test_the_trace_in_other_forms(explorer: Any) -> None:
    """Guards suffixes: JSON as surfaces.md has it, CSV with a heading, SVG that is XML."""
    query = "?focus=corporate-priority/4&direction=down"
    data = explorer.ask(f"/trace.json{query}").json
    assert data == explorer.ask(f"/api/v1/trace{query}").json
    assert {
        "focus",
        "direction",
        "reading",
        "nodes",
        "links",
        "threads",
        "counts",
        "omitted",
    } <= set(data)
    assert data["counts"]["Action"] == 8
    rows = list(csv.reader(io.StringIO(explorer.ask(f"/trace.csv{query}").text)))
    assert len(rows) > len(data["nodes"])
    svg = explorer.ask(f"/trace.svg{query}")
    assert svg.headers["content-type"] == "image/svg+xml"
    drawn = ET.fromstring(svg.body)  # noqa: S314 - our own answer
    links = drawn.findall(".//{http://www.w3.org/2000/svg}a")
    assert len(links) == len(data["nodes"])
    assert all(a.get("href", "").startswith("/doc/") for a in links)


def test_the_list_comes_before_the_drawing(explorer: Any) -> None:
    """Guards the order for people who hear the page: list, then a way past the drawing, then it."""
    page = explorer.ask("/trace?focus=corporate-priority/4").text
    places = [
        page.index(s)
        for s in ('id="list"', 'href="#after-drawing"', "<svg xmlns", 'id="after-drawing"')
    ]
    assert places == sorted(places)
    assert "<details" in page[places[0] : places[1]]


def test_schedule_words_stand_beside_actions(explorer: Any) -> None:
    """Guards timescales: the printed words, the document, and that position alone pairs them."""
    text = trace(explorer, "corporate-priority/4")
    assert "Timescale: Year 1 (ongoing) (Appendix 3, by position)" in text


@pytest.mark.parametrize("focus", ["corporate-priority/4", "corporate-priority/9"])
def test_the_interface_gives_the_same_in_both_readings(explorer: Any, focus: str) -> None:
    """Guards `reading` on the interface: it is echoed and changes links."""
    answers = [
        explorer.ask(f"/api/v1/trace?focus={focus}&reading={r}").json
        for r in ("printed", "corrected")
    ]
    assert [a["reading"] for a in answers] == ["printed", "corrected"]
    assert answers[0]["links"] != answers[1]["links"]


def test_every_service_answers_on_the_interface(explorer: Any) -> None:
    """Guards the JSON routes and that their description names each."""
    paths = {
        "/api/v1/gaps": "gaps",
        "/api/v1/coverage": "cells",
        "/api/v1/coverage?rows=corporate-priority&columns=theme": "cells",
        "/api/v1/checks": "results",
        "/api/v1/search?q=rural": "hits",
        "/api/v1/show?id=service-priority/1.4": "up",
    }
    described = explorer.ask("/api/v1/openapi.json").json["paths"]
    for path, key in paths.items():
        answer = explorer.ask(path)
        assert answer.status == 200, path
        assert answer.json[key], path
        assert path.partition("?")[0] in described
    hits = explorer.ask("/api/v1/search?q=rural").json["hits"]
    assert sorted(h["class"] for h in hits) == ["Action", "Measure", "Promise"]
