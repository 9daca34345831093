"""Somebody else's SPARQL 1.1 endpoint, asked because a person named it; the only network call.

It is trusted with nothing: no other host is followed to, an answer ends at a size and a time, and
what is not JSON of query results to its last brace is an error, whatever its status says.
"""

import base64
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit

import pyoxigraph as ox

from goldenthread.errors import BadValue, Unavailable
from goldenthread.store.terms import Term

SECONDS = 120
"""How long one answer may take, to its last byte."""
MOST_BYTES = 256 * 1024 * 1024
_JSON = "application/sparql-results+json"
_CHUNK = 1024 * 1024


class Endpoint:
    """An endpoint's address, and how to ask it."""

    def __init__(self, address: str) -> None:
        """Keep the address; a name and password in it are sent as HTTP Basic, and never shown.

        Raises:
            BadValue: it is no address of a host.
        """
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise BadValue(f"“{address}” is no address: {error}.") from error
        if not host:
            raise BadValue(f"“{address}” names no host. Give http://HOST/PATH of an endpoint.")
        place = f"[{host}]" if ":" in host else host
        place += f":{port}" if port else ""
        self.name = urlunsplit((parts.scheme, place, parts.path, parts.query, ""))
        self._headers = {"Accept": _JSON, "User-Agent": "goldenthread"}
        if parts.username is not None:
            said = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self._headers["Authorization"] = "Basic " + base64.b64encode(said.encode()).decode()
        self._open = urllib.request.build_opener(_SameHost()).open

    def select(self, sparql: str) -> Iterator[tuple[Term | None, ...]]:
        """Yield the solutions of a SELECT, each with a term or None for each variable.

        Raises:
            Unavailable: it cannot be reached, refuses, or answers something else than results.
        """
        try:
            found = ox.parse_query_results(self._ask(sparql), format=ox.QueryResultsFormat.JSON)
            assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - caught below
            for row in found:
                yield tuple(row)
        except (SyntaxError, ValueError, AssertionError) as error:
            raise Unavailable(
                f"{self.name} answered what is no whole SPARQL result in JSON ({error}). It may "
                "have run out of time or memory in the middle; ask whoever runs it."
            ) from error

    def _ask(self, sparql: str) -> bytes:
        # In the body of a form: the one way that every store takes (Virtuoso hangs on others).
        body = urlencode({"query": sparql}).encode()
        request = urllib.request.Request(self.name, body, self._headers)  # noqa: S310 - http only
        try:
            with self._open(request, timeout=SECONDS) as answer:
                kind = answer.headers.get_content_type()
                if kind not in (_JSON, "application/json"):
                    raise Unavailable(
                        f"{self.name} answered {kind}, not {_JSON}. Is this the address of its "
                        "SPARQL query service?"
                    )
                return self._body(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise Unavailable(
                    f"{self.name} answered {error.code} {error.reason}. Check the address and "
                    "whether this account may query it."
                ) from error
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise Unavailable(
                f"{self.name} cannot be reached: {reason}. Check the address and that it runs."
            ) from error

    def _body(self, answer: IO[bytes]) -> bytes:
        parts, size, end = [], 0, time.monotonic() + SECONDS
        while part := answer.read(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > MOST_BYTES:
                raise Unavailable(
                    f"{self.name} answered more than {MOST_BYTES // 1024**2} MB; no plan is that "
                    "big. Export the plan and name it with --data."
                )
            if time.monotonic() > end:
                raise Unavailable(f"{self.name} had not answered in full after {SECONDS} seconds.")
        return b"".join(parts)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect within the host that was named, and refuses any other."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the request to send on.

        A question in a body is sent again only where the status says so (307, 308); others would
        turn it into a GET without a question.
        """
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise Unavailable(
                f"{req.full_url} sends on to another host, {new.scheme}://{new.netloc}. If you "
                "trust it, name its address."
            )
        if code in (307, 308):
            return urllib.request.Request(newurl, req.data, dict(req.headers))  # noqa: S310
        return super().redirect_request(req, fp, code, msg, headers, newurl)
