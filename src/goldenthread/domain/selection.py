"""What a trace is narrowed to: things of some levels, themes or periods, or known in some way.

A thing fits if it fits every facet that is asked about: its level; its period; its theme, or, on a
level where nothing bears a theme, the theme of something on the way to it; and the least certain
step on the way to it. What is shown is what fits, with what leads to it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.domain.thread import Link, Node

FACETS = {"class": "level", "theme": "theme", "period": "period", "basis": "how we know"}
"""Each facet by its name in addresses and options, with its name on screen."""


@dataclass(frozen=True, slots=True)
class Only:
    """What things must be to fit; an empty facet lets all through."""

    levels: frozenset[str] = frozenset()
    """Keys of levels; the name of the class for what stands on no level."""
    themes: frozenset[str] = frozenset()
    """Labels."""
    periods: frozenset[str] = frozenset()
    """IRIs."""
    bases: frozenset[str] = frozenset()
    """Of the least certain step on the way."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet."""

    key: str
    """As addresses and options have it."""
    label: str
    count: int
    """How many things fit it and the other facets; the focus is never counted."""
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a trace, with the values that would leave something."""

    name: str
    choices: tuple[Choice, ...]

    @property
    def title(self) -> str:
        """Return its name on screen."""
        return FACETS[self.name]

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """Return the values that were chosen."""
        return tuple(c for c in self.choices if c.chosen)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """How a trace was narrowed, and what that left out."""

    facets: tuple[Facet, ...]
    left_out: tuple["Node", ...] = ()
    """What is not shown."""
    passing: frozenset[str] = frozenset()
    """IRIs of what is shown only because it stands on the way."""
    links_left_out: int = 0
    """Links between things that are shown, left out because no thread shown goes along them."""
    aside: tuple["Link", ...] = ()
    """Those of these links that join the focus itself: what is said of it rests on them too."""

    @property
    def chosen(self) -> tuple[Facet, ...]:
        """Return the facets that narrow the trace."""
        return tuple(f for f in self.facets if f.chosen)

    @property
    def query(self) -> dict[str, list[str]]:
        """Return the chosen keys by facet, as addresses and options have them."""
        return {f.name: [c.key for c in f.chosen] for f in self.chosen}
