from typing import Any

import pytest

from goldenthread.services.covering import coverage
from goldenthread.services.overview import overview


@pytest.mark.parametrize("reading", ["corrected", "printed"])
@pytest.mark.parametrize("plan", ["shipped", "four_levels"])
def test_counts_by_theme_are_those_of_coverage(
    request: pytest.FixtureRequest, plan: str, reading: str
) -> None:
    """Guards that the first page and the matrix of themes never tell different numbers."""
    dataset: Any = request.getfixturevalue(plan)
    (found,) = overview(dataset, reading)
    matrix = coverage(dataset, None, "theme", reading, counted="all")
    looked_at = 0
    for top in found.tops:
        assert [t[0] for t in top.themes] == [c.iri for c in matrix.columns]
        for iri, _, count, _ in top.themes:
            assert count == len(matrix.cell(top.node.iri, iri)), (top.node.id, iri)
            looked_at += 1
    assert looked_at > 5


def test_what_is_in_themes_is_named_as_the_plan_names_it(shipped: Any, four_levels: Any) -> None:
    """Guards the plural names beside the counts by theme."""
    assert overview(shipped)[0].themed == "promises and L&H priorities"
    assert overview(four_levels)[0].themed == "outcomes"


def test_a_theme_in_which_nothing_is_recorded_is_there_with_nought(shipped: Any) -> None:
    """Guards that no theme is left out of a priority's line because it is empty."""
    top = next(t for t in overview(shipped)[0].tops if t.node.notation == "1")
    assert [(label, n) for _, label, n, _ in top.themes] == [
        ("People", 0),
        ("Place", 2),
        ("Partnership", 0),
    ]
    value = overview(shipped)[0].to_json()["tops"][0]
    assert value["themes"] == {"People": 0, "Place": 2, "Partnership": 0}
