"""Problems: what could not be answered, with what may have been meant."""

from collections.abc import Iterable

from goldenthread.errors import GoldenthreadError
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.paths import Links
from goldenthread.services import finding


def problem(
    x: Explorer, links: Links, status: int, title: str, detail: str, error: Exception | None = None
) -> bytes:
    """Return the page for something that could not be answered, with what may have been meant."""
    pairs: Iterable[tuple[str, str]] = ()
    if isinstance(error, GoldenthreadError):
        pairs = getattr(error, "candidates", ()) or getattr(error, "nearest", ())
    found = []
    for short, label in pairs:
        iri = _iri(x, short, links.reading)
        found.append((links.thing(iri) if iri else links.page("search", q=label), short, label))
    return x.render(
        "problem.html",
        links,
        title=title,
        detail=detail,
        status=status,
        found=found,
        words="",
        crumbs=[("", title)],
    )


def _iri(x: Explorer, short: str, reading: str) -> str:
    """Return the IRI that a short id from an error stands for; empty where it is another word."""
    try:
        return finding.resolve(x.dataset, short, reading)
    except GoldenthreadError:
        return ""
