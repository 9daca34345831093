"""What readers' SPARQL may not do is refused before the engine sees it, and nothing else is."""

import base64
import json
from itertools import product
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.errors import BadQuery
from goldenthread.store.guard import (
    DEEPEST,
    MOST_BYTES,
    MOST_GROUPS,
    _harmless,
    _Reader,
    guard,
)

SHARED = Path(__file__).parents[3] / "shared" / "conformance" / "bad_inputs.json"
OURS = {"https://w3id.org/goldenthread/id/graph/printed"}
X = "<http://127.0.0.1:9/sparql>"
BODY = "{ ?s ?p ?o }"

CALLS = {
    "plain": f"SELECT * {{ SERVICE {X} {BODY} }}",
    "lower case": f"select * {{ service {X} {BODY} }}",
    "silent": f"SELECT * {{ SERVICE SILENT {X} {BODY} }}",
    "comment between": f"SELECT * {{ #x\nSERVICE #y\n{X} {BODY} }}",
    "prefixed": f"PREFIX e: <http://127.0.0.1:9/> SELECT * {{ SERVICE e:sparql {BODY} }}",
    "variable": f"SELECT * {{ VALUES ?e {{ {X} }} SERVICE ?e {BODY} }}",
    "no white space": f"SELECT*{{SERVICE{X}{BODY}}}",
    # pyoxigraph's grammar needs no space after a keyword: these two call out, as tried.
    "glued to a prefix": f"PREFIX e: <http://127.0.0.1:9/> SELECT * {{ SERVICEe:x {BODY} }}",
    "glued to a colon": f"PREFIX : <http://127.0.0.1:9/> SELECT * {{ SERVICE:x {BODY} }}",
    "glued, prefix declared": (
        f"PREFIX e: <http://127.0.0.1:9/> PREFIX servicee: <urn:x> "
        f"SELECT * {{ SERVICEe:x {BODY} . servicee:x {BODY} }}"
    ),
    "after a literal": f"SELECT * {{ ?s ?p trueSERVICE {X} {BODY} }}",
    "escaped letter": f"SELECT * {{ SERV\\u0049CE {X} {BODY} }}",
    "escaped quote": f'SELECT * {{ ?s ?p "a\\u0022 . SERVICE {X} {BODY} #" }}',
    "escaped end of an IRI": f"SELECT * {{ ?s ?p <urn:\\u003E . SERVICE {X} {BODY} #> }}",
    # What looks like an IRI is a comparison, and what looks like a string is a comment.
    "less than, then a comment": (
        f"SELECT * {{ ?a ?p ?b FILTER(?a<?b#>'''\n) SERVICE {X} {BODY} }} #'''"
    ),
    "less than, then a string": f"SELECT * {{ ?a ?p ?b FILTER(?a<'>') SERVICE {X} {BODY} }} #'",
    "in a subquery": f"SELECT * {{ {{ SELECT * {{ SERVICE {X} {BODY} }} }} }}",
    "in an absence": f"ASK {{ FILTER NOT EXISTS {{ SERVICE {X} {BODY} }} }}",
}
# Names that might be SERVICE and an address, what declares their prefixes, and what may stand
# between them and a group: asked in every combination.
GLUED = [
    *(
        "SERVICE e:x",
        "SERVICEe:x",
        "SERVICESILENTe:x",
        "SERVICE SILENTe:x",
        "service?e",
        "SERVICE:x",
    ),
    *("1SERVICE e:x", "?aSERVICE e:x", '"a"SERVICE e:x', '"a"@enSERVICE e:x', '"a"@en-SERVICE e:x'),
    *("e:a SERVICEe:x", "e:a.SERVICEe:x", "_:b.SERVICEe:x", "_:b SERVICEe:x", "<urn:a>SERVICEe:x"),
    *("a.SERVICEe:x", "1.SERVICEe:x", "1e5SERVICEe:x", "trueSERVICEe:x", "{}SERVICEe:x"),
    *("e:a\\-SERVICEe:x", "SERVICE.e:x", "SeRvIcEe:x", "SERVICE\u00e9:x", "SERVICE#\re:x"),
]
DECLARED = [
    "",
    "PREFIX SERVICEe: <urn:x> ",
    "#PREFIX SERVICEe: <urn:x>\n",
    "PREFIX SERVICE: <urn:x> PREFIX : <http://127.0.0.1:9/> ",
    "PREFIX servicee: <urn:y> PREFIX SERVICESILENTe: <urn:x> PREFIX a.SERVICEe: <urn:z> ",
    "PREFIX SERVICE\u00e9: <urn:x> PREFIX \u00e9: <http://127.0.0.1:9/> ",
]
BETWEEN = [" ", "", "#c\n", "\n#{\n", " # x\r"]
UPDATES = [
    "INSERT DATA { <urn:e> <urn:e> <urn:e> }",
    "DELETE WHERE { ?s ?p ?o }",
    "DROP ALL",
    "LOAD <http://127.0.0.1:9/x.ttl>",
    "LOAD SILENT <http://169.254.169.254/> INTO GRAPH <urn:x>",
    "CREATE GRAPH <urn:x>",
    "MOVE <urn:a> TO <urn:b>",
    "COPY DEFAULT TO <urn:b>",
    "ADD DEFAULT TO <urn:x>",
    "BASE <http://x/> PREFIX a: <urn:a> CLEAR DEFAULT",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    "WITH <urn:x> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
]
TOO_MUCH = {
    "braces": "SELECT * " + "{" * 5000 + " ?s ?p ?o " + "}" * 5000,
    "brackets": "SELECT * { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
    "one too deep": "SELECT * " + "{" * (DEEPEST + 1) + "}" * (DEEPEST + 1),
    "path": "SELECT * { ?s " + "(" * 20000 + "<urn:p>" + ")" * 20000 + " ?o }",
    "blank nodes": "SELECT * { ?s <urn:p> " + "[ <urn:p> " * 1000 + "1" + " ]" * 1000 + " }",
    "sum": "SELECT (1" + "+1" * 20000 + " AS ?x) {}",
    "not not": "SELECT * { FILTER(" + "!" * 30000 + "true) }",
    "union": "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 2000) + " }",
    "bytes": "SELECT * { VALUES ?x { " + "1 " * MOST_BYTES + "} }",
    "bytes, not characters": "SELECT * { ?s ?p '" + "é" * (MOST_BYTES - 100) + "' }",
}
HARMLESS = {
    "the word in a string": 'SELECT ?SERVICE { ?SERVICE ?p "SERVICE <http://x>" } # SERVICE',
    "the word in a long string": 'SELECT * { ?s ?p """SERVICE <http://x> \\" "" """ }',
    "the word in an IRI": "SELECT * { <http://x/SERVICE> ?p <urn:INSERT> }",
    "the word as a local name": "PREFIX e: <urn:e> SELECT * { e:SERVICE e:LOAD e:service-1 }",
    "a prefix that begins so": (
        "PREFIX service-priority: <urn:p/> SELECT * { service-priority:1.4 ?p ?o }"
    ),
    "update words as variables": "SELECT ?insert ?LOAD { ?insert ?p $drop }",
    "comparison": "SELECT * { ?s ?p ?a, ?b FILTER(?a < ?b && ?b > 3) }",
    "hash IRIs in an absence": (
        "ASK { ?s ?p ?o FILTER(NOT EXISTS { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l }) }"
    ),
    "tuples of IRIs": "SELECT * { VALUES (?a ?b) { (<http://x/#a> <http://x/#b>) } }",
    "as deep as may be": "SELECT * " + "{" * DEEPEST + "}" * DEEPEST,
    "escape in a string": 'SELECT * { ?s ?p "caf\\u00e9" }',
    "describe": "DESCRIBE <urn:x>",
    "construct": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
}


