import logging
from typing import Any

import pytest

from goldenthread.faces.web.headers import SECURITY, one_line

PATHS = [
    "/",
    "/trace?focus=corporate-priority/4",
    "/trace.svg?focus=corporate-priority/4",
    "/trace.json?focus=corporate-priority/4",
    "/nothing-here",
    "/trace?focus=nothing-like-this-anywhere",
    "/id/occ-libraries-heritage/service-priority/1.4",
    "/doc/occ-libraries-heritage/service-priority/1.4.ttl",
    "/static/icon.svg",
    "/static/none.css",
    "/healthz",
    "/api/v1/gaps",
    "/api/v1/trace",
    "/api/v1/openapi.json",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_security_headers(explorer: Any, path: str) -> None:
    """Guards the policy on pages, data, redirects, files and errors alike."""
    answer = explorer.ask(path)
    for name, value in SECURITY.items():
        assert answer.headers[name.lower()] == value, (path, name)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_fault_of_ours_has_the_headers_and_tells_nothing(
    odd_plan: Any, serve: Any, monkeypatch: Any
) -> None:
    """Guards 500: headers are there, the page says so plainly, no trace of the code is shown."""
    from goldenthread.faces.web.pages import about

    def fail(*_: object) -> bytes:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(about, "about", fail)
    logging.getLogger("goldenthread.web").disabled = True
    with serve(odd_plan) as server:
        answer = server.ask("/about")
    logging.getLogger("goldenthread.web").disabled = False
    assert answer.status == 500
    assert answer.headers["content-security-policy"] == SECURITY["Content-Security-Policy"]
    assert b"secret detail" not in answer.body
    assert b"Something went wrong" in answer.body


@pytest.mark.parametrize("path", [p for p in PATHS[:4] if p])
def test_a_second_visit_gets_304(explorer: Any, path: str) -> None:
    """Guards the validators: same address and form, same tag; another reading, another tag."""
    first = explorer.ask(path)
    again = explorer.ask(path, If_None_Match=first.headers["etag"])
    weak = explorer.ask(path, If_None_Match=f'"other", W/{first.headers["etag"]}')
    assert (again.status, again.body) == (304, b"")
    assert weak.status == 304
    assert again.headers["etag"] == first.headers["etag"]
    other = explorer.ask(path + ("&" if "?" in path else "?") + "reading=printed")
    assert other.headers["etag"] != first.headers["etag"]


def test_forms_of_one_address_have_different_tags(explorer: Any) -> None:
    """Guards caches: what Accept chooses is part of the tag, and Vary says so."""
    path = "/doc/occ-libraries-heritage/service-priority/1.4"
    page, turtle = explorer.ask(path), explorer.ask(path, Accept="text/turtle")
    assert page.headers["etag"] != turtle.headers["etag"]
    assert page.headers["vary"] == turtle.headers["vary"] == "Accept"


def test_head_answers_as_get_does(explorer: Any) -> None:
    """Guards HEAD: the same headers, no body."""
    got, head = explorer.ask("/"), explorer.ask("/", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(explorer: Any, method: str) -> None:
    """Guards that the explorer only reads."""
    assert explorer.ask("/", method).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/sources/../../../etc/passwd",
        "/sources/%2e%2e%2fplan.ttl",
    ],
)
def test_no_file_but_the_few_can_be_named(explorer: Any, path: str) -> None:
    """Guards against traversal: names are looked up, never joined to a folder."""
    assert explorer.ask(path).status == 404


def test_the_host_header_plays_no_part(explorer: Any) -> None:
    """Guards against poisoned links: no answer repeats the host that was asked for."""
    for path in (*PATHS, "/ontology", "/doc"):
        answer = explorer.ask(path, Host="evil.example")
        assert b"evil.example" not in answer.body, path
        assert "evil.example" not in "".join(answer.headers.values()), path


def test_a_line_in_the_log_is_one_line() -> None:
    """Guards the log: line ends and escape sequences in an address are shown, not obeyed."""
    shown = one_line("/a\nFAKE\r\x1b[31m\u202e\u2028é")
    assert "\n" not in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\\x1b" in shown
    assert shown.endswith("é")


def test_requests_are_logged_with_escapes(explorer: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Guards that a request cannot forge a line of the log."""
    with caplog.at_level(logging.INFO, logger="goldenthread.web"):
        explorer.ask("/x%0aFORGED%1b[0m")
    assert any("\\nFORGED\\x1b[0m" in r.getMessage() for r in caplog.records)


def test_problems_are_documents_for_programs(explorer: Any) -> None:
    """Guards RFC 9457: media type, title, status and detail on the interface and by Accept."""
    for path in (
        "/api/v1/trace",
        "/api/v1/trace?focus=zzz/zzz",
        "/api/v1/nothing",
        "/trace.json?focus=zz/zz",
    ):
        answer = explorer.ask(path)
        assert answer.headers["content-type"] == "application/problem+json", path
        assert answer.json["status"] == answer.status >= 400
        assert answer.json["title"]
        assert answer.json["detail"]
    page = explorer.ask("/nothing-here")
    assert page.headers["content-type"].startswith("text/html")
    assert explorer.ask("/nothing-here", Accept="application/json").json["status"] == 404


def test_ready_and_healthy(explorer: Any, shipped: Any) -> None:
    """Guards the probes of whoever runs it."""
    assert explorer.ask("/healthz").text == "ok\n"
    assert shipped.sha256 in explorer.ask("/readyz").text
