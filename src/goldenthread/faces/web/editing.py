"""Which query of the library says the same as a page: what “Open in the editor” leads to."""

from collections.abc import Mapping

from goldenthread.domain.thread import Node, Trace
from goldenthread.faces.web.paths import Links

# Queries without anything to fill in, or with what their first choices give.
_SAME = {
    "home.html": "things-per-level",
    "about.html": "documents",
    "compare.html": "wordings-that-differ",
    "corrections.html": "judgements",
    "coverage.html": "level-by-level",
    "coverage_cell.html": "pairs-between-levels",
    "gaps.html": "unmet-expectations",
    "library.html": "things",
    "source.html": "entries-with-words",
    "sources.html": "documents",
    "timeline.html": "entries-by-period",
}
_THREADS = {"down": "thread-down", "up": "thread-up"}


def address(template: str, links: Links, context: Mapping[str, object]) -> str:
    """Return the address of the editor with the query behind a page; the editor has none.

    A page about one thing leads to all that is said of it, a trace to its thread, other pages to
    the question of the library that is nearest to them.

    Args:
        template: name of the page's template.
        links: the addresses that the page leads to.
        context: what the template shows.
    """
    if template == "query.html" or not links.searches():
        return ""
    return links.page("query", **_query(template, links, context))


def _query(template: str, links: Links, context: Mapping[str, object]) -> dict[str, str]:
    """Return the query part of that address."""
    if template == "library_query.html":
        return {"query": str(context.get("text") or "")}
    if template == "search.html":
        return {"example": "things-with-words", "text": str(context.get("words") or "")}
    if template == "trace.html" and isinstance(trace := context.get("trace"), Trace):
        return {"example": _THREADS[trace.direction], "thing": links.focus(trace.focus.iri)}
    about = context.get("node") if template == "thing.html" else None
    for key in ("a", "b", "p"):
        about = about or getattr(context.get(key), "focus", None)
    return {"about": about.iri} if isinstance(about, Node) else {"example": _SAME.get(template, "")}
