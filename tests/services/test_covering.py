"""Coverage of levels, themes and periods against each other, on both plans."""

from collections.abc import Iterable
from itertools import permutations
from pathlib import Path
from shutil import copytree

import pytest

from goldenthread.domain.thread import Node
from goldenthread.errors import BadValue, NotFound
from goldenthread.services.covering import axes, between, coverage, head
from goldenthread.services.tracing import trace
from goldenthread.store.dataset import Dataset

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["shipped", "four_levels"])
def plan(request: pytest.FixtureRequest) -> Dataset:
    """Return each of the two plans."""
    found: Dataset = request.getfixturevalue(request.param)
    return found


def test_everything_can_be_set_against_everything_else(plan: Dataset) -> None:
    """Guards every pair both ways round: swapped, it counts the same things in the same cells."""
    keys = [a.key for a in axes(plan)]
    assert {"theme", "period"} < set(keys)
    pairs = list(permutations(keys, 2))
    assert len(pairs) >= 30
    for rows, columns in pairs:
        level = next(k for k in keys if k not in ("theme", "period"))
        here = coverage(plan, rows, columns, counted=level)
        there = coverage(plan, columns, rows, counted=level)
        turned = {(c, r): found for (r, c), found in there.cells.items()}
        assert turned == here.cells, (rows, columns)
        assert here.total == there.total


def test_levels_that_are_no_neighbours_are_counted_over_threads(plan: Dataset) -> None:
    """Guards the pairs of the first and the last level: those that a trace reaches, no others."""
    levels = [a.key for a in axes(plan) if not a.grouping]
    matrix = coverage(plan, levels[0], levels[-1])
    pairs = 0
    for row in matrix.rows:
        reached = {n.iri for n in trace(plan, row.iri).nodes if n.level == levels[-1]}
        counted = {c.iri for c in matrix.columns if matrix.cell(row.iri, c.iri)}
        assert counted == reached
        pairs += len(reached)
    assert matrix.pairs == matrix.total == pairs > 3


def test_direct_and_through_are_told_apart(shipped: Dataset) -> None:
    """Guards 63 pairs of priority and action: 52 that a row states, 11 only through others."""
    matrix = coverage(shipped, "corporate-priority", "action")
    assert (matrix.pairs, len(matrix.direct)) == (63, 52)
    through = [(r, c) for r, c in matrix.cells if (r, c) not in matrix.direct]
    assert len(through) == 11
    assert all(between(shipped, c, r) for r, c in through)
    assert not any(between(shipped, c, r) for r, c in matrix.direct)
    assert not coverage(shipped, "corporate-priority", "measure").direct


def test_themes_count_the_level_that_the_thread_goes_through(shipped: Dataset) -> None:
    """Guards what fits best: L&H priorities by theme, themselves or under a priority."""
    matrix = coverage(shipped, "corporate-priority", "theme")
    assert matrix.count_axis.key == "service-priority"
    two = matrix.rows[1]
    names = [matrix.cell_name(two, c) for c in matrix.columns]
    assert names[1] == "2 L&H priorities under Tackle inequalities in Oxfordshire, theme Place"
    assert coverage(shipped, "service-priority", "theme").total == 13
    actions = coverage(shipped, "action", "theme")
    assert actions.through, "actions have the theme of what they stand under"
    assert [actions.column_total(c.iri) for c in actions.columns] == [11, 14, 9]


def test_what_no_group_holds_is_told(shipped: Dataset) -> None:
    """Guards totals: priority 2 has six L&H priorities, and two of them have no theme."""
    matrix = coverage(shipped, "corporate-priority", "theme")
    assert matrix.row_total(matrix.rows[1].iri) == 4
    assert [n.notation for n in matrix.outside] == ["4.6", "4.7"]
    assert matrix.outside_name == "2 L&H priorities with no theme recorded"
    assert matrix.to_json()["outside"] == ["service-priority/4.6", "service-priority/4.7"]
    assert matrix.empty_first().outside == matrix.outside
    assert not matrix.only(matrix.rows[0].iri).outside
    turned = coverage(shipped, "theme", "corporate-priority")
    assert turned.outside == matrix.outside
    assert not coverage(shipped, "corporate-priority", "service-priority").outside


def test_a_whole_period_holds_what_its_parts_hold(shipped: Dataset) -> None:
    """Guards 2022/23: 18 actions carry a quarter of it; 6, 7, 5 and 3 assignments."""
    matrix = coverage(shipped, "action", "period")
    totals = {c.label: matrix.column_total(c.iri) for c in matrix.columns}
    assert list(totals)[:5] == [f"Year {n}" for n in range(1, 6)]
    assert totals["2022/23"] == 18
    assert matrix.total == 48, "a thing counts once, in however many periods it is"
    assert [n for name, n in totals.items() if name.startswith("Q")] == [6, 7, 5, 3]


