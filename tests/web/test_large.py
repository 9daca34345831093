"""A plan of two thousand things: pages stay small, say what they leave out, and scroll."""

import gzip
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from goldenthread.store.dataset import Dataset

THINGS = 2_000
HEAD = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix gt: <https://w3id.org/goldenthread/ontology/> .
@prefix gtc: <https://w3id.org/goldenthread/ontology/concept/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/goldenthread/id/large-plan/> .
<https://w3id.org/goldenthread/id/large-plan> a gt:Plan ; rdfs:label "Large" ; gt:key "large-plan" .
<document/table> a gt:Document ; rdfs:label "The long table" ; gt:shortTitle "Table" ;
  dcterms:isPartOf <https://w3id.org/goldenthread/id/large-plan> .
"""


LEVELS = (("vision", "Aim"), ("aim", "Aim"), ("deed", "Action"))
LEVEL = """<level/{key}> a gt:Level ; skos:prefLabel "{key}" ; gt:pluralLabel "{key}s" ;
  gt:key "{key}" ; gt:order {order} ; gt:levelClass gt:{cls} ; gt:inPlan {plan} .
"""
THING = """<{key}/{i}> a gt:{cls} ; rdfs:label "{words}" ; skos:notation "{i}" ;
  gt:atLevel <level/{key}> ; gt:inPlan {plan} .
<entry/{i}> a gt:Entry ; rdfs:label "{words}" ; gt:place "Table, row {i}" ;
  gt:inDocument <document/table> ; gt:entryOf <{key}/{i}> ; gt:excerpt <part/{i}> .
<part/{i}> a gt:Excerpt ; oa:start {i}00 ; oa:end {i}90 ; oa:exact "{words}" .
"""
LINK = """<alignment/{i}> a gt:Alignment ; gt:from <{key}/{i}> ; gt:property gt:supports ;
  gt:to <{above}> ; gt:basis gtc:stated ; gt:statedIn <document/table> ;
  gt:assertedBy <document/table> ; gt:fromEntry <entry/{i}> ; gt:inPlan {plan} .
"""


def turtle() -> Iterator[str]:
    """Yield a plan of one vision, 99 aims and 1,900 deeds, each printed once, with its words."""
    plan = "<https://w3id.org/goldenthread/id/large-plan>"
    yield HEAD
    for order, (key, cls) in enumerate(LEVELS, 1):
        yield LEVEL.format(key=key, cls=cls, order=order, plan=plan)
    for i in range(THINGS):
        key, cls = LEVELS[0 if not i else 1 if i < 100 else 2]
        words = f"Work with {i} partners and schools to widen the offer in place {i * 7919 % 2003}"
        yield THING.format(key=key, cls=cls, i=i, words=words, plan=plan)
        if i:
            above = "vision/0" if i < 100 else f"aim/{1 + i % 99}"
            yield LINK.format(key=key, i=i, above=above, plan=plan)


@pytest.fixture(scope="module")
def large_explorer(tmp_path_factory: pytest.TempPathFactory, serve: Any) -> Iterator[Any]:
    """Return a server of a plan of two thousand things."""
    folder = tmp_path_factory.mktemp("plans") / "large-plan"
    folder.mkdir()
    (folder / "plan.ttl").write_text("".join(turtle()), encoding="utf-8")
    with serve(Dataset.open([folder])) as server:
        yield server


@pytest.mark.parametrize(
    "path",
    [
        "/trace",
        "/trace?focus=vision/0",
        "/trace?focus=vision/0&view=table",
        "/trace?focus=vision/0&view=drawing",
        "/trace?focus=vision/0&view=table&class=deed",
        "/trace?focus=aim/1&view=drawing",
    ],
)
def test_no_page_of_a_large_plan_is_heavy(large_explorer: Any, path: str) -> None:
    """Guards the weight of pages where there is much: under 150 KB compressed."""
    answer = large_explorer.ask(path)
    assert answer.status == 200
    assert len(gzip.compress(answer.body)) < 150_000


def test_too_much_to_draw_says_what_is_left_out_and_how_to_narrow(large_explorer: Any) -> None:
    """Guards the page that draws nothing: why, what else there is, and the drawing as a file."""
    page = unescape(large_explorer.ask("/trace?focus=vision/0&view=drawing").text)
    assert "<svg xmlns" not in page
    assert "There are 2000 things here: too many to draw on a page." in page
    assert "the list below has them all" in page
    assert page.count("gt-step gt-basis") == THINGS - 1
    assert 'href="/trace.svg?focus=vision%2F0' in page
    assert 'href="/trace.png' not in page
    nearest = re.findall(r'<li><a class="govuk-link" href="(/trace\?focus=aim[^"]*)">', page)
    assert len(nearest) == 20
    assert "79 more" in page
    one = large_explorer.ask(nearest[0] + "&view=drawing").text
    assert one.count("gt-drawing__link") == 20


def test_the_drawing_that_is_too_much_for_a_page_is_whole_in_its_file(large_explorer: Any) -> None:
    """Guards the SVG: nothing is left out of the file; a PNG of it is refused with a reason."""
    drawn = large_explorer.ask("/trace.svg?focus=vision/0").text
    assert drawn.count('class="gt-drawing__link"') == THINGS
    refused = large_explorer.ask("/trace.png?focus=vision/0")
    assert refused.status in (400, 503)
    assert refused.headers["content-type"] == "application/problem+json"


def test_a_table_that_is_cut_says_so(large_explorer: Any) -> None:
    """Guards long tables: how many rows of how many, and where the rest is."""
    page = large_explorer.ask("/trace?focus=vision/0&view=table").text
    assert page.count('<th scope="row"') == 300
    assert "300 of 1900 threads are shown" in page
    rows = large_explorer.ask("/trace.csv?focus=vision/0").text.splitlines()
    assert len(rows) == THINGS


@pytest.mark.browser
@pytest.mark.parametrize("view", ["list", "table", "drawing"])
def test_a_page_of_two_thousand_things_scrolls(
    browser: Any, large_explorer: Any, view: str
) -> None:
    """Guards smooth scrolling by what costs: what is laid out, and how often, not by a clock."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(f"{large_explorer.url}/trace?focus=vision/0&view={view}")
    tool = page.context.new_cdp_session(page)
    tool.send("Performance.enable")

    def metric(name: str) -> float:
        found = tool.send("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in found if m["name"] == name)

    before = metric("LayoutCount")
    for _ in range(20):
        page.mouse.wheel(0, 2_000)
        page.wait_for_function("() => new Promise(done => requestAnimationFrame(() => done(true)))")
    page.keyboard.press("End")
    page.wait_for_function("() => scrollY + innerHeight >= document.body.scrollHeight - 200")
    layouts, nodes = metric("LayoutCount") - before, metric("Nodes")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert nodes < 60_000
    assert layouts < 400
    assert wide <= 1200


@pytest.mark.browser
def test_a_drawing_of_two_thousand_boxes_opens_by_itself(browser: Any, large_explorer: Any) -> None:
    """Guards the SVG file in a browser: it draws, and the last box can be scrolled to."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(f"{large_explorer.url}/trace.svg?focus=vision/0")
    boxes = page.locator("a rect")
    last = page.locator("a").last
    last.scroll_into_view_if_needed()
    seen, count = last.is_visible(), boxes.count()
    page.close()
    assert seen
    assert count == THINGS
