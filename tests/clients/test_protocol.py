"""Requests that never end are ended: the server as people start it keeps none of them."""

import http.client
import socket
from urllib.parse import urlsplit

import pytest

from goldenthread.faces.web.protocol import MOST_BYTES


def send(server: str, *parts: bytes) -> bytes:
    """Send parts of a request; return what came back before the connection was closed."""
    address = urlsplit(server)
    answer = b""
    with socket.create_connection((address.hostname or "", address.port or 0), 20) as connection:
        try:
            for part in parts:
                connection.sendall(part)
            while more := connection.recv(65_536):
                answer += more
        except ConnectionError:
            pass
    return answer


@pytest.mark.parametrize(
    "parts",
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nA: ", *([b"a" * 65_536] * 200)),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", *([b"A: b\r\n" * 10_000] * 100)),
        (b"GET /", *([b"a" * 65_536] * 200)),
    ],
    ids=["one header", "many headers", "address"],
)
def test_a_head_without_end_is_refused(server: str, parts: tuple[bytes, ...]) -> None:
    """Guards memory: 13 MB of head are not taken, and the next request is answered."""
    answer = send(server, *parts)
    assert answer == b"" or answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 431"))
    address = urlsplit(server)
    connection = http.client.HTTPConnection(address.hostname or "", address.port)
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == 200
    connection.close()


def test_long_bodies_and_many_requests_of_one_connection_pass(server: str) -> None:
    """Guards against counting too much: a body is no head, and each request has its own."""
    address = urlsplit(server)
    connection = http.client.HTTPConnection(address.hostname or "", address.port)
    body = b"ASK {} #" + b"x" * (MOST_BYTES + 20_000)
    for _ in range(3):
        kind = {"Content-Type": "application/sparql-query"}
        connection.request("POST", "/sparql", body, kind)
        answer = connection.getresponse()
        assert (answer.status, b"true" in answer.read()) == (200, True)
    for _ in range(100):
        connection.request("GET", "/healthz", headers={"A": "a" * 2_000})
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"ok\n")
    connection.close()


def test_a_head_of_usual_length_is_read(server: str) -> None:
    """Guards real clients: long cookies and Accept headers pass."""
    head = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: " + b"a" * 30_000
    assert send(server, head, b"\r\n\r\n").startswith(b"HTTP/1.1 200")