@pytest.mark.parametrize("text", CALLS.values(), ids=CALLS.keys())
def test_no_query_calls_another_machine(text: str) -> None:
    """Guards that no spelling of SERVICE gets to the engine, which would call out."""
    with pytest.raises(BadQuery, match=r"SERVICE is refused|can be read in two ways|scape"):
        guard(text)


@pytest.mark.parametrize("declared", DECLARED, ids=range(len(DECLARED)))
def test_what_the_engine_would_send_elsewhere_is_refused(declared: str) -> None:
    """Guards against readings of a text that only the engine has: what calls out is refused."""
    calls = 0
    for name, gap, before in product(GLUED, BETWEEN, ("", "?s ?p ?o . ", "?s ?p ?o.")):
        text = f"PREFIX e: <http://127.0.0.1:9/> {declared}SELECT * {{ {before}{name}{gap}{BODY} }}"
        try:
            list(ox.Store().query(text))  # type: ignore[arg-type]
        except (OSError, RuntimeError):
            calls += 1
            with pytest.raises(BadQuery):
                guard(text)
        except SyntaxError:
            continue
    assert calls > 20


@pytest.mark.parametrize("text", UPDATES)
def test_no_query_changes_data(text: str) -> None:
    """Guards that updates are refused in words that say what may be asked instead."""
    with pytest.raises(BadQuery, match=r"changes data.*Use SELECT"):
        guard(text)


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_no_query_ends_the_process(text: str) -> None:
    """Guards against texts that overflow the engine's stack, which no error handling survives."""
    with pytest.raises(BadQuery, match=r"Ask in parts"):
        guard(text)


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS.keys())
def test_harmless_queries_pass(text: str) -> None:
    """Guards that words which only look dangerous are let through."""
    assert guard(text) is False


