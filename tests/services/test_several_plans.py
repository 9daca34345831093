"""Guards several plans at once: an id that is shown means one thing, and leads back to it."""

import pytest

from goldenthread.services.finding import resolve
from goldenthread.services.naming import all_ids
from goldenthread.services.tracing import trace
from goldenthread.services.validation import check
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View


@pytest.fixture(scope="module")
def both(shipped: Dataset, four_levels: Dataset) -> Dataset:
    """Return a data set of two plans."""
    return Dataset.open([*shipped.folders, *four_levels.folders])


def test_ids_that_are_shown_are_ids_that_can_be_typed(both: Dataset) -> None:
    """Guards `PLAN:` in front: every id of a list leads back to the thing it stands for."""
    shown = all_ids(both)
    assert len(shown) > 100
    view = View(both)
    labels = {i: view.label(resolve(both, i)) for i, _ in shown}
    assert len(labels) == len(shown)
    assert labels == dict(shown)
    assert all(":" in i for i in labels)


def test_one_plan_needs_no_key(shipped: Dataset) -> None:
    """Guards short ids where nothing can be confused."""
    found = all_ids(shipped)
    assert found
    assert not [i for i, _ in found if ":" in i]


def test_a_thread_and_a_check_of_two_plans_name_the_plan(both: Dataset) -> None:
    """Guards JSON: ids in traces and check results are those that commands take."""
    focus = all_ids(both)[0][0]
    found = trace(both, resolve(both, focus)).to_json()
    assert found["focus"]["id"] == focus
    ids = {r.focus.id for r in check(both, rules=["Expectation-below"]).results}
    assert ids
    assert {resolve(both, i) for i in ids}
