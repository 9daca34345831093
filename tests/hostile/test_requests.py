"""More that a stranger sends, each a line of requests.json: what it is, why, and what comes back.

A text that is a list is its parts one after the other; a part that is a pair is repeated so often.
"""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

CASES = json.loads((Path(__file__).parent / "requests.json").read_text(encoding="utf-8"))
_SECURITY = ("content-security-policy", "x-content-type-options", "referrer-policy")


def text_of(said: Any) -> bytes:
    """Return the bytes that a text of a case stands for."""
    if isinstance(said, dict):
        return base64.b64decode(said["base64"])
    parts = said if isinstance(said, list) else [said]
    whole = "".join(p[0] * p[1] if isinstance(p, list) else p for p in parts)
    return whole.encode("utf-8")


def request_of(case: dict[str, Any]) -> bytes:
    """Return a case as it goes over the wire."""
    body = text_of(case.get("body", ""))
    lines = [f"{case.get('method', 'GET')} ".encode() + text_of(case["target"]) + b" HTTP/1.1"]
    lines += [b"Host: x", b"Connection: close", *map(text_of, case.get("headers", []))]
    said = [line.lower() for line in lines]
    if body and not [s for s in said if s.startswith((b"content-length", b"transfer-encoding"))]:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def test_the_cases_are_many_and_told_apart() -> None:
    """Guards against a file that was cut: every line is asked, none twice."""
    assert len(CASES) > 110
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(case["why"] and case["status"] for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_a_stranger_gets_what_the_standards_say(server: Any, case: dict[str, Any]) -> None:
    """Guards each surface: the status, and nothing of the machine or of others' words in it."""
    answer = server.send(request_of(case))
    assert answer.status in case["status"], (answer.head, answer.body[:300])
    for name, value in case.get("header", {}).items():
        assert answer.header(name).partition(";")[0] == value
    absent = case.get("absent", [])
    for word in [absent] if isinstance(absent, str) else absent:
        assert word.encode() not in answer.body
        assert word not in answer.head
    assert not answer.header("set-cookie")
    problem = answer.header("content-type") == "application/problem+json"
    if problem and case.get("method") != "HEAD":
        said = json.loads(answer.body)
        assert said["status"] == answer.status
        assert said["title"]
        assert said["detail"]
    if "code" in case:
        assert said["code"] == case["code"]
    if answer.status == 503:
        assert said["code"].startswith("limit-")
        assert int(answer.header("retry-after")) > 0
    if answer.body and b"Invalid HTTP request" not in answer.body:
        assert all(answer.header(name) for name in _SECURITY)


def test_after_all_that_it_answers_as_before(server: Any) -> None:
    """Guards against a server that one of these has hurt: it runs last."""
    assert json.loads(server.get("/sparql?query=ASK%7B%7D").body)["boolean"] is True
    assert server.get("/readyz").status == 200