def test_empty_ones_come_first_and_nothing_else_moves(plan: Dataset) -> None:
    """Guards the order on request: the same cells, empty rows and columns in front."""
    for rows, columns in ((None, None), ("theme", "period")):
        matrix = coverage(plan, rows, columns)
        first = matrix.empty_first()
        assert first.cells == matrix.cells
        empty = len(matrix.empty_rows)
        assert first.rows[:empty] == matrix.empty_rows
        full = [r for r in matrix.rows if r not in matrix.empty_rows]
        assert list(first.rows[empty:]) == full


def test_a_part_holds_its_cells_and_no_others(shipped: Dataset) -> None:
    """Guards what a number leads to: one row, one column, one cell, exactly."""
    matrix = coverage(shipped, "corporate-priority", "theme")
    row = head(matrix, "corporate-priority/2", of_rows=True)
    column = head(matrix, "theme/place", of_rows=False)
    assert row
    assert column
    assert matrix.only(row.iri).total == matrix.row_total(row.iri) == 4
    assert matrix.only(None, column.iri).total == matrix.column_total(column.iri)
    assert matrix.only(row.iri, column.iri).total == 2
    with pytest.raises(NotFound, match="no row") as caught:
        head(matrix, "corporate-priority/12", of_rows=True)
    assert caught.value.nearest


def test_cells_say_what_they_count(four_levels: Dataset) -> None:
    """Guards the names that are read aloud, with another plan's own words."""
    matrix = coverage(four_levels, "ambition", "theme")
    first = matrix.rows[0]
    said = [matrix.cell_name(first, c) for c in matrix.columns]
    assert said[0] == "2 outcomes under A harbour that lasts, theme Quay"
    assert said[1] == "1 outcome under A harbour that lasts, theme Water"
    second = [matrix.cell_name(matrix.rows[1], c) for c in matrix.columns]
    assert any(name.startswith("no link recorded for A harbour for everyone") for name in second)
    pairs = coverage(four_levels, "task", "ambition")
    names = [pairs.cell_name(r, c) for r in pairs.rows for c in pairs.columns]
    assert "ambition A: A harbour that lasts, above Survey the east wall" in names
    column = pairs.columns[0]
    assert pairs.column_total_name(column, 3) == "3 tasks under A harbour that lasts"


@pytest.mark.parametrize("key", ["theme", "action"])
def test_rows_that_are_the_columns_are_refused(shipped: Dataset, key: str) -> None:
    """Guards the message for a choice that says nothing."""
    with pytest.raises(BadValue, match="Rows and columns are both"):
        coverage(shipped, key, key)


def test_two_plans_count_each_its_own_level(shipped: Dataset, four_levels: Dataset) -> None:
    """Guards both plans at once: one counts actions, the other tasks.

    They used to count the level of the plan that was loaded first.
    """
    folders = [Path("data/occ-libraries-heritage"), Path("tests/cases/plan-four-levels")]
    both = Dataset.open([ROOT / folder for folder in folders])
    matrix = coverage(both, "theme", "period")
    alone = [coverage(plan, "theme", "period") for plan in (shipped, four_levels)]
    assert all(m.total for m in alone)
    assert matrix.total == sum(m.total for m in alone)
    assert matrix.counted == "tasks and actions"
    assert matrix.count_axis.key == "", "no key says this choice"
    known = {cell: set(ids(found)) for m in alone for cell, found in m.cells.items()}
    assert {cell: set(ids(found)) for cell, found in matrix.cells.items()} == known


def test_plans_with_the_same_levels_stand_in_one_matrix(tmp_path: Path) -> None:
    """Guards two editions of a plan at once: a key names the level of each."""
    one, other = tmp_path / "one", tmp_path / "other"
    copytree(ROOT / "tests/cases/plan-four-levels", one)
    copytree(one, other)
    for file in other.glob("*.ttl"):
        text = file.read_text("utf-8").replace("brackwater-harbour", "second-harbour")
        file.write_text(text, "utf-8")
    single, both = Dataset.open([one]), Dataset.open([one, other])
    for rows, columns in (("ambition", "outcome"), ("task", "theme"), (None, None)):
        matrix, alone = coverage(both, rows, columns), coverage(single, rows, columns)
        assert alone.total
        assert (len(matrix.rows), matrix.total) == (2 * len(alone.rows), 2 * alone.total)
        assert matrix.count_axis == alone.count_axis
    assert [a.key for a in axes(both)] == [a.key for a in axes(single)]


def ids(nodes: Iterable[Node]) -> list[str]:
    """Return the IRIs of things."""
    return [n.iri for n in nodes]
