"""What is printed, told from the graph with corrections, against the reading as printed."""

import pytest

from goldenthread.services.contrasting import as_printed
from goldenthread.services.exporting import things
from goldenthread.services.tracing import trace
from goldenthread.store.dataset import Dataset


@pytest.mark.parametrize("plan", ["shipped", "four_levels"])
@pytest.mark.parametrize("direction", ["down", "up"])
def test_same_as_deriving(plan: str, direction: str, request: pytest.FixtureRequest) -> None:
    """Guards the short cut: for every thing it gives what the reading as printed gives."""
    dataset: Dataset = request.getfixturevalue(plan)
    found = things(dataset, "printed")
    assert found
    for node in found:
        told = as_printed(dataset, trace(dataset, node.iri, direction))
        there = trace(dataset, node.iri, direction, "printed")
        expected = {n.iri for n in there.nodes} - {node.iri}
        if told is not None:
            assert {n.iri for n in told} == expected, node.id


def test_short_cut_is_taken(shipped: Dataset) -> None:
    """Guards that the shipped plan does not fall back to deriving twice."""
    assert as_printed(shipped, trace(shipped, things(shipped)[0].iri)) is not None
