"""Reads requests of the SPARQL 1.1 Protocol: one query, the graphs it is about, nothing else."""

from functools import lru_cache
from urllib.parse import parse_qsl

from starlette.requests import Request

from goldenthread.services.answering import Problem, Question

PATH = "/sparql"
METHODS = "GET, HEAD, POST, OPTIONS"
# A query of the longest length, with every byte escaped, and its graphs.
_MOST_BODY = 400_000
_MOST_FIELDS = 100
_FORM, _QUERY = "application/x-www-form-urlencoded", "application/sparql-query"


class Refusal(Exception):
    """A request that is no query; carries what to answer."""

    def __init__(self, status: int, code: str, title: str, detail: str) -> None:
        super().__init__(detail)
        self.problem = Problem(status, code, title, detail)


def address(request: Request, url: str) -> str:
    """Return the endpoint's IRI: as set, else where the server listens. Host plays no part."""
    if url:
        return url
    server = request.scope.get("server") or ("localhost", None)
    return _listens(request.scope["scheme"], tuple(server))


@lru_cache(maxsize=64)
def _listens(scheme: str, server: tuple[str, int | None]) -> str:
    host, port = server
    if port is None:
        host = "localhost"
    name = f"[{host}]" if ":" in host else host
    return f"{scheme}://{name}{f':{port}' if port else ''}{PATH}"


async def question(request: Request, url: str) -> Question | None:
    """Return the query of a request; None where a GET asks nothing.

    Args:
        request: the request.
        url: IRI of the endpoint.

    Raises:
        Refusal: it is none, or the protocol does not let it be answered.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        detail = "Queries come by GET or POST, and nothing here can be changed."
        raise Refusal(405, "method", "No such method", detail)
    fields = _fields(request.scope["query_string"])
    if request.method == "POST":
        fields += await _posted(request)
    given: dict[str, list[str]] = {}
    for name, value in fields:
        given.setdefault(name, []).append(value)
    if "update" in given:
        detail = "This endpoint answers queries and changes nothing."
        raise Refusal(400, "update", "Updates are refused", detail)
    # Some editors begin a file with a byte order mark.
    queries = [text.removeprefix("\ufeff") for text in given.get("query", [])]
    if not queries and request.method != "POST" and not request.scope["query_string"]:
        return None
    if len(queries) != 1:
        detail = f"A request has one query; this one has {len(queries) or 'none'}."
        raise Refusal(400, "query-count", "Not one query", detail)
    default, named = given.get("default-graph-uri", ()), given.get("named-graph-uri", ())
    return Question(queries[0], tuple(default), tuple(named), url)


def _fields(encoded: bytes) -> list[tuple[str, str]]:
    """Return the fields of a query string or form, decoded once."""
    try:
        text = encoded.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        detail = "The request is not valid UTF-8."
        raise Refusal(400, "encoding", "Cannot read the request", detail) from error
    except ValueError as error:
        detail = f"A request has {_MOST_FIELDS} parameters at most."
        raise Refusal(400, "fields", "Too many parameters", detail) from error


async def _posted(request: Request) -> list[tuple[str, str]]:
    """Return the fields that the body of a POST brings."""
    kind, *parameters = (
        p.strip().casefold() for p in request.headers.get("content-type", "").split(";")
    )
    charsets = [p.partition("=")[2].strip('"') for p in parameters if p.startswith("charset")]
    if kind not in (_FORM, _QUERY) or any(c not in ("utf-8", "utf8") for c in charsets):
        detail = f"POST takes {_FORM} or {_QUERY}, in UTF-8."
        raise Refusal(415, "media-type", "No such media type", detail)
    if request.headers.get("content-encoding", "identity").strip().casefold() != "identity":
        detail = "POST takes bodies as they are, not compressed."
        raise Refusal(415, "content-encoding", "No such content encoding", detail)
    body = await _body(request)
    if kind == _FORM:
        return _fields(body)
    try:
        return [("query", body.decode("utf-8"))]
    except UnicodeDecodeError as error:
        detail = "The query is not valid UTF-8."
        raise Refusal(400, "encoding", "Cannot read the query", detail) from error


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > _MOST_BODY:
            detail = f"{_MOST_BODY:,} bytes are the most. Ask in parts."
            raise Refusal(413, "request-size", "The request is too long", detail)
        parts.append(part)
    return b"".join(parts)
