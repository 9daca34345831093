"""Past each limit there is a problem document, nothing runs on, and the next query is answered."""

import http.client
import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from goldenthread.store.dataset import Dataset

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")

ENDLESS = "SELECT (COUNT(*) AS ?c) { ?a ?b ?c1 . ?d ?e ?f . ?g ?h ?i }"
BOMBS = {
    "join": ENDLESS,
    "sort": "SELECT * { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z } ORDER BY ?x ?y LIMIT 1",
    "path": "SELECT (COUNT(*) AS ?c) { ?a (!<urn:none>)* ?b . ?b (!<urn:none>)* ?d }",
    "text": 'SELECT (STRLEN(GROUP_CONCAT(?a;separator="xxxxxxxxxxxxxxxx")) AS ?n) '
    "{ ?a ?p ?x . ?b ?q ?y }",
    "hash": "SELECT (MAX(SHA512(CONCAT(STR(?a), STR(?b)))) AS ?m) { ?a ?p ?x . ?b ?q ?y }",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_a_runaway_query_ends_at_the_limit(endpoint: Any, processes: Any, text: str) -> None:
    """Guards time: 503 in time, the work really stopped, no memory kept, the next one answered."""
    # Each worker has answered once, so each is there.
    for _ in range(endpoint.limits.workers + 1):
        assert endpoint.post("ASK {}").status == 200
    before = processes.resident(processes.descendants())
    answer = endpoint.get(text)
    assert answer.status == 503
    assert answer.json["code"] in ("limit-time", "limit-memory")
    assert int(answer.headers["retry-after"]) > 0
    assert answer.seconds < endpoint.limits.seconds + 1
    following = endpoint.get("ASK {}")
    assert following.status == 200
    assert following.seconds < 1
    time.sleep(0.3)
    working = processes.descendants()
    used = processes.cpu_seconds(working)
    time.sleep(0.3)
    assert processes.cpu_seconds(working) - used < 0.15
    assert processes.resident(processes.descendants()) < before + 100 * 2**20


def test_a_memory_bomb_ends_in_words(shipped: Dataset, serve: Any) -> None:
    """Guards memory: the worker ends, not the server, and the answer says why."""
    from_short = {"seconds": 20.0, "memory": 64}
    text = (
        "SELECT (STRLEN(GROUP_CONCAT(?t)) AS ?n) { SELECT (CONCAT(STR(?a), STR(?b), STR(?x), "
        "STR(?y)) AS ?t) { ?a ?p ?x . ?b ?q ?y } }"
    )
    with serve(shipped, **from_short) as server:
        answer = server.get(text)
        assert (answer.status, answer.json["code"]) == (503, "limit-memory")
        assert answer.headers["retry-after"]
        assert server.get("ASK {}").status == 200


@pytest.mark.parametrize(
    ("accept", "query"),
    [
        ("application/sparql-results+json", "SELECT ?s { ?s ?p ?o }"),
        ("application/sparql-results+xml", "SELECT ?s { ?s ?p ?o }"),
        ("text/csv", "SELECT ?s { ?s ?p ?o }"),
        ("text/tab-separated-values", "SELECT ?s { ?s ?p ?o }"),
        ("text/turtle", "CONSTRUCT WHERE { ?s ?p ?o }"),
    ],
)
def test_too_many_rows_are_no_answer_and_as_many_as_may_be_are(
    shipped: Dataset, serve: Any, accept: str, query: str
) -> None:
    """Guards rows: never a part that looks whole; exactly the limit is let through."""
    with serve(shipped, rows=500) as server:
        whole = server.get(query + " LIMIT 500", accept)
        over = server.get(query + " LIMIT 501", accept)
    assert whole.status == 200
    assert (over.status, over.json["code"]) == (503, "limit-rows")


def test_rows_are_counted_whatever_they_say(shipped: Dataset, serve: Any) -> None:
    """Guards the count against words that look like the ends of rows."""
    tricky = r'"},{\"x\":{\"\r\n<result>\t\",\"" '
    query = f"SELECT ?x {{ VALUES ?x {{ {tricky} {tricky} {tricky} }} }}"
    with serve(shipped, rows=3) as server:
        for media in (
            "application/sparql-results+json",
            "application/sparql-results+xml",
            "text/csv",
            "text/tab-separated-values",
        ):
            assert server.get(query, media).status == 200, media
            more = query.replace("} }", f"{tricky} }} }}")
            assert server.get(more, media).json["code"] == "limit-rows", media


def test_too_large_an_answer_is_no_answer(shipped: Dataset, serve: Any) -> None:
    """Guards size: the same, for rows that are few and long."""
    with serve(shipped, size=1) as server:
        answer = server.get("SELECT * { ?s ?p ?o . ?s ?q ?r }")
        assert (answer.status, answer.json["code"]) == (503, "limit-size")
        assert server.get("CONSTRUCT WHERE { ?s ?p ?o }").json["code"] == "limit-size"


def test_pages_and_other_queries_do_not_wait_for_a_runaway(endpoint: Any) -> None:
    """Guards that one stranger costs the others nothing that they would notice."""
    with ThreadPoolExecutor(1) as others:
        running = others.submit(endpoint.get, ENDLESS)
        time.sleep(0.2)
        assert endpoint.send("/healthz").seconds < 0.5
        assert endpoint.get("ASK {}").seconds < 0.5
        assert not running.done()
        assert running.result().status == 503


def test_a_flood_is_turned_away_in_words(endpoint: Any) -> None:
    """Guards the queue: past its bound 503 with Retry-After at once, and pages still answer."""
    with ThreadPoolExecutor(40) as crowd:
        asked = [crowd.submit(endpoint.get, ENDLESS) for _ in range(40)]
        time.sleep(0.3)
        page = endpoint.send("/healthz")
        answers = [future.result() for future in asked]
    assert (page.status, page.seconds < 1) == (200, True)
    assert {a.status for a in answers} == {503}
    turned_away = [a for a in answers if a.json["code"].startswith("busy")]
    assert len(turned_away) >= 40 - endpoint.limits.workers - endpoint.limits.queue - 2
    assert all(int(a.headers["retry-after"]) > 0 for a in turned_away)
    assert max(a.seconds for a in answers) < 2 * endpoint.limits.seconds + 2
    assert endpoint.get("ASK {}").status == 200


def test_many_at_once_each_get_their_own_answer(shipped: Dataset, serve: Any) -> None:
    """Guards against answers that are mixed up between clients."""
    with serve(shipped, seconds=20.0, queue=100) as server, ThreadPoolExecutor(16) as crowd:
        texts = [f"SELECT ({n} AS ?n) {{}}" for n in range(200)]
        found = list(crowd.map(server.get, texts))
    assert [a.rows[0]["n"] for a in found] == [str(n) for n in range(200)]


def test_work_stops_when_the_client_leaves(shipped: Dataset, serve: Any, processes: Any) -> None:
    """Guards against working for nobody: the worker of a query is killed with its connection."""
    with serve(shipped, seconds=30.0) as server:
        address = ("127.0.0.1", server.port)
        with socket.create_connection(address) as connection:
            line = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n"
            connection.sendall(line.encode())
            time.sleep(0.5)
            busy = processes.cpu_seconds(processes.descendants())
            assert busy > 0.1
        time.sleep(1.0)
        working = processes.descendants()
        used = processes.cpu_seconds(working)
        time.sleep(0.5)
        assert processes.cpu_seconds(working) - used < 0.2
        assert server.get("ASK {}").status == 200


def test_no_process_is_left_behind(shipped: Dataset, serve: Any, processes: Any) -> None:
    """Guards the end: a server that stops takes its workers along, busy ones too."""
    before = processes.descendants()
    with serve(shipped, seconds=1.0) as server:
        # They are forked beside the start: on a busy machine not at once.
        for _ in range(100):
            if len(processes.descendants() - before) == server.limits.workers + 2:
                break
            time.sleep(0.1)
        assert len(processes.descendants() - before) == server.limits.workers + 2
        left = threading.Thread(target=_ask_and_forget, args=(server.port,))
        left.start()
        left.join()
    assert processes.descendants() <= before


def _ask_and_forget(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=0.3)
    connection.request("GET", "/sparql?query=" + quote(ENDLESS))
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()


def test_a_slow_client_cannot_fill_the_memory(
    shipped: Dataset, serve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards answers that nobody takes: past a bound, others are told to come back."""
    from goldenthread.faces.web import sparql

    monkeypatch.setattr(sparql, "_MOST_HELD", 0)
    with serve(shipped, seconds=5.0) as server:
        with socket.socket() as connection:
            # A small window, or the system takes the whole answer for the client.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", server.port))
            text = quote("SELECT * { ?s ?p ?o }")
            line = f"GET /sparql?query={text} HTTP/1.1\r\nHost: x\r\n\r\n"
            connection.sendall(line.encode())
            time.sleep(1.0)
            answer = server.get("ASK {}")
            assert (answer.status, answer.json["code"]) == (503, "busy")
        time.sleep(0.5)
        assert server.get("ASK {}").status == 200


def test_problem_documents_are_json(endpoint: Any) -> None:
    """Guards the documents of limits as such: type, title, status, detail."""
    answer = endpoint.get(ENDLESS)
    said = json.loads(answer.body)
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance"} <= set(said)
