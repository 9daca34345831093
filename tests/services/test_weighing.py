"""What judgements weigh: numbers without, with and as printed, held to the derived graphs."""

import pytest

from goldenthread.services import weighing
from goldenthread.services.judging import judgements
from goldenthread.store.dataset import Dataset
from goldenthread.store.supposing import supposing
from goldenthread.store.view import View


@pytest.fixture(params=["shipped", "four_levels"])
def plan(request: pytest.FixtureRequest) -> Dataset:
    """Return each of the two plans."""
    found: Dataset = request.getfixturevalue(request.param)
    return found


def test_reading_off_is_deriving(plan: Dataset) -> None:
    """Guards the numbers: what the marks say is what the graph without the judgement has."""
    view = View(plan)
    records = weighing.records(view)
    applied = [c for c in judgements(plan) if c.in_force]
    assert applied
    for card in applied:
        derived = View(supposing(plan, card.iri, "withdrawn"))
        expected = weighing.counts(derived, weighing.records(derived))
        found = weighing.counts(view, records, card.iri)
        assert {k: n for k, n in found.items() if n} == {k: n for k, n in expected.items() if n}


def test_row_five_is_weighed(shipped: Dataset) -> None:
    """Guards both numbers of the correction: 2 actions printed under 5, none with it; 5 and 7."""
    iri = next(c.iri for c in judgements(shipped) if c.id.endswith("row-5-actions-are-row-4s"))
    found = {
        (c.what.split(" OCC")[0], c.about.rsplit("/", 1)[-1]): (c.without, c.with_it, c.printed)
        for c in weighing.weights(shipped)[iri]
    }
    assert found == {
        ("Actions under", "5"): (2, 0, 2),
        ("Action entries read beside", "5"): (2, 0, 2),
        ("Action entries read beside", "4"): (5, 7, 5),
    }


def test_what_is_proposed_is_weighed_as_if_applied(four_levels: Dataset) -> None:
    """Guards proposals: the numbers they would change, and that nothing is changed by asking."""
    card = next(c for c in judgements(four_levels) if c.status == "proposed")
    before = four_levels.sha256
    changes = weighing.weights(four_levels)[card.iri]
    assert {(c.about.rsplit("/", 1)[-1], c.without, c.with_it, c.printed) for c in changes} >= {
        ("a", 3, 2, 3),
        ("b", 2, 3, 2),
    }
    assert four_levels.sha256 == before
    assert not next(c for c in judgements(four_levels) if c.iri == card.iri).in_force


def test_every_judgement_is_weighed(plan: Dataset) -> None:
    """Guards completeness: each has its numbers, or none because it changes none."""
    weights = weighing.weights(plan)
    assert set(weights) == {c.iri for c in judgements(plan)}
    assert all(c.without != c.with_it for changes in weights.values() for c in changes)
