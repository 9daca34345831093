"""The editor: a stranger's query within limits, its fault at its place, nothing sent elsewhere."""

import html
import json
import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from goldenthread.domain.namespaces import GT
from goldenthread.faces.web.pages.query import LONGEST_ADDRESS

COUNT = "SELECT ?class (COUNT(*) AS ?n) { ?thing a ?class } GROUP BY ?class ORDER BY ?class"
FAULTY = "SELECT * {\n  ?s a gt:Action\n  OPTINAL { ?s ?p ?o }\n}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def at(query: str, suffix: str = "", **more: str) -> str:
    """Return the address of the editor with a query."""
    return f"/query{suffix}?" + urlencode({"query": query, **more})


def test_a_query_in_the_address_is_answered_without_script(explorer: Any) -> None:
    """Guards the page as a plain form: query kept, rows, links, chart, downloads."""
    page = explorer.ask(at(COUNT))
    assert page.status == 200
    assert "<textarea" in page.text
    assert "GROUP BY ?class" in page.text
    assert "gt-chart--bar" in page.text
    assert 'href="/ontology/#Action"' in page.text
    for form in ("csv", "xlsx", "json", "tsv", "xml", "svg"):
        assert f'href="/query.{form}?query=' in page.text
        assert explorer.ask(at(COUNT, f".{form}")).status == 200
    assert "A query of your own" in explorer.ask("/query").text


def test_each_form_of_query_has_its_answer(explorer: Any) -> None:
    """Guards ASK, CONSTRUCT and DESCRIBE: shown on the page, and in every form of theirs."""
    yes = explorer.ask(at("ASK { ?s a gt:Action }"))
    assert "Yes." in yes.text
    assert explorer.ask(at("ASK {}", ".json")).json["boolean"] is True
    graph = "CONSTRUCT { ?s a gt:Theme } WHERE { ?s a gt:Theme }"
    shown = explorer.ask(at(graph)).text
    assert "3 rows" in shown
    assert 'href="/doc/' in shown
    for form in ("ttl", "nt", "jsonld", "rdf", "csv"):
        assert f'href="/query.{form}?query=' in shown
        answer = explorer.ask(at(graph, f".{form}"))
        assert (answer.status, bool(answer.body)) == (200, True)
    assert explorer.ask(at(graph, ".json")).status == 404
    assert explorer.ask(at(COUNT, ".ttl")).status == 406


def test_the_reading_is_the_default_graph(explorer: Any) -> None:
    """Guards the choice of reading, and that FROM in a query is stronger."""
    links = "SELECT (COUNT(*) AS ?n) { ?a a gt:Alignment }"

    def count(query: str, reading: str) -> int:
        found = explorer.ask(at(query, ".json", reading=reading)).json
        return int(found["results"]["bindings"][0]["n"]["value"])

    assert count(links, "corrected") != count(links, "printed") > 0
    named = links.replace("{", "FROM <https://w3id.org/goldenthread/id/graph/corrected> {", 1)
    assert count(named, "printed") == count(links, "corrected")
    assert explorer.ask(at(links, reading="imagined")).status == 400


def test_a_fault_is_told_at_its_place(explorer: Any) -> None:
    """Guards the mark: line and column of the wrong word stand on the page, for script too."""
    page = explorer.ask(at(FAULTY), Accept="text/html")
    assert page.status == 400
    assert 'data-line="3" data-column="3"' in page.text
    assert "Did you mean OPTIONAL" in page.text
    assert "OPTINAL" in page.text
    told = explorer.ask(at(FAULTY, ".json")).json
    assert (told["line"], told["column"]) == (3, 3)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 400),
        ("{" * 3_000, 400),
        ("", 400),
    ],
    ids=["update", "service", "file", "deep", "empty"],
)
def test_what_the_endpoint_refuses_is_refused_here(explorer: Any, query: str, status: int) -> None:
    """Guards the way round the endpoint: the editor has no rights that it has not."""
    for suffix in ("", ".csv"):
        answer = explorer.ask(at(query, suffix))
        assert answer.status == status
    assert explorer.ask("/healthz").status in (200, 404)


