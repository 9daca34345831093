"""Answers of the endpoint that were made before: nothing changes while it is served.

Dashboards ask the same again and again: who asks to the letter what was asked before gets the same
bytes, without a worker. Of what is asked once, nothing is gained and little is kept.
"""

from collections import OrderedDict
from dataclasses import dataclass

from starlette.requests import Request

from goldenthread.faces.web.negotiation import accepted

_MOST = 8 * 1024 * 1024
_LARGEST = 256 * 1024
_HEADERS = 1_000
Key = tuple[bytes, str, str]


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer that can be sent as it is."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    tag: str = ""
    """Its validator, as If-None-Match has it; nothing where there is none."""


class Answers:
    """The answers given last, by what was asked; belongs to one event loop."""

    def __init__(self, most: int = _MOST) -> None:
        """Keep nothing yet, and never more than `most` bytes."""
        self._most = most
        self._kept: OrderedDict[Key, Ready] = OrderedDict()
        self.size = 0

    def find(self, key: Key) -> Ready | None:
        """Return the answer to what was asked, if it is kept."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Key, found: Ready) -> None:
        """Keep an answer, and let the oldest go where that is too much."""
        if _size(key, found) > _LARGEST or key in self._kept:
            return
        self._kept[key] = found
        self.size += _size(key, found)
        while self.size > self._most:
            self.size -= _size(*self._kept.popitem(last=False))


def _size(key: Key, found: Ready) -> int:
    return len(key[0]) + len(key[1]) + len(found.body) + _HEADERS


def key(request: Request, url: str) -> Key:
    """Return all that the answer to a GET depends on: its query string, Accept, our address."""
    return request.scope["query_string"], accepted(request), url
