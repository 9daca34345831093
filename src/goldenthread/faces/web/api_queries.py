"""The query library over the JSON interface: a route of its own for each question."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from goldenthread.domain.query import Parameter, Query
from goldenthread.domain.readings import READINGS
from goldenthread.errors import BadValue, Unreadable
from goldenthread.faces.web import library as asks
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.headers import answer, etag, matches
from goldenthread.faces.web.negotiation import JSON, accepted
from goldenthread.faces.web.page import as_json
from goldenthread.faces.web.sparql_forms import TABLE_TYPES, content_type, media_type
from goldenthread.services import asking

PATH = "/api/v1/queries"
# Longer lists are a question themselves: the description says which one.
_MOST_LISTED = 60
_RESULTS = "application/sparql-results+json"
_FORMATS = {"json": _RESULTS, "csv": "text/csv"}
_PROBLEM = {"application/problem+json": {"schema": {"type": "object"}}}
_TYPES: dict[str, dict[str, Any]] = {
    "integer": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    # Blanks ask for nothing.
    "string": {"type": "string", "maxLength": 2000, "pattern": r"\S"},
}


def queries_router(x: Explorer) -> APIRouter:
    """Return the routes of the library: the list, and one for each query with its parameters."""
    made = APIRouter(prefix=PATH, tags=["library"])
    library = asking.library(x.dataset)

    @made.get("", summary="The questions of the library")
    async def queries(request: Request) -> Response:
        def found() -> dict[str, Any]:
            return {"queries": [q.to_json() for q in library.all()[0]]}

        return answer(request, x.stamp, JSON, lambda: as_json(found()))

    for query in library.all()[0]:
        made.add_api_route(
            f"/{query.name}",
            _route(x, query),
            methods=["GET"],
            name=query.name,
            operation_id=f"query_{query.name.replace('-', '_')}",
            summary=query.question,
            description=query.summary,
            responses=_responses(),
            response_class=Response,
            openapi_extra={"parameters": _parameters(x, query)},
        )

    # A query that cannot be read has no route of its own, and whoever asks is told why.
    @made.get("/{name}", include_in_schema=False)
    async def other(name: str) -> Response:
        library.read(name)
        raise Unreadable("This query could not be read when the server started.", name)

    return made


def _route(x: Explorer, query: Query) -> Callable[[Request], Awaitable[Response]]:
    async def ask(request: Request) -> Response:
        media = _media(request)
        values = asks.given(request.query_params)
        tag = etag(x.stamp, request.url.path, request.url.query, media)
        headers = {
            "ETag": tag,
            "Vary": "Accept",
            "Cache-Control": "no-cache",
            "Access-Control-Allow-Origin": "*",
            "Content-Type": content_type(media),
        }
        if matches(request, tag):
            return Response(status_code=304, headers=headers)
        found = await asks.answered(x, request, query, values)
        return Response(found.serialize(TABLE_TYPES[media]), headers=headers)

    return ask


def _media(request: Request) -> str:
    """Return the media type of the answer: as `format` says, else as Accept does."""
    named = request.query_params.get("format")
    if named is not None:
        if named not in _FORMATS:
            raise BadValue(f"format is one of {', '.join(_FORMATS)}.")
        return _FORMATS[named]
    return media_type(accepted(request), list(TABLE_TYPES)) or _RESULTS


def _responses() -> dict[int | str, dict[str, Any]]:
    return {
        200: {
            "description": "The rows, as SPARQL 1.1 has them.",
            "content": {
                _RESULTS: {"schema": {"type": "object"}},
                "text/csv": {"schema": {"type": "string"}},
            },
        },
        400: {"description": "A value that cannot be used.", "content": _PROBLEM},
        404: {"description": "No such reading.", "content": _PROBLEM},
        503: {"description": "A limit was passed.", "content": _PROBLEM},
    }


def _parameters(x: Explorer, query: Query) -> list[dict[str, Any]]:
    """Return the parameters of a query as OpenAPI describes them."""
    own = [_parameter(x, p) for p in query.parameters]
    reading = {
        "name": "reading",
        "in": "query",
        "required": False,
        "description": "`corrected`: with corrections; `printed`: as printed.",
        "schema": {"type": "string", "enum": list(READINGS), "default": query.default_reading},
    }
    form = {
        "name": "format",
        "in": "query",
        "required": False,
        "description": "Form of the answer; without it, the Accept header decides.",
        "schema": {"type": "string", "enum": list(_FORMATS)},
    }
    return [*own, reading, form]


def _parameter(x: Explorer, parameter: Parameter) -> dict[str, Any]:
    choices = {
        c.value: f"{c.short} ({c.label})"
        for reading in READINGS
        for c in asking.choices(x.dataset, parameter, reading)
    }
    description = f"{parameter.label}."
    schema: dict[str, Any] = dict(_TYPES.get(parameter.type, _TYPES["string"]))
    if choices and len(choices) <= _MOST_LISTED:
        schema["enum"] = list(choices)
        description += f" One of {'; '.join(choices.values())}. A short id will do as well."
    elif parameter.options:
        description += f" An IRI or short id; {PATH}/{parameter.options} lists them."
        schema["examples"] = list(choices)[:1]
    if parameter.default is not None:
        number = parameter.type == "integer"
        schema["default"] = int(parameter.default) if number else parameter.default
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required and parameter.default is None,
        "description": description,
        "schema": schema,
    }
