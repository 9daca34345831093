"""Break words into lines that fit a drawing, about: no font's measures are known here."""

from functools import lru_cache

_SPACE = 0.5


def shorten(text: str, width: int, most: int) -> list[str]:
    """Return text in at most `most` lines about as wide as `width` letters, with … for the rest."""
    lines: list[str] = []
    line, wide = "", 0.0
    for word in text.split():
        adds = _wide(word)
        if line and wide + adds + _SPACE <= width:
            line, wide = f"{line} {word}", wide + adds + _SPACE
            continue
        if line:
            if len(lines) == most - 1:
                return [*lines, _cut(line, width)]
            lines.append(line if wide <= width else _cut(line, width))
        line, wide = word, adds
    return [*lines, line if wide <= width else _cut(line, width)]


def _cut(line: str, width: int) -> str:
    """Return a line no wider than `width`, with … at its end for what is missing after it."""
    while line and _wide(line + "…") > width:
        line = line[:-1]
    return line.rstrip(" ,;:(") + "…"


@lru_cache(8192)
def _wide(text: str) -> float:
    """Return about how wide text is, in letters."""
    return sum(
        _SPACE if c in "iljftr.,:;|' ()" else 1.5 if c in "mwMW@%" else 1.3 if c.isupper() else 1.0
        for c in text
    )
