"""Answer strangers' SPARQL in worker processes, and say in words what could not be answered."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from goldenthread.domain.limits import Limits
from goldenthread.store import on_demand
from goldenthread.store.dataset import Dataset
from goldenthread.store.guard import MOST_BYTES
from goldenthread.store.hiring import Reply
from goldenthread.store.turns import Busy, client_of
from goldenthread.store.workers import Pool

_FORM_OF = {"rows": "SELECT", "boolean": "ASK", "triples": "CONSTRUCT and DESCRIBE"}
_RETRY_SECONDS = 5
_CHANGING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b")
# Looked for first: four plain searches take a fraction of the pattern's time.
_SIGNS = ("NOW", "RAND", "UUID", "BNODE")


@dataclass(frozen=True)
class Question:
    """A query as the protocol brings it."""

    text: str
    default: tuple[str, ...] = ()
    """default-graph-uri; with `named`, it replaces what the query says with FROM."""
    named: tuple[str, ...] = ()
    base: str = ""
    """IRI against which relative ones are read: the endpoint's own."""
    reading: str = "corrected"
    """What is asked where neither the query nor the protocol names a graph."""
    bound: tuple[tuple[str, str], ...] = ()
    """Variables with the terms that stand for them, as N-Triples has these."""

    @property
    def lasts(self) -> bool:
        """Return whether the answer is the same at another time: it asks for no time or chance."""
        text = self.text.upper()
        return not (any(sign in text for sign in _SIGNS) and _CHANGING.search(text))


@dataclass(frozen=True)
class Found:
    """An answer, as the engine wrote it."""

    kind: str
    """`rows`, `boolean` or `triples`."""
    form: str
    body: bytes


@dataclass(frozen=True)
class Problem:
    """Why there is no answer, and what to do; `status` is the HTTP status that means the same."""

    status: int
    code: str
    title: str
    detail: str
    line: int | None = None
    column: int | None = None
    expected: tuple[str, ...] = ()
    hint: str = ""
    kind: str = ""
    retry: int | None = None
    """Seconds after which another try makes sense."""


@dataclass(frozen=True)
class Load:
    """What the workers are doing."""

    running: int
    waiting: int
    ready: int
    ended: int
    """Workers that were killed or replaced so far."""


class Answering:
    """Answers questions about one data set within limits; `start` and `close` frame its life."""

    def __init__(self, dataset: Dataset, limits: Limits) -> None:
        self.limits = limits
        self._dataset = dataset
        self._pool = Pool(dataset, limits)

    async def start(self) -> None:
        """Start the workers; the first question does it too."""
        await self._pool.start()

    async def close(self) -> None:
        """End the workers."""
        await self._pool.close()

    def load(self) -> Load:
        """Return what the workers are doing now."""
        pool, turns = self._pool, self._pool.turns
        return Load(turns.running.total(), turns.waiting, pool.ready, pool.ended)

    async def answer(
        self, question: Question, forms: Mapping[str, str | None], address: str = ""
    ) -> Found | Problem:
        """Return the answer to a question, or why there is none; cancelling stops the work.

        Args:
            question: the question.
            forms: form of the answer for each kind that it may be of, see `store/worker.py`; None
                where the client takes none.
            address: where the client is: each has a few queries at once.
        """
        if problem := _unfit(question):
            return problem
        job: dict[str, Any] = {
            "text": question.text,
            "base": question.base,
            "default": question.default,
            "named": question.named,
            "reading": question.reading,
            "bound": dict(question.bound),
            "forms": dict(forms),
        }
        if wanted := on_demand.readings(question.text, question.reading):
            job["results"] = await asyncio.to_thread(self._results, wanted)
        try:
            reply = await self._pool.run(job, client_of(address))
        except Busy as busy:
            return self._busy(own=busy.own)
        if reply.status == "ok":
            return Found(reply.head["kind"], reply.head["form"], reply.body)
        return self._problem(reply)

    def _results(self, readings: Sequence[str]) -> dict[str, str]:
        """Return the check results of readings, which workers load when they are asked."""
        return {r: on_demand.results(self._dataset, r).decode() for r in readings}

    def _problem(self, reply: Reply) -> Problem:
        head = reply.head
        if reply.status == "refused":
            place = (head["line"], head["column"])
            return Problem(400, "refused", "The query is refused", head["message"], *place)
        if reply.status == "syntax":
            return Problem(status=400, title="The query cannot be read", **head["fault"])
        if reply.status == "function":
            return Problem(
                400,
                "function",
                "No such function",
                f"There is no function {head['name']} here. Use those of SPARQL 1.1.",
            )
        if reply.status == "unacceptable":
            return Problem(
                406,
                "not-acceptable",
                "No such form of the answer",
                f"The answer to {_FORM_OF[head['kind']]} has none of the forms that Accept names.",
                kind=head["kind"],
            )
        if reply.status == "failed":
            return Problem(
                500,
                "failed",
                "Something went wrong",
                "The engine could not answer this query. This is no fault of yours.",
            )
        return self._limited(reply.status)

    def _busy(self, *, own: bool) -> Problem:
        limits = self.limits
        title = "Too many queries at once"
        if own:
            detail = (
                f"{limits.client} queries of one client run at once and {limits.share} of its may "
                "wait; yours take all of these places. Ask again when some are answered."
            )
            return Problem(503, "busy-client", title, detail, retry=_RETRY_SECONDS)
        detail = (
            f"{limits.workers} queries run at once and {limits.queue} may wait; all places are "
            "taken. Ask again in a few seconds."
        )
        return Problem(503, "busy", title, detail, retry=_RETRY_SECONDS)

    def _limited(self, status: str) -> Problem:
        limits = self.limits
        title, detail = (
            "The query needs too much memory",
            (f"Its worker ended; {limits.memory:,} MiB are the most. Ask for less at once."),
        )
        if status == "time":
            title, detail = (
                "The query took too long",
                (
                    f"It was stopped after {limits.seconds:g} seconds. Ask for less: name classes "
                    "and properties, join patterns by shared variables, or add LIMIT."
                ),
            )
        elif status == "rows":
            title, detail = (
                "The answer is too long",
                (
                    f"It has more than {limits.rows:,} rows or triples, and nothing of it is sent. "
                    "Ask in parts with ORDER BY, LIMIT and OFFSET."
                ),
            )
        elif status == "size":
            title, detail = (
                "The answer is too large",
                (
                    f"It has more than {limits.size:,} MiB, and nothing of it is sent. Ask for "
                    "fewer columns, or in parts with ORDER BY, LIMIT and OFFSET."
                ),
            )
        code = status if status in ("time", "rows", "size") else "memory"
        return Problem(503, f"limit-{code}", title, detail, retry=_RETRY_SECONDS)


def _unfit(question: Question) -> Problem | None:
    """Return why a question cannot even be passed on, if so."""
    if len(question.text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        return Problem(
            413,
            "query-size",
            "The query is too long",
            f"{MOST_BYTES:,} bytes are the most. Ask in parts.",
        )
    for iri in (*question.default, *question.named):
        try:
            ox.NamedNode(iri)
        except ValueError:
            return Problem(
                400,
                "graph-iri",
                "Not the name of a graph",
                "default-graph-uri and named-graph-uri take absolute IRIs; one of those given is "
                "none.",
            )
    return None
