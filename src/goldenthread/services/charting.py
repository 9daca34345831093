"""Draw amounts as bars or columns: SVG that needs no script, no style and no colour to be read.

Every amount stands in digits at its bar, and the table beside the drawing says the same.
"""

import textwrap
from html import escape

from goldenthread.domain.identifiers import clean
from goldenthread.domain.series import Series, amount

__all__ = ["Series", "draw"]
_LETTERS = 46
_LINES = 2
_LINE = 18
_BAR = 14
_GAP = 12
_WIDEST = 84
_COLUMN = 72
_COLUMN_LETTERS = 9
_HEIGHT = 180
_HEAD = 24


def draw(drawn: Series, name: str = "chart") -> str:
    """Return a series as an SVG picture with a text alternative.

    Args:
        drawn: what to draw.
        name: begins the ids in the picture, so that a page can hold several.
    """
    body, width, height = _columns(drawn) if drawn.kind == "column" else _bars(drawn)
    # Bars are measured in parts of the width, so that words keep their size on any screen.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gt-chart gt-chart--{drawn.kind}" '
        f'role="img" aria-labelledby="{name}-title {name}-text" width="{width}" '
        f'height="{height}" font-family="Arial, Helvetica, sans-serif" font-size="14">'
        f'<title id="{name}-title">{escape(clean(drawn.counted))}</title>'
        f'<desc id="{name}-text">{escape(clean(drawn.sentence))} A table says the same.</desc>'
        f"{body}</svg>\n"
    )


def _share(value: float, drawn: Series) -> float:
    most = max(v for _, v in drawn.points)
    return value / most if most else 0.0


def _bars(drawn: Series) -> tuple[str, str, int]:
    parts, y = [], 0
    for label, value in drawn.points:
        for line in _lines(label, _LETTERS, _LINES):
            y += _LINE
            parts.append(f'<text class="gt-chart__words" x="0" y="{y - 4}">{escape(line)}</text>')
        wide = round(_WIDEST * _share(value, drawn), 2)
        parts.append(
            f'<rect class="gt-chart__bar" x="0" y="{y}" width="{wide}%" height="{_BAR}" '
            'fill="#966b00"/>'
            f'<text class="gt-chart__amount" x="{wide}%" dx="6" y="{y + _BAR - 2}" '
            f'font-weight="bold">{amount(value)}</text>'
        )
        y += _BAR + _GAP
    return "".join(parts), "100%", y


def _columns(drawn: Series) -> tuple[str, str, int]:
    parts = []
    deepest = 0
    foot = _HEAD + _HEIGHT
    for i, (label, value) in enumerate(drawn.points):
        middle = i * _COLUMN + _COLUMN // 2
        tall = round(_HEIGHT * _share(value, drawn), 1)
        lines = _lines(label, _COLUMN_LETTERS, 3)
        deepest = max(deepest, len(lines))
        words = "".join(
            f'<tspan x="{middle}" dy="{_LINE}">{escape(line)}</tspan>' for line in lines
        )
        parts.append(
            f'<rect class="gt-chart__bar" x="{i * _COLUMN + 10}" y="{foot - tall}" '
            f'width="{_COLUMN - 20}" height="{tall}" fill="#966b00"/>'
            f'<text class="gt-chart__amount" x="{middle}" y="{foot - tall - 6}" '
            f'text-anchor="middle" font-weight="bold">{amount(value)}</text>'
            f'<text class="gt-chart__words" x="{middle}" y="{foot}" text-anchor="middle" '
            f'font-size="13">{words}</text>'
        )
    width = len(drawn.points) * _COLUMN
    parts.append(
        f'<path class="gt-chart__rule" d="M0 {foot}h{width}" stroke="#0b0c0c" stroke-width="1"/>'
    )
    return "".join(parts), str(width), foot + deepest * _LINE + 10


def _lines(label: str, letters: int, most: int) -> list[str]:
    """Return a label in lines that fit, with … for what does not."""
    found = textwrap.wrap(clean(label), letters, break_long_words=True) or [""]
    if len(found) > most:
        last = " ".join(found[most - 1 :])
        found = [*found[: most - 1], textwrap.shorten(last, letters, placeholder="…")]
    return found
