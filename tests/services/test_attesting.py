"""Guards kept samples: verdicts as RDF beside the plan, with who and when, never as its words."""

import dataclasses
import io
import shutil
from datetime import date
from pathlib import Path

import pytest

from goldenthread.domain.readings import READINGS
from goldenthread.errors import BadValue
from goldenthread.services import attesting, chaining, sampling
from goldenthread.services.exporting import about
from goldenthread.services.validation import check
from goldenthread.store.dataset import Dataset
from goldenthread.store.spreadsheet import to_xlsx

FOUR = Path(__file__).parents[1] / "cases" / "plan-four-levels"
TERMS = attesting.Terms("Internal auditor", date(2026, 11, 22), 7)
VERDICTS = ("agrees", "agrees", "differs", "cannot tell", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of a plan's folder, to write into."""
    copy = tmp_path / "plan"
    shutil.copytree(FOUR, copy)
    return copy


def came_back(folder: Path, tmp_path: Path) -> sampling.Sheet:
    """Return a sheet as an auditor sends it back, some of its rows ticked."""
    from openpyxl import load_workbook

    dataset = Dataset.open([folder])
    made = to_xlsx([sampling.draw(dataset, 7, len(VERDICTS)).table()], about(dataset))
    book = load_workbook(io.BytesIO(made))
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[1]}
    for number, verdict in enumerate(VERDICTS, start=2):
        page.cell(number, heads["Agrees?"], verdict)
        page.cell(number, heads["Date"], "2026-11-20" if number == 2 else "")
        page.cell(number, heads["Remarks"], "One word is missing." if verdict == "differs" else "")
    file = tmp_path / "sample.xlsx"
    book.save(file)
    return sampling.read_back(dataset, file)


def found(folder: Path, reading: str = "corrected") -> attesting.Assessed:
    """Return what kept samples say of the folder as it is now."""
    dataset = Dataset.open([folder])
    return attesting.results(dataset, sampling.population(dataset, reading), reading)


def test_verdicts_are_kept(folder: Path, tmp_path: Path) -> None:
    """Guards the record: what was ticked is counted by level, with role, day, remarks and share."""
    assert attesting.keep(Dataset.open([folder]), folder, came_back(folder, tmp_path), TERMS) == 4
    told = found(folder)
    assert told.total.counts == {"agrees": 2, "differs": 1, "cannot tell": 1}
    assert told.total.share == 67
    assert sum(t.checked for t in told.tallies) == 4
    assert {r.changed for r in told.rows} == {"no"}
    assert {r.on for r in told.rows} == {"2026-11-20", "2026-11-22"}
    assert {r.sample for r in told.rows} == {"Sample with seed 7"}
    differs = next(r for r in told.rows if r.verdict == "differs")
    assert differs.sentence.endswith("by Internal auditor: differs. One word is missing.")
    assert told.to_json()["total"]["agreePercent"] == 67
    assert [len(t.rows) for t in told.tables()] == [len(told.tallies) + 1, 4]


def test_the_same_sheet_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    """Guards repeats: reading a sheet twice writes the same file, and no row twice."""
    sheet = came_back(folder, tmp_path)
    attesting.keep(Dataset.open([folder]), folder, sheet, TERMS)
    first = (folder / "samples.ttl").read_bytes()
    attesting.keep(Dataset.open([folder]), folder, sheet, TERMS)
    assert (folder / "samples.ttl").read_bytes() == first
    assert b"_:" not in first


def test_why_tells_it(folder: Path, tmp_path: Path) -> None:
    """Guards the chain: a checked entry or link says so, by whom and with what verdict."""
    attesting.keep(Dataset.open([folder]), folder, came_back(folder, tmp_path), TERMS)
    dataset = Dataset.open([folder])
    rows = found(folder).rows
    assert rows
    for row in rows:
        parts = chaining.why(dataset, row.target).parts
        assert any(p.sentence == row.sentence for p in parts), row.target


def test_the_plan_says_what_it_said(folder: Path, tmp_path: Path) -> None:
    """Guards that verdicts are never mixed with the plan: the same links, entries and results."""
    before = {r: {q.id for q in check(Dataset.open([folder]), r).results} for r in READINGS}
    drawn = {r: set(sampling.population(Dataset.open([folder]), r)) for r in READINGS}
    attesting.keep(Dataset.open([folder]), folder, came_back(folder, tmp_path), TERMS)
    assert {r: {q.id for q in check(Dataset.open([folder]), r).results} for r in READINGS} == before
    assert {r: set(sampling.population(Dataset.open([folder]), r)) for r in READINGS} == drawn


def test_what_changed_since_is_said(folder: Path, tmp_path: Path) -> None:
    """Guards old verdicts: where the data say something else now, or nothing, each row says so."""
    attesting.keep(Dataset.open([folder]), folder, came_back(folder, tmp_path), TERMS)
    dataset = Dataset.open([folder])
    now = sampling.population(dataset)
    told = found(folder).rows
    assert told
    gone = attesting.results(dataset, {i: p for i, p in now.items() if i != told[0].target})
    changed = {r.target: r.changed for r in gone.rows}
    assert changed.pop(told[0].target) == "gone"
    assert set(changed.values()) == {"no"}


def test_what_cannot_be_kept(folder: Path, tmp_path: Path) -> None:
    """Guards refusals: a sheet without a verdict, and verdicts that no role answers for."""
    sheet = came_back(folder, tmp_path)
    with pytest.raises(BadValue, match="--role"):
        attesting.keep(Dataset.open([folder]), folder, sheet, attesting.Terms(" ", TERMS.on))
    with pytest.raises(BadValue, match="verdict"):
        attesting.keep(Dataset.open([folder]), folder, sampling.Sheet(()), TERMS)
    odd = dataclasses.replace(sheet.rows[0], verdict="perhaps")
    half = sampling.Sheet((odd, *sheet.rows[1:]))
    with pytest.raises(BadValue, match="Nothing was kept: “perhaps”"):
        attesting.keep(Dataset.open([folder]), folder, half, TERMS)
    assert not (folder / "samples.ttl").exists()


def test_no_sample_says_so() -> None:
    """Guards what ships: no verdict is invented, and the answer says that there is none."""
    dataset = Dataset.open()
    told = attesting.results(dataset, sampling.population(dataset))
    assert told.rows == ()
    assert "No sample has been read back" in told.sentence
    assert told.to_json()["total"]["agreePercent"] is None
