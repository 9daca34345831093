"""Write tables as CSV and XLSX that no program runs, and that are the same bytes every time.

A cell of text that begins with = + - @, a tab or a carriage return gets an apostrophe in front:
spreadsheets would run it as a formula. Take the apostrophe off to have the words as printed.
"""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from goldenthread.domain.table import About, Table, Value

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# The earliest moment a zip archive can name: file times would make equal answers differ.
EPOCH = (1980, 1, 1, 0, 0, 0)
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_WIDEST = 60
_SHEET_NAME = 31


def xml_text(text: str) -> str:
    """Return text with the characters that XML 1.0 forbids or discourages as U+FFFD.

    Source: XML 1.0, section 2.2, Characters.
    """
    return _NOT_XML.sub("\ufffd", text)


def safe_cell(value: Value) -> Value:
    """Return a value that a spreadsheet shows and never runs."""
    if isinstance(value, str) and value.startswith(_RUNS):
        return "'" + value
    return value


def to_csv(table: Table, about: About | None = None) -> bytes:
    """Return a table as CSV in UTF-8: column keys first, CRLF between lines (RFC 4180).

    Args:
        table: the table.
        about: what each row says of where it comes from, in the last columns: a comment above
            the header would break what reads CSV, and a row may be cut out of its file.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    last = about.columns() if about else ()
    writer.writerow([*(c.key for c in table.columns), *(c.key for c, _ in last)])
    end = [safe_cell(value) for _, value in last]
    writer.writerows(
        [*("" if v is None else safe_cell(v) for v in row), *end] for row in table.rows
    )
    return out.getvalue().encode("utf-8")


def to_xlsx(tables: Sequence[Table], about: About) -> bytes:
    """Return tables as a workbook, one a sheet, and a last sheet that says what it is."""
    from openpyxl import Workbook

    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    names: set[str] = set()
    for table in tables:
        _sheet(book.create_sheet(sheet_name(table.title, names)), table)
    _about(book.create_sheet(sheet_name("About", names)), tables, about)
    book.properties.title = xml_text(tables[0].title)
    book.properties.creator = f"goldenthread {about.version}"
    book.properties.description = xml_text("; ".join(f"{k}: {v}" for k, v in about.lines()))
    out = io.BytesIO()
    book.save(out)
    return same_bytes(out.getvalue())


def _sheet(sheet: "Worksheet", table: Table) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.append([xml_text(c.heading) for c in table.columns])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in table.rows:
        sheet.append([xml_text(v) if isinstance(v := safe_cell(x), str) else v for x in row])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            # openpyxl reads a leading = as a formula; no cell of ours is one.
            if cell.data_type == "f":
                cell.data_type = "s"
    for number, head in enumerate(table.columns, start=1):
        longest = max([len(head.heading), *(len(str(r[number - 1] or "")) for r in table.rows)])
        sheet.column_dimensions[get_column_letter(number)].width = min(longest + 2, _WIDEST)
        if head.choices:
            _offer(sheet, get_column_letter(number), head.choices, len(table.rows) + 1)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"


def _offer(sheet: "Worksheet", column: str, choices: Sequence[str], last: int) -> None:
    """Let the cells of a column take one of some words, or stay empty."""
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    offered.error = f"Choose {', '.join(choices)}, or leave it empty."
    offered.showErrorMessage = True
    offered.add(f"{column}2:{column}{last}")
    sheet.add_data_validation(offered)


def _about(sheet: "Worksheet", tables: Sequence[Table], about: About) -> None:
    for line in about.lines():
        sheet.append([xml_text(t) for t in line])
    sheet.append(["Cells", "Text that begins with = + - @ or a tab has an apostrophe in front."])
    for table in tables:
        sheet.append([])
        sheet.append([xml_text(table.title), xml_text(table.note)])
        for head in table.columns:
            sheet.append([xml_text(head.heading), xml_text(head.meaning)])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 100


def sheet_name(title: str, taken: set[str]) -> str:
    """Return a name that a sheet may have and no other sheet of the book has."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", xml_text(title)).strip()[:_SHEET_NAME] or "Sheet"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _SHEET_NAME - 4]} {number}"
    taken.add(name.casefold())
    return name


def same_bytes(archive: bytes) -> bytes:
    """Return an office document whose bytes depend on its contents only.

    File times go to 1980, and the core properties' times with them.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:(created|modified)[^>]*>)[^<]*",
                    rb"\g<1>1980-01-01T00:00:00Z",
                    content,
                )
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()
