"""What was answered before is answered again from memory, and nothing else is."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from goldenthread.faces.web.again import Again


def asked(app: Again, path: str = "/a", **changed: Any) -> tuple[int, dict[bytes, bytes], bytes]:
    """Ask an application once; return status, headers and body."""
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    scope |= {"scheme": "http", "server": ("127.0.0.1", 80), **changed}
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def receive() -> Any:
        raise AssertionError("nothing is read")

    # In a thread: where a browser was opened before, this one has a loop that runs.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    body = b"".join(m.get("body", b"") for m in sent[1:])
    return sent[0]["status"], dict(sent[0]["headers"]), body


class Counting:
    """An application that says how often it was asked."""

    def __init__(self, tag: bytes = b'"x"', size: int = 0, status: int = 200) -> None:
        self.times, self.tag, self.size, self.status = 0, tag, size, status

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer in two parts."""
        self.times += 1
        assert receive
        said = [(b"etag", self.tag), (b"content-type", b"text/plain"), (b"link", b"</b>")]
        headers = said if self.tag else said[1:]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        body = f"{self.times} of {scope['path']}".encode() + bytes(self.size)
        await send({"type": "http.response.body", "body": body[:1], "more_body": True})
        await send({"type": "http.response.body", "body": body[1:]})


def test_the_second_answer_is_the_first(explorer: Any) -> None:
    """Guards pages, data and API: the same status, headers and bytes; HEAD and 304 as before."""
    inner = Counting()
    app = Again(inner, lambda: "")
    assert asked(app) == asked(app)
    assert inner.times == 1
    for path in ("/trace?focus=corporate-priority/4", "/gaps.csv", "/api/v1/gaps", "/catalog.ttl"):
        first, second = explorer.ask(path), explorer.ask(path)
        assert first.status == 200
        drop = {"date"}
        headers = [{k: v for k, v in a.headers.items() if k not in drop} for a in (first, second)]
        assert (headers[0], first.body) == (headers[1], second.body)
        tag = first.headers["etag"]
        for said in (tag, f'"other", W/{tag}', "*"):
            known = explorer.ask(path, If_None_Match=said)
            assert (known.status, known.body, known.headers["etag"]) == (304, b"", tag)
        assert explorer.ask(path, If_None_Match='"other"').body == first.body
        assert explorer.ask(path, "HEAD").headers["etag"] == tag


def test_another_request_is_another_answer(explorer: Any) -> None:
    """Guards against giving one client what another asked for."""
    inner, day = Counting(), ["Monday"]
    app = Again(inner, lambda: day[0])
    asked(app)
    asked(app, path="/b")
    asked(app, query_string=b"x=1")
    asked(app, headers=[(b"accept", b"text/html")])
    asked(app, headers=[(b"accept", b"text/html"), (b"accept", b"text/csv")])
    asked(app, server=("127.0.0.1", 81))
    asked(app, scheme="https")
    day[0] = "Tuesday"
    asked(app)
    assert inner.times == 8
    asked(app, method="POST")
    asked(app, method="POST")
    assert inner.times == 10
    path = "/doc/occ-libraries-heritage/corporate-priority/4"
    kinds = ["text/html", "text/turtle", "application/ld+json"]
    for kind in kinds * 2:
        found = explorer.ask(path, Accept=kind)
        assert found.headers["content-type"].partition(";")[0] == kind


def test_only_what_is_the_same_bytes_is_kept() -> None:
    """Guards what changes: without a tag, with a weak one, no 200, too long an address."""
    for inner in (Counting(b""), Counting(b'W/"x"'), Counting(status=404), Counting(size=2**20)):
        app = Again(inner, lambda: "")
        asked(app)
        asked(app)
        assert inner.times == 2
        assert app.size == 0
    inner = Counting()
    app = Again(inner, lambda: "")
    asked(app, query_string=b"x" * 5_000)
    asked(app, query_string=b"x" * 5_000)
    assert (inner.times, app.size) == (2, 0)


def test_memory_has_a_bound() -> None:
    """Guards against a client that asks for everything: the oldest go."""
    inner = Counting(size=1_000)
    app = Again(inner, lambda: "", most=20_000)
    for number in range(50):
        asked(app, path=f"/{number}")
    assert 0 < app.size <= 20_000
    asked(app, path="/49")
    assert inner.times == 50
    asked(app, path="/0")
    assert inner.times == 51
