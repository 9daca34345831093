"""The shared suites: the protocol's own cases, and inputs made to hurt."""

import base64
import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from goldenthread.store.dataset import Dataset

SHARED = Path(__file__).parents[3] / "shared" / "conformance"
pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="the shared suites are not beside this checkout"
)
FORM = "application/x-www-form-urlencoded"
ENDLESS = "SELECT (COUNT(*) AS ?c) { ?a ?b ?c1 . ?d ?e ?f . ?g ?h ?i }"


def cases(surface: str) -> list[dict[str, Any]]:
    """Return the hostile inputs of a surface, where they are there."""
    path = SHARED / "bad_inputs.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return [case for case in found if case["surface"] == surface]


def payload(case: dict[str, Any]) -> bytes:
    """Return what a case sends."""
    if "payload_b64" in case:
        return base64.b64decode(case["payload_b64"])
    text = case.get("payload")
    if "payload_py" in case:
        # The suite is ours and read-only: its expressions build long texts.
        names = {"__builtins__": {}, "range": range, "map": map, "str": str}
        text = eval(case["payload_py"], names)  # noqa: S307
    return text if isinstance(text, bytes) else str(text).encode()


def replay(*arguments: str) -> str:
    """Return the last line of the replay."""
    done = subprocess.run(
        [sys.executable, str(SHARED / "replay_protocol.py"), *arguments, "--quiet"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip().splitlines()[-1]


def test_the_protocols_cases_pass(endpoint: Any) -> None:
    """Guards every case that can be put to an endpoint whose graphs nobody can fill."""
    passed, failed, _ = (int(part.split()[0]) for part in replay(endpoint.url).split(", "))
    assert passed >= 61
    assert failed == 0


def test_the_protocols_cases_about_graphs_pass(serve: Any, tmp_path: Path) -> None:
    """Guards the cases that need graphs of their own: they are loaded before the server starts."""
    tests = json.loads((SHARED / "protocol_tests.json").read_text(encoding="utf-8"))
    chosen = [
        t
        for t in tests
        if t["graph_data"] and t["requests"] and {r["target"] for r in t["requests"]} == {"query"}
    ]
    assert len(chosen) > 4
    dataset = Dataset.open()
    for test in chosen:
        for data in test["graph_data"]:
            graph = ox.NamedNode(data["graph"])
            dataset.store.load(data["ntriples"].encode(), ox.RdfFormat.N_TRIPLES, to_graph=graph)
        test["graph_data"] = []
    written = tmp_path / "tests.json"
    written.write_text(json.dumps(chosen), encoding="utf-8")
    with serve(dataset) as server:
        assert replay(server.url, "--tests", str(written)).startswith(f"{len(chosen)} passed, 0 ")


@pytest.mark.parametrize("case", cases("query"), ids=lambda c: c["id"])
def test_hostile_queries(endpoint: Any, case: dict[str, Any]) -> None:
    """Guards each hostile query: what has to be refused is, a bomb ends in time, nothing dies."""
    name, sent = case["id"], payload(case)
    answer = endpoint.post(sent)
    if name.startswith("B011"):
        assert answer.status == 200
    elif "-bomb-" in name:
        assert answer.status == 503
        assert answer.json["code"] in ("limit-time", "limit-memory", "limit-size")
    else:
        # FROM of what is not here is refused in words, where others answer from an empty graph.
        assert answer.status in (400, 413, 415)
        assert len(answer.json["detail"]) < 1_000
        assert b"Traceback" not in answer.body
    assert answer.seconds < endpoint.limits.seconds + 1
    following = endpoint.get("ASK {}")
    assert following.json["boolean"] is True
    assert following.seconds < 1


@pytest.mark.parametrize(
    "case", [c for c in cases("query") if "-update-" in c["id"]], ids=lambda c: c["id"]
)
def test_updates_reach_nothing(endpoint: Any, case: dict[str, Any]) -> None:
    """Guards every way to send an update: refused, and nothing has changed."""
    text = payload(case)
    count = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    before = endpoint.get(count).rows
    answers = [endpoint.send("/sparql?" + urlencode({key: text})) for key in ("query", "update")]
    for kind, body in (
        (FORM, urlencode({"query": text}).encode()),
        (FORM, urlencode({"update": text}).encode()),
        ("application/sparql-query", text),
        ("application/sparql-update", text),
    ):
        answers.append(endpoint.send("/sparql", "POST", body, Content_Type=kind))
    assert {a.status // 100 for a in answers} == {4}
    assert endpoint.get(count).rows == before


def test_many_parameters_and_a_flood(endpoint: Any) -> None:
    """Guards B146 and B148: a form of 200,000 fields, and 200 queries at once."""
    body = b"&".join(b"a%d=1" % number for number in range(200_000))
    try:
        answer = endpoint.send("/sparql", "POST", body, Content_Type=FORM)
    except ConnectionError:
        # The server closes once it has said no; this client was still sending.
        pass
    else:
        assert answer.status in (400, 413)
        assert answer.seconds < 5
    with ThreadPoolExecutor(200) as crowd:
        asked = [crowd.submit(endpoint.get, ENDLESS) for _ in range(200)]
        time.sleep(0.5)
        page = endpoint.send("/healthz")
        answers = [future.result() for future in asked]
    assert page.status == 200
    assert page.seconds < 5
    assert {a.status for a in answers} == {503}
    assert all(a.headers["retry-after"] for a in answers)


def test_headers_steer_nothing(endpoint: Any) -> None:
    """Guards B031, B139 and B140: method override, Host, line breaks in parameters."""
    path = "/sparql?query=" + quote("ASK {}")
    assert endpoint.send(path, X_HTTP_Method_Override="DELETE").status == 200
    assert b"evil.example" not in endpoint.send("/sparql", Host="evil.example").body
    split = endpoint.send("/sparql?next=%0d%0aSet-Cookie:%20a=b")
    assert "set-cookie" not in split.headers
