"""Read a workbook that somebody filled in: values only, within bounds, no formula, no entity."""

import zipfile
from pathlib import Path

from goldenthread.domain import columns
from goldenthread.domain.table import Column
from goldenthread.errors import NotFound, Unreadable

MOST_BYTES = 20 * 1024 * 1024
"""What the file may hold once it is unpacked; a sheet of ten thousand rows needs a tenth."""
_MOST_ROWS = 20_000


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of the first sheet as text by the keys of its columns.

    Headings stand for the keys under which `domain.columns` explains them; a heading that is none
    of those is its own key. An apostrophe that keeps a spreadsheet from running text is taken off.

    Raises:
        NotFound: there is no such file.
        Unreadable: it is no workbook, or unpacks to more than a filled-in sheet can hold.
    """
    if not path.is_file():
        raise NotFound(f"There is no file {path}.")
    _guard(path)
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        found = [
            [_text(v) for v in row] for row in sheet.iter_rows(values_only=True, max_row=_MOST_ROWS)
        ]
        book.close()
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise Unreadable(f"{error}. Save it again as XLSX.", str(path)) from error
    keys = [_keys().get(h, h) for h in found[0]] if found else []
    return [dict(zip(keys, row, strict=False)) for row in found[1:] if any(row)]


def _guard(path: Path) -> None:
    """Refuse what would unpack without end, or pull in what is not in the file."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if sum(p.file_size for p in parts) > MOST_BYTES:
                raise Unreadable("It unpacks to more than any sheet holds; not read.", str(path))
            for part in parts:
                with archive.open(part) as opened:
                    content = opened.read(MOST_BYTES + 1)
                # The directory may lie about sizes.
                if len(content) > MOST_BYTES or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    raise Unreadable("It holds what no spreadsheet writes; not read.", str(path))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise Unreadable(f"{error}. Give a workbook in XLSX.", str(path)) from error


def _keys() -> dict[str, str]:
    tables = (found for found in vars(columns).values() if isinstance(found, tuple))
    known = [c for table in tables for c in table if isinstance(c, Column)]
    return {c.heading: c.key for c in (*known, *columns.SAMPLE)}


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).removeprefix("'")
