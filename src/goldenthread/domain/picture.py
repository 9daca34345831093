"""The values of an interactive picture: which things are shown, where each stands, what is not."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldenthread.domain.thread import Link, Node, brief

COLUMN, ROW = 250, 128
"""Distance between columns and rows in the picture's own units, about a pixel each."""
SHAPES = ("square", "diamond", "dot", "triangle", "hexagon", "star", "triangleDown")
"""The shapes of levels, in their order; a plan with more levels begins again."""
_LINES, _WIDTH = 3, 26


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing in the picture."""

    node: Node
    x: int
    y: int
    shape: str
    role: str
    """`focus`, `open` (its neighbours were asked for) or `near`."""
    hidden: tuple[Node, ...]
    """Its neighbours that are not shown."""
    links: tuple[tuple[Link, Node], ...]
    """Its links in the picture, upwards, each with the thing above."""


@dataclass(frozen=True, slots=True)
class Level:
    """A column of the picture."""

    key: str
    name: str
    x: int
    y: int
    """Where its heading stands."""
    shape: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Part of a plan as a picture: a column a level, a place for each thing, always the same."""

    focus: Node | None
    opened: tuple[str, ...]
    reading: str
    levels: tuple[Level, ...]
    things: tuple[Shown, ...]
    links: tuple[Link, ...]
    omitted: int
    """How many things were asked for and left out, as more would not be readable."""

    @property
    def bases(self) -> tuple[str, ...]:
        """Return how the links in the picture are known, each once."""
        return tuple(dict.fromkeys(link.basis for link in self.links))

    def to_json(self, drawn: Mapping[str, Any]) -> dict[str, Any]:
        """Return the picture for JSON answers.

        Args:
            drawn: `nodes` and `edges` as vis-network takes them.
        """
        return {
            "focus": brief(self.focus) if self.focus else None,
            "open": list(self.opened),
            "reading": self.reading,
            "levels": [{"key": c.key, "name": c.name, "shape": c.shape} for c in self.levels],
            **drawn,
            "notShown": {s.node.iri: len(s.hidden) for s in self.things if s.hidden},
            "omitted": self.omitted,
        }


def caption(shown: Shown) -> str:
    """Return the few lines that stand under a thing in the picture; plain text."""
    node = shown.node
    words = f"{node.notation} {node.label}" if node.notation else node.label
    lines = textwrap.wrap(" ".join(words.split()), _WIDTH) or [""]
    if len(lines) > _LINES:
        rest = " ".join(lines[_LINES - 1 :])
        lines = [*lines[: _LINES - 1], textwrap.shorten(rest, _WIDTH, placeholder=" …")]
    if shown.role == "focus":
        lines[0] = f"▶ {lines[0]}"
    if shown.hidden:
        lines.append(f"+ {len(shown.hidden)} not shown")
    return "\n".join(lines)
