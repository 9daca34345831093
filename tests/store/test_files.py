"""The files that answers are handed out in."""

import csv
import io
import xml.dom.minidom
import zipfile

import pyoxigraph as ox
import pytest
from docx import Document
from openpyxl import load_workbook

from goldenthread.domain.table import About, Column, Table
from goldenthread.domain.thread import Link, Node
from goldenthread.services.exporting import graphml, networkx_of
from goldenthread.store import rdf
from goldenthread.store.dataset import Dataset
from goldenthread.store.spreadsheet import to_csv, to_xlsx, xml_text
from goldenthread.store.worddoc import to_docx

ABOUT = About("as printed", ("A plan",), ("A document",), ("not known",), "0", "f" * 64)
HEADS = (Column("words", "Words", "Its words."), Column("number", "Number", "Its number."))
RISKY = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx")


def table(*words: str) -> Table:
    """Return a table with one row a word."""
    return Table("Words", HEADS, tuple((w, 1) for w in words), "One row a word.")


@pytest.mark.parametrize("text", RISKY)
def test_no_spreadsheet_runs_a_cell(text: str) -> None:
    """Guards that text of a plan is never a formula, in CSV and in XLSX."""
    rows = list(csv.reader(io.StringIO(to_csv(table(text)).decode("utf-8"), newline="")))
    assert rows[1][0] == "'" + text
    cell = load_workbook(io.BytesIO(to_xlsx([table(text)], ABOUT)))["Words"]["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


def test_numbers_stay_numbers() -> None:
    """Guards that counts can be added up in a spreadsheet."""
    assert load_workbook(io.BytesIO(to_xlsx([table("a")], ABOUT)))["Words"]["B2"].value == 1


def test_workbook_says_what_it_is() -> None:
    """Guards that a workbook carries plan, rights, hash and the meaning of its columns."""
    book = load_workbook(io.BytesIO(to_xlsx([table("a"), table("b")], ABOUT)))
    assert book.sheetnames == ["Words", "Words 2", "About"]
    said = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert said["Data set (SHA-256)"] == "f" * 64
    assert said["Rights"] == "not known"
    assert said["Number"] == "Its number."
    assert "f" * 64 in book.properties.description


@pytest.mark.parametrize("make", [to_xlsx, lambda t, a: to_docx("T", [(0, "x")], t, a)])
def test_no_time_of_making(make) -> None:  # noqa: ANN001 - one of two writers
    """Guards that equal answers are equal files: no clock is in them."""
    archive = zipfile.ZipFile(io.BytesIO(make([table("a")], ABOUT)))
    assert archive.namelist()
    assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = archive.read("docProps/core.xml").decode()
    assert "1980-01-01T00:00:00Z" in core
    assert "202" not in core.split("created")[1]


def test_word_has_headings_and_header_rows() -> None:
    """Guards what assistive technology needs: real headings, and rows marked as headers."""
    document = Document(io.BytesIO(to_docx("Title", [(1, "a bullet")], [table("a")], ABOUT)))
    styles = [p.style.name for p in document.paragraphs]
    assert styles[0] == "Title"
    assert "Heading 1" in styles
    assert "List Bullet" in styles
    first = document.tables[0].rows[0]
    assert first._tr.trPr.xpath("w:tblHeader")
    assert [c.text for c in first.cells] == ["Words", "Number"]


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\ufffe", "\ud800"])
def test_characters_that_xml_forbids(bad: str) -> None:
    """Guards that a stray control character in a source does not break XLSX, DOCX or GraphML."""
    text = f"a{bad}b"
    assert xml_text(text) == "a\ufffdb"
    load_workbook(io.BytesIO(to_xlsx([table(text)], ABOUT)))
    Document(io.BytesIO(to_docx(text, [(0, text)], [table(text)], ABOUT)))
    nodes = [Node(f"urn:{i}", text, "C", "c", "c", 1, None) for i in range(2)]
    graph = networkx_of(nodes, [Link("urn:0", "urn:1", "supports")])
    assert xml.dom.minidom.parseString(graphml(graph))  # noqa: S318 - made here


def test_rows_must_fit() -> None:
    """Guards that a cell cannot slip under another heading."""
    with pytest.raises(ValueError, match="3 values for 2 columns"):
        Table("T", HEADS, (("a", 1, 2),))


def test_json_ld_speaks_the_words_of_the_context_and_loses_nothing(shipped: Dataset) -> None:
    """Guards the JSON-LD context: plain keys, the same bytes each time, the same triples back."""
    triples = rdf.reading_triples(shipped, "corrected")
    written = rdf.write(triples, "jsonld")
    assert written == rdf.write(reversed(triples), "jsonld")
    assert b'"supports"' in written
    assert b'"quote"' in written
    back = {q.triple for q in ox.parse(written, ox.RdfFormat.JSON_LD)}
    assert back == set(triples)


@pytest.mark.parametrize("form", rdf.WRITTEN)
def test_blank_nodes_have_names_that_stay(form: str) -> None:
    """Guards same bytes: each reading of a file makes up other names for nodes without one."""
    turtle = b"<urn:a> <urn:p> [ <urn:q> 1 ], [ <urn:q> 2 ; <urn:r> (3 [ <urn:q> 4 ]) ] ."
    read = [[q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)] for _ in range(2)]
    assert read[0] != read[1]
    written = [rdf.write(triples, form) for triples in read]
    assert written[0] == written[1]
    again = ox.Dataset(ox.parse(written[0], format=rdf.WRITTEN[form]))
    original = ox.Dataset(ox.Quad(*t) for t in read[0])
    for each in (again, original):
        each.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert again == original
