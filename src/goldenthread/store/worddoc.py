"""Write tables as a Word document: real headings, header rows that are marked as such."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from goldenthread.domain.table import About, Table
from goldenthread.store.spreadsheet import same_bytes, xml_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row


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

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
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
    out = io.BytesIO()
    document.save(out)
    return same_bytes(out.getvalue())


def _properties(document: "Document", title: str, about: About) -> None:
    properties = document.core_properties
    properties.title = xml_text(title)[:255]
    properties.author = f"goldenthread {about.version}"
    properties.comments = xml_text("; ".join(f"{k}: {v}" for k, v in about.lines()))[:255]
    properties.identifier = f"sha256:{about.sha256}"
    properties.language = "en-GB"


def _add_table(document: "Document", table: Table) -> None:
    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.style = "Table Grid"
    for cell, head in zip(grid.rows[0].cells, table.columns, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(xml_text(head.heading)).bold = True
    _mark_header(grid.rows[0])
    for row in table.rows:
        # One look at .cells a row: python-docx walks the whole table for each of them.
        for cell, value in zip(grid.add_row().cells, row, strict=True):
            cell.text = "" if value is None else xml_text(str(value))


def _mark_header(row: "_Row") -> None:
    """Say that the row heads the table: screen readers name it, pages repeat it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no call for it
