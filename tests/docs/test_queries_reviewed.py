"""The review of the queries speaks of the cases that there are."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest

from goldenthread.store import queries

TESTS = Path(__file__).parents[1]
REVIEW = TESTS.parent / "docs" / "explanation" / "queries-reviewed.md"
FOLDERS = {
    "shipped": TESTS / "cases" / "queries",
    "four levels": TESTS / "cases" / "plan-four-levels" / "rows",
}


def reviewed(plan: str) -> list[tuple[str, int]]:
    """Return the cases that the review names, each with the rows that it counts."""
    line = re.compile(rf"(?m)^\| {plan} \| ([a-z0-9.-]+) \| (?:[^|\\]|\\.)+ \| (\d+) \|")
    return [(n, int(k)) for n, k in line.findall(REVIEW.read_text(encoding="utf-8"))]


def counted(path: Path) -> int:
    """Return how many rows a case has below its header lines and the names of its columns."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    body = "".join(line for line in lines if not line.startswith("#+ "))
    return len(list(csv.reader(StringIO(body)))) - 1


@pytest.mark.parametrize("plan", FOLDERS)
def test_every_case_is_reviewed(plan: str) -> None:
    """Guards that a case which is new, gone, longer or shorter is read against the paper again."""
    cases = {p.stem: counted(p) for p in FOLDERS[plan].glob("*.csv")}
    assert len(cases) > 30
    named = reviewed(plan)
    assert len(dict(named)) == len(named)
    assert dict(named) == cases


@pytest.mark.parametrize("plan", FOLDERS)
def test_every_query_is_reviewed(plan: str) -> None:
    """Guards that each query of the library has a case worked out on both plans."""
    assert queries.names()
    assert {name.split("--")[0] for name, _ in reviewed(plan)} == set(queries.names())


def test_a_row_that_says_otherwise_is_noticed() -> None:
    """Guards the reading of the table: its first and last rows, and parameters with bars."""
    named = dict(reviewed("shipped"))
    assert named["action-properties--corrected"] == 4
    assert named["wordings-that-differ"] == 10
    assert dict(reviewed("four levels"))["wordings-that-differ"] == 2
