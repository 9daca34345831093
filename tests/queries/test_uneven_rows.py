"""A row whose only timescale stands beside no task, which neither plan of the tests has."""

import shutil
from pathlib import Path

import pytest

from goldenthread.services.asking import ask
from goldenthread.store.dataset import Dataset

PLAN = Path(__file__).parents[1] / "cases" / "plan-four-levels"


@pytest.fixture(scope="module")
def without_task(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Return the made-up plan without the entry of D1's only task; its timescale stays."""
    folder = tmp_path_factory.mktemp("uneven") / "plan"
    shutil.copytree(PLAN, folder, ignore=shutil.ignore_patterns("rows"))
    table = folder / "harbour-plan.ttl"
    blocks = table.read_text(encoding="utf-8").split("\n\n")
    kept = [b for b in blocks if not b.startswith("entry:harbour-700 ")]
    assert len(kept) == len(blocks) - 1
    table.write_text("\n\n".join(kept), encoding="utf-8")
    return Dataset.open([folder])


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("rows-with-uneven-timescales", {("B1", "2", "1"), ("D1", "0", "1")}),
        ("rows-with-fewer-timescales", {("B1", "2", "1")}),
    ],
)
def test_more_timescales_than_none(
    without_task: Dataset, query: str, wanted: set[tuple[str, ...]]
) -> None:
    """Guards that a row with a timescale and nothing to go with it is told as uneven."""
    answer = ask(without_task, query, {}, None)
    places = [answer.variables.index(c) for c in ("number", "entries", "timescales")]
    found = {tuple(str(row[i].value) for i in places) for row in answer.rows}
    assert found == wanted
