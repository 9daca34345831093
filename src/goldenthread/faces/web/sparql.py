"""`/sparql`: SPARQL 1.1 Protocol, query only."""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from goldenthread.domain.limits import MIB, Limits
from goldenthread.faces.web.attending import Attended
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.headers import etag, matches
from goldenthread.faces.web.negotiation import MEDIA, accepted
from goldenthread.faces.web.sparql_forms import (
    GRAPH_TYPES,
    TYPES,
    content_type,
    listed,
    media_type,
    media_types,
)
from goldenthread.faces.web.sparql_kept import Answers, Ready, key
from goldenthread.faces.web.sparql_request import (
    METHODS,
    PATH,
    Refusal,
    address,
    question,
)
from goldenthread.services import advertising
from goldenthread.services.answering import Answering, Problem, Question

log = logging.getLogger("goldenthread.web")

OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
}
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
# Answers that slow clients have not taken yet are held in memory: so many of the largest, and of
# one client so many.
_MOST_HELD = 8
_MOST_OF_ONE = 3
_PART = 256 * 1024
_STALLED_SECONDS = 30


class Sparql:
    """The endpoint of one data set."""

    def __init__(self, explorer: Explorer, limits: Limits) -> None:
        self.x = explorer
        self.limits = limits
        self.answering = Answering(explorer.dataset, limits)
        self.held: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.answers = Answers()

    @asynccontextmanager
    async def lifespan(self, _: object) -> AsyncIterator[None]:
        """Keep workers while the server runs."""
        await self.answering.start()
        try:
            yield
        finally:
            await self.answering.close()

    async def endpoint(self, request: Request) -> ASGIApp:
        """Return the answer to a request of any method, as the protocol says."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={**OPEN, **PREFLIGHT})
        url = self._url(request)
        if request.method == "GET" and (ready := self.answers.find(key(request, url))):
            self.outcomes["kept"] += 1
            return self._sent(request, ready)
        try:
            asked = await question(request, url)
        except Refusal as refusal:
            return self._problem(refusal.problem)
        except ClientDisconnect:
            return Response(status_code=499)
        if asked is None:
            return await self._describe(request)
        return await self._answer(request, asked)

    async def _answer(self, request: Request, asked: Question) -> ASGIApp:
        chosen = media_types(accepted(request))
        forms = {kind: TYPES[kind][media] if media else None for kind, media in chosen.items()}
        # Weak: the engine may give the same rows in another order.
        tag = "W/" + etag(self.x.stamp, repr(asked), repr(chosen))
        headers = {**OPEN, "Vary": "Accept", "Cache-Control": "no-cache"}
        lasts = request.method != "POST" and asked.lasts
        if lasts:
            headers["ETag"] = tag
            if request.headers.get("if-none-match") != "*" and matches(request, tag[2:]):
                return Response(status_code=304, headers=headers)
        if problem := self._full(_address(request)):
            return self._problem(problem)
        try:
            async with Attended(request):
                found = await self.answering.answer(asked, forms, _address(request))
        except ClientDisconnect:
            return Response(status_code=499)
        if isinstance(found, Problem):
            return self._problem(found)
        self.outcomes["ok"] += 1
        headers["Content-Type"] = content_type(chosen[found.kind] or "")
        headers["Content-Length"] = str(len(found.body))
        raw = tuple((n.lower().encode(), v.encode("latin-1")) for n, v in headers.items())
        ready = Ready(raw, found.body, tag[2:] if lasts else "")
        if lasts and request.method == "GET":
            self.answers.keep(key(request, asked.base), ready)
        return self._sent(request, ready)

    def _sent(self, request: Request, ready: Ready) -> ASGIApp:
        if ready.tag and matches(request, ready.tag):
            kept = [pair for pair in ready.headers if not pair[0].startswith(b"content-")]
            unchanged = Response(status_code=304)
            unchanged.raw_headers = kept
            return unchanged
        return _Held(self, _address(request), ready)

    def _full(self, address: str) -> Problem | None:
        """Return what to say where too many answers wait for clients that do not take them."""
        title, most = "Too many answers at once", self.limits.size * MIB
        if self.held[address] > _MOST_OF_ONE * most:
            detail = "Your answers wait for you. Take them, and ask again."
            return Problem(503, "busy-client", title, detail, retry=5)
        if self.held.total() > _MOST_HELD * most:
            detail = "Answers wait for slow clients. Ask again in a few seconds."
            return Problem(503, "busy", title, detail, retry=5)
        return None

    async def _describe(self, request: Request) -> Response:
        media = media_type(accepted(request), list(GRAPH_TYPES))
        if media is None:
            detail = "This description has none of the forms that Accept names."
            code = "not-acceptable"
            return self._problem(Problem(406, code, "No such form", detail, kind="triples"))
        url = self._url(request)
        tag = etag(self.x.stamp, "service", url, media)
        headers = {**OPEN, "ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache"}
        if matches(request, tag):
            return Response(status_code=304, headers=headers)
        said = (self.x.dataset, url, self.limits, GRAPH_TYPES[media])
        body = await run_in_threadpool(advertising.service, *said)
        return Response(body, headers={**headers, "Content-Type": content_type(media)})

    def _url(self, request: Request) -> str:
        return address(request, self.limits.url)

    def _problem(self, problem: Problem) -> Response:
        """Return a problem document (RFC 9457)."""
        self.outcomes[problem.code] += 1
        said = {k: v for k, v in asdict(problem).items() if v and k not in ("kind", "retry")}
        body: dict[str, Any] = {"type": "about:blank", **said, "instance": PATH}
        headers = {**OPEN, "Content-Type": MEDIA["problem"], "Cache-Control": "no-store"}
        if problem.kind:
            body["available"] = listed(problem.kind)
        if problem.retry:
            headers["Retry-After"] = str(problem.retry)
        if problem.status == 405:  # noqa: PLR2004 - Method Not Allowed
            headers["Allow"] = METHODS
        text = json.dumps(body, ensure_ascii=False)
        return Response(text.encode("utf-8", "replace"), problem.status, headers)


class _Held:
    """An answer that counts as held in memory until its client has taken it or left."""

    def __init__(self, owner: Sparql, address: str, ready: Ready) -> None:
        self._held = owner.held
        self._address = address
        self._ready = ready

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send the answer in parts: the server waits after each until the client takes more."""
        body, size = self._ready.body, len(self._ready.body)
        self._held[self._address] += size
        try:
            start = {"type": "http.response.start", "status": 200}
            await send({**start, "headers": list(self._ready.headers)})
            for at in range(0, size or 1, _PART):
                part = {"type": "http.response.body", "body": body[at : at + _PART]}
                async with asyncio.timeout(_STALLED_SECONDS):
                    await send({**part, "more_body": at + _PART < size})
        except TimeoutError:
            log.info("a client took none of its answer for %d seconds", _STALLED_SECONDS)
        finally:
            self._held[self._address] -= size
            if not self._held[self._address]:
                del self._held[self._address]


def _address(request: Request) -> str:
    """Return where a client is, as far as the server knows."""
    return request.client.host if request.client else ""
