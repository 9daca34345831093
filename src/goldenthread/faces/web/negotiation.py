"""Which representation a client gets: by the suffix of the address, else by its Accept header."""

from collections.abc import Sequence

from starlette.requests import Request

HTML, JSON, CSV, XLSX, SVG = "html", "json", "csv", "xlsx", "svg"
DOCX, GRAPHML, PNG, PDF = "docx", "graphml", "png", "pdf"
MEDIA = {
    HTML: "text/html; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    JSON: "application/json",
    SVG: "image/svg+xml",
    PNG: "image/png",
    PDF: "application/pdf",
    # GraphML has no registered type of its own.
    GRAPHML: "application/xml",
    "problem": "application/problem+json",
}
FORM_NAMES = {
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "nt": "N-Triples",
    "rdf": "RDF/XML",
    CSV: "CSV, for spreadsheets",
    XLSX: "XLSX, a workbook",
    JSON: "JSON, for programs",
}
THING_FORMS = (HTML, "ttl", "jsonld", "nt", "rdf", CSV, XLSX, JSON)
TERM_FORMS = (HTML, "ttl", "jsonld", "nt", "rdf")
# An Accept header longer than this comes from no client that means well.
_MOST = 1_000


def accepted(request: Request) -> str:
    """Return what Accept says; several lines of it are one list (RFC 9110, section 5.3)."""
    return ",".join(request.headers.getlist("accept"))


def split(path: str, forms: Sequence[str]) -> tuple[str, str | None]:
    """Return a path without its suffix and the form that this names, if it is a listed one.

    `service-priority/1.4` has no suffix: `.4` names no form.
    """
    stem, dot, extension = path.rpartition(".")
    if dot and extension in forms and stem and not stem.endswith("/"):
        return stem, extension
    return path, None


def choose(accept: str | None, forms: Sequence[str]) -> str | None:
    """Return the form that a client likes best, the first of equals; None if it takes none.

    Follows RFC 9110, section 12.5.1: the most specific range that fits a form gives its weight.
    """
    if not accept or not accept.strip():
        return forms[0]
    ranges = [r for part in accept[:_MOST].split(",") if (r := _range(part))]
    best, weight = None, 0.0
    for form in forms:
        kind = MEDIA[form].partition(";")[0]
        wide = kind.partition("/")[0] + "/*"
        fits = [
            (len(name) if name != "*/*" else 0, q)
            for name, q in ranges
            if name in (kind, wide, "*/*")
        ]
        q = max(fits)[1] if fits else 0.0
        if q > weight:
            best, weight = form, q
    return best


def _range(part: str) -> tuple[str, float] | None:
    """Return a media range and its weight; None for what cannot be read."""
    name, *parameters = (p.strip().casefold() for p in part.split(";"))
    weight = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                weight = min(max(float(value), 0.0), 1.0)
            except ValueError:
                return None
    return (name, weight) if "/" in name else None
