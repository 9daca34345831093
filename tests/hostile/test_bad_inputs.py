"""Every shared hostile input meets the surface that it is for, or is named as having none yet."""

import json
import logging
import time
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from goldenthread.errors import Unreadable
from goldenthread.faces.web.headers import one_line
from goldenthread.services.representing import represent
from goldenthread.services.validation import check
from goldenthread.store.dataset import Dataset

FORM = "application/x-www-form-urlencoded"
NO_IMPORT = "nothing takes files of this kind yet"
NO_SHAPES = "nothing takes shapes: a plan is checked by the rules that ship"
NO_STORE = "plans are read from files into memory: nothing is written by a server"
STORED = "guarded by tests/store/test_stored.py, where a store can be asked"
ELSEWHERE = "guarded by tests/sparql"
# Cases whose surface is not there, or is tested where it is.
NOT_HERE = {
    **dict.fromkeys(("B031", "B148", "B149"), ELSEWHERE),
    **dict.fromkeys(("B079", "B080", "B082", "B083"), NO_IMPORT),
    **dict.fromkeys(("B103", "B106", "B107", "B109", "B110", "B112", "B113"), NO_IMPORT),
    **dict.fromkeys(("B115", "B116", "B118", "B119", "B121", "B122"), NO_IMPORT),
    **dict.fromkeys(("B124", "B125", "B127", "B128"), NO_SHAPES),
    "B151": "text of a plan is no Markdown: shown as it is",
    "B152": "nothing takes pictures",
    **dict.fromkeys(("B160", "B161", "B163"), STORED),
    **dict.fromkeys(("B164", "B166", "B167", "B169"), NO_STORE),
}
HERE = {
    *("B070", "B071", "B073", "B074", "B076", "B077", "B085", "B086", "B088", "B089", "B091"),
    *("B092", "B094", "B095", "B097", "B098", "B100", "B101", "B104", "B130", "B131", "B133"),
    *("B134", "B136", "B137", "B139", "B140", "B142", "B143", "B145", "B146", "B154", "B155"),
    *("B157", "B158"),
}
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def payload(case: dict[str, Any]) -> bytes:
    """Return what a case brings."""
    text = case.get("payload")
    if "payload_py" in case:
        # The suite is ours and read-only: its expressions build long texts.
        names = {"__builtins__": {}, "range": range, "map": map, "str": str}
        text = eval(case["payload_py"], names)  # noqa: S307
    return text if isinstance(text, bytes) else str(text).encode()


def test_every_case_has_a_place(hostile: dict[str, Any]) -> None:
    """Guards against a case that is forgotten: each is tested, or is said not to be and why."""
    asked = {number for number, case in hostile.items() if case["surface"] != "query"}
    assert len(asked) > 60
    assert asked == HERE | set(NOT_HERE)
    assert not HERE & set(NOT_HERE)


@pytest.mark.parametrize("number", ["B070", "B071", "B073"])
def test_nothing_can_be_written(hostile: dict[str, Any], server: Any, number: str) -> None:
    """Guards writing: whatever it is called, a request that would change something is refused."""
    body = payload(hostile[number])
    for path in ("/sparql", "/update", "/import", "/judge", "/"):
        for kind in ("application/sparql-update", FORM):
            answer = server.post(path, kind, body, "Origin: http://evil.example")
            assert answer.status in (400, 403, 404, 405, 415), path


@pytest.mark.parametrize("number", ["B074", "B076", "B077"])
def test_xml_with_a_doctype_is_refused(hostile: dict[str, Any], loaded: Any, number: str) -> None:
    """Guards entities: the file is refused at once, the message names the DOCTYPE."""
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="DOCTYPE"):
        loaded("plan.rdf", payload(hostile[number]))
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("number", ["B085", "B086"])
def test_json_ld_fetches_no_context(hostile: dict[str, Any], loaded: Any, number: str) -> None:
    """Guards contexts from elsewhere: neither a file nor an address is opened."""
    with pytest.raises(Unreadable):
        loaded("plan.jsonld", payload(hostile[number]))


