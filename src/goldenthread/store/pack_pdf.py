"""Write an assurance pack as PDF, tagged for assistive technology, with typst.

The layout is `pack.typ` and never changes; the words go to it as data, in one JSON file beside it,
so that nothing of a plan is ever read as markup. Nothing is fetched: the layout names no package.
"""

import json
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from goldenthread.domain.identifiers import clean
from goldenthread.domain.pack.parts import (
    Facts,
    Figure,
    Grid,
    Numbers,
    Pack,
    Paragraph,
    Part,
    Points,
    Quotation,
    Row,
    Section,
)
from goldenthread.errors import Unavailable
from goldenthread.store.pack_pdf_rows import with_row_heads
from goldenthread.store.picture import FONTS

LAYOUT = Path(__file__).with_name("pack.typ")
STANDARD = "ua-1"
"""PDF/UA-1 (ISO 14289-1), which typst proves or refuses."""
_WHOLE = 900
"""Characters of a row that no page may cut in two."""
_SHORT = 30
"""Lines of a table that is moved to the next page before it is cut: no landscape page has more."""
_ACROSS, _BETWEEN = 100, 0.7
"""Letters beside each other on a page, and lines between the rows of a table."""
_FAMILY = 'font-family="Arial, Helvetica, sans-serif"'


def to_pdf(pack: Pack) -> bytes:
    """Return a pack as PDF, the same bytes every time.

    Raises:
        Unavailable: typst is not installed.
    """
    if find_spec("typst") is None:
        raise Unavailable(
            "A PDF needs the package typst, and it is not installed here. Install it with pip, or "
            "ask for DOCX, which programs print as PDF."
        )
    keys = pack.keys
    pictures: dict[str, str] = {}
    said = {
        "title": clean(pack.title),
        "name": clean(pack.name),
        "plan": clean(pack.plan),
        "standing": clean(pack.standing),
        "tool": f"goldenthread {pack.version}",
        "sha256": pack.sha256,
        "date": [int(n) for n in pack.date.split("-")] if pack.date else [],
        "facts": [[clean(t) for t in pair] for pair in pack.facts],
        "pages": [
            [_section(s, 1, keys, pictures) for s in some] for some in _together(pack.sections)
        ],
    }
    with TemporaryDirectory(prefix="goldenthread-") as temporary:
        root = Path(temporary)
        (root / "pack.typ").write_bytes(LAYOUT.read_bytes())
        (root / "pack.json").write_text(json.dumps(said), encoding="utf-8")
        for name, svg in pictures.items():
            (root / name).write_text(svg, encoding="utf-8")
        return _compiled(root, pack.date)


def _compiled(root: Path, date: str) -> bytes:
    """Return the PDF: with our own font alone, else with those of the machine.

    A letter that our font lacks may not stand in a PDF/UA as an empty box, so a machine's font may
    draw it; where none has it either, the file is tagged all the same and names no standard.
    """
    typst: Any = import_module("typst")
    day = datetime.fromisoformat(date) if date else datetime(1980, 1, 1)  # noqa: DTZ001 - made UTC
    fonts = [str(FONTS)] if any(FONTS.glob("*.ttf")) else []

    def compiled(*, own: bool, standards: list[str]) -> bytes:
        made: bytes = typst.compile(
            str(root / "pack.typ"),
            root=str(root),
            format="pdf",
            font_paths=fonts,
            ignore_system_fonts=own,
            pdf_standards=standards,
            timestamp=day.replace(tzinfo=UTC),
        )
        return with_row_heads(made)

    for own in (True, False) if fonts else (False,):
        try:
            return compiled(own=own, standards=[STANDARD])
        except typst.TypstError:
            continue
    return compiled(own=False, standards=[])


def _together(sections: tuple[Section, ...]) -> list[list[Section]]:
    """Return the sections in groups, of which each begins a page."""
    found: list[list[Section]] = []
    for section in sections:
        if found and not section.fresh and found[-1][-1].wide == section.wide:
            found[-1].append(section)
        else:
            found.append([section])
    return found


def _section(
    section: Section, depth: int, keys: frozenset[str], pictures: dict[str, str]
) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": clean(section.title),
        "depth": depth,
        "wide": section.wide,
        "parts": [_part(p, keys, pictures) for p in section.parts],
        "fresh": False,
        "sections": [
            _section(s, depth + 1, keys, pictures)
            # What is drawn begins on a page of its own: the drawing has room under its heading.
            | {"fresh": any(isinstance(p, Figure) for p in s.parts)}
            for s in section.sections
        ],
    }


def _part(part: Part, keys: frozenset[str], pictures: dict[str, str]) -> dict[str, Any]:
    match part:
        case Paragraph():
            return {"part": part.kind, "text": clean(part.text)}
        case Points():
            return {"part": part.kind, "items": [clean(i) for i in part.items]}
        case Facts() | Numbers():
            kind = "facts" if isinstance(part, Facts) else "numbers"
            return {"part": kind, "pairs": [[clean(t) for t in pair] for pair in part.pairs]}
        case Quotation():
            return {"part": "quotation", "text": clean(part.text), "place": clean(part.place)}
        case Figure():
            name = f"drawing-{len(pictures) + 1}.svg"
            pictures[name] = part.svg.replace(_FAMILY, 'font-family="Arimo, Arial, sans-serif"', 1)
            return {
                "part": "figure",
                "file": name,
                "title": clean(part.title),
                "alternative": clean(part.alternative),
                "width": part.width,
                "height": part.height,
            }
        case Grid():
            return {
                "part": part.form,
                "title": clean(part.title),
                "heads": [clean(h.title) for h in part.heads],
                "shares": [h.share for h in part.heads],
                "whole": _length(part) <= _SHORT,
                "rows": [_row(r, keys) for r in part.rows],
            }


def _length(grid: Grid) -> float:
    """Return about how many lines a table takes on an upright page, title and heads included."""
    total = sum(h.share for h in grid.heads)
    rooms = [_ACROSS * h.share / total for h in grid.heads]
    found = 4.0
    for row in grid.rows:
        cells = zip(row.cells, rooms, strict=True)
        found += _BETWEEN + max(sum(1 + len(x.text) // room for x in cell) for cell, room in cells)
    return found


def _row(row: Row, keys: frozenset[str]) -> dict[str, Any]:
    return {
        "key": row.key,
        "whole": sum(len(x.text) for cell in row.cells for x in cell) < _WHOLE,
        "cells": [
            [[clean(x.text), x.kind, x.to if x.to in keys else ""] for x in cell]
            for cell in row.cells
        ],
    }
