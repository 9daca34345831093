"""Write tables as CSV and XLSX that no program runs, and that are the same bytes every time.

A cell of text that begins with = + - @, a tab or a carriage return gets an apostrophe in front:
spreadsheets would run it as a formula. Take the apostrophe off to have the words as printed.
"""

import csv
import io
import re
import zipfile
from collections.abc import Sequence

from goldenthread.domain.table import About, Table, Value
from goldenthread.store.spreadsheetml import EPOCH, Sheet, workbook

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
    names: set[str] = set()
    sheets = [_sheet(sheet_name(t.title, names), t) for t in tables]
    sheets.append(_about(sheet_name("About", names), tables, about))
    said = xml_text("; ".join(f"{k}: {v}" for k, v in about.lines()))
    return workbook(sheets, xml_text(tables[0].title), f"goldenthread {about.version}", said)


def _shown(value: Value) -> Value:
    safe = safe_cell(value)
    return xml_text(safe) if isinstance(safe, str) else safe


def _sheet(name: str, table: Table) -> Sheet:
    heads = table.columns
    longest = [
        max([len(c.heading), *(len(str(r[n] or "")) for r in table.rows)])
        for n, c in enumerate(heads)
    ]
    return Sheet(
        name,
        [[xml_text(c.heading) for c in heads], *(list(map(_shown, r)) for r in table.rows)],
        [min(length + 2, _WIDEST) for length in longest],
        headed=True,
        offers=[(n, c.choices) for n, c in enumerate(heads, start=1) if c.choices],
    )


def _about(name: str, tables: Sequence[Table], about: About) -> Sheet:
    rows: list[list[Value]] = [[xml_text(t) for t in line] for line in about.lines()]
    rows.append(["Cells", "Text that begins with = + - @ or a tab has an apostrophe in front."])
    for table in tables:
        rows += [[], [xml_text(table.title), xml_text(table.note)]]
        rows += [[xml_text(c.heading), xml_text(c.meaning)] for c in table.columns]
    return Sheet(name, rows, [30, 100])


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