def test_an_endless_query_is_stopped_and_said_to_be(
    shipped: Any, serve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards the server: a stranger's query runs in a worker that is killed, never in its own."""
    monkeypatch.setenv("GOLDENTHREAD_SPARQL_SECONDS", "1")
    with serve(shipped) as server:
        found = server.ask(at(ENDLESS), Accept="text/html")
        assert found.status == 503
        assert "took too long" in found.text
        assert "retry-after" in found.headers
        assert server.ask(at(COUNT)).status == 200


def test_a_long_query_is_posted(explorer: Any) -> None:
    """Guards queries too long for an address: answered by POST, downloads as buttons."""
    import http.client

    long = COUNT + "\n#" + "x" * (LONGEST_ADDRESS + 1)
    connection = http.client.HTTPConnection("127.0.0.1", explorer.port, timeout=60)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/query", urlencode({"query": long}), kind)
    got = connection.getresponse()
    text = got.read().decode()
    assert got.status == 200
    assert "too long for an address" in text
    assert 'formaction="/query.csv"' in text
    assert text.count("x" * LONGEST_ADDRESS) == 2, "in the field and on paper, in no address"
    connection.request("POST", "/query.csv", urlencode({"query": long}), kind)
    assert connection.getresponse().status == 200
    connection.close()


def test_answers_have_tags_unless_they_change(explorer: Any) -> None:
    """Guards 304 for a query that was asked before, never for one about the time or chance."""
    for path in (at(COUNT), at(COUNT, ".csv"), "/query"):
        tag = explorer.ask(path).headers["etag"]
        assert explorer.ask(path, If_None_Match=tag).status == 304
        assert explorer.ask(path, If_None_Match='"other"').status == 200
    assert "etag" not in explorer.ask(at("SELECT (NOW() AS ?now) {}")).headers


def test_hostile_queries_and_answers_are_text(explorer: Any, odd_explorer: Any) -> None:
    """Guards the page: neither a query, a variable's value nor a fault becomes markup."""
    hostile = '</textarea><img src=x onerror=alert(1)>"'
    for query in (hostile, f'SELECT ("{hostile[:-1]}" AS ?x) {{}}', "ASK { # " + hostile + "\n}"):
        assert "<img" not in explorer.ask(at(query)).text
    found = odd_explorer.ask(at("SELECT * { ?s rdfs:label ?l ; rdfs:seeAlso ?o }"))
    assert found.status == 200
    assert "<img" not in found.text
    assert 'href="javascript' not in found.text


def test_examples_come_from_the_library(explorer: Any) -> None:
    """Guards a beginning: a question's text with a first choice made, not yet run."""
    page = explorer.ask("/query?example=thread-down").text
    assert "VALUES ?thing {" in page
    assert "#+" not in page
    assert 'id="answer"' not in page
    assert explorer.ask("/query?example=nope").status == 404


def test_terms_are_offered_with_their_words(explorer: Any, four_level_explorer: Any) -> None:
    """Guards completion: classes, properties and concepts of ours, by name and label."""
    answer = explorer.ask("/query/terms.json")
    terms = {t["name"]: t for t in answer.json["terms"]}
    assert terms["gt:supports"]["kind"] == "property"
    assert terms["gt:Action"]["label"]
    assert terms["gtc:stated"]["kind"] == "concept"
    assert terms["rdfs:label"]["kind"] == "property"
    assert answer.json["prefixes"]["gt"] == GT
    assert explorer.ask("/query/terms.json", If_None_Match=answer.headers["etag"]).status == 304
    assert four_level_explorer.ask("/query/terms.json").status == 200


@pytest.fixture
def page(browser: Any) -> Any:
    """Return a page that keeps what it reports and whom it calls."""
    found = browser.new_page(viewport={"width": 1200, "height": 900})
    found.said, found.called = [], []
    found.on("console", lambda m: found.said.append(m.text))
    found.on("pageerror", lambda e: found.said.append(str(e)))
    found.on("request", lambda r: found.called.append(r.url))
    yield found
    found.close()


@pytest.mark.browser
def test_the_editor_offers_terms_and_keeps_to_itself(page: Any, explorer: Any) -> None:
    """Guards typing: our terms by name and by words; no request while typing, no word on CSP."""
    page.goto(explorer.url + "/query")
    page.locator(".gt-editor .cm-content").wait_for()
    page.wait_for_load_state("networkidle")
    page.locator("#query-label").click()
    calls = len(page.called)
    page.keyboard.type("SELECT ?a { ?a a gt:Acti")
    page.locator("li[role=option]", has_text="gt:Action").first.wait_for()
    # A list that has just come up takes no key for a moment: nobody chose what they did not see.
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.keyboard.type(" ; serve")
    page.keyboard.press("Escape")
    assert len(page.called) == calls
    assert all(u.startswith(explorer.url) for u in page.called)
    assert "gt:Action ; serve" in page.locator("textarea").input_value()
    assert page.said == []


@pytest.mark.browser
def test_the_keyboard_runs_a_query_and_leaves_the_editor(page: Any, explorer: Any) -> None:
    """Guards the keyboard: Tab is no trap either way, Ctrl+Enter runs, the address keeps it."""
    page.goto(explorer.url + "/query?example=levels")
    page.locator(".gt-editor .cm-content").wait_for()
    page.locator("#query-label").click()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Run the query"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.className") == "gt-editor"
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/query?query=**")
    assert "5 rows" in page.locator("[role=status]").first.inner_text()
    page.reload()
    assert "5 rows" in page.locator("[role=status]").first.inner_text()
    assert page.said == []


