"""Find the word at which a query stops making sense; the engine alone tells about where.

The engine compares keywords with as many characters as they have, whatever these are, and reports
the furthest place that it looked at: behind the fault, often on a later line. With wide gaps
between all words, the furthest place lies at the faulty word or in the gap behind it.
"""

import re
from bisect import bisect_right
from collections.abc import Callable

import pyoxigraph as ox

from goldenthread.domain.fault import Fault, Place, explain
from goldenthread.domain.namespaces import WELL_KNOWN
from goldenthread.store.guard import TOKEN

Parse = Callable[[str], str | None]
"""Gives the engine's words about a text; None where it takes it."""

# Wider than any keyword is long.
_GAP = " " * 40
_AT = re.compile(r"error at (\d+):(\d+)")
# Between these and anything else white space changes nothing.
_APART = frozenset("(){};,")


def fault_of(message: str, text: str) -> Fault:
    """Return what is wrong with a query, in words and at its place.

    Args:
        message: what the engine said of it.
        text: the query; one that a stranger wrote went through `guard` before.
    """
    return explain(message, text, WELL_KNOWN, pinpoint(text, parse))


def parse(text: str) -> str | None:
    """Return what the engine's parser says against a text, and nothing where it takes it."""
    try:
        ox.Store().query(text, prefixes=WELL_KNOWN)
    except SyntaxError as error:
        return str(error.msg)
    return None


def pinpoint(text: str, parse: Parse) -> Place | None:
    """Return where a query that the engine does not take stops making sense.

    Args:
        text: the query.
        parse: asks the engine.

    Returns:
        None where the engine does not say.
    """
    wide, starts, words = _spread(text)
    message = parse(wide)
    if message is None or not words or (found := _AT.match(message)) is None:
        return None
    reached = _offset(wide, int(found[1]), int(found[2]))
    if reached >= len(wide) - 1:
        at, word = words[-1][0] + len(words[-1][1]), ""
    else:
        at, word = words[max(bisect_right(starts, reached) - 1, 0)]
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return Place(line, column, word, message, parse(text[:at]) or "")


def _spread(text: str) -> tuple[str, list[int], list[tuple[int, str]]]:
    """Return a text with wide gaps, where its words begin in it, and the words where they were."""
    parts: list[str] = []
    starts: list[int] = []
    words: list[tuple[int, str]] = []
    length, apart, before = 0, False, ""
    for match in TOKEN.finditer(text):
        kind, part = match.lastgroup, match.group()
        if kind in ("space", "comment"):
            apart = True
            continue
        # `{|` and `|}` are one word each.
        split = (part in _APART or before in _APART) and "|" not in (part, before)
        if apart or split or not words:
            parts.append(_GAP)
            length += len(_GAP)
            starts.append(length)
            words.append((match.start(), part))
        else:
            words[-1] = (words[-1][0], words[-1][1] + part)
        parts.append(part)
        length += len(part)
        apart, before = False, part
    return "".join([*parts, _GAP]), starts, words


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(t) + 1 for t in lines[: line - 1]) + column - 1
