"""`/sparql` speaks SPARQL 1.1 Protocol, query only: how a query comes, and about which graphs."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest

ALL = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
GRAPHS = "https://w3id.org/goldenthread/id/graph/"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


def count(answer: Any) -> int:
    """Return the number in the only row of an answer."""
    assert answer.status == 200, answer.body
    return int(answer.rows[0]["n"])


def test_the_three_ways_to_ask_give_the_same_answer(endpoint: Any) -> None:
    """Guards GET, POST of a form and POST of a query: one question, one answer."""
    form = urlencode({"query": ALL}).encode()
    answers = [
        endpoint.get(ALL),
        endpoint.send("/sparql", "POST", form, Content_Type=FORM),
        endpoint.post(ALL),
        endpoint.send("/sparql/?" + urlencode({"query": ALL})),
    ]
    assert {a.status for a in answers} == {200}
    assert len({a.body for a in answers}) == 1
    assert answers[0].headers["content-type"] == "application/sparql-results+json"


def test_a_form_is_decoded_once(endpoint: Any) -> None:
    """Guards that an escaped percent sign stays what was meant."""
    text = 'SELECT ("a%2Bb+c" AS ?x) {}'
    form = urlencode({"query": text}).encode()
    for answer in (endpoint.get(text), endpoint.send("/sparql", "POST", form, Content_Type=FORM)):
        assert answer.rows == [{"x": "a%2Bb+c"}]


def test_head_says_what_get_says(endpoint: Any) -> None:
    """Guards HEAD: the same headers, no body."""
    path = "/sparql?" + urlencode({"query": "ASK {}"})
    head, got = endpoint.send(path, "HEAD"), endpoint.send(path)
    assert (head.status, head.body) == (200, b"")
    for name in ("content-type", "etag", "content-length"):
        assert head.headers[name] == got.headers[name]


def test_options_tells_a_page_elsewhere_that_it_may_read(endpoint: Any) -> None:
    """Guards CORS: everyone may read, nobody sends credentials, errors can be read as well."""
    asked = endpoint.send("/sparql", "OPTIONS", Origin="https://elsewhere.example")
    assert asked.status == 204
    assert asked.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
    assert "Content-Type" in asked.headers["access-control-allow-headers"]
    for answer in (asked, endpoint.get("ASK {}"), endpoint.get("ASK {"), endpoint.send("/sparql")):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(endpoint: Any, method: str) -> None:
    """Guards 405 with the methods that there are; an override in a header plays no part."""
    answer = endpoint.send("/sparql?query=ASK%7B%7D", method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    again = endpoint.send("/sparql?query=ASK%7B%7D", X_HTTP_Method_Override=method)
    assert again.status == 200


@pytest.mark.parametrize(
    ("path", "kind", "body", "status"),
    [
        ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "", None, 400),
        ("/sparql?foo=bar", "", None, 400),
        ("/sparql?query=", "", None, 400),
        ("/sparql?update=CLEAR%20ALL", "", None, 400),
        ("/sparql?query=%FF%FE", "", None, 400),
        ("/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", "", None, 400),
        ("/sparql?query=ASK%7B%7D&named-graph-uri=relative", "", None, 400),
        ("/sparql?query=ASK%7B%7D", QUERY, b"ASK {}", 400),
        ("/sparql", FORM, b"query=ASK%7B%7D&update=CLEAR+ALL", 400),
        ("/sparql", FORM, b"", 400),
        ("/sparql", QUERY, b"", 400),
        ("/sparql", QUERY, b"ASK {} # \xff", 400),
        ("/sparql", QUERY + "; charset=UTF-16", b"ASK {}", 415),
        ("/sparql", "text/plain", b"ASK {}", 415),
        ("/sparql", "application/json", b'{"query": "ASK {}"}', 415),
        ("/sparql", "application/sparql-update", b"CLEAR ALL", 415),
        ("/sparql", QUERY, b"ASK {} #" + b"x" * 150_000, 413),
        ("/sparql", QUERY, b"ASK {} #" + b"x" * 900_000, 413),
        ("/sparql", FORM, b"&".join(b"a%d=1" % i for i in range(20_000)), 400),
    ],
)
def test_what_is_no_query_gets_a_problem_document(
    endpoint: Any, path: str, kind: str, body: bytes | None, status: int
) -> None:
    """Guards each way to ask wrongly: its status, and words in a problem document."""
    headers = {"Content_Type": kind} if kind else {}
    answer = endpoint.send(path, "GET" if body is None else "POST", body, **headers)
    assert answer.status == status, answer.body
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json
    assert said["status"] == status
    assert said["title"]
    assert said["detail"]
    assert said["code"]


def test_without_a_data_set_the_reading_with_corrections_is_asked(endpoint: Any) -> None:
    """Guards the default graph, and that GRAPH reaches readings, documents and ontology."""
    asked = "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/goldenthread/id/graph/corrected> "
    corrected = count(endpoint.get(asked + "{ ?s ?p ?o } }"))
    assert count(endpoint.get(ALL)) == corrected > 1_000
    graphs = {row["g"] for row in endpoint.get("SELECT DISTINCT ?g { GRAPH ?g {} }").rows}
    assert {GRAPHS + "corrected", GRAPHS + "printed"} < graphs
    assert "https://w3id.org/goldenthread/ontology/" in graphs
    assert any(g.endswith("/judgements") for g in graphs)


def test_the_protocol_names_the_graphs(endpoint: Any) -> None:
    """Guards default-graph-uri and named-graph-uri, several of each, and what they shut out."""
    printed, ontology = GRAPHS + "printed", "https://w3id.org/goldenthread/ontology/"
    one = count(endpoint.get(ALL, default_graph_uri=printed))
    two = count(endpoint.get(ALL, default_graph_uri=[printed, ontology]))
    assert 0 < one < two
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    found = endpoint.get(named, named_graph_uri=[printed, ontology])
    assert {row["g"] for row in found.rows} == {printed, ontology}
    assert endpoint.get(named, default_graph_uri=printed).rows == []
    assert count(endpoint.get(ALL, named_graph_uri=printed)) == 0


def test_the_protocol_overrules_from(endpoint: Any) -> None:
    """Guards section 2.1.4 of the protocol: its graphs replace those of the query."""
    text = ALL.replace("{", f"FROM <{GRAPHS}printed> {{", 1)
    printed = count(endpoint.get(text))
    assert printed == count(endpoint.get(ALL, default_graph_uri=GRAPHS + "printed"))
    assert count(endpoint.get(text, default_graph_uri=GRAPHS + "corrected")) != printed


def test_a_graph_that_is_not_here_is_never_fetched(endpoint: Any) -> None:
    """Guards both ways to name one: by protocol it is empty, in FROM it is refused in words."""
    there = "http://127.0.0.1:9/x"
    assert count(endpoint.get(ALL, default_graph_uri=there)) == 0
    for text in ("FROM <http://127.0.0.1:9/x>", "FROM NAMED <file:///etc/passwd>"):
        answer = endpoint.get(f"SELECT * {text} {{ ?s ?p ?o }}")
        assert answer.status == 400
        assert "nothing is fetched" in answer.json["detail"]
        assert answer.json["line"] == 1


@pytest.mark.parametrize(
    ("before", "graph"),
    [
        ("", f"<{GRAPHS}printed>"),
        (f"BASE <{GRAPHS}x>", "<printed>"),
        (f"PREFIX g: <{GRAPHS}>", "g:printed"),
        (f"BASE <{GRAPHS}> PREFIX g: <./>", "g:printed"),
    ],
)
def test_from_may_name_our_graphs_in_every_way(endpoint: Any, before: str, graph: str) -> None:
    """Guards FROM: an IRI in full, against BASE, with a prefix."""
    text = before + ALL.replace("{", f"FROM {graph} {{", 1)
    assert count(endpoint.get(text)) == count(
        endpoint.get(ALL, default_graph_uri=GRAPHS + "printed")
    )


def test_a_post_takes_its_graphs_from_address_and_form(endpoint: Any) -> None:
    """Guards POST: parameters in the form, and beside a query in the address."""
    body = urlencode({"query": ALL, "default-graph-uri": GRAPHS + "printed"}).encode()
    form = endpoint.send("/sparql", "POST", body, Content_Type=FORM)
    path = "/sparql?default-graph-uri=" + quote(GRAPHS + "printed", safe="")
    direct = endpoint.send(path, "POST", ALL.encode(), Content_Type=QUERY)
    assert (
        count(form)
        == count(direct)
        == count(endpoint.get(ALL, default_graph_uri=GRAPHS + "printed"))
    )


def test_relative_iris_are_read_against_the_endpoint(endpoint: Any) -> None:
    """Guards the base IRI where a query has none."""
    answer = endpoint.get("CONSTRUCT { <s> <p> 1 } WHERE {}", "application/n-triples")
    assert answer.body.startswith(f"<{endpoint.url.removesuffix('sparql')}s> ".encode())


def test_a_second_visit_gets_304(endpoint: Any) -> None:
    """Guards ETag: same question and form, same tag; another form or graph, another tag."""
    first = endpoint.get(ALL)
    path = "/sparql?" + urlencode({"query": ALL})
    again = endpoint.send(path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["vary"] == "Accept"
    for other in (
        endpoint.get(ALL, "text/csv"),
        endpoint.get(ALL, default_graph_uri=GRAPHS + "printed"),
        endpoint.get(ALL + " "),
    ):
        assert other.headers["etag"] != first.headers["etag"]
    assert endpoint.send(path, If_None_Match="*").status == 304
    bad = "/sparql?" + urlencode({"query": "ASK {"})
    assert endpoint.send(bad, If_None_Match="*").status == 400


@pytest.mark.parametrize("text", ["SELECT (RAND() AS ?x) {}", "SELECT (now() AS ?x) {}"])
def test_what_changes_each_time_has_no_tag(endpoint: Any, text: str) -> None:
    """Guards against 304 for an answer that would be another one now."""
    assert "etag" not in endpoint.get(text).headers


def test_a_fault_is_shown_at_its_place(endpoint: Any) -> None:
    """Guards 400: line, column, what was expected, and no word of how the program is made."""
    said = endpoint.get("SELECT * {\n  ?s ?p ?o").json
    assert (said["line"], said["column"]) == (2, 11)
    assert "}" in said["expected"]
    assert "“}” or" in said["detail"]
    assert "SERVICE" not in endpoint.get("SELECT * { ?s ?p }").json["detail"]
    assert "mean SELECT" in endpoint.get("PREFIX a: <urn:a>\n#x\nSELCT * {}").json["hint"]
    for text in ("SELCT * {}", "SELECT ?x { ?s ?p ?x } GROUP BY ?s", "ASK {} LIMIT 9" + "9" * 30):
        answer = endpoint.get(text)
        assert answer.status == 400
        assert answer.json["line"] == 1
        assert b".py" not in answer.body
        assert b"Traceback" not in answer.body


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("ASK { ?s rfds:label ?o }", "“rdfs:”, which is <http://www.w3.org/2000/01/rdf-schema#>"),
        ("ASK { ?s skso:notation ?o }", "“skos:”"),
        ("PREFIX mine: <urn:m/> ASK {\n ?s mien:x ?o }", "“mine:”, which the query declares"),
        ("ASK { ?s zzzzzz:x ?o }", "Declare it: PREFIX zzzzzz: <...>"),
    ],
)
def test_an_unknown_prefix_brings_the_nearest(endpoint: Any, text: str, hint: str) -> None:
    """Guards the hint for the commonest slip."""
    said = endpoint.get(text).json
    assert said["code"] == "prefix"
    assert hint in said["hint"]
    assert said["hint"] in said["detail"]


def test_an_unknown_function_is_the_askers_fault(endpoint: Any) -> None:
    """Guards 400 with the function's name, where the engine only finds out while it runs."""
    answer = endpoint.get("SELECT * { ?s ?p ?o FILTER(<urn:f>(?o)) }")
    assert (answer.status, answer.json["code"]) == (400, "function")
    assert "<urn:f>" in answer.json["detail"]


def test_well_known_prefixes_are_declared_and_never_overrule(endpoint: Any) -> None:
    """Guards people who type `skos:`, and clients that mean something else by it."""
    assert endpoint.get("ASK { ?s skos:notation ?o ; rdfs:label ?l }").json["boolean"] is True
    own = endpoint.get("PREFIX skos: <urn:x/> SELECT (skos:a AS ?x) {}")
    assert own.rows == [{"x": "urn:x/a"}]
