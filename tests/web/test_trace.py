import csv
import io
import re
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest


def words(page: str) -> str:
    """Return a page's text, white space evened out."""
    # A number that is a link stands in its sentence like any other word.
    page = re.sub(r'<a class="[^"]*gt-n"[^>]*>([^<]*)</a>', r"\1", page)
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
    assert "+ number of Libraries and Heritage sites developing green space" in text
    assert "counts as nothing" in text


@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_number_printed_for_another_thing_is_always_said(explorer: Any, direction: str) -> None:
    """Guards 1.5, above which no link is recorded: its page says what Annex 3 prints 1.5 for."""
    assert "Annex 3 prints 1.5 for" in trace(explorer, "service-priority/1.5", direction)


def test_both_titles_of_a_priority_are_on_the_page(explorer: Any) -> None:
    """Guards 2.2: its own words head it, and what the other document words otherwise is said."""
    text = trace(explorer, "corporate-priority/1")
    assert "Identify ways to improve the carbon impact of our buildings and services" in text
    assert "Annex 3 words it “2.2 Identify ways to reduce the carbon impact" in text
    up = trace(explorer, "service-priority/2.2", "up")
    assert "Annex 3 words it “2.2 Identify ways to reduce the carbon impact" in up


def test_words_that_fit_several_things_list_them(explorer: Any) -> None:
    """Guards ambiguity: 300 with a link for each candidate; one exact hit goes through."""
    several = explorer.ask("/trace?focus=library")
    assert several.status == 300
    # They lead to their threads, as that is what was asked for.
    assert several.text.count('href="/trace?focus=') > 2
    assert explorer.ask("/trace?focus=Tackle+inequalities+in+Oxfordshire").status == 200


def test_an_unknown_focus_is_404_with_the_nearest(explorer: Any) -> None:
    """Guards the error page of a mistyped id."""
    answer = explorer.ask("/trace?focus=corporate-priority/44")
    assert answer.status == 404
    assert re.search(r'href="/trace\?focus=corporate-priority(/|%2F)4[&"]', answer.text)
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


def test_the_list_comes_first_and_a_drawing_with_its_list(explorer: Any) -> None:
    """Guards the order for people who hear the page: the list; a drawing behind a way past it."""
    page = explorer.ask("/trace?focus=corporate-priority/4").text
    assert "<svg xmlns" not in page
    assert "<details" in page[page.index('id="list"') :]
    page = explorer.ask("/trace?focus=corporate-priority/4&view=drawing").text
    places = [page.index(s) for s in ('href="#list"', "<svg xmlns", 'id="list"')]
    assert places == sorted(places)


def test_the_table_has_a_column_a_level_and_a_row_a_thread(explorer: Any) -> None:
    """Guards the table: the levels in order, each thread whole in its row, scoped headers."""
    page = explorer.ask("/trace?focus=corporate-priority/4&view=table").text
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page)
    assert heads == [
        "Thread",
        "OCC Strategic Plan priority",
        "Promise",
        "L&amp;H priority",
        "Action",
        "Measure",
        "Least certain step",
        "Stated whole",
    ]
    threads = explorer.ask("/trace.json?focus=corporate-priority/4").json["threads"]
    rows = page.split("<tbody")[1].split("<tr>")[1:]
    assert len(rows) == len(threads) > 20
    for row, thread in zip(rows, threads, strict=True):
        assert row.count('<th scope="row"') == 1
        held = re.findall(r'href="/doc/([^"?]+)', row.split("<details")[0])
        assert [h.split("/", 1)[1] for h in held] == [
            i.split("/id/")[1].split("/", 1)[1] for i in thread["nodes"]
        ]
        assert ("by no document" in row) == (thread["ends"] == "inferred")


def test_the_view_and_the_filters_stay_in_the_address(explorer: Any) -> None:
    """Guards permalinks: each choice keeps the others, in both readings and in each download."""
    query = "focus=corporate-priority%2F4&direction=down"
    page = unescape(
        explorer.ask(f"/trace?{query}&view=table&class=action&period=year-2&reading=printed").text
    )
    for kept in (
        f"/trace?{query}&view=table&class=action&period=year-2",
        f"/trace?{query}&reading=printed&class=action&period=year-2",
        f"/trace?{query}&reading=printed&view=drawing&class=action&period=year-2",
        f"/trace?{query}&reading=printed&view=table&period=year-2",
        f"/trace?{query}&reading=printed&view=table&class=action&theme=place&period=year-2",
        f"/trace.csv?{query}&reading=printed&class=action&period=year-2",
        f"/trace.ttl?{query}&reading=printed&class=action&period=year-2",
    ):
        assert f'href="{kept}"' in page, kept


