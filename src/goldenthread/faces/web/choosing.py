"""Filters as links: what a list can be narrowed to, with counts, every choice in the address."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.domain.picking import Facet
from goldenthread.faces.web.paths import Links, at


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of a filter."""

    address: str
    """Where it leads: with this chosen, or without it where it is."""
    label: str
    count: int
    chosen: bool
    rows: str = ""
    """Where what is counted is asked about, if `address` leads elsewhere."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter with its links."""

    label: str
    choices: tuple[Choice, ...]


def filters(
    links: Links, page: str, query: Mapping[str, str], facets: Sequence[Facet]
) -> list[Filter]:
    """Return the filters of a page, as far as its choices lead somewhere.

    Args:
        links: the addresses of the page.
        page: its name.
        query: everything that its address says now.
        facets: what its list was and could be narrowed by; those with one value are left out.
    """
    # Another choice makes another list: it begins on its first page.
    kept = {k: v for k, v in query.items() if k != "page"}
    found = [Filter(f.label, tuple(_choices(links, page, kept, f))) for f in facets]
    # One value that everything has leaves nothing out.
    return [f for f in found if len(f.choices) > 1 or any(c.chosen for c in f.choices)]


def _choices(links: Links, page: str, kept: Mapping[str, str], facet: Facet) -> Iterator[Choice]:
    for option in facet.options:
        if option.count or option.chosen:
            address = links.page(page, **{**kept, facet.key: "" if option.chosen else option.key})
            if not address and not option.chosen:
                continue
            rows = at(page, **kept) if option.chosen else ""
            yield Choice(address, option.label, option.count, option.chosen, rows)
