"""Turn a drawing into a PNG picture, with resvg: no browser, and no font of this machine."""

import re
import struct
import zlib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from goldenthread.errors import BadValue, Unavailable

FONTS = Path(__file__).parents[1] / "faces" / "web" / "static" / "built"
"""Where the fonts are that were built into the package."""
LONGEST = 16_000
"""Pixels: few programs open a longer picture."""
_SCALE = 2.0


def possible() -> bool:
    """Return whether pictures can be made: whether resvg is installed."""
    return find_spec("resvg_py") is not None


def to_png(svg: str, texts: dict[str, str] | None = None) -> bytes:
    """Return a drawing as PNG, twice as large as it says, the same bytes every time.

    Args:
        svg: the drawing.
        texts: what the file says of itself, by keyword.

    Raises:
        BadValue: the drawing is too large for a picture that a program opens.
        Unavailable: resvg is not installed.
    """
    if not possible():
        raise Unavailable(
            "A PNG needs the package resvg-py, and it is not installed here. "
            "Install it with pip, or ask for SVG."
        )
    # By name: not every environment that checks types has it.
    resvg = import_module("resvg_py")
    fonts = [str(p) for p in sorted(FONTS.glob("*.ttf"))]
    made = resvg.svg_to_bytes(
        svg_string=svg,
        background="white",
        zoom=_zoom(svg),
        font_files=fonts,
        skip_system_fonts=bool(fonts),
        sans_serif_family="Arimo" if fonts else None,
        font_family="Arimo" if fonts else None,
    )
    return _labelled(bytes(made), texts or {})


def _zoom(svg: str) -> float:
    sizes = [int(n) for n in re.findall(r'(?:width|height)="(\d+)"', svg[: svg.index(">")])]
    zoom = min(_SCALE, LONGEST / max([1, *sizes]))
    if zoom < 1:
        raise BadValue(
            f"The drawing is {' by '.join(map(str, sizes))}: too large for a picture that can be "
            "read. Narrow it, begin lower down, or ask for SVG."
        )
    return zoom


def _labelled(png: bytes, texts: dict[str, str]) -> bytes:
    """Return a PNG with texts in it, right behind its header (PNG, third edition, 11.3.3)."""
    head = 8 + 4 + 4 + 13 + 4
    chunks = b""
    for keyword, value in texts.items():
        said = keyword.encode("latin-1") + b"\0\0\0\0\0" + value.encode("utf-8", "replace")
        body = b"iTXt" + said
        chunks += struct.pack(">I", len(said)) + body + struct.pack(">I", zlib.crc32(body))
    return png[:head] + chunks + png[head:]
