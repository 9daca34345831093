"""What a search found: hits with what they can be narrowed to, page by page."""

from dataclasses import dataclass
from typing import Any

from goldenthread.domain.matching import Hit
from goldenthread.domain.picking import Facet, Option


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what a search found, best first."""

    text: str
    reading: str
    hits: tuple[Hit, ...]
    total: int
    """How many fit, on all pages."""
    without_filters: int
    """How many would fit if nothing was left out."""
    facets: tuple[Facet, ...]
    sentence: str
    """What is shown and what is left out; empty where nothing is."""
    respelt: str = ""
    """The words that were looked for instead, where nothing has those typed."""
    page: int = 1
    pages: int = 1
    beside: tuple[Option, ...] = ()
    """What fits too and is no thing of the plan: how many of each kind, found by choosing it."""

    def to_json(self) -> dict[str, Any]:
        """Return the hits and facets as JSON answers have them."""
        return {
            "text": self.text,
            "reading": self.reading,
            "total": self.total,
            "page": self.page,
            "pages": self.pages,
            "respelt": self.respelt or None,
            "hits": [hit_json(h) for h in self.hits],
            "facets": [f.to_json() for f in self.facets],
            "beside": [{"key": o.key, "label": o.label, "count": o.count} for o in self.beside],
        }


def hit_json(hit: Hit) -> dict[str, Any]:
    """Return a hit as JSON answers have it; `foundIn` is what `where` was called first."""
    return hit.node.to_json() | {
        "where": hit.where,
        "foundIn": hit.where,
        "excerpt": hit.excerpt or None,
        "place": hit.entry.place if hit.entry else None,
    }