def test_turtle_that_is_cut_is_refused_at_its_place(hostile: dict[str, Any], loaded: Any) -> None:
    """Guards B089: line and column, and nothing is loaded."""
    with pytest.raises(Unreadable) as refused:
        loaded("plan.ttl", payload(hostile["B089"]))
    assert refused.value.line == 1


@pytest.mark.parametrize("number", ["B088", "B091"])
def test_turtle_that_is_deep_or_full_of_prefixes(
    hostile: dict[str, Any], loaded: Any, number: str
) -> None:
    """Guards the process: loaded or refused, and alive."""
    try:
        found = loaded("plan.ttl", payload(hostile[number]))
    except Unreadable:
        return
    assert len(found.store) >= 0


def test_relative_iris_never_mean_a_file(hostile: dict[str, Any], loaded: Any) -> None:
    """Guards B092: no base is that of the file."""
    with pytest.raises(Unreadable):
        loaded("plan.ttl", payload(hostile["B092"]))


@pytest.mark.parametrize("number", ["B094", "B095", "B097"])
def test_labels_stay_text(
    hostile: dict[str, Any],
    loaded: Callable[[str, bytes], Dataset],
    serve: Callable[[Dataset], Any],
    number: str,
) -> None:
    """Guards pages and XML: no mark that steers, no element, and RDF/XML that can be read."""
    case = payload(hostile[number]).replace(b"<urn:s>", b"<https://thing.example/s>")
    data = loaded("plan.ttl", case)
    with serve(data) as server:
        page = server.get("/doc?iri=https%3A%2F%2Fthing.example%2Fs")
    assert page.status == 200
    assert not {"\u202e", "\x0b"} & set(page.body.decode())
    assert b"<script>alert" not in page.body
    ET.fromstring(represent(data, "https://thing.example/s", "rdf"))  # noqa: S314 - our own


@pytest.mark.parametrize("number", ["B098", "B130"])
def test_a_plan_cannot_change_the_rules(loaded: Any, number: str) -> None:
    """Guards that shapes come from the package: what a plan says of them is about nothing."""
    from goldenthread.store.rules import rules

    assert number
    shape = rules()[0].iri
    data = loaded("plan.ttl", f"<{shape}> <http://www.w3.org/ns/shacl#deactivated> true .".encode())
    plain = loaded("plan.ttl", b"<urn:s> <urn:p> <urn:o> .")
    assert [r.rule for r in check(data).results] == [r.rule for r in check(plain).results]


@pytest.mark.parametrize("number", ["B100", "B101"])
def test_a_posted_address_is_opened_by_nobody(
    hostile: dict[str, Any], server: Any, number: str
) -> None:
    """Guards text that looks like a path or address: it is text."""
    body = payload(hostile[number])
    for path in ("/sparql", "/import"):
        answer = server.post(path, "application/sparql-query", body)
        assert answer.status in (400, 404, 405)
        assert b"root:" not in answer.body


def test_a_body_that_is_too_large_is_not_read_to_its_end(server: Any) -> None:
    """Guards B104: the answer comes long before 200 MB have been taken."""
    head = (
        "POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        "Content-Type: application/sparql-query\r\nContent-Length: 200000000\r\n\r\n"
    )
    answer = server.send(head.encode() + b"x" * 2_000_000)
    assert answer.status in (0, 413)
    assert answer.seconds < 5


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../etc/passwd",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/%252e%252e%252fetc/passwd",
        "/static/..\\..\\etc\\passwd",
        "/static/..%5c..%5cetc%5cpasswd",
        "/static//etc/passwd",
        "/download?file=/etc/passwd",
        "/download?file=\\\\evil\\share",
        "/sources/../../../../etc/passwd",
        "/sources/%2fetc%2fpasswd",
        "/doc/../../etc/passwd",
    ],
)
def test_paths_lead_to_no_file(server: Any, path: str) -> None:
    """Guards B131 to B137: no address names a file of this machine."""
    answer = server.get(path)
    assert answer.status in (400, 404)
    assert b"root:" not in answer.body


