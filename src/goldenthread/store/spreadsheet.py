"""Write tables as CSV and XLSX that no program runs, and that are the same bytes every time.

A cell of text that begins with = + - @, a tab or a carriage return gets an apostrophe in front:
spreadsheets would run it as a formula. Take the apostrophe off to have the words as printed.
"""

import csv
import io
import math
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from goldenthread.domain.table import About, Table, Value

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# The earliest moment a zip archive can name: file times would make equal answers differ.
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - an archive has no zone
_A4 = 9
_PAGE = 200
"""Characters beside each other on a page in landscape that can still be read."""
_NARROW = 16
_RULE = "#B1B4B6"
_LINE = 15
"""Height of a line in points."""
_MOST_LINES = 27
"""A row is no higher than Excel lets it be, which is 409 points."""
_LONGEST = 32_767
"""Characters that a cell may hold."""
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
    from xlsxwriter import Workbook

    out = io.BytesIO()
    names: set[str] = set()
    with Workbook(out, {"in_memory": True}) as book:
        for table in tables:
            _sheet(book, sheet_name(table.title, names), table)
        _about(book, sheet_name("About", names), tables, about)
        book.set_properties(
            {
                "title": xml_text(tables[0].title),
                "author": f"goldenthread {about.version}",
                "comments": xml_text("; ".join(f"{k}: {v}" for k, v in about.lines())),
                "created": _EPOCH,
            }
        )
    return out.getvalue()


def _sheet(book: "Workbook", name: str, table: Table) -> None:
    """Write a table whose heads stay in sight, are printed on each page, and filter."""
    sheet, heads, last = book.add_worksheet(name), table.columns, len(table.rows)
    wrapped = {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": _RULE}
    bold, body = book.add_format(wrapped | {"bold": True}), book.add_format(wrapped)
    _row(sheet, 0, [c.heading for c in heads], bold)
    for number, row in enumerate(table.rows, start=1):
        _row(sheet, number, row, body)
    widths = _widths(table)
    for number, cells in enumerate([[c.heading for c in heads], *table.rows]):
        sheet.set_row(number, _LINE * min(_lines(cells, widths), _MOST_LINES))
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        if head.choices and last:
            _offer(sheet, column, head.choices, last)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(heads) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&RPage &P of &N")


def _widths(table: Table) -> list[int]:
    """Return how wide columns are, in characters: the widest give way until a page holds all."""
    longest = [
        max([len(head.heading) + 2, head.room, *(_longest(row[n]) + 2 for row in table.rows)])
        for n, head in enumerate(table.columns)
    ]
    least = [max(_NARROW, head.room) for head in table.columns]
    widest = _WIDEST
    while sum(min(n, widest) for n in longest) > _PAGE and widest > _NARROW:
        widest -= 2
    return [min(n, max(widest, m)) for n, m in zip(longest, least, strict=True)]


def _longest(value: Value) -> int:
    return max(map(len, str(value).splitlines()), default=0) if value is not None else 0


def _lines(row: Sequence[Value], widths: Sequence[int]) -> int:
    """Return how many lines a row takes. Not every program finds out by itself when it opens."""
    return max(
        (
            sum(-(-len(line) // max(width - 2, 1)) or 1 for line in str(value or "-").splitlines())
            for value, width in zip(row, widths, strict=True)
        ),
        default=1,
    )


def _row(sheet: "Worksheet", number: int, row: Sequence[Value], form: "Format | None") -> None:
    for column, value in enumerate(row):
        safe = safe_cell(value)
        if safe is None or safe == "":
            sheet.write_blank(number, column, None, form)
        elif isinstance(safe, bool):
            sheet.write_boolean(number, column, safe, form)
        elif isinstance(safe, int | float) and math.isfinite(safe):
            sheet.write_number(number, column, safe, form)
        else:
            # Never a formula, a link or a number: text is shown as it is. A line of a cell ends
            # with a line feed; what else ends lines would be shown as a code.
            lines = re.sub(r"\r\n?", "\n", xml_text(str(safe)))
            sheet.write_string(number, column, lines[:_LONGEST], form)


def _offer(sheet: "Worksheet", column: int, choices: Sequence[str], last: int) -> None:
    """Let the cells of a column take one of some words, or stay empty."""
    error = f"Choose {', '.join(choices)}, or leave it empty."
    offered = {"validate": "list", "source": list(choices), "error_message": error}
    sheet.data_validation(1, column, last, column, offered)


def _about(book: "Workbook", name: str, tables: Sequence[Table], about: About) -> None:
    rows: list[Sequence[Value]] = [*about.lines()]
    rows.append(("Cells", "Text that begins with = + - @ or a tab has an apostrophe in front."))
    for table in tables:
        rows += [(), (table.title, table.note), *((c.heading, c.meaning) for c in table.columns)]
    sheet, wrapped = book.add_worksheet(name), book.add_format({"text_wrap": True, "valign": "top"})
    for number, row in enumerate(rows):
        _row(sheet, number, row, wrapped)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)


def sheet_name(title: str, taken: set[str]) -> str:
    """Return a name that a sheet may have and no other sheet of the book has.

    Excel keeps the name “History” for itself, and takes no file that has it.
    """
    plain = re.sub(r"[\[\]:*?/\\']", " ", xml_text(title)).strip()[:_SHEET_NAME] or "Sheet"
    plain = f"{plain} sheet" if plain.casefold() == "history" else plain
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
            entry = zipfile.ZipInfo(name, _EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()
