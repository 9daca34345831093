"""`/metrics`: what the server does, in Prometheus' text format; labels come from fixed sets."""

import os
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.sparql import Sparql

_MEDIA = "text/plain; version=0.0.4; charset=utf-8"
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
Sample = tuple[dict[str, str], float]


class Metrics:
    """Counts requests, and tells what is going on."""

    def __init__(self, explorer: Explorer, sparql: Sparql) -> None:
        """Begin to count.

        Args:
            explorer: what is served.
            sparql: its endpoint, whose workers are told of.
        """
        self.x = explorer
        self.sparql = sparql
        self.families: frozenset[str] = frozenset()
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.seconds: Counter[str] = Counter()
        self.buckets: Counter[tuple[str, float]] = Counter()
        self.total: Counter[str] = Counter()
        self.going = 0
        self.began = time.time()

    def routes(self) -> list[BaseRoute]:
        """Return the route."""
        return [Route("/metrics", self.show)]

    def know(self, paths: Iterable[str]) -> None:
        """Keep the first part of each path that there is; every other one counts as `other`."""
        self.families = frozenset(_first(path) for path in paths)

    def count(self, path: str, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        first = _first(path)
        family = first if first in self.families else "other"
        self.requests[family, method if method in _METHODS else "other", status] += 1
        # Floats, which Counter counts as well as whole numbers.
        self.seconds[family] += seconds  # type: ignore[assignment]
        self.total[family] += 1
        # The first bound that it is within; those above are summed where they are told.
        if (at := bisect_left(_SECONDS, seconds)) < len(_SECONDS):
            self.buckets[family, _SECONDS[at]] += 1

    async def show(self, request: Request) -> Response:  # noqa: ARG002 - the same for everyone
        """Return all numbers as text."""
        text = "".join(f"{line}\n" for line in self._lines())
        return Response(text, headers={"Content-Type": _MEDIA, "Cache-Control": "no-store"})

    def _lines(self) -> Iterator[str]:
        said = {"version": self.x.version, "dataset": self.x.dataset.sha256}
        yield from _metric("goldenthread_info", "gauge", "What is served.", [(said, 1)])
        yield from _metric(
            "goldenthread_requests_total",
            "counter",
            "Requests answered, by the first part of their path.",
            [
                ({"family": f, "method": m, "status": str(s)}, n)
                for (f, m, s), n in sorted(self.requests.items())
            ],
        )
        yield from self._histogram()
        name, text = "goldenthread_requests_going", "Requests that are being answered."
        yield from _metric(name, "gauge", text, [({}, self.going)])
        yield from self._endpoint()
        yield from _process(self.began)

    def _histogram(self) -> Iterator[str]:
        name = "goldenthread_request_seconds"
        yield from _metric(name, "histogram", "Time from request to the start of its answer.", [])
        for family in sorted(self.total):
            within = 0
            for bound in _SECONDS:
                within += self.buckets[family, bound]
                yield _line(f"{name}_bucket", {"family": family, "le": f"{bound:g}"}, within)
            total = self.total[family]
            yield _line(f"{name}_bucket", {"family": family, "le": "+Inf"}, total)
            yield _line(f"{name}_sum", {"family": family}, self.seconds[family])
            yield _line(f"{name}_count", {"family": family}, total)

    def _endpoint(self) -> Iterator[str]:
        load, start = self.sparql.answering.load(), "goldenthread_sparql_"
        outcomes = sorted(self.sparql.outcomes.items())
        yield from _metric(
            start + "answers_total",
            "counter",
            "Answers of the SPARQL endpoint: ok, or the code of the problem.",
            [({"outcome": code}, n) for code, n in outcomes],
        )
        for name, kind, text, value in (
            ("running", "gauge", "Queries that run.", load.running),
            ("waiting", "gauge", "Queries that wait.", load.waiting),
            ("workers_ready", "gauge", "Workers that stand ready.", load.ready),
            ("workers_ended_total", "counter", "Workers killed or replaced.", load.ended),
            ("held_bytes", "gauge", "Bytes not taken by clients.", self.sparql.held.total()),
        ):
            yield from _metric(start + name, kind, text, [({}, value)])


class Counted:
    """Counts each request as it is answered."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        metrics, begun = self.metrics, time.perf_counter()

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                taken = time.perf_counter() - begun
                metrics.count(scope["path"], scope["method"], message["status"], taken)
            await send(message)

        metrics.going += 1
        try:
            await self.app(scope, receive, counting)
        finally:
            metrics.going -= 1


def _first(path: str) -> str:
    """Return the first part of a path without a suffix: of `/trace.csv`, `trace`."""
    return path.lstrip("/").partition("/")[0].partition(".")[0] or "home"


def _metric(name: str, kind: str, text: str, samples: Sequence[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {text}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        yield _line(name, labels, value)


def _line(name: str, labels: dict[str, str], value: float) -> str:
    said = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    return f"{name}{{{said}}} {value:.10g}" if said else f"{name} {value:.10g}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def _process(began: float) -> Iterator[str]:
    """Return what Prometheus' own clients tell of a process, as far as the platform knows it."""
    used = time.process_time()
    found = [
        ("process_start_time_seconds", "gauge", "When the server began.", began),
        ("process_cpu_seconds_total", "counter", "Processor time used, workers left out.", used),
    ]
    statm, files = Path("/proc/self/statm"), Path("/proc/self/fd")
    if statm.exists():
        pages = int(statm.read_text(encoding="ascii").split()[1])
        size = float(pages * os.sysconf("SC_PAGE_SIZE"))
        found.append(("process_resident_memory_bytes", "gauge", "Memory in use.", size))
        number = float(sum(1 for _ in files.iterdir()))
        found.append(("process_open_fds", "gauge", "Open files.", number))
    for name, kind, text, value in found:
        yield from _metric(name, kind, text, [({}, value)])
