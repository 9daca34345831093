"""A briefing in lines: headings, then what each section says."""

from goldenthread.domain.blocks import Block
from goldenthread.domain.briefing import Briefing
from goldenthread.domain.identifiers import one_line
from goldenthread.faces.cli.terminal import Line


def lines(found: Briefing) -> list[Line]:
    """Return a briefing for reading aloud."""
    said = [Line(found.title, kind="head")]
    for block in found.blocks():
        said += _lines(block)
    return said


def _lines(block: Block) -> list[Line]:
    if block.kind == "heading":
        return [Line(""), Line(block.text, kind="head")]
    if block.kind == "quote":
        return [Line(f"{block.source} prints “{one_line(block.text)}”", 1, "detail")]
    if block.kind == "table" and block.table:
        heads = [c.heading for c in block.table.columns]
        return [Line(""), Line(block.table.title, kind="head")] + [
            Line(_row(heads, row), 1) for row in block.table.rows
        ]
    return [Line(block.text, {"text": 1, "label": 1, "item": 2}[block.kind])]


def _row(heads: list[str], row: tuple[object, ...]) -> str:
    said = "; ".join(f"{h[0].lower()}{h[1:]} {v}" for h, v in zip(heads[1:], row[1:], strict=True))
    return f"{row[0]}: {said}"
