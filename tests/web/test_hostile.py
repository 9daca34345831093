import csv
import io
from typing import Any
from xml.etree import ElementTree as ET

import pytest

PAGES = [
    "/",
    "/trace?focus=aim/1.4",
    "/trace",
    "/trace?focus=aim/1.4&view=table",
    "/trace?focus=aim/1.4&view=drawing",
    "/trace?focus=aim/1.4&class=deed",
    "/trace?focus=aim/1.4&theme=%3Cimg+src%3Dx%3E",
    "/trace?focus=aim/1.4&embed=1&%22%3E%3Cimg+src%3Dx%3E=1",
    "/trace?focus=deed/con&direction=up",
    "/doc/odd-plan/aim/1.4",
    "/briefing?focus=aim/1.4",
    "/why?focus=deed/con",
    "/why?focus=aim/1.4",
    "/doc/odd-plan/deed/con",
    "/doc/odd-plan/entry/a",
    "/doc/odd-plan/judgement/j",
    "/doc/odd-plan/document/odd",
    "/doc/odd-plan/alignment/x",
    "/doc?iri=https%3A%2F%2Fexample.org%2Fdeed%3Fx%3D1%26y%3D2",
    "/corrections",
    "/gaps",
    "/coverage",
    "/search?q=img",
    "/search?q=%22%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E",
    "/trace?focus=%22%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%20none",
    "/about",
    "/%22%3E%3Cimg%20src=x%3E",
]


@pytest.mark.parametrize("path", PAGES)
def test_labels_are_text_on_every_page(odd_explorer: Any, path: str) -> None:
    """Guards escaping: no attack in a label, quote or address becomes markup or a link."""
    text = odd_explorer.ask(path).text
    assert "<img" not in text
    assert 'href="javascript:' not in text
    for mark in ("\u202e", "\u2066", "\x07"):
        assert mark not in text
    if path in ("/", "/trace?focus=aim/1.4", "/doc/odd-plan/aim/1.4"):
        assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_labels_are_text_in_the_drawing(odd_explorer: Any) -> None:
    """Guards the SVG: it is XML, and its only elements are those that we draw."""
    svg = odd_explorer.ask("/trace.svg?focus=aim/1.4").body
    drawn = ET.fromstring(svg)  # noqa: S314 - our own answer
    names = {e.tag.rpartition("}")[2] for e in drawn.iter()}
    assert names == {"svg", "title", "desc", "a", "rect", "text", "tspan", "path"}
    assert not [a for e in drawn.iter() for a in e.attrib if a.startswith("on") or a == "style"]
    assert "onerror=alert(1)" in "".join(drawn.itertext())


def test_other_downloads_hold_labels_as_text(odd_explorer: Any) -> None:
    """Guards GraphML and Turtle of a trace: both are read back, with the attack as plain words."""
    import pyoxigraph as ox

    graph = ET.fromstring(odd_explorer.ask("/trace.graphml?focus=aim/1.4").body)  # noqa: S314 - ours
    assert "<img src=x onerror=alert(1)>" in "".join(graph.itertext())
    triples = list(
        ox.parse(odd_explorer.ask("/trace.ttl?focus=aim/1.4").body, format=ox.RdfFormat.TURTLE)
    )
    assert any("<img src=x" in str(t.object) for t in triples)


def test_spreadsheets_run_nothing(odd_explorer: Any) -> None:
    """Guards downloads: text that begins like a formula has an apostrophe in front."""
    for path in ("/trace.csv?focus=aim/1.4", "/doc/odd-plan/deed/con.csv"):
        cells = [c for row in csv.reader(io.StringIO(odd_explorer.ask(path).text)) for c in row]
        assert cells
        assert not [c for c in cells if c.startswith(("=", "+", "@"))]
        assert [c for c in cells if c.startswith("'=SUM")], path


def test_only_web_addresses_are_links(odd_explorer: Any) -> None:
    """Guards links: a javascript: address is shown as text."""
    text = odd_explorer.ask("/doc/odd-plan/aim/1.4").text
    assert "javascript:alert(1)" in text or "alert(1)" in text
    assert 'href="javascript' not in text


def test_a_file_outside_the_plan_is_not_read(odd_explorer: Any) -> None:
    """Guards the file name that data gives: it cannot leave the plan's folder."""
    answer = odd_explorer.ask("/sources/odd")
    assert answer.status == 200
    assert "The text itself is not in the plan" in answer.text
    assert "never shown" not in answer.text


def test_a_thing_with_another_base_has_a_page(odd_explorer: Any) -> None:
    """Guards plans with IRIs of their own: everything can be reached by `?iri=`."""
    page = odd_explorer.ask("/trace?focus=aim/1.4").text
    assert "/doc?iri=https%3A%2F%2Fexample.org%2Fdeed%3Fx%3D1%26y%3D2" in page
    assert odd_explorer.ask("/doc?iri=https%3A%2F%2Fexample.org%2Fnone").status == 404
    turtle = odd_explorer.ask("/doc.ttl?iri=https%3A%2F%2Fexample.org%2Fdeed%3Fx%3D1%26y%3D2")
    assert turtle.headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize(
    "address",
    [
        "/doc/%00",
        "/doc/a%20b",
        "/id/%3Cscript%3E",
        "/doc?iri=not%20an%20iri",
        "/trace?focus=%00%0a",
        "/trace?focus=http%3A%2F%2F%5B",
        "/search?q=" + "%C3%A9" * 3000,
        "/coverage?rows=x",
        "/doc/" + "a/" * 500,
    ],
)
def test_odd_addresses_are_answered_calmly(odd_explorer: Any, address: str) -> None:
    """Guards robustness: what no page can be is a client's error, never a fault of ours."""
    assert odd_explorer.ask(address).status in (200, 300, 400, 404)
