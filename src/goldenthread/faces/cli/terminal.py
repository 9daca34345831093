"""Lay lines out for whoever reads them: a screen, a screen reader, a file or another program.

Away from a screen there is no colour and no line drawing: indentation and words carry it all.
"""

import os
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

_WIDTH = 100
_NARROWEST = 40
_CODES = {"head": "1", "detail": "2", "warn": "33", "bad": "31", "good": "32"}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: its depth in the tree, its text, and what kind of text it is."""

    text: str
    depth: int = 0
    kind: str = ""
    """`head`, `detail`, `warn`, `bad`, `good`, or nothing in particular."""
    raw: bool = False
    """Whether white space matters, as in a matrix: then the line is not wrapped."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the reader's side can show."""

    width: int
    guides: bool
    colour: bool

    @classmethod
    def of_stdout(cls, *, to_file: bool = False) -> "Terminal":
        """Return what standard output can show; NO_COLOR and TERM=dumb are respected."""
        screen = not to_file and sys.stdout is not None and sys.stdout.isatty()
        width = _columns() or (_screen_width() if screen else _WIDTH)
        plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        return cls(max(width, _NARROWEST), screen and not plain, screen and not plain)

    def render(self, lines: Iterable[Line]) -> str:
        """Return the lines, wrapped and indented, ending in one newline."""
        return "\n".join(part for line in lines for part in self._parts(line)) + "\n"

    def _parts(self, line: Line) -> list[str]:
        if not line.text:
            return [""]
        bar = "│ " if self.guides else "  "
        indent = bar * line.depth
        # Details hang a little further in, so that the next sentence stands out.
        hang = indent + "  "
        if line.raw:
            parts = [indent + line.text]
        else:
            parts = textwrap.wrap(
                line.text,
                self.width,
                initial_indent=indent,
                subsequent_indent=hang,
                break_long_words=False,
                break_on_hyphens=False,
            )
        code = _CODES.get(line.kind)
        if not self.colour or not code:
            return [p.rstrip() for p in parts]
        start = len(indent)
        return [f"{p[:start]}\x1b[{code}m{p[start:].rstrip()}\x1b[0m" for p in parts]


def _columns() -> int:
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() else 0


def _screen_width() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _WIDTH
    except (OSError, ValueError):
        return _WIDTH


def printable(text: str) -> str:
    """Return text without the control characters by which data could move the cursor."""
    return "".join(c if c.isprintable() or c in "\n " else " " for c in text)