def test_host_and_line_breaks_steer_nothing(server: Any) -> None:
    """Guards B139 and B140 on pages: no link takes Host, no parameter makes a header."""
    for path in ("/", "/about", "/catalog.ttl", "/.well-known/void", "/robots.txt", "/id/"):
        raw = f"GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        answer = server.send(raw.encode())
        assert b"evil.example" not in answer.body
        assert "evil.example" not in answer.head
    for path in ("/?next=%0d%0aSet-Cookie:%20a=b", "/id/x%0d%0aSet-Cookie:%20a=b"):
        assert not server.get(path).header("set-cookie")


def test_log_lines_cannot_be_forged(server: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Guards B142 and B143: one line a request, no control character of a client in it."""
    with caplog.at_level(logging.INFO, "goldenthread.web"):
        server.get("/search?q=%0a2026-01-01%20INFO%20admin%20logged%20in")
        server.get("/x%0a2026-01-01%20INFO%1b[2J")
        # A server that reads HTTP strictly refuses this one.
        assert server.get("/", "User-Agent: \x1b[2J\x1b]0;x\x07").status in (200, 400)
    lines = [r.getMessage() for r in caplog.records if r.name == "goldenthread.web"]
    assert len(lines) in (2, 3)
    everything = [r.getMessage() for r in caplog.records]
    assert not [c for line in everything for c in line if not c.isprintable()]
    assert one_line("a\n\x1b[2J\u2028\u202e") == "a\\n\\x1b[2J\\u2028\\u202e"


def test_long_headers_and_many_parameters_cost_nothing(
    hostile: dict[str, Any], server: Any
) -> None:
    """Guards B145 and B146: refused or answered, in either case soon."""
    assert {"B145", "B146"} < set(hostile)
    accept = ",".join(f"a/b;q=0.{number}" for number in range(20_000))
    answer = server.get("/sparql?query=ASK%7B%7D", f"Accept: {accept}")
    assert answer.status in (0, 200, 400, 406, 431)
    assert answer.seconds < 5
    body = b"&".join(b"a%d=1" % number for number in range(200_000))
    answer = server.post("/sparql", FORM, body)
    assert answer.status in (0, 400, 413)
    assert answer.seconds < 5


def test_search_words_are_no_pattern(server: Any) -> None:
    """Guards B154: brackets and signs are text."""
    assert server.get("/search?q=(a+)%2B$(((").status == 200


def test_only_web_addresses_become_links(server: Any) -> None:
    """Guards B155: an IRI that could run is a page of what is not there."""
    answer = server.get("/doc?iri=javascript:alert(1)")
    assert answer.status == 404
    assert b'href="javascript' not in answer.body


def test_names_of_downloads_are_plain(server: Any) -> None:
    """Guards B157: the name comes from the page, never from data or the address."""
    answer = server.get("/gaps.csv?x=..%2f..%2fa%0d%0aX:%20y")
    assert answer.status == 200
    said = answer.header("content-disposition")
    assert "filename=" in said
    assert not set(said) & set("/\\\r\n")
    assert not answer.header("x")


def test_answers_in_xml_are_well_formed(loaded: Any) -> None:
    """Guards B158 in RDF/XML; that of SPARQL results is guarded with the endpoint."""
    data = loaded("plan.ttl", f'<urn:s> <{LABEL}> "a\\u000Bb\\uFFFFc" .'.encode())
    made = represent(data, "urn:s", "rdf")
    ET.fromstring(made)  # noqa: S314 - our own
    assert [q.object.value for q in ox.parse(made, ox.RdfFormat.RDF_XML)] == ["a\ufffdb\ufffdc"]


def test_after_all_that_the_server_still_answers(server: Any) -> None:
    """Guards against a server that one of these has hurt: it runs last."""
    assert server.get("/healthz").status == 200
    assert json.loads(server.get("/sparql?query=ASK%7B%7D").body)["boolean"] is True