def test_each_count_beside_a_filter_is_what_its_link_shows(explorer: Any) -> None:
    """Guards the counts: whoever follows one finds as many things that fit."""
    page = unescape(explorer.ask("/trace?focus=corporate-priority/4&class=action").text)
    filters = page[page.index("gt-filters") : page.index("gt-views")]
    # The number is a link of its own, to what it counts, where the words add to what is chosen.
    plain = re.sub(r'<a class="govuk-link gt-n"[^>]*>(\d+)</a>', r"\1", filters)
    plain = re.sub(r"<span[^>]*>[^<]*</span>", "", plain)
    found = re.findall(r'<a class="govuk-link" href="(/trace[^"]*)">([^<]+)</a> \((\d+)\)', plain)
    assert len(found) > 6
    for address, label, count in found:
        if "class=action&class=" in address or "&class=action" not in address:
            continue
        data = explorer.ask(address.replace("/trace?", "/trace.json?")).json
        assert data["counts"].get("Action", 0) == int(count), (label, address)


def test_a_filter_says_what_it_leaves_out(explorer: Any) -> None:
    """Guards the sentence, the downloads that agree with it, and the way back."""
    query = "focus=corporate-priority/4&class=action&theme=place"
    text = words(explorer.ask(f"/trace?{query}").text)
    assert "Of what stands under it, 1 L&H priority and 3 actions are shown." in text
    assert "Narrowed to actions and theme Place." in text
    assert "Left out: 1 promise, 2 L&H priorities, 5 actions and 14 measures" in text
    assert "Show everything" in text
    data = explorer.ask(f"/trace.json?{query}").json
    assert data["leftOut"]["counts"] == {
        "Action": 5,
        "Measure": 14,
        "Promise": 1,
        "ServicePriority": 2,
    }
    assert data["filter"] == {"class": ["action"], "theme": ["place"]}
    assert data == explorer.ask(f"/api/v1/trace?{query}").json
    kept = {n["iri"] for n in data["nodes"]}
    rows = list(csv.DictReader(io.StringIO(explorer.ask(f"/trace.csv?{query}").text)))
    assert {r["from_iri"] for r in rows} | {r["to_iri"] for r in rows} == kept
    graph = ET.fromstring(explorer.ask(f"/trace.graphml?{query}").body)  # noqa: S314 - ours
    assert {n.get("id") for n in graph.iter("{http://graphml.graphdrawing.org/xmlns}node")} == kept
    drawn = explorer.ask(f"/trace.svg?{query}").text
    assert drawn.count('class="gt-drawing__link"') == len(kept)
    assert "Left out: 1 promise" in " ".join(re.findall(r">([^<]+)</tspan>", drawn))


def test_turtle_holds_the_links_that_are_shown_and_no_other(explorer: Any, shipped: Any) -> None:
    """Guards the download as RDF: exactly the links of the page, each with its evidence."""
    import pyoxigraph as ox

    query = "focus=corporate-priority/4&class=action&theme=place"
    data = explorer.ask(f"/trace.json?{query}").json
    triples = list(ox.parse(explorer.ask(f"/trace.ttl?{query}").body, format=ox.RdfFormat.TURTLE))
    gt = "https://w3id.org/goldenthread/ontology/"
    links = {
        (t.subject.value, t.object.value)
        for t in triples
        if t.predicate.value in (gt + "supports", gt + "measures")
    }
    assert links == {(li["from"], li["to"]) for li in data["links"]}
    alignments = {t.subject.value for t in triples if t.predicate.value == gt + "basis"}
    assert {a for li in data["links"] for a in li["alignments"]} <= alignments
    assert any(getattr(t.object, "value", "") == shipped.sha256 for t in triples)


def test_nothing_that_fits_is_not_nothing_recorded(explorer: Any) -> None:
    """Guards truth: a filter that leaves nothing never says that no link is recorded."""
    text = words(explorer.ask("/trace?focus=corporate-priority/1&basis=by-position").text)
    assert "Nothing that stands under it fits what was chosen." in text
    assert "No link is recorded to anything" not in text
    assert "Show everything" in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("theme=nowhere", "There are: people"),
        ("view=round", "There is no view"),
        ("period=year-99", "year-1, year-2"),
    ],
)
def test_a_choice_that_there_is_not_is_told(explorer: Any, query: str, said: str) -> None:
    """Guards addresses typed by hand: 400, and what there is to choose from."""
    answer = explorer.ask(f"/trace?focus=corporate-priority/4&{query}")
    assert answer.status == 400
    assert said in words(unescape(answer.text))


def test_a_trace_begins_with_a_choice(explorer: Any, four_level_explorer: Any) -> None:
    """Guards /trace by itself: a page, not an error; the plan's levels; both ways from each."""
    page = explorer.ask("/trace")
    assert page.status == 200
    text = words(unescape(page.text))
    for heading in ("OCC Strategic Plan priorities (9)", "L&H priorities (15)", "Measures (53)"):
        assert heading in text
    assert 'name="direction" value="up"' in page.text
    other = words(unescape(four_level_explorer.ask("/trace").text))
    assert "Ambitions (3)" in other
    assert "Signals (3)" in other
    assert explorer.ask("/trace.json").status == 400


def test_what_groups_things_is_told_and_not_traced(explorer: Any) -> None:
    """Guards a theme as focus: said in the page's own words, no command line in it."""
    answer = explorer.ask("/trace?focus=theme/place")
    assert answer.status == 400
    assert "groups things and is no step of a thread" in words(answer.text)
    assert "goldenthread show" not in answer.text


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
