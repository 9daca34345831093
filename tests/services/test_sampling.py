"""Guards samples: drawn fairly, the same each time, read back beside what the data say now."""

import io
import zipfile
from pathlib import Path

import pytest

from goldenthread.errors import BadValue, NotFound, Unreadable
from goldenthread.services.exporting import about
from goldenthread.services.sampling import draw, read_back
from goldenthread.store.dataset import Dataset
from goldenthread.store.spreadsheet import to_xlsx


def sheet_of(dataset: Dataset, seed: int = 3, size: int = 12) -> bytes:
    """Return a sample as the workbook that an auditor gets."""
    return to_xlsx([draw(dataset, seed, size).table()], about(dataset))


def ticked(content: bytes, path: Path, *verdicts: str) -> Path:
    """Fill in the first rows of a workbook and save it as a spreadsheet program does."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for number, verdict in enumerate(verdicts, start=2):
        sheet.cell(number, heads["Agrees?"], verdict)
        sheet.cell(number, heads["Checked by"], "A. Auditor")
    book.save(path)
    return path


def test_the_same_seed_draws_the_same_rows(shipped: Dataset) -> None:
    """Guards repeatability: the seed alone decides, another draws others, bytes are the same."""
    again = Dataset.open()
    assert draw(shipped, 7, 20) == draw(again, 7, 20)
    assert draw(shipped, 7, 20).items != draw(shipped, 8, 20).items
    assert sheet_of(shipped) == sheet_of(again)


@pytest.mark.parametrize("size", [1, 5, 20, 100])
def test_each_level_has_its_share(shipped: Dataset, size: int) -> None:
    """Guards fairness: as many as asked for, from every level while there is room, none twice."""
    sample = draw(shipped, 1, size)
    assert len(sample.items) == size == len({i.iri for i in sample.items})
    assert set(sample.drawn) <= set(sample.population)
    if size >= len(sample.population):
        assert set(sample.drawn) == set(sample.population)
        total = sum(sample.population.values())
        for stratum, count in sample.population.items():
            assert abs(sample.drawn[stratum] - max(1, size * count / total)) <= 2, stratum


def test_more_than_there_are_draws_all(four_levels: Dataset) -> None:
    """Guards the end: a sample larger than the plan is the whole of it, with quotes for all."""
    sample = draw(four_levels, 1, 10_000)
    assert len(sample.items) == sum(sample.population.values()) > 30
    assert [i for i in sample.items if not (i.words and i.place and i.how and i.claim)] == []
    with pytest.raises(BadValue):
        draw(four_levels, 1, 0)


def test_what_comes_back_stands_beside_the_data(shipped: Dataset, tmp_path: Path) -> None:
    """Guards the way back: verdicts and names are read, rows that were not ticked are said so."""
    path = ticked(sheet_of(shipped), tmp_path / "s.xlsx", "agrees", "Differs", "cannot tell")
    sheet = read_back(shipped, path)
    assert sheet.counts == {"agrees": 1, "differs": 1, "cannot tell": 1, "not ticked": 9}
    assert [r for r in sheet.rows if r.now is None or r.changed or r.now.claim != r.claim] == []
    assert {r.by for r in sheet.rows} == {"A. Auditor", ""}


def test_what_people_write_is_understood(shipped: Dataset, tmp_path: Path) -> None:
    """Guards the column “Agrees?”: yes and no are answers, and what is neither stays."""
    written = ("Yes", " y.", "No", "?", "Don't know", "perhaps", "x")
    sheet = read_back(shipped, ticked(sheet_of(shipped), tmp_path / "s.xlsx", *written))
    said = ["agrees", "agrees", "differs", "cannot tell", "cannot tell", "perhaps", "x"]
    assert [r.verdict for r in sheet.rows[: len(said)]] == said


def test_what_changed_since_is_said(four_levels: Dataset, tmp_path: Path) -> None:
    """Guards honesty: a sheet about what the data no longer say is told apart."""
    import shutil

    folder = tmp_path / four_levels.folders[0].name
    shutil.copytree(four_levels.folders[0], folder)
    path = ticked(sheet_of(four_levels, size=10_000), tmp_path / "s.xlsx", "agrees")
    plan = folder / "plan.ttl"
    changed = plan.read_bytes().replace(b"A harbour that lasts", b"A harbour that goes")
    assert changed != plan.read_bytes()
    plan.write_bytes(changed)
    rows = read_back(Dataset.open([folder]), path).rows
    assert {r.changed for r in rows} == {True, False}
    other = read_back(Dataset.open(), path).rows
    assert {r.now for r in other} == {None}


def bomb(path: Path) -> Path:
    """Return a small archive that unpacks to a large one."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)
    return path


def entity(path: Path) -> Path:
    """Return an archive with an XML entity."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    return path


def plain(path: Path) -> Path:
    """Return a file that is no archive."""
    path.write_bytes(b"not a workbook")
    return path


@pytest.mark.parametrize("make", [bomb, entity, plain])
def test_hostile_workbooks_are_refused(shipped: Dataset, tmp_path: Path, make: object) -> None:
    """Guards reading: bombs, entities and what is no workbook end in an error that says so."""
    assert callable(make)
    with pytest.raises(Unreadable):
        read_back(shipped, make(tmp_path / "x.xlsx"))


def test_another_workbook_is_no_sample(shipped: Dataset, tmp_path: Path) -> None:
    """Guards mistakes: the wrong file, or none."""
    from goldenthread.services.exporting import tables

    path = tmp_path / "plan.xlsx"
    path.write_bytes(to_xlsx(tables(shipped), about(shipped)))
    with pytest.raises(Unreadable, match="no sample"):
        read_back(shipped, path)
    with pytest.raises(NotFound):
        read_back(shipped, tmp_path / "none.xlsx")


def test_the_sheet_offers_the_verdicts_and_prints(shipped: Dataset) -> None:
    """Guards the sheet: a list to choose from, landscape pages, headings on each."""
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(sheet_of(shipped))).worksheets[0]
    (offered,) = sheet.data_validations.dataValidation
    assert offered.formula1 == '"agrees,differs,cannot tell"'
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"
