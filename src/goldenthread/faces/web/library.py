"""Ask a library query as a request puts it: its form, its answer, what is wrong with a value.

What ships is answered here and now. A plan's own query is nobody's we know: it goes to the workers
of the endpoint, within their limits, as any stranger's.
"""

import asyncio
import json
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request

from goldenthread.domain.query import Choice, Parameter, Query
from goldenthread.errors import BadValue, Unavailable
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.paths import Links
from goldenthread.services import asking
from goldenthread.services.answering import Problem, Question
from goldenthread.services.asking import Answer

# Beside the parameters of a query, an address has the reading and, for programs, the format.
_NO_PARAMETERS = ("reading", "format")
_FORMS = {"rows": "json", "boolean": "json", "triples": "nt"}
_LONGEST = 2_000
# The client closed the request, as other servers' logs call it.
_LEFT = 499
T = TypeVar("T")


@dataclass
class Asked:
    """A question as it was put, with what came of it so far."""

    query: Query
    given: Mapping[str, str]
    """Values by parameter, as they were sent."""
    found: Answer | None = None
    error: str = ""
    """Why there is no answer, for people."""
    at: str = ""
    """The parameter that the error is about, if it is about one."""
    status: int = 200


@dataclass(frozen=True)
class Field:
    """One parameter as a form shows it."""

    parameter: Parameter
    groups: list[tuple[str, list[tuple[Choice, bool]]]] = field(default_factory=list)
    """The pick-list, in groups, each choice with whether it is made; none for a plain input."""
    value: str = ""
    wrong: bool = False


def given(asked: QueryParams) -> dict[str, str]:
    """Return the values that an address has for the parameters of a query.

    Raises:
        BadValue: a parameter twice, or a value longer than any can be.
    """
    found = {}
    for name in dict.fromkeys(k for k in asked if k not in _NO_PARAMETERS):
        values = asked.getlist(name)
        if len(values) > 1:
            raise BadValue(f"“{name[:100]}” is given {len(values)} times. Give it once.")
        if len(values[0]) > _LONGEST:
            raise BadValue(f"“{name[:100]}” is too long: {_LONGEST:,} characters are the most.")
        found[name] = values[0]
    return found


async def answered(
    x: Explorer, request: Request, query: Query, values: Mapping[str, str]
) -> Answer:
    """Return the answer to a library query.

    Raises:
        BadValue: a parameter that is unknown, missing or of another type.
        Unavailable: a plan's own query passed a limit.
    """
    reading = request.query_params.get("reading")
    if reading is not None:
        x.links(reading)
    if not query.own:
        return await run_in_threadpool(asking.ask, x.dataset, query.name, values, reading)
    work = _by_worker(x, query, values, reading, client(request))
    return await unless_gone(request, work)


async def _by_worker(
    x: Explorer, query: Query, values: Mapping[str, str], reading: str | None, address: str
) -> Answer:
    """Return the answer to a plan's own query, within the limits of a stranger's."""
    asked = await run_in_threadpool(asking.prepare, x.dataset, query.name, values, reading)
    _, chosen, terms = asked
    question = Question(
        query.text, reading=chosen, bound=tuple((n, str(t)) for n, t in terms.items())
    )
    if x.answering is None:
        raise Unavailable("This needs the explorer on a server.")
    found = await x.answering.answer(question, _FORMS, address)
    if isinstance(found, Problem):
        raise Unavailable(f"{found.title}. {found.detail}")
    return await run_in_threadpool(asking.read_back, found.body, query.text, chosen, query, terms)


async def attempt(x: Explorer, request: Request, query: Query, values: Mapping[str, str]) -> Asked:
    """Return a question with its answer, with what is wrong, or with nothing where it is open.

    It is open where a value that it needs was not sent at all.
    """
    asked = Asked(query, values)
    if any(p.name not in values for p in query.needs):
        unknown = set(values) - {p.name for p in query.parameters}
        if not unknown:
            return asked
    try:
        asked.found = await answered(x, request, query, values)
    except (BadValue, Unavailable) as error:
        # The form offers what there is to choose from.
        asked.error, asked.status = str(error).split(" Choose one of: ")[0], error.status
        asked.at = next((p.name for p in query.parameters if f"“{p.name}”" in str(error)), "")
    return asked


def attempt_alone(x: Explorer, query: Query, reading: str) -> Asked:
    """Return a question as a site asks it, without a request: with its answer, or why it has none.

    One that needs a choice stays open.
    """
    asked = Asked(query, {})
    if query.needs:
        return asked
    try:
        if not query.own:
            asked.found = asking.ask(x.dataset, query.name, {}, reading)
        elif x.wait:
            asked.found = x.wait(_by_worker(x, query, {}, reading, ""))
    except (BadValue, Unavailable) as error:
        asked.error, asked.status = str(error), error.status
    return asked


async def unless_gone(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Return what came of some work; where the client leaves, the work is stopped.

    Raises:
        HTTPException: the client left (499), and nobody reads this.
    """

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    task, left = asyncio.ensure_future(work), asyncio.ensure_future(gone())
    try:
        await asyncio.wait({task, left}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise HTTPException(_LEFT)
        return task.result()
    finally:
        left.cancel()
        task.cancel()


def client(request: Request) -> str:
    """Return the address of whoever asks."""
    return request.client.host if request.client else ""


def fields(x: Explorer, links: Links, asked: Asked) -> list[Field]:
    """Return the form of a query: pick-lists from the graph, plain inputs for the rest."""
    found = []
    for parameter in asked.query.parameters:
        value = asked.given.get(parameter.name, parameter.default or "")
        groups: dict[str, list[tuple[Choice, bool]]] = {}
        chosen = _bound(asked, parameter.name) or value
        for choice in asking.choices(x.dataset, parameter, links.reading):
            made = chosen in (choice.value, choice.short)
            groups.setdefault(choice.group, []).append((choice, made))
        wrong = bool(asked.error) and asked.at == parameter.name
        found.append(Field(parameter, list(groups.items()), value, wrong))
    return found


def _bound(asked: Asked, name: str) -> str:
    """Return the IRI that was meant by what was sent for a parameter."""
    term = asked.found.parameters.get(name) if asked.found else None
    return str(getattr(term, "value", ""))


def results_json(found: Answer) -> dict[str, Any]:
    """Return an answer as SPARQL 1.1 results JSON has it."""
    read: dict[str, Any] = json.loads(found.body)
    return read
