"""Which form of a SPARQL answer a client gets: media types, their other names, and weights."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

TABLE_TYPES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
BOOLEAN_TYPES = {name: form for name, form in TABLE_TYPES.items() if form in ("json", "xml")}
GRAPH_TYPES = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "application/json": "jsonld",
    "application/xml": "rdf",
    "text/xml": "rdf",
}
TYPES: Mapping[str, Mapping[str, str]] = {
    "rows": TABLE_TYPES,
    "boolean": BOOLEAN_TYPES,
    "triples": GRAPH_TYPES,
}
# A longer header comes from no client that means well.
_MOST = 2_000
_MOST_RANGES = 50


@lru_cache(maxsize=256)
def media_types(accept: str | None) -> Mapping[str, str | None]:
    """Return the type that a client likes best for each kind of answer, see `media_type`."""
    return {kind: media_type(accept, list(types)) for kind, types in TYPES.items()}


def media_type(accept: str | None, types: Sequence[str]) -> str | None:
    """Return the type that a client likes best, the first of equals; None if it takes none.

    Follows RFC 9110, section 12.5.1: the most specific range that fits a type gives its weight.
    What cannot be read is passed over; where nothing can, the first type is given.
    """
    parts = (accept or "")[:_MOST].split(",")[:_MOST_RANGES]
    ranges = dict(found for part in parts if (found := _range(part)))
    if not ranges:
        return types[0]
    best, weight = None, 0.0
    for each in types:
        wide = each.partition("/")[0] + "/*"
        q = next((ranges[r] for r in (each, wide, "*/*") if r in ranges), 0.0)
        if q > weight:
            best, weight = each, q
    return best


def _range(part: str) -> tuple[str, float] | None:
    """Return a media range and its weight; None for what cannot be read."""
    name, *parameters = (p.strip().casefold() for p in part.split(";"))
    kind, slash, sort = name.partition("/")
    if not (kind and slash and sort):
        return None
    weight = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() != "q":
            continue
        try:
            weight = float(value)
        except ValueError:
            return None
    return (name, weight) if 0 <= weight <= 1 else None


def listed(kind: str) -> list[str]:
    """Return the media types that an answer of a kind comes in."""
    return list(TYPES[kind])


def content_type(media: str) -> str:
    """Return what Content-Type says: text is UTF-8."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
