"""A real server with short limits, and a client that hides nothing and repairs nothing."""

import http.client
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from goldenthread.domain.limits import Limits
from goldenthread.faces.web.app import create_app
from goldenthread.faces.web.running import server_of
from goldenthread.store.dataset import Dataset

SHORT = Limits(seconds=1.0, memory=512, rows=50_000, size=8, queue=4)


@dataclass(frozen=True)
class Answer:
    """What a server answered, headers by lower-case name."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)

    @property
    def rows(self) -> list[dict[str, str]]:
        """Return the rows of a SELECT as strings."""
        found = self.json["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in found]


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    port: int
    limits: Limits

    @property
    def url(self) -> str:
        """Return the address of the endpoint."""
        return f"http://127.0.0.1:{self.port}/sparql"

    def send(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answer:
        """Send a request; underscores in the names of headers stand for hyphens."""
        return self.send_from("127.0.0.1", path, method, body, **headers)

    def send_from(
        self, source: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answer:
        """Send a request from an address of this machine."""
        begun = time.monotonic()
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(source, 0)
        )
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, sent)
            got = connection.getresponse()
            found = {name.lower(): value for name, value in got.getheaders()}
            return Answer(got.status, found, got.read(), time.monotonic() - begun)
        finally:
            connection.close()

    def get(self, query: str, accept: str = "", **parameters: Any) -> Answer:
        """Ask by GET; underscores in the names of parameters stand for hyphens."""
        given = {name.replace("_", "-"): value for name, value in parameters.items()}
        path = "/sparql?" + urlencode({"query": query, **given}, doseq=True)
        return self.send(path, **({"Accept": accept} if accept else {}))

    def post(self, query: str | bytes, accept: str = "*/*") -> Answer:
        """Ask by POST, the query alone in the body."""
        body = query.encode() if isinstance(query, str) else query
        kind = "application/sparql-query"
        return self.send("/sparql", "POST", body, Content_Type=kind, Accept=accept)


@contextmanager
def serving(dataset: Dataset, limits: Limits) -> Iterator[Served]:
    """Run the explorer of a data set in a thread until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = server_of(create_app(dataset, limits), lifespan="on")
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        for _ in range(400):
            if server.started:
                break
            time.sleep(0.05)
        assert server.started, "the server did not start within 20 seconds"
        try:
            yield Served(listening.getsockname()[1], limits)
        finally:
            server.should_exit = True
            thread.join(20)
        assert not thread.is_alive(), "the server did not stop within 20 seconds"


class Processes:
    """What this process has started, read from /proc."""

    def descendants(self) -> set[int]:
        """Return the ids of all processes below this one, zombies left out."""
        parents: dict[int, int] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(stat.parent.name)] = int(fields[1])
        found: set[int] = set()
        level = {os.getpid()}
        while level:
            level = {child for child, parent in parents.items() if parent in level} - found
            found |= level
        return found

    def cpu_seconds(self, processes: set[int]) -> float:
        """Return the processor time that processes have used so far."""
        total = 0
        for process in processes:
            try:
                fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def resident(self, processes: set[int]) -> int:
        """Return the bytes of memory that processes hold, shared ones counted for each."""
        total = 0
        for process in processes:
            try:
                total += int(Path(f"/proc/{process}/statm").read_text().split()[1])
            except OSError:
                continue
        return total * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture(scope="session")
def processes() -> Processes:
    """Return what looks at the processes that were started here."""
    return Processes()


@pytest.fixture(scope="session")
def serve() -> Callable[..., Any]:
    """Return what serves a data set with the short limits, some of them changed."""
    return lambda dataset, **changed: serving(dataset, replace(SHORT, **changed))


@pytest.fixture(scope="session")
def endpoint(shipped: Dataset) -> Iterator[Served]:
    """Return a server of the plan that ships, with limits short enough to pass in a test."""
    with serving(shipped, SHORT) as served:
        yield served
