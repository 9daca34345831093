"""How the sheets of an assurance pack look on paper and on screen: heights of rows, A4, feet."""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LETTERS = 1.15
"""Letters of Arial 10 in a unit of a column's width, with room to spare."""
_LINE, _INSET, _HIGHEST = 13.2, 4.0, 409.0
"""Points of a line, of what a row has beside its lines, and the most that a row can have."""


def fit(sheet: "Worksheet") -> None:
    """Make each row as high as its words need; programs differ in whether they do so themselves."""
    from openpyxl.utils import get_column_letter

    for number, cells in enumerate(sheet.iter_rows(), start=1):
        need = _LINE
        for cell in cells:
            if cell.value is None:
                continue
            points = cell.font.size or 10
            width = sheet.column_dimensions[get_column_letter(cell.column or 1)].width
            letters = width * _LETTERS * 10 / points if cell.alignment.wrap_text else math.inf
            lines = sum(_lines(part, letters) for part in str(cell.value).split("\n"))
            need = max(need, lines * _LINE * points / 10)
        sheet.row_dimensions[number].height = min(round(need + _INSET, 1), _HIGHEST)


def _lines(words: str, letters: float) -> int:
    """Return how many lines words take where so many letters stand beside each other."""
    lines, taken = 1, 0.0
    for word in words.split(" "):
        if taken and taken + len(word) > letters:
            lines, taken = lines + 1, 0.0
        taken += len(word) + 1
        if taken - 1 > letters:
            over = math.ceil((taken - 1) / letters) - 1
            lines, taken = lines + over, taken - over * letters
    return lines


def on_paper(sheet: "Worksheet", name: str, *, wide: bool) -> None:
    """Lay a sheet out for A4, as wide as a page, with the pack's name above and its own below."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False
    head, foot = sheet.oddHeader, sheet.oddFooter
    if head is not None and head.left is not None:
        # An ampersand begins a code (ISO/IEC 29500-1, 18.3.1.46); 255 signs are the most.
        head.left.text = name.replace("&", "&&")[:200]
    if foot is not None and foot.center is not None:
        foot.center.text = "&A, page &P of &N"