def test_empty_and_broken_text() -> None:
    """Guards that an empty box and bytes that are no text are told apart from a wrong query."""
    for text in ("", " \n\t"):
        with pytest.raises(BadQuery, match="empty"):
            guard(text)
    with pytest.raises(BadQuery, match="Unicode"):
        guard("SELECT * { ?s ?p '\ud800' }")


def test_the_place_is_told() -> None:
    """Guards that the person is shown where the fault is, counted from one."""
    with pytest.raises(BadQuery, match="line 2, column 3") as caught:
        guard(f"SELECT * {{\n  SERVICE {X} {BODY} }}")
    assert (caught.value.line, caught.value.column) == (2, 3)


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <file:///etc/passwd>",
        "FROM NAMED <file:///etc/hostname>",
        "FROM <https://w3id.org/goldenthread/id/graph/printed> FROM <http://127.0.0.1:9/>",
        "FROM e:x",
        "FROM#x\n<urn:x>",
        "FROM<urn:x>",
    ],
)
def test_other_graphs_are_refused(clause: str) -> None:
    """Guards that a query about a graph that is not here is refused, not answered from another."""
    with pytest.raises(BadQuery, match="FROM names a graph that is not here"):
        guard(f"PREFIX e: <urn:e/> SELECT * {clause} {{ ?s ?p ?o }}", OURS)


def test_our_graphs_are_let_through() -> None:
    """Guards that a reader may choose a reading with FROM, by IRI or prefixed name."""
    assert guard(
        "SELECT * FROM <https://w3id.org/goldenthread/id/graph/printed> { ?s ?p ?o }", OURS
    )
    assert guard(
        "PREFIX g: <https://w3id.org/goldenthread/id/graph/> "
        "SELECT * FROM NAMED g:printed { ?s ?p ?o }",
        OURS,
    )
    assert guard("SELECT ?from { ?from ?p 'FROM <urn:x>' }", OURS) is False


def shared() -> list[dict[str, Any]]:
    """Return the hostile queries of the shared suite, where it is there."""
    if not SHARED.exists():
        return []
    found = json.loads(SHARED.read_text(encoding="utf-8"))
    return [case for case in found if case["surface"] == "query"]


# Stopped by time or answered empty, not refused: the face that runs them has tests for them.
_NOT_REFUSED = ("-bomb-", "B011", "B061", "B068")


@pytest.mark.skipif(not SHARED.exists(), reason="the shared suite is not beside this checkout")
@pytest.mark.parametrize("case", shared(), ids=lambda c: c["id"])
def test_shared_hostile_queries(case: dict[str, Any]) -> None:
    """Guards that each hostile text of the shared suite which has to be refused is refused."""
    if any(mark in case["id"] for mark in _NOT_REFUSED):
        assert guard(case["payload"]) is False
        return
    text = case.get("payload")
    if "payload_py" in case:
        # The suite is ours and read-only: its expressions build long texts.
        names = {"__builtins__": {}, "range": range, "map": map, "str": str}
        text = eval(case["payload_py"], names)  # noqa: S307
    if "payload_b64" in case:
        text = base64.b64decode(case["payload_b64"])
    if isinstance(text, bytes):
        text = text.decode("utf-8", errors="surrogateescape")
    with pytest.raises(BadQuery):
        guard(text or "", OURS)


ATOMS = [
    *("SELECT ", "* ", "{ ", "} ", "( ", ") ", "[ ", "] ", "?s ", "?p ", "< ", "<", ">", "'", '"'),
    *("#", "\n", "\\", "\\u0053", "SERV", "ICE ", "from ", "NAMED ", "BASE ", "PREFIX a: ", "a:b "),
    *("<http://x/#a> ", "<urn:x> ", "<a> ", "<http://x/'", "union ", "FILTER", "!", "&&", "+", "/"),
    *(
        "add",
        "LOAD ",
        "address ",
        "\u0131",
        "\u017f",
        "\u0130",
        "1 ",
        ". ",
        "; ",
        "FROM<http://x/>",
        "Serv\u0131ce ",
    ),
]


@given(st.lists(st.sampled_from(ATOMS), max_size=40).map("".join))
@settings(max_examples=600, deadline=None)
def test_what_is_told_harmless_at_a_glance_would_be_let_through(text: str) -> None:
    """Guards the short cut of the guard: what it lets through, the long way does too."""
    if _harmless(text):
        assert _Reader(text, frozenset(), "").read() is False


@pytest.mark.parametrize("count", [DEEPEST, DEEPEST + 1])
def test_what_passes_at_a_glance_has_the_same_bounds(count: int) -> None:
    """Guards the bounds: at the most the glance is enough, one more and every sign is read."""
    text = "SELECT * " + "{" * count + "}" * count
    assert _harmless(text) == (count == DEEPEST)
    many = "ASK { " + "{} UNION " * MOST_GROUPS + "{} UNION {} }"
    assert not _harmless(many)
