"""Drawings as PNG pictures."""

import os
import struct
import zlib
from collections.abc import Iterator

import pytest

from goldenthread.domain.table import About
from goldenthread.errors import BadValue, Unavailable
from goldenthread.services.drawing import draw, timescales
from goldenthread.services.exporting import about
from goldenthread.services.picturing import possible, to_png
from goldenthread.services.tracing import trace
from goldenthread.store import picture
from goldenthread.store.dataset import Dataset
from goldenthread.store.lookup import resolve

ABOUT = About("as printed", ("A plan",), ("A document",), ("not known",), "0", "f" * 64)


@pytest.fixture(autouse=True)
def resvg() -> None:
    """Skip where resvg is not installed, but never in CI."""
    if not possible():
        if os.environ.get("CI") == "true":
            pytest.fail("resvg-py is not installed: install from requirements.lock")
        pytest.skip("resvg-py is not installed")


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of each chunk of a PNG; their checksums must be right."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at = 8
    while at < len(png):
        size, name = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(
            name + body
        )
        yield name, body
        at += 12 + size


def drawing(words: str, width: int = 200, height: int = 40) -> str:
    """Return a drawing of some words."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'font-family="Arial, Helvetica, sans-serif"><text x="5" y="25">{words}</text></svg>'
    )


def test_a_picture_says_where_it_comes_from_and_is_the_same_each_time(shipped: Dataset) -> None:
    """Guards the file: a PNG of twice the size, with hash, rights and reading inside."""
    found = trace(shipped, resolve(shipped, "corporate-priority/1"))
    said = about(shipped)
    svg = draw(found, lambda _: "", timescales, (said.sentence,))
    made = to_png(svg, said)
    assert made == to_png(svg, said)
    parts = list(chunks(made))
    assert parts[0][0] == b"IHDR"
    assert parts[-1][0] == b"IEND"
    width = int(svg.split('width="')[1].split('"')[0])
    assert struct.unpack(">I", parts[0][1][:4])[0] == 2 * width
    texts = {
        body.split(b"\0")[0].decode(): body.split(b"\0\0\0\0\0")[1].decode()
        for name, body in parts
        if name == b"iTXt"
    }
    assert texts["Source"] == shipped.sha256
    assert "Licence" in texts["Copyright"]
    assert "with corrections" in texts["Comment"]


def test_words_are_drawn() -> None:
    """Guards the font: a picture without one would have boxes and lines and no words."""
    assert to_png(drawing("Words"), ABOUT) != to_png(drawing(""), ABOUT)
    assert to_png(drawing("Words"), ABOUT) != to_png(drawing("Other"), ABOUT)


def test_no_font_of_this_machine_is_used() -> None:
    """Guards equal pictures everywhere: with the fonts of the package, no other has a say."""
    if not list(picture.FONTS.glob("*.ttf")):
        pytest.skip("the fonts were not built")
    named = drawing("Words")
    assert picture.to_png(named) == picture.to_png(named.replace("Arial, Helvetica", "DejaVu Sans"))


@pytest.mark.parametrize("words", ["&lt;image&gt;", "\u202egnp.exe", "日本語", "é ü ß"])
def test_any_words_make_a_picture(words: str) -> None:
    """Guards letters that no font has, marks of direction, and markup in words."""
    assert list(chunks(to_png(drawing(words), ABOUT)))


@pytest.mark.parametrize("href", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "secret.png"])
def test_a_picture_reads_no_file_and_calls_nobody(href: str) -> None:
    """Guards the renderer: an image that a drawing names is not fetched."""
    with_image = drawing("Words").replace("</svg>", f'<image href="{href}" width="9"/></svg>')
    assert to_png(with_image, ABOUT) == to_png(drawing("Words"), ABOUT)


def test_a_picture_that_nobody_could_read_is_refused() -> None:
    """Guards size: what is too long for one picture says so and what to do."""
    with pytest.raises(BadValue, match="too large for a picture"):
        to_png(drawing("Words", 800, 40_000), ABOUT)


def test_without_resvg_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards machines without the package: no traceback, a way out."""
    monkeypatch.setattr(picture, "possible", lambda: False)
    with pytest.raises(Unavailable, match="resvg-py"):
        to_png(drawing("Words"), ABOUT)
