from pathlib import Path

import pytest

import goldenthread as gt

ROOT = Path(__file__).parents[2]
AXES = [("corporate-priority", "theme"), ("theme", "period"), ("action", "task"), ("task", "theme")]


@pytest.fixture(scope="module")
def both() -> gt.Plan:
    """Return two plans of other levels, words and authors in one data set."""
    shipped = sorted((ROOT / "data").glob("*/plan.ttl"))
    assert shipped
    return gt.open(shipped[0].parent, ROOT / "tests" / "cases" / "plan-four-levels")


@pytest.mark.parametrize(("rows", "columns"), AXES)
def test_a_matrix_of_two_plans_is_a_frame(both: gt.Plan, rows: str, columns: str) -> None:
    """Guards coverage of several plans: columns are told apart, and numbers are those of cells."""
    matrix = both.coverage(rows, columns)
    frame = matrix.to_frame()
    assert frame.columns.is_unique
    assert len(frame) == len(matrix.rows) > 0
    heads = [c for c in frame.columns if c not in ("id", "row", "total")]
    assert len(heads) == len(matrix.columns) > 0
    assert int(frame[heads].to_numpy().sum()) == sum(len(c) for c in matrix.cells.values())


def test_no_matrix_joins_things_of_different_plans(both: gt.Plan) -> None:
    """Guards against threads between plans: where none is recorded, every cell is empty."""
    matrix = both.coverage("corporate-priority", "outcome")
    assert matrix.rows
    assert matrix.columns
    assert not any(matrix.cells.values())
