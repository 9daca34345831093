"""What the routes of the JSON interface take, and how they reply."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from fastapi.responses import Response

from goldenthread.domain.picking import Facet

Reading = Annotated[
    Literal["corrected", "printed"],
    Query(description="`corrected`: with corrections; `printed`: as printed."),
]
Id = Annotated[
    str,
    Query(
        description="Full IRI, short id such as `action/plant-trees`, or words.",
        max_length=2000,
        # Blanks ask for nothing.
        pattern=r"\S",
    ),
]
Only = Annotated[
    Sequence[str],
    Query(description="Show only what fits one of these, and the way to it.", max_length=50),
]
Key = Annotated[
    str | None, Query(description="Key of a level, `theme` or `period`.", max_length=200)
]

Value = Annotated[
    str,
    Query(description="Keep only what has this value; the facets name all.", max_length=2000),
]

Reply = Callable[[Request, Callable[[], dict[str, Any]]], Response]


def facets_json(facets: Sequence[Facet]) -> dict[str, Any]:
    """Return what a list was and could be narrowed by, as JSON answers have it."""
    return {"facets": [f.to_json() for f in facets]}
