"""Every library query gives the rows that a person worked out, one file a case."""

import csv
from collections import Counter
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

import pytest
import yaml

from goldenthread.domain.identifiers import short_id
from goldenthread.services.asking import Answer, ask
from goldenthread.store import headers, queries
from goldenthread.store.dataset import Dataset
from goldenthread.store.filling import filled

CASES = Path(__file__).parents[1] / "cases"
SHIPPED = sorted((CASES / "queries").glob("*.csv"))
FOUR_LEVELS = sorted((CASES / "plan-four-levels" / "rows").glob("*.csv"))


@dataclass(frozen=True)
class Case:
    """The rows that a query has to give, in the columns that the case names."""

    path: Path
    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    params: dict[str, str] = field(default_factory=dict)
    reading: str | None = None


def read(path: Path) -> Case:
    """Return the case in a file: header lines that begin with `#+`, then CSV."""
    text = path.read_text(encoding="utf-8")
    header = [line for line in text.splitlines(keepends=True) if line.startswith("#+ ")]
    about = yaml.safe_load("".join(line[3:] for line in header))
    # A case gives all rows: one that gives some would pass beside rows that are wrong.
    assert set(about) <= {"query", "params", "reading", "source"}
    assert about["source"]
    # A quote may hold line breaks, so the rest is read as one text and not line by line.
    rows = list(csv.reader(StringIO(text[len("".join(header)) :])))
    return Case(
        path=path,
        query=about["query"],
        columns=tuple(rows[0]),
        rows=tuple(tuple(r) for r in rows[1:]),
        params=about.get("params") or {},
        reading=about.get("reading"),
    )


def found(given: Answer, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the rows of an answer in the columns of a case, IRIs as short ids."""
    places = [given.variables.index(c) for c in columns]
    return [tuple(_shown(row[i]) for i in places) for row in given.rows]


def _shown(term: object) -> str:
    value = str(getattr(term, "value", "")) if term is not None else ""
    return short_id(value) if value.startswith("https://") else value


def differences(data: Dataset, case: Case) -> list[str]:
    """Return what is missing from an answer and what is too many, in words."""
    given = ask(data, case.query, case.params, case.reading)
    got, wanted = found(given, case.columns), list(case.rows)
    told = [f"missing {row}" for row in (Counter(wanted) - Counter(got)).elements()]
    return told + [f"too many {row}" for row in (Counter(got) - Counter(wanted)).elements()]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_shipped_plan(shipped: Dataset, path: Path) -> None:
    """Guards that a query gives the rows that were worked out by hand from the two documents."""
    assert not differences(shipped, read(path))


@pytest.mark.parametrize("path", FOUR_LEVELS, ids=lambda p: p.stem)
def test_plan_with_other_levels(four_levels: Dataset, path: Path) -> None:
    """Guards that the questions assume no names, keys or number of levels."""
    assert not differences(four_levels, read(path))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_the_editors_text_gives_the_same_rows(shipped: Dataset, path: Path) -> None:
    """Guards “Open in the editor”: values written into the text ask what values bound to it ask."""
    case = read(path)
    bound = ask(shipped, case.query, case.params, case.reading)
    assert bound.query is not None
    text = filled(bound.query.text, bound.parameters)
    assert headers.MARK not in text
    written = ask(shipped, text, reading=bound.reading)
    places = [written.variables.index(v) for v in bound.variables]
    rows = Counter(tuple(row[i] for i in places) for row in written.rows)
    assert rows == Counter(bound.rows)


def test_each_query_has_a_case_and_each_case_a_query() -> None:
    """Guards that no query ships without rows worked out by hand, and no case is left over."""
    assert SHIPPED
    assert FOUR_LEVELS
    assert queries.names()
    assert {read(p).query for p in SHIPPED} == set(queries.names())
    assert {read(p).query for p in FOUR_LEVELS} <= set(queries.names())


@pytest.mark.parametrize("path", SHIPPED + FOUR_LEVELS, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_case_files_are_named_for_their_query(path: Path) -> None:
    """Guards that a case is found by its name: `query.csv`, or `query--which.csv`."""
    assert path.stem.split("--")[0] == read(path).query


def test_a_wrong_row_is_noticed(shipped: Dataset) -> None:
    """Guards the comparison itself: a case that is wrong by one row has to fail both ways."""
    case = read(CASES / "queries" / "levels.csv")
    assert not differences(shipped, case)
    short = replace(case, rows=case.rows[1:])
    wrong = replace(case, rows=(*case.rows[1:], ("level/none", "9", "none")))
    assert [d.split()[0] for d in differences(shipped, short)] == ["too"]
    assert sorted(d.split()[0] for d in differences(shipped, wrong)) == ["missing", "too"]
