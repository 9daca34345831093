"""Errors as answers: a page for people, an RFC 9457 problem document for programs."""

import json
import logging
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from goldenthread.errors import BadValue, GoldenthreadError
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.headers import SECURITY, one_line
from goldenthread.faces.web.negotiation import HTML, MEDIA, accepted, choose
from goldenthread.faces.web.page import asked_links
from goldenthread.faces.web.pages.problem import problem

log = logging.getLogger("goldenthread.web")
_DATA = (".png", ".graphml", ".json", ".csv", ".xlsx", ".svg", ".ttl", ".jsonld", ".nt", ".rdf")


_PROBLEM = {
    "application/problem+json": {
        "schema": {
            "type": "object",
            "required": ["type", "title", "status", "detail", "instance"],
            "properties": {
                "type": {"type": "string"},
                "title": {"type": "string"},
                "status": {"type": "integer", "minimum": 300, "maximum": 599},
                "detail": {"type": "string"},
                "instance": {"type": "string"},
                "nearest": {"type": "array", "items": {"type": "object"}},
                "candidates": {"type": "array", "items": {"type": "object"}},
            },
        }
    }
}
# How the description of the JSON interface says it; `4XX` also takes the place of what FastAPI
# would say of values that cannot be used, and it is not how they are answered.
DOCUMENTED: dict[int | str, dict[str, Any]] = {
    300: {"description": "Several things fit the words: the candidates.", "content": _PROBLEM},
    "4XX": {
        "description": "What went wrong, why, and what to do (RFC 9457).",
        "content": _PROBLEM,
    },
}


class Problems:
    """Turns what went wrong into an answer that says what happened, why, and what to do."""

    def __init__(self, explorer: Explorer) -> None:
        self.x = explorer

    async def known(self, request: Request, error: Exception) -> Response:
        """Answer an error of ours: its words are meant for whoever asked."""
        assert isinstance(error, GoldenthreadError)  # noqa: S101 - registered for these only
        return self.answer(request, error.status, error.title, str(error), error)

    async def http(self, request: Request, error: Exception) -> Response:
        """Answer what the router could not: no such page, no such method."""
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for these only
        status = error.status_code
        details = {
            404: "There is no page at this address. Check it, or search.",
            405: "This address can only be read.",
            406: "This address has none of the forms that were asked for.",
        }
        detail = details.get(status, str(error.detail))
        found = self.answer(request, status, HTTPStatus(status).phrase, detail)
        # Allow, where the method is refused.
        found.headers.update(error.headers or {})
        return found

    async def unexpected(self, request: Request, error: Exception) -> Response:
        """Answer an error that is a fault of this software; what it was goes to the log only."""
        log.error("%s: %r", one_line(request.url.path), error, exc_info=error)
        detail = "This is a fault of goldenthread. What happened is in its log."
        answer = self.answer(request, 500, "Something went wrong", detail)
        # This one is made outside of what puts the headers on every other answer.
        answer.headers.update(SECURITY)
        return answer

    def answer(
        self, request: Request, status: int, title: str, detail: str, error: Exception | None = None
    ) -> Response:
        """Return the problem in the form that fits the request."""
        path = request.url.path
        api = path.startswith("/api/") or path.endswith(_DATA)
        if api or choose(accepted(request), (HTML, "problem", "json")) != HTML:
            return self._document(request, status, title, detail, error)
        try:
            links = asked_links(self.x, request)
        except BadValue:
            links = self.x.links("corrected")
        body = problem(self.x, links, status, title, detail, error)
        return Response(body, status, {"Content-Type": MEDIA[HTML], "Cache-Control": "no-store"})

    def _document(
        self, request: Request, status: int, title: str, detail: str, error: Exception | None
    ) -> Response:
        body: dict[str, object] = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": detail,
            "instance": request.url.path,
        }
        for name in ("nearest", "candidates"):
            if found := getattr(error, name, None):
                body[name] = [{"id": i, "label": label} for i, label in found]
        headers = {"Content-Type": MEDIA["problem"], "Cache-Control": "no-store"}
        return Response(json.dumps(body, ensure_ascii=False), status, headers)
