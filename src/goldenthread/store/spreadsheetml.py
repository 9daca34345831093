"""Write a workbook as the parts of SpreadsheetML, straight as text: a site has thousands of them.

openpyxl makes an object of every style, cell and sheet, and takes thirty times as long for a small
workbook. What is read, and the audit pack with its pictures, stay with it.

Source: ECMA-376, Part 1, sections 12 (parts) and 18 (SpreadsheetML).
"""

import io
import math
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from goldenthread.domain.table import Value

# The earliest moment a zip archive can name: file times would make equal answers differ.
EPOCH = (1980, 1, 1, 0, 0, 0)
_LONGEST = 32_767
"""Characters that a cell may hold."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PLAIN, _HEADING, _BODY = 0, 1, 2
"""Places in the list of formats in `_STYLES`."""
_FONT = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
_WRAPPED = '<alignment vertical="top" wrapText="1"/>'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" '
    f'applyAlignment="1">{_WRAPPED}</xf>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" '
    f'applyAlignment="1">{_WRAPPED}</xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet."""

    name: str
    """As `sheet_name` makes it; no other sheet of the book bears it."""
    rows: Sequence[Sequence[Value]]
    """Text without the characters that XML forbids."""
    widths: Sequence[float]
    """Of the columns from the first, in characters."""
    headed: bool = False
    """Whether the first row heads a table: it stays in sight, is printed on each page, filters."""
    offers: Sequence[tuple[int, Sequence[str]]] = ()
    """Numbers of columns, from 1, and the words that a person may put below their heading."""


def workbook(sheets: Sequence[Sheet], title: str, creator: str, description: str) -> bytes:
    """Return a workbook; equal contents are equal bytes.

    Args:
        sheets: its sheets, at least one.
        title: title of the document, as its properties have it; so the next two.
        creator: what made it.
        description: where it comes from.
    """
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _types(numbers),
        "_rels/.rels": _relations(
            ("officeDocument", "xl/workbook.xml", _OFFICE),
            ("metadata/core-properties", "docProps/core.xml", _PACKAGE),
        ),
        "docProps/core.xml": _properties(title, creator, description),
        "xl/workbook.xml": _book(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            *(
                ("worksheet", f"worksheets/sheet{n}.xml", _OFFICE + "/relationships/")
                for n in numbers
            ),
            ("styles", "styles.xml", _OFFICE + "/relationships/"),
        ),
        "xl/styles.xml": _STYLES,
    }
    parts |= {
        f"xl/worksheets/sheet{n}.xml": _sheet(s) for n, s in zip(numbers, sheets, strict=True)
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"))
    return out.getvalue()


def column_letters(number: int) -> str:
    """Return the letters of a column, counted from 1: A, Z, AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _types(numbers: Sequence[int]) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_MEDIA}.worksheet+xml"/>'
        for n in numbers
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_MEDIA}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_MEDIA}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{sheets}</Types>"
    )


def _relations(*found: tuple[str, str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}/relationships/{name}" Target="{target}"/>'
        for n, (name, target, kind) in enumerate(found, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _properties(title: str, creator: str, description: str) -> str:
    moment = '<dcterms:{0} xsi:type="dcterms:W3CDTF">1980-01-01T00:00:00Z</dcterms:{0}>'
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_text(title)}</dc:title><dc:creator>{_text(creator)}</dc:creator>"
        f"<dc:description>{_text(description)}</dc:description>"
        f"{moment.format('created')}{moment.format('modified')}</cp:coreProperties>"
    )


def _book(sheets: Sequence[Sheet]) -> str:
    named = "".join(
        f'<sheet name="{_text(s.name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, s in enumerate(sheets, start=1)
    )
    defined = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{n}" hidden="1">'
        f"'{_text(s.name)}'!{_whole(s, '$')}</definedName>"
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{n}">'
        f"'{_text(s.name)}'!$1:$1</definedName>"
        for n, s in enumerate(sheets)
        if s.headed
    )
    names = f"<definedNames>{defined}</definedNames>" if defined else ""
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships">'
        f"<bookViews><workbookView/></bookViews><sheets>{named}</sheets>{names}</workbook>"
    )


def _whole(sheet: Sheet, sign: str = "") -> str:
    """Return the reference of all cells of a sheet: `A1:C9`."""
    last = column_letters(max(map(len, sheet.rows), default=1))
    return f"{sign}A{sign}1:{sign}{last}{sign}{len(sheet.rows)}"


def _sheet(sheet: Sheet) -> str:
    fits = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if sheet.headed else ""
    pane = (
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A1" sqref="A1"/>'
        if sheet.headed
        else ""
    )
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(sheet.widths, start=1)
    )
    rows = "".join(_row(sheet, n, row) for n, row in enumerate(sheet.rows, start=1) if row)
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}">{fits}<dimension ref="{_whole(sheet)}"/>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
        f"<sheetData>{rows}</sheetData>{_under(sheet)}</worksheet>"
    )


def _under(sheet: Sheet) -> str:
    """Return what follows the cells: the filter, what may be filled in, how it is printed."""
    margins = '<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>'
    if not sheet.headed:
        return margins
    filled_in = sheet.offers if len(sheet.rows) > 1 else ()
    offers = "".join(_offer(sheet, number, words) for number, words in filled_in)
    count = len(filled_in)
    offered = f'<dataValidations count="{count}">{offers}</dataValidations>' if count else ""
    return (
        f'<autoFilter ref="{_whole(sheet)}"/>{offered}{margins}'
        # Paper 9 is A4; as wide as a page, as long as it is.
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
    )


def _offer(sheet: Sheet, number: int, words: Sequence[str]) -> str:
    """Let the cells of a column take one of some words, or stay empty."""
    letters = column_letters(number)
    error = f"Choose {', '.join(words)}, or leave it empty."
    listed = ",".join(words)
    return (
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" error="{_text(error)}" '
        f'sqref="{letters}2:{letters}{len(sheet.rows)}">'
        f'<formula1>"{_text(listed)}"</formula1></dataValidation>'
    )


def _row(sheet: Sheet, number: int, row: Sequence[Value]) -> str:
    style = (_HEADING if number == 1 else _BODY) if sheet.headed else _PLAIN
    cells = "".join(
        _cell(f"{column_letters(n)}{number}", style, v) for n, v in enumerate(row, start=1)
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, style: int, value: Value) -> str:
    start = f'<c r="{place}"' + (f' s="{style}"' if style else "")
    if value is None or value == "":
        return f"{start}/>"
    if isinstance(value, bool):
        return f'{start} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float) and math.isfinite(value):
        return f"{start}><v>{value!r}</v></c>"
    # Never a formula: text that stands in the cell itself is shown as it is.
    kept = str(value)[:_LONGEST]
    space = ' xml:space="preserve"' if kept != kept.strip() or "\n" in kept else ""
    return f'{start} t="inlineStr"><is><t{space}>{_text(kept)}</t></is></c>'


def _text(text: str) -> str:
    # A reader of XML would turn a carriage return into a line feed.
    return escape(text).replace("\r", "&#13;")
