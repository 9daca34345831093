"""Answers that were given before are given again, byte for byte, before anything else is asked.

Only what says of itself that it is the same bytes is kept: a strong ETag (RFC 9110, section 8.8.3).
Dashboards and people who go back ask for the same all the time, and a trace costs a hundred times
what passing its bytes on does.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MOST = 32 * 1024 * 1024
_LARGEST = 1024 * 1024
# What an answer takes beside its bytes.
_HEADERS = 2_000
_LONGEST = 4_000
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    tag: bytes


class Again:
    """Stands before an application and keeps what it answered last, within a bound."""

    def __init__(self, app: ASGIApp, stamp: Callable[[], str], most: int = _MOST) -> None:
        """Keep nothing yet.

        Args:
            app: what answers.
            stamp: what answers depend on beside their request: another stamp, other answers.
            most: bytes that all kept answers may take together.
        """
        self.app = app
        self.stamp = stamp
        self._most = most
        self._kept: OrderedDict[Key, _Answer] = OrderedDict()
        self.size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or pass the request on and keep its answer."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        said = dict.fromkeys((b"accept", b"if-none-match"), b"")
        for name, value in scope["headers"]:
            if name in said:
                said[name] = said[name] + b"," + value if said[name] else value
        asked = (scope["path"], scope["query_string"], said[b"accept"])
        if sum(map(len, asked)) > _LONGEST:
            await self.app(scope, receive, send)
            return
        key = (*asked, scope["scheme"], tuple(scope.get("server") or ()), self.stamp())
        found = self._kept.get(key)
        if found is None:
            await self.app(scope, receive, _Keeping(send, lambda made: self._keep(key, made)))
            return
        self._kept.move_to_end(key)
        status, headers, body = 200, list(found.headers), found.body
        if _has(said[b"if-none-match"], found.tag):
            headers = [pair for pair in headers if not pair[0].startswith(b"content-")]
            status, body = 304, b""
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _keep(self, key: Key, made: _Answer) -> None:
        if key in self._kept:
            return
        self._kept[key] = made
        self.size += len(made.body) + _HEADERS
        while self.size > self._most:
            self.size -= len(self._kept.popitem(last=False)[1].body) + _HEADERS


class _Keeping:
    """Passes an answer on and hands it over when it is whole, if it may be given again."""

    def __init__(self, send: Send, keep: Callable[[_Answer], None]) -> None:
        self.send = send
        self.keep = keep
        self._headers: tuple[tuple[bytes, bytes], ...] | None = None
        self._tag = b""
        self._parts: list[bytes] = []
        self._size = 0

    async def __call__(self, message: Message) -> None:
        """Pass a part on."""
        if message["type"] == "http.response.start":
            tags = [value for name, value in message["headers"] if name == b"etag"]
            if message["status"] == 200 and tags and tags[0].startswith(b'"'):  # noqa: PLR2004 - OK
                self._headers, self._tag = tuple(message["headers"]), tags[0]
        elif self._headers is not None:
            part = bytes(message.get("body", b""))
            self._parts.append(part)
            self._size += len(part)
            if self._size > _LARGEST:
                self._headers = None
            elif not message.get("more_body", False):
                self.keep(_Answer(self._headers, b"".join(self._parts), self._tag))
        await self.send(message)


def _has(said: bytes, tag: bytes) -> bool:
    """Return whether If-None-Match names an answer that the client has already."""
    asked = [t.strip().removeprefix(b"W/") for t in said.split(b",")]
    return tag in asked or b"*" in asked
