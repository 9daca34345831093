"""Guards plans in stores: the same answers as from files, in whole or not at all."""

import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from goldenthread.errors import BadValue, NotFound, Unavailable
from goldenthread.services.tracing import trace
from goldenthread.store import endpoint
from goldenthread.store.dataset import Dataset

JSON = "application/sparql-results+json"
Reply = Callable[[http.server.BaseHTTPRequestHandler, str], None]


def of_plans(dataset: Dataset) -> list[ox.Quad]:
    """Return what is written down of a data set's plans, without what is derived."""
    return list(Dataset(dataset.folders).store)


@pytest.fixture(scope="module")
def folder(four_levels: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an Oxigraph folder that holds a plan, readings derived elsewhere, and other data."""
    path = tmp_path_factory.mktemp("stores") / "plans"
    store = ox.Store(str(path))
    store.extend(of_plans(four_levels))
    stranger = ox.NamedNode("https://example.org/s")
    derived = ox.NamedNode("https://w3id.org/goldenthread/id/graph/corrected")
    store.add(ox.Quad(stranger, stranger, ox.Literal("other data"), stranger))
    store.add(ox.Quad(stranger, stranger, ox.Literal("stale"), derived))
    store.flush()
    del store
    return path


def answered(store: ox.Store) -> Reply:
    """Return what answers as an endpoint of any make does."""

    def reply(handler: http.server.BaseHTTPRequestHandler, query: str) -> None:
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        body = found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        send(handler, 200, JSON, body)

    return reply


def send(
    handler: http.server.BaseHTTPRequestHandler, status: int, kind: str, body: bytes, **more: str
) -> None:
    """Send one answer."""
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in more.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def serving(reply: Reply) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Run an endpoint; yield its address and the headers of each question it was asked."""
    asked: list[dict[str, str]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append({**self.headers, "path": self.path})
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            reply(self, parse_qs(body)["query"][0])

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Keep quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/query", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def traced(dataset: Dataset, like: Dataset) -> list[Any]:
    """Return the threads below every top aim as JSON, in both readings."""
    tops = [
        row["top"].value
        for row in like.rows(
            "PREFIX gt: <https://w3id.org/goldenthread/ontology/> SELECT ?top WHERE "
            "{ ?top gt:atLevel/gt:order 1 } ORDER BY ?top"
        )
    ]
    assert tops
    return [trace(dataset, t, "down", r).to_json() for t in tops for r in ("corrected", "printed")]


def test_a_folder_answers_as_the_files_do(folder: Path, four_levels: Dataset) -> None:
    """Guards the folder: same threads, other data and stale readings left out, nothing written."""
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    stored = Dataset.open(store=str(folder))
    assert traced(stored, four_levels) == traced(four_levels, four_levels)
    assert b"example.org/s" not in stored.stored
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_an_endpoint_answers_as_the_files_do(four_levels: Dataset) -> None:
    """Guards the endpoint: same threads, whether graphs are named or not."""
    named = ox.Store()
    named.extend(of_plans(four_levels))
    unnamed = ox.Store()
    unnamed.extend([ox.Quad(*q.triple) for q in of_plans(four_levels)])
    for store in (named, unnamed):
        with serving(answered(store)) as (address, asked):
            stored = Dataset.open(store=address)
        assert traced(stored, four_levels) == traced(four_levels, four_levels)
        assert {a["Accept"] for a in asked} == {JSON}


def test_the_same_statements_have_the_same_hash(tmp_path: Path) -> None:
    """Guards validators: neither order nor the names of blank nodes change the data set's hash."""
    a, p = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/p")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    plan = ox.NamedNode("https://w3id.org/goldenthread/ontology/Plan")
    hashes = set()
    for name in ("x", "y"):
        store = ox.Store(str(tmp_path / name))
        blank = ox.BlankNode(name)
        quads = [ox.Quad(a, kind, plan, a), ox.Quad(a, p, blank, a), ox.Quad(blank, p, a, a)]
        store.extend(quads if name == "x" else quads[::-1])
        store.flush()
        del store
        hashes.add(Dataset.open(store=str(tmp_path / name)).sha256)
    assert len(hashes) == 1


def test_a_folder_that_is_written_to_is_named(folder: Path) -> None:
    """Guards the lock: beside a writer nothing is read, and the message says what to do."""
    code = (
        "import pyoxigraph, sys; s = pyoxigraph.Store(sys.argv[1]); "
        "print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        with pytest.raises(Unavailable, match="Another program has the store"):
            Dataset.open(store=str(folder))
        writer.communicate(b"")


def test_what_is_no_store_is_named(tmp_path: Path) -> None:
    """Guards typing errors: no folder is made, and a store without a plan says so."""
    with pytest.raises(NotFound, match="no Oxigraph store"):
        Dataset.open(store=str(tmp_path / "nothing"))
    assert not (tmp_path / "nothing").exists()
    ox.Store(str(tmp_path / "empty")).flush()
    with pytest.raises(NotFound, match="holds no plan"):
        Dataset.open(store=str(tmp_path / "empty"))
    with pytest.raises(BadValue, match="names no host"):
        Dataset.open(store="http:///query")


@pytest.mark.parametrize(
    ("body", "kind", "status", "words"),
    [
        (
            b'{"head":{"vars":["graph"]},"results":{"bindings":[',
            JSON,
            200,
            "no whole SPARQL result",
        ),
        (b"Killed: out of memory", JSON, 200, "no whole SPARQL result"),
        (b'{"head":{},"boolean":true}', JSON, 200, "no whole SPARQL result"),
        (b"<html>Welcome</html>", "text/html", 200, "answered text/html"),
        (b"no", "text/plain", 403, "answered 403"),
    ],
)
def test_half_an_answer_is_an_error(body: bytes, kind: str, status: int, words: str) -> None:
    """Guards truth: what is not a whole result is never taken for one, whatever the status."""
    with (
        serving(lambda handler, _: send(handler, status, kind, body)) as (address, _),
        pytest.raises(Unavailable, match=words),
    ):
        Dataset.open(store=address)


def test_rows_that_a_store_left_out_are_missed(four_levels: Dataset) -> None:
    """Guards truth: stores that cut long answers short say 200; the count tells."""
    store = ox.Store()
    store.extend(of_plans(four_levels))
    whole = answered(store)

    def cut(handler: http.server.BaseHTTPRequestHandler, query: str) -> None:
        whole(handler, f"{query} LIMIT 100" if query.startswith("SELECT ?s") else query)

    with serving(cut) as (address, _), pytest.raises(Unavailable, match="cuts answers short"):
        Dataset.open(store=address)


def test_no_other_host_is_followed_to(four_levels: Dataset) -> None:
    """Guards the network: a redirect to another origin is refused, one within it is followed."""
    store = ox.Store()
    store.extend(of_plans(four_levels))
    whole = answered(store)
    with serving(whole) as (other, asked):

        def away(handler: http.server.BaseHTTPRequestHandler, _: str) -> None:
            send(handler, 307, "text/plain", b"", Location=other)

        with serving(away) as (address, _), pytest.raises(Unavailable, match="another host"):
            Dataset.open(store=address)
        assert asked == []

    def moved(handler: http.server.BaseHTTPRequestHandler, query: str) -> None:
        if handler.path == "/query":
            send(handler, 308, "text/plain", b"", Location="/sparql")
        else:
            whole(handler, query)

    with serving(moved) as (address, asked):
        assert Dataset.open(store=address).stored
        assert {a["path"] for a in asked} == {"/query", "/sparql"}


def test_an_answer_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards bounded work: an answer without end is left at a size."""
    monkeypatch.setattr(endpoint, "MOST_BYTES", 1000)
    monkeypatch.setattr(endpoint, "_CHUNK", 100)
    with (
        serving(lambda handler, _: send(handler, 200, JSON, b" " * 2000)) as (address, _),
        pytest.raises(Unavailable, match="no plan is that big"),
    ):
        Dataset.open(store=address)


def test_a_password_is_sent_and_never_shown() -> None:
    """Guards secrets: a name and password in the address go into a header, never into a message."""
    found = json.dumps({"head": {"vars": ["graph"]}, "results": {"bindings": []}}).encode()
    with serving(lambda handler, _: send(handler, 200, JSON, found)) as (address, asked):
        secret = address.replace("//", "//clerk:s%40cret@")
        with pytest.raises(NotFound) as raised:
            Dataset.open(store=secret)
    assert "cret" not in str(raised.value)
    assert asked[0]["Authorization"] == "Basic Y2xlcms6c0BjcmV0"
