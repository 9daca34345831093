"""Write an assurance pack as a workbook: its text on the first sheet, each table on one of its own.

Tables are tables of the workbook, with a row of heads that programs name; drawings stand on a sheet
with their alternative texts. Text that a spreadsheet would run gets an apostrophe in front.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from goldenthread.domain.identifiers import clean
from goldenthread.domain.pack.parts import (
    Cell,
    Facts,
    Figure,
    Grid,
    Head,
    Line,
    Numbers,
    Pack,
    Paragraph,
    Part,
    Points,
    Quotation,
    Row,
    Section,
)
from goldenthread.store import pack_xlsx_paper as paper
from goldenthread.store import pack_xlsx_pictures as pictures
from goldenthread.store.spreadsheet import safe_cell, same_bytes, sheet_name

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ACROSS = 150
"""Characters of a sheet's width, shared out between its columns."""
_PLACES = (Head("Section", 3), Head("Heading", 4), Head("Heading below that", 4))
"""The columns that say where in the pack a row stands, on a sheet with several tables."""
_STYLES = {
    "Title": (15, 26, "0B0C0C"),
    "Heading 1": (16, 18, "0B0C0C"),
    "Heading 2": (17, 14, "0B0C0C"),
    "Heading 3": (18, 12, "0B0C0C"),
    "Heading 4": (19, 11, "505A5F"),
}
"""Number of the built-in style, points and colour of each."""


@dataclass(slots=True)
class _Sheet:
    """The tables that stand on one sheet, each with the heading that it stands under."""

    name: str
    heads: tuple[Head, ...]
    rows: list[tuple[tuple[str, ...], Row]] = field(default_factory=list)
    form: str = "table"


def to_xlsx(pack: Pack) -> bytes:
    """Return a pack as a workbook, the same bytes every time.

    Raises:
        Unavailable: resvg is not installed, which makes the pictures.
    """
    from openpyxl import Workbook

    book = Workbook()
    first = book.worksheets[0]
    first.title = "Pack"
    _named_styles(book)
    taken = {"pack"}
    names: dict[int, str] = {}
    sheets = list(_sheets(pack, names))
    titles = {s.name: sheet_name(s.name, taken) for s in sheets}
    figures = [p for p in pack.parts() if isinstance(p, Figure)]
    drawings = sheet_name("Drawings", taken) if figures else ""
    _text(first, pack, {i: titles[n] for i, n in names.items()}, drawings)
    for number, sheet in enumerate(sheets, start=1):
        _table(book.create_sheet(titles[sheet.name]), sheet, number)
    for made in book.worksheets:
        paper.fit(made)
        paper.on_paper(made, clean(pack.name), wide=made is not first)
    if figures:
        drawn = book.create_sheet(drawings)
        pictures.drawings(drawn, figures)
        paper.on_paper(drawn, clean(pack.name), wide=True)
    book.properties.title = clean(pack.name)
    book.properties.creator = f"goldenthread {pack.version}"
    book.properties.language = "en-GB"
    book.properties.description = f"{clean(pack.standing)} Data set (SHA-256): {pack.sha256}"
    out = io.BytesIO()
    book.save(out)
    return same_bytes(pictures.described(out.getvalue(), [clean(f.alternative) for f in figures]))


def _named_styles(book: "Workbook") -> None:
    from openpyxl.styles import Alignment, Font, NamedStyle

    for name, (builtin, points, colour) in _STYLES.items():
        style = NamedStyle(name=name, builtinId=builtin)
        style.font = Font(name="Arial", size=points, bold=True, color=colour)
        style.alignment = Alignment(wrap_text=True, vertical="top")
        book.add_named_style(style)


def _sheets(pack: Pack, names: dict[int, str]) -> Iterator[_Sheet]:
    """Yield what stands on each sheet; `names` learns on which sheet each table stands."""
    found: dict[str, _Sheet] = {}

    def gather(section: Section, path: tuple[str, ...]) -> None:
        here = (*path, section.title)
        for part in section.parts:
            if isinstance(part, Grid):
                name = part.sheet or part.title
                if name in found and found[name].heads != part.heads:
                    name = f"{name} {len(found)}"
                sheet = found.setdefault(name, _Sheet(name, part.heads, form=part.form))
                sheet.rows += [(here[1:] or here, r) for r in part.rows]
                names[id(part)] = name
        for below in section.sections:
            gather(below, here)

    for section in pack.sections:
        gather(section, ())
    yield from found.values()


