"""What goes with every answer: security headers, validators, a line in the log."""

import hashlib
import logging
import re
import time
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from goldenthread.faces.web.framing import Framing
from goldenthread.faces.web.kept import Kept
from goldenthread.faces.web.negotiation import MEDIA
from goldenthread.faces.web.paths import GIVEN

log = logging.getLogger("goldenthread.web")

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
        "connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


class Headers:
    """Puts the security headers on every answer, errors included, and logs each request."""

    def __init__(self, app: ASGIApp, framing: Framing | None = None) -> None:
        self.app = app
        self.framing = framing or Framing()
        self._plain = _encoded(self.framing.headers(SECURITY, ""))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and the headers back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        said = self._plain
        if b"embed" in scope["query_string"]:
            query = scope["query_string"].decode("latin-1")
            said = _encoded(self.framing.headers(SECURITY, query))

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                # An answer may be stricter: a picture to take away says so itself.
                own = {name for name, _ in headers}
                headers.extend(pair for pair in said if pair[0] not in own)
                message["headers"] = headers
                if log.isEnabledFor(logging.INFO):
                    taken = (time.perf_counter() - begun) * 1000
                    line = "%s %s %s %.0f ms"
                    path = one_line(scope["path"])
                    log.info(line, scope["method"], path, message["status"], taken)
            await send(message)

        await self.app(scope, receive, with_headers)


class HeadAnswered:
    """Answers HEAD where only GET is written down (RFC 9110, 9.3.2); the server sends no body."""

    def __init__(self, app: ASGIApp, under: str) -> None:
        """Stand before an application; `under` is what the addresses begin with."""
        self.app = app
        self.under = under

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        heads = scope["type"] == "http" and scope["method"] == "HEAD"
        if heads and scope["path"].startswith(self.under):
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send)


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Return headers as they are sent."""
    return [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers.items()]


def one_line(text: str) -> str:
    """Return text that can neither begin a new line in a log nor steer a terminal."""
    return re.sub(
        r"[^\x20-\x7e\u00a1-\u1fff]", lambda m: m[0].encode("unicode_escape").decode(), text
    )


def etag(*parts: str) -> str:
    """Return a strong validator for an answer that depends on nothing but `parts`."""
    return '"' + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32] + '"'


def matches(request: Request, tag: str) -> bool:
    """Return whether the client already has the answer with that tag (RFC 9110, 13.1.2)."""
    said = ",".join(request.headers.getlist("if-none-match"))
    asked = [t.strip().removeprefix("W/") for t in said.split(",")]
    return tag in asked or "*" in asked


def answer(
    request: Request,
    stamp: str,
    form: str,
    make: Callable[[], bytes],
    headers: dict[str, str] | None = None,
) -> Response:
    """Return an answer with its ETag, or 304 where the client has it; made once, then kept.

    Args:
        request: the request; its path and query are part of what the answer depends on.
        stamp: what else it depends on: data set hash, tool version, page templates.
        form: a key of `MEDIA`.
        make: returns the body.
        headers: further headers.
    """
    tag = etag(stamp, request.url.path, request.url.query, form)
    all_headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept", **(headers or {})}
    if matches(request, tag):
        return Response(status_code=304, headers=all_headers)
    kept: Kept = request.app.state.kept
    # With addresses of its own the same page is another.
    body = make() if GIVEN in request.scope else kept.get(tag, make)
    return Response(body, media_type=None, headers={**all_headers, "Content-Type": MEDIA[form]})
