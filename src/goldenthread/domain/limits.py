"""How much a stranger's query may use, each limit a setting, and the words that say so."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from goldenthread.errors import BadValue

PREFIX = "GOLDENTHREAD_SPARQL_"
STARTS = ("auto", "fork", "spawn")
MIB = 1024 * 1024


@dataclass(frozen=True)
class Line:
    """One limit as people and programs read it."""

    name: str
    value: float
    unit: str
    setting: str
    """The environment variable that changes it."""

    @property
    def text(self) -> str:
        """Return value and unit, `10 seconds`."""
        number = f"{self.value:,.10g}"
        return f"{number} {self.unit}"


@dataclass(frozen=True)
class Limits:
    """What a query over the SPARQL endpoint may use; past each, the asker is told which one."""

    seconds: float = 10.0
    """Wall-clock time a query may run, and may wait for its turn."""
    memory: int = 512
    """MiB a worker may take beyond what it has when it starts."""
    rows: int = 100_000
    """Rows or triples of one answer."""
    size: int = 16
    """MiB of one answer."""
    workers: int = 4
    """Queries that run at once."""
    client: int = 3
    """Queries of one client that run at once."""
    queue: int = 16
    """Queries that wait for their turn; 0 lets none wait. One client has half of the places."""
    url: str = ""
    """Address that the service description gives the endpoint; where empty, the server's own."""
    start: str = "auto"
    """How workers begin: `fork`, `spawn`, or `auto` for what the platform has."""

    def __post_init__(self) -> None:
        """Refuse values that no endpoint could work with.

        Raises:
            BadValue: says which setting, what it may be, and what it was.
        """
        least_of = {"memory": 64, "rows": 1, "size": 1, "workers": 1, "client": 1, "queue": 0}
        for name, least in least_of.items():
            if getattr(self, name) < least:
                _refuse(name, f"a whole number, {least} or more", getattr(self, name))
        if not 0 < self.seconds < float("inf"):
            _refuse("seconds", "a number above 0", self.seconds)
        if self.start not in STARTS:
            _refuse("start", f"one of {', '.join(STARTS)}", self.start)
        if self.url and not self.url.startswith(("http://", "https://")):
            _refuse("url", "an address that begins with http:// or https://", self.url)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Limits":
        """Return the defaults with what the `GOLDENTHREAD_SPARQL_*` variables change.

        Raises:
            BadValue: a variable with a value that cannot be used.
        """
        given: dict[str, Any] = {}
        for each in fields(cls):
            text = environment.get(PREFIX + each.name.upper(), "").strip()
            if not text:
                continue
            kind: Callable[[str], object] = type(each.default)
            try:
                given[each.name] = kind(text)
            except ValueError:
                _refuse(each.name, "a number", text)
        return cls(**given)

    @property
    def share(self) -> int:
        """Return how many queries of one client may wait: half of the queue, rounded up."""
        return (self.queue + 1) // 2

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the limits in the words of the pages and the service description."""
        said = (
            ("Time a query may run", self.seconds, "seconds", "seconds"),
            ("Memory of a query", self.memory, "MiB", "memory"),
            ("Rows or triples of an answer", self.rows, "rows", "rows"),
            ("Size of an answer", self.size, "MiB", "size"),
            ("Queries that run at once", self.workers, "queries", "workers"),
            ("Queries of one client that run at once", self.client, "queries", "client"),
            ("Queries that wait", self.queue, "queries", "queue"),
        )
        return tuple(Line(n, v, u, PREFIX + s.upper()) for n, v, u, s in said)


def _refuse(name: str, may_be: str, was: object) -> None:
    raise BadValue(
        f"{PREFIX}{name.upper()} has to be {may_be}; it is “{was}”. Change it, or leave it out."
    )