def _text(sheet: "Worksheet", pack: Pack, names: dict[int, str], drawings: str) -> None:
    """Write everything that is no table, in order, with links to the sheets of the tables."""
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 110
    _line(sheet, pack.title, style="Title")
    _line(sheet, pack.plan, style="Heading 2")
    for name, text in pack.facts:
        _line(sheet, name, text)
    _line(sheet, "What this is", pack.standing)
    _line(sheet, "Cells", "Text that begins with = + - @ or a tab has an apostrophe in front.")
    for depth, section in pack.walk():
        sheet.append([])
        _line(sheet, section.title, style=f"Heading {min(depth, 4)}")
        figures = [p for p in section.parts if isinstance(p, Figure)]
        for part in section.parts:
            if isinstance(part, Grid):
                _line(sheet, "Table", part.title, names[id(part)])
            elif figures and part is figures[0]:
                _line(sheet, "Drawings", part.title, drawings)
            else:
                for first, text in _said(part):
                    _line(sheet, first, text)


def _said(part: Part) -> Iterator[tuple[str, str]]:
    """Yield the lines of a part that is neither a table nor a drawing, in two columns."""
    match part:
        case Paragraph():
            yield (part.text, "") if part.kind == "label" else ("", part.text)
        case Points():
            yield from (("", f"• {item}") for item in part.items)
        case Facts() | Numbers():
            yield from part.pairs
        case Quotation():
            yield part.place, f"“{part.text}”"


def _line(sheet: "Worksheet", first: str, text: str = "", to: str = "", style: str = "") -> None:
    from openpyxl.styles import Alignment, Font

    sheet.append([safe_cell(clean(first)) or None, safe_cell(clean(text)) or None])
    cells = sheet[sheet.max_row]
    for cell in cells:
        if cell.data_type == "f":
            cell.data_type = "s"
        cell.font = Font(name="Arial", size=10, bold=cell.column == 1)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if style:
        cells[0].style = style
        cells[0].alignment = Alignment(wrap_text=False, vertical="top")
    if to:
        cells[1].hyperlink = f"#'{to}'!A1"
        cells[1].font = Font(name="Arial", size=10, underline="single", color="1A65A6")


def _table(sheet: "Worksheet", found: _Sheet, number: int) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    several = len({where for where, _ in found.rows}) > 1
    deep = max((len(where) for where, _ in found.rows), default=0) if several else 0
    heads = [*_PLACES[:deep], *found.heads]
    titles = _distinct([clean(h.title) for h in heads])
    sheet.append(titles)
    for where, row in found.rows:
        named = (*map(clean, where), *[""] * deep)[: min(deep, len(_PLACES))]
        values: list[Any] = [safe_cell(name) or None for name in named]
        values += [_value(c, first=n == 0) for n, c in enumerate(row.cells)]
        sheet.append(values)
    rule = Border(bottom=Side("thin", "B1B4B6"))
    for cells in sheet.iter_rows():
        for cell in cells:
            # openpyxl reads a leading = as a formula; no cell of ours is one.
            if cell.data_type == "f":
                cell.data_type = "s"
            head, at = cell.row == 1, (cell.column or 1) - len(heads) + len(found.heads)
            cell.font = Font(name="Arial", size=10, bold=head or at == 1)
            side = "center" if found.form == "matrix" and at > 1 else "left"
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side)
            cell.border = rule
            if head:
                cell.fill = PatternFill("solid", fgColor="FBF5E4")
    total = sum(h.share for h in heads)
    for n, column in enumerate(heads, start=1):
        width = 9 if found.form == "matrix" and n > 1 else max(_ACROSS * column.share / total, 9)
        sheet.column_dimensions[get_column_letter(n)].width = min(round(width, 1), 70)
    if found.rows:
        table = Table(displayName=f"Table{number}", ref=sheet.dimensions)
        table.tableStyleInfo = TableStyleInfo(name=None, showFirstColumn=True)
        sheet.add_table(table)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"


def _distinct(titles: list[str]) -> list[str]:
    """Return heads that differ, as a table's heads must, without line ends."""
    seen: dict[str, int] = {}
    made = []
    for title in titles:
        name = " ".join(title.split()) or "Column"
        seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        again = seen[name.casefold()]
        made.append(name if again == 1 else f"{name} ({again})")
    return made


def _value(cell: Cell, *, first: bool) -> str | int | None:
    said = (", " if cell and all(x.to and x.kind == "small" for x in cell) else "\n").join(
        clean(_words(x)) for x in cell
    )
    if not first and said.isdecimal() and len(said) < 10:  # noqa: PLR2004 - what a cell can hold
        return int(said)
    value = safe_cell(said.strip())
    return str(value) or None


def _words(line: Line) -> str:
    # What stands for an empty cell of a matrix is empty here: programs count numbers.
    return "" if line.text == "·" else line.text
