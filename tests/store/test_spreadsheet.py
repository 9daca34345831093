"""Guards the workbooks of tables: openpyxl, which did not write them, reads all of it back."""

import io
import zipfile
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from goldenthread.domain.table import About, Column, Table
from goldenthread.store.spreadsheet import sheet_name, to_xlsx

ABOUT = About("as printed", ("A <plan>",), ("A & B",), ("not known",), "0", "f" * 64)
HOSTILE = '"><img src=x onerror=alert(1)>'
TABLE = Table(
    "It's <all> [here]",
    (
        Column("words", "Words & more", "What <is> said."),
        Column("agrees", "Agrees?", "Filled in.", choices=("agrees", "differs & why")),
    ),
    ((" a\nb ", 1), ("\r\n", 2.5), (HOSTILE, True), ("", None), ("é😀", "x" * 40_000), ("a", -7)),
)


@pytest.fixture(scope="module")
def book() -> Any:
    """Return a workbook as openpyxl reads it."""
    return load_workbook(io.BytesIO(to_xlsx([TABLE], ABOUT)))


def test_values_come_back(book: Any) -> None:
    """Guards cells: text with its white space, numbers, truth, nothing, and what is too long."""
    rows = [[c.value for c in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert rows == [
        [" a\nb ", 1],
        ["'\n", 2.5],
        [HOSTILE, True],
        [None, None],
        ["é😀", "x" * 32_767],
        ["a", -7],
    ]
    assert rows[2][1] is True


def test_a_sheet_can_be_worked_with(book: Any) -> None:
    """Guards what people use: bold heads that stay and are printed, wrapped text, a filter."""
    sheet = book.worksheets[0]
    assert sheet.title == "It s <all>  here"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions == "A1:B7"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    # One page wide unless something else is written.
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # Excel counts in eighths of a character; 40,000 of them do not make a column wider than 60.
    assert [int(sheet.column_dimensions[c].width) for c in "AB"] == [32, 60]
    assert sheet["A1"].font.b
    assert not sheet["A2"].font.b
    assert sheet["A2"].alignment.wrap_text
    assert sheet["A2"].alignment.vertical == "top"


def test_what_may_be_filled_in_is_offered(book: Any) -> None:
    """Guards samples: a column that a person fills in offers its words, and nothing else."""
    (offer,) = book.worksheets[0].data_validations.dataValidation
    assert (offer.type, str(offer.sqref)) == ("list", "B2:B7")
    assert offer.formula1 == '"agrees,differs & why"'
    assert offer.error == "Choose agrees, differs & why, or leave it empty."
    assert offer.allowBlank
    assert offer.showErrorMessage
    empty = Table("T", TABLE.columns, ())
    alone = load_workbook(io.BytesIO(to_xlsx([empty], ABOUT))).worksheets[0]
    assert not alone.data_validations.dataValidation


def test_every_part_is_xml_and_is_named(book: Any) -> None:
    """Guards the package: each part is well formed, listed with its type, and reached."""
    with zipfile.ZipFile(io.BytesIO(to_xlsx([TABLE, TABLE], ABOUT))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        assert etree.fromstring(content) is not None, name
    types = parts["[Content_Types].xml"].decode()
    listed = [name for name in parts if name.endswith(".xml") and name != "[Content_Types].xml"]
    assert len(listed) > 5
    assert all(f'PartName="/{name}"' in types for name in listed)
    # A relation of a type that the format has not makes a sheet that LibreOffice shows blank.
    assert parts["xl/_rels/workbook.xml.rels"].count(b"/2006/relationships/worksheet") == 3
    reached = parts["xl/_rels/workbook.xml.rels"].decode() + parts["_rels/.rels"].decode()
    assert all(name.removeprefix("xl/") in reached for name in listed)
    assert book.properties.title == TABLE.title
    assert book.properties.creator == "goldenthread 0"


def test_equal_contents_are_equal_bytes() -> None:
    """Guards determinism."""
    assert to_xlsx([TABLE], ABOUT) == to_xlsx([TABLE], ABOUT)


def test_what_is_no_number_is_text() -> None:
    """Guards files that Excel opens: it has no cell for infinity."""
    table = Table("S", TABLE.columns, ((float("inf"), float("nan")), (10**12, "12")))
    made = load_workbook(io.BytesIO(to_xlsx([table], ABOUT)))["S"]
    assert [[c.value for c in row] for row in made.iter_rows(min_row=2)] == [
        ["inf", "nan"],
        [10**12, "12"],
    ]


def test_names_of_sheets_are_such_as_excel_takes() -> None:
    """Guards `goldenthread history --format xlsx`: Excel keeps “History” for itself."""
    taken: set[str] = set()
    names = [sheet_name(t, taken) for t in ("History", "history", "A/b", "a b", "x" * 40, "''")]
    assert names == ["History sheet", "history sheet 2", "A b", "a b 2", "x" * 31, "Sheet"]
