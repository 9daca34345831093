"""Write tables or a text as a Word document: real headings, header rows marked as such."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from goldenthread.domain.blocks import Block
from goldenthread.domain.table import About, Table
from goldenthread.store.spreadsheet import same_bytes, xml_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as Grid
    from docx.table import _Row

# Points: what a reader of a page on paper still finds easy, and what is only for reference.
_BODY, _SMALL = 9, 7.5
# The width of a character in the unit of Word's files (English metric), and the longest word that
# a column makes room for.
_CHARACTER = 62_000
_LONGEST_WORD = 14
_FOR_WORDS = 0.5
_WIDER = 0.7


def to_docx(
    title: str, lines: Sequence[tuple[int, str]], tables: Sequence[Table], about: About
) -> bytes:
    """Return a document with a title, lines of text, tables, and what it was made from.

    Args:
        title: the title of the document.
        lines: depth and text; depth 0 is a paragraph, deeper ones are bullets.
        tables: each under a heading of its own, with its note above it.
        about: where the answer comes from.
    """
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    document.styles["Normal"].font.size = Pt(_BODY)
    document.styles["Normal"].font.name = "Arial"
    _properties(document, title, about)
    document.add_heading(xml_text(title), level=0)
    for depth, text in lines:
        style = ("Normal", "List Bullet", "List Bullet 2", "List Bullet 3")[min(depth, 3)]
        document.add_paragraph(xml_text(text), style=style)
    for table in tables:
        document.add_heading(xml_text(table.title), level=1)
        if table.note:
            document.add_paragraph(xml_text(table.note))
        _add_table(document, table)
    document.add_heading("About this document", level=1)
    for name, text in about.lines():
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(xml_text(text))
    return _saved(document)


def text_to_docx(title: str, blocks: Sequence[Block], about: About) -> bytes:
    """Return a text as an A4 document of few pages: headings, lists, quotes and tables.

    Args:
        title: the title of the document.
        blocks: its parts, in order.
        about: where the text comes from; stands small at the end.
    """
    import docx
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(12)
    _properties(document, title, about)
    _plain_styles(document)
    document.add_heading(xml_text(title), level=0)
    columns = 1
    for block in blocks:
        if block.columns != columns:
            columns = block.columns
            _set_columns(document, before=3 - columns)
        _add_block(document, block)
    if columns != 1:
        _set_columns(document, before=columns)
    foot = document.add_paragraph()
    foot.paragraph_format.space_before = Pt(4)
    foot.add_run(xml_text(about.sentence)).font.size = Pt(_SMALL)
    return _saved(document)


def _set_columns(document: "Document", before: int) -> None:
    """Begin a part whose columns differ; what stood before it keeps its own number of them."""
    from docx.enum.section import WD_SECTION
    from docx.oxml.ns import qn

    document.add_section(WD_SECTION.CONTINUOUS)
    ended, begun = (s._sectPr for s in document.sections[-2:])  # noqa: SLF001 - no call for it
    for properties, number in ((ended, before), (begun, 3 - before)):
        columns = properties.find(qn("w:cols"))
        columns.set(qn("w:num"), str(number))
        columns.set(qn("w:space"), "340")


def _saved(document: "Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return same_bytes(out.getvalue())


def _plain_styles(document: "Document") -> None:
    """Set every style in one typeface, dark on white, close together: it is read on paper."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    sizes = {"Title": 13, "Heading 1": 11, "Heading 2": 10, "Quote": _BODY, "Normal": _BODY}
    for name, size in (sizes | {"List Bullet": _BODY}).items():
        style = document.styles[name]
        style.font.size = Pt(size)
        style.font.name = "Arial"
        style.font.bold = name in ("Title", "Heading 1", "Heading 2")
        style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        gaps = style.paragraph_format
        heading = name.startswith("Heading")
        gaps.space_before, gaps.space_after = Pt(5 if heading else 0), Pt(1)
        gaps.line_spacing = 1.0
        if name == "List Bullet":
            gaps.left_indent, gaps.first_line_indent = Mm(4), Mm(-4)
    border = document.styles["Title"].element.find(f".//{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)


def _add_block(document: "Document", block: Block) -> None:
    text = xml_text(" ".join(block.text.split()))
    if block.kind == "table" and block.table:
        _caption(document, xml_text(block.table.title))
        _add_table(document, block.table)
    elif block.kind == "heading":
        document.add_heading(text, level=block.depth)
    elif block.kind == "label":
        _caption(document, text)
    elif block.kind == "quote":
        paragraph = document.add_paragraph(style="Quote")
        paragraph.add_run(f"“{text}”").italic = False
        paragraph.add_run(f" ({xml_text(block.source)})").italic = False
    else:
        document.add_paragraph(text, style="List Bullet" if block.kind == "item" else "Normal")


def _caption(document: "Document", text: str) -> None:
    """Add the name of the list or table that follows, on the same page as that."""
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = True
    paragraph.paragraph_format.keep_with_next = True


def _properties(document: "Document", title: str, about: About) -> None:
    properties = document.core_properties
    properties.title = xml_text(title)[:255]
    properties.author = f"goldenthread {about.version}"
    properties.comments = xml_text("; ".join(f"{k}: {v}" for k, v in about.lines()))[:255]
    properties.identifier = f"sha256:{about.sha256}"
    properties.language = "en-GB"


def _on_paper(table: Table) -> Table:
    """Return a table without its columns of full identifiers: nobody follows one on paper."""
    kept = [n for n, c in enumerate(table.columns) if c.key != "iri" and not c.key.endswith("_iri")]
    if len(kept) in (0, len(table.columns)):
        return table
    columns = tuple(table.columns[n] for n in kept)
    rows = tuple(tuple(row[n] for n in kept) for row in table.rows)
    return Table(table.title, columns, rows, table.note)


def _add_table(document: "Document", table: Table) -> None:
    table = _on_paper(table)
    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.style = "Table Grid"
    for cell, head in zip(grid.rows[0].cells, table.columns, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(xml_text(head.heading)).bold = True
    _mark(grid.rows[0], "w:tblHeader")
    for row in table.rows:
        # One look at .cells a row: python-docx walks the whole table for each of them.
        added = grid.add_row()
        _mark(added, "w:cantSplit")
        for cell, value in zip(added.cells, row, strict=True):
            cell.text = "" if value is None else xml_text(str(value))
    room = document.sections[-1]
    _set_widths(grid, table, room.page_width - room.left_margin - room.right_margin)  # type: ignore[operator]


def _set_widths(grid: "Grid", table: Table, room: int) -> None:
    """Give each column room for its longest word and more where it holds more text."""
    from docx.shared import Emu

    texts = [
        [head.heading, *("" if r[n] is None else str(r[n]) for r in table.rows)]
        for n, head in enumerate(table.columns)
    ]
    words = [[len(w) for t in column for w in t.split()] for column in texts]
    # Of many columns none may take so much for a long word that texts become ribbons.
    most = min(_LONGEST_WORD, int(room / _CHARACTER * _FOR_WORDS / len(texts)))
    least = [min(max(found, default=1), most) + 2 for found in words]
    # Twice the text needs not twice the width: it also runs over more lines.
    wish = [max(map(len, column)) ** _WIDER for column in texts]
    spare = max(room / _CHARACTER - sum(least), 0)
    shares = [low + spare * w / sum(wish) for low, w in zip(least, wish, strict=True)]
    grid.autofit = False
    for column, share in zip(grid.columns, shares, strict=True):
        column.width = Emu(int(room * share / sum(shares)))
    for row in grid.rows:
        for cell, column in zip(row.cells, grid.columns, strict=True):
            cell.width = column.width


def _mark(row: "_Row", name: str) -> None:
    """Say that a row heads the table (`w:tblHeader`: screen readers name it, pages repeat it).

    Or that no page may cut it in two (`w:cantSplit`).
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no call for it
