"""The count of measures that say which way is better, held to the rule that reports the others."""

from typing import TYPE_CHECKING

import pytest

from goldenthread.services.asking import ask
from goldenthread.services.validation import check

if TYPE_CHECKING:
    from goldenthread.store.dataset import Dataset


@pytest.mark.parametrize("plan", ["shipped", "four_levels"])
def test_direction_is_what_the_rule_does_not_miss(
    plan: str, request: pytest.FixtureRequest
) -> None:
    """Guards that a measure has a direction by the query where it has one by the rule."""
    data: Dataset = request.getfixturevalue(plan)
    answer = ask(data, "measure-properties", {}, None)
    label, measures, stated = (answer.variables.index(c) for c in ("label", "measures", "stated"))
    counts = {str(r[label].value): (r[measures].value, r[stated].value) for r in answer.rows}
    results = check(data, "corrected").results
    assert results
    missing = [r for r in results if r.rule.id == "shape:Measure-direction"]
    every, directed = (int(n) for n in counts["direction of improvement"])
    assert every == directed + len(missing)
