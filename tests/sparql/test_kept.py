"""An answer that was given is given again without a worker, byte for byte, and never to another."""

from typing import Any
from urllib.parse import quote

import pytest

from goldenthread.faces.web.sparql_kept import Answers, Ready

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(autouse=True)
def time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every question time: workers come last on a machine that does other things beside."""
    monkeypatch.setenv("GOLDENTHREAD_SPARQL_SECONDS", "60")


def outcomes(server: Any) -> dict[str, int]:
    """Return how often each outcome was counted."""
    lines = server.send("/metrics").body.decode().splitlines()
    found = [line for line in lines if line.startswith("goldenthread_sparql_answers_total")]
    return {line.split('"')[1]: int(line.rsplit(" ", 1)[1]) for line in found}


def test_the_same_question_is_answered_from_what_is_kept(shipped: Any, serve: Any) -> None:
    """Guards the second answer: the same status, headers and bytes; 304 and HEAD as before."""
    with serve(shipped) as server:
        first, second = server.get(COUNT), server.get(COUNT)
        assert (first.status, first.body) == (second.status, second.body)
        drop = {"date"}
        assert {k: v for k, v in first.headers.items() if k not in drop} == {
            k: v for k, v in second.headers.items() if k not in drop
        }
        assert outcomes(server) == {"ok": 1, "kept": 1}
        path = "/sparql?query=" + quote(COUNT)
        server.send(path)
        again = server.send(path, If_None_Match=first.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert "content-type" not in again.headers
        head = server.send(path, "HEAD")
        assert (head.status, head.body) == (200, b"")
        assert head.headers["etag"] == first.headers["etag"]


def test_another_question_form_or_graph_is_another_answer(shipped: Any, serve: Any) -> None:
    """Guards against giving one client what another asked for."""
    with serve(shipped) as server:
        json = server.get(COUNT)
        csv = server.get(COUNT, "text/csv")
        printed = server.get(
            COUNT, default_graph_uri="https://w3id.org/goldenthread/id/graph/printed"
        )
        assert csv.headers["content-type"].startswith("text/csv")
        assert printed.body != json.body
        assert server.get(COUNT, "text/csv").body == csv.body
        assert server.get(COUNT).body == json.body


@pytest.mark.parametrize("call", ["NOW()", "now ()", "RAND()", "STRUUID()", "NOW #x\n ()"])
def test_what_changes_is_never_kept(shipped: Any, serve: Any, call: str) -> None:
    """Guards time and chance: asked again, answered anew."""
    with serve(shipped) as server:
        for _ in range(2):
            assert "etag" not in server.get(f"SELECT ({call} AS ?x) {{}}").headers
        assert outcomes(server) == {"ok": 2}


def test_problems_and_posts_are_not_kept(shipped: Any, serve: Any) -> None:
    """Guards what may be another thing the next time."""
    with serve(shipped) as server:
        for _ in range(2):
            assert server.get("ASK {").status == 400
            assert server.post("ASK {}").status == 200
        assert outcomes(server) == {"ok": 2, "syntax": 2}


def test_what_is_kept_has_a_bound() -> None:
    """Guards memory: the oldest go, and what is large never comes."""
    kept = Answers(most=10_000)
    for number in range(100):
        kept.keep((b"%d" % number, "", ""), Ready({}, b"x" * 1_000))
    assert kept.size <= 10_000
    assert kept.find((b"99", "", ""))
    assert not kept.find((b"0", "", ""))
    kept.keep((b"big", "", ""), Ready({}, b"x" * 1_000_000))
    assert not kept.find((b"big", "", ""))
    assert kept.find((b"99", "", ""))
