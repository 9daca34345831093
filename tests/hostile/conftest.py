"""A server and a client that sends what no library would."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from goldenthread.domain.limits import Limits
from goldenthread.faces.web.app import create_app
from goldenthread.faces.web.running import server_of
from goldenthread.store.dataset import Dataset

CASES = Path(__file__).parents[3] / "shared" / "conformance" / "bad_inputs.json"


@dataclass(frozen=True)
class Raw:
    """What came back over a socket."""

    head: str
    body: bytes
    seconds: float

    @property
    def status(self) -> int:
        """Return the status; 0 where the server only closed the connection."""
        return int(self.head.split()[1]) if self.head else 0

    def header(self, name: str) -> str:
        """Return a header, empty where there is none."""
        lines = [line.partition(":") for line in self.head.split("\r\n")[1:]]
        return next((v.strip() for k, _, v in lines if k.lower() == name.lower()), "")


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    port: int

    def send(self, request: bytes, target: str = "/") -> Raw:
        """Send bytes as they are, a GET of `target` where there are none."""
        begun = time.monotonic()
        said = request or f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        parts = []
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            try:
                connection.sendall(said)
                while part := connection.recv(65_536):
                    parts.append(part)
            except ConnectionError:
                # It had said no before all was sent.
                pass
        head, _, body = b"".join(parts).partition(b"\r\n\r\n")
        return Raw(head.decode("latin-1"), body, time.monotonic() - begun)

    def get(self, target: str, *headers: str) -> Raw:
        """Get a target with headers as they are."""
        lines = [f"GET {target} HTTP/1.1", "Host: x", "Connection: close", *headers]
        return self.send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))

    def post(self, target: str, kind: str, body: bytes, *headers: str) -> Raw:
        """Post a body."""
        lines = [f"POST {target} HTTP/1.1", "Host: x", "Connection: close", f"Content-Type: {kind}"]
        lines += [f"Content-Length: {len(body)}", *headers]
        return self.send(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body)


@pytest.fixture(scope="session")
def hostile() -> dict[str, dict[str, Any]]:
    """Return the shared hostile inputs by the number in their name; skip where there are none."""
    if not CASES.exists():
        pytest.skip("the shared suites are not beside this checkout")
    found = json.loads(CASES.read_text(encoding="utf-8"))
    return {case["id"].partition("-")[0]: case for case in found}


@contextmanager
def serving(dataset: Dataset) -> Iterator[Served]:
    """Run the explorer of a data set in a thread until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        running = server_of(create_app(dataset, Limits(seconds=2.0)))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        for _ in range(400):
            if running.started:
                break
            time.sleep(0.05)
        assert running.started, "the server did not start within 20 seconds"
        try:
            yield Served(listening.getsockname()[1])
        finally:
            running.should_exit = True
            thread.join(20)


@pytest.fixture(scope="session")
def serve() -> Callable[[Dataset], AbstractContextManager[Served]]:
    """Return what runs the explorer of any data set."""
    return serving


@pytest.fixture(scope="session")
def server(shipped: Dataset) -> Iterator[Served]:
    """Return a server of the plan that ships."""
    with serving(shipped) as running:
        yield running


@pytest.fixture
def loaded(tmp_path: Path) -> Callable[[str, bytes], Dataset]:
    """Return what opens the bytes of one file as a plan."""

    def load(name: str, body: bytes) -> Dataset:
        path = tmp_path / name
        path.write_bytes(body)
        return Dataset.open([path])

    return load