@pytest.mark.browser
def test_a_fault_is_marked_in_the_editor(page: Any, explorer: Any) -> None:
    """Guards the mark at the wrong word, and the way from the message to it."""
    page.goto(explorer.url + at(FAULTY))
    mark = page.locator(".cm-lintRange-error")
    mark.wait_for()
    assert mark.inner_text() == "OPTINAL"
    assert page.evaluate("document.activeElement.id") == "fault"
    page.locator("#fault a").click()
    assert page.evaluate("document.activeElement.className") == "gt-editor"
    assert not [t for t in page.said if "Content Security" in t]


@pytest.mark.browser
def test_a_long_query_is_posted_by_the_editor(page: Any, explorer: Any) -> None:
    """Guards that a long query does not end as an address that is cut off."""
    page.goto(explorer.url + "/query")
    page.locator(".gt-editor .cm-content").wait_for()
    long = "SELECT (1 AS ?one) {} #" + "x" * LONGEST_ADDRESS
    page.locator("#query-label").click()
    page.keyboard.insert_text(long)
    page.get_by_role("button", name="Run the query").click()
    page.locator("#answer").wait_for()
    assert page.url.startswith(explorer.url + "/query?reading=corrected")
    assert "1 row." in page.locator("[role=status]").first.inner_text()


@pytest.mark.browser
def test_the_plain_form_works_without_script(browser: Any, explorer: Any) -> None:
    """Guards the editor without script: a field, a button, an answer; nothing about keys."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(explorer.url + "/query")
    assert not page.get_by_text("Ctrl+Enter").is_visible()
    page.get_by_label("Query in SPARQL").fill("SELECT ?l { ?l a gt:Level }")
    page.get_by_role("button", name="Run the query").click()
    assert "5 rows" in page.locator("[role=status]").first.inner_text()
    context.close()


@pytest.mark.browser
def test_the_editor_is_named_for_screen_readers(browser: Any, explorer: Any) -> None:
    """Guards axe inside the shadow tree too, with the list of terms open, and 320 pixels."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(explorer.url + at(COUNT))
    page.get_by_role("textbox", name=re.compile("Query in SPARQL")).click()
    page.keyboard.type(" gt:A")
    page.locator("li[role=option]").first.wait_for()
    found = Axe().run(page).response["violations"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
    assert not json.dumps([(v["id"], v["nodes"][0]["html"][:120]) for v in found])[2:-1]


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/", "?class"),
        ("/doc/occ-libraries-heritage/service-priority/1.4", "service-priority/1.4>"),
        ("/trace?focus=corporate-priority/4", "corporate-priority/4>"),
        ("/trace?focus=corporate-priority/4&direction=up", "corporate-priority/4>"),
        ("/gaps", "gt:expects"),
        ("/search?q=rural", '"rural"'),
        ("/sources/annex-3", "gt:Entry"),
        ("/coverage", "gt:atLevel"),
        ("/library", "gt:atLevel"),
        ("/library/levels", "gt:Level"),
        ("/ontology/", ""),
    ],
)
def test_every_page_opens_in_the_editor(explorer: Any, path: str, asked: str) -> None:
    """Guards the way from a page to the query behind it, filled in, and that it has an answer."""
    page = explorer.ask(path, Accept="text/html").text
    found = re.search(r'href="(/query[^"]*)">Open in the editor', page)
    assert found, path
    shown = explorer.ask(html.unescape(found[1])).text
    text = html.unescape(shown[shown.index("<textarea") : shown.index("</textarea>")])
    text = text.partition(">")[2].strip()
    assert asked in text or asked == "?class"
    if text:
        assert explorer.ask(at(text)).status == 200


def test_what_an_editor_begins_with_is_checked(explorer: Any) -> None:
    """Guards the filled-in query: a thing's IRI and a parameter's value are terms."""
    assert explorer.ask("/query?about=urn:x%3E%20%7D").status == 400
    assert explorer.ask("/query?example=thread-down&thing=nope").status == 400
    hostile = "/query?example=things-with-words&text=" + quote('"} SERVICE <urn:x> {} #')
    assert "\\&#34;} SERVICE" in explorer.ask(hostile).text
