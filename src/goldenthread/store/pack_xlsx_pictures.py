"""The drawings of an assurance pack in a workbook, with their alternative texts."""

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from goldenthread.domain.identifiers import clean
from goldenthread.domain.pack.parts import Figure
from goldenthread.store.picture import to_png
from goldenthread.store.spreadsheet import safe_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_PICTURE = 0.7
"""How much of its size a drawing takes on a sheet."""
_ROW = 20
"""Pixels of a row of a sheet."""


def drawings(sheet: "Worksheet", figures: list[Figure]) -> None:
    """Put every drawing on a sheet, each under its title and what it shows in words."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.pagebreak import Break

    row = 1
    sheet.column_dimensions["A"].width = 150
    for figure in figures:
        if row > 1:
            sheet.row_breaks.append(Break(id=row - 1))
        title = sheet.cell(row, 1, str(safe_cell(clean(figure.title))))
        title.style = "Heading 2"
        said = sheet.cell(row + 1, 1, str(safe_cell(clean(figure.alternative))))
        said.font = Font(name="Arial", size=10)
        said.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row + 1].height = 42
        for cell in (title, said):
            if cell.data_type == "f":
                cell.data_type = "s"
        width, height = int(figure.width * _PICTURE), int(figure.height * _PICTURE)
        sheet.add_image(_picture(to_png(figure.svg), width, height), f"A{row + 2}")
        row += 4 + height // _ROW


def _picture(png: bytes, width: int, height: int) -> Any:  # noqa: ANN401 - of a class made here
    """Return a picture for a sheet; openpyxl's own class would need Pillow to look into it."""
    from openpyxl.drawing.image import Image

    class Picture(Image):
        def __init__(self) -> None:
            self.ref, self.format = io.BytesIO(png), "png"
            self.width, self.height = width, height
            self.anchor = "A1"

        def _data(self) -> bytes:
            return png

    return Picture()


def described(archive: bytes, alternatives: list[str]) -> bytes:
    """Return the workbook with the alternative text of each picture in it."""
    texts = iter(alternatives)

    def said(found: re.Match[bytes]) -> bytes:
        return b"<cNvPr" + found[1] + b" descr=" + quoteattr(next(texts)).encode() + b"/>"

    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/drawings/drawing"):
                content = re.sub(
                    rb'<cNvPr((?: (?:id|name)="[^"]*")*)(?: descr="[^"]*")?\s*/>',
                    said,
                    content,
                )
            new.writestr(name, content)
    return out.getvalue()
