"""What rests on what, against the shipped plan read by hand."""

import pytest

from goldenthread.errors import NotFound
from goldenthread.services.exporting import to_networkx
from goldenthread.services.finding import resolve
from goldenthread.services.supporting import losing, single_threads, support_table, supports
from goldenthread.services.tracing import trace
from goldenthread.store.dataset import Dataset


def test_losing_is_what_only_it_supports(shipped: Dataset) -> None:
    """Guards the dominators: without 3.1, its own action and measures reach no priority."""
    focus = resolve(shipped, "service-priority/3.1")
    lost = {n.iri for n in losing(shipped, focus)}
    below = {n.iri for n in trace(shipped, focus).nodes} - {focus}
    assert resolve(shipped, "BIPC delivery") in lost
    # These have a row of their own with a priority, so they stay.
    assert resolve(shipped, "Review existing partnerships and establish") not in lost
    assert lost < below


def test_losing_agrees_with_taking_it_away(shipped: Dataset) -> None:
    """Guards against an error in the projection: each node is taken away and counted again."""
    from networkx import DiGraph, ancestors

    graph = DiGraph(
        (a, b, {})
        for a, b, data in to_networkx(shipped).edges(data=True)
        if data["property"] in ("supports", "measures")
    )
    tops = [n for n in graph if "/corporate-priority/" in n]
    assert len(tops) == 7
    for iri in [n for n in graph if "/service-priority/" in n]:
        if not any(t in set(graph.successors(iri)) for t in tops):
            continue
        rest = graph.copy()
        rest.remove_node(iri)
        kept = set().union(*(ancestors(rest, t) for t in tops if t in rest))
        all_ = set().union(*(ancestors(graph, t) for t in tops))
        assert {n.iri for n in losing(shipped, iri)} == all_ - kept - {iri}


def test_losing_needs_a_thread(shipped: Dataset) -> None:
    """Guards that what hangs on no priority is said to, not answered with nothing."""
    with pytest.raises(NotFound, match="No link is recorded"):
        losing(shipped, resolve(shipped, "service-priority/1.5"))


def test_single_threads(shipped: Dataset) -> None:
    """Guards that a thing with one way up is found with that way, and one with two is not."""
    found = {s.nodes[0].id: s for s in single_threads(shipped)}
    assert "service-priority/1.4" in found
    assert [n.id for n in found["service-priority/1.4"].nodes][1:] == ["corporate-priority/2"]
    assert "service-priority/3.1" not in found


@pytest.mark.parametrize("plan", ["shipped", "four_levels"])
def test_every_single_thread_is_one(plan: str, request: pytest.FixtureRequest) -> None:
    """Guards that tracing upwards gives exactly one thread to the first level, in any plan."""
    dataset: Dataset = request.getfixturevalue(plan)
    found = single_threads(dataset)
    assert found
    for single in found:
        threads = trace(dataset, single.nodes[0].iri, "up").threads
        ends = [t for t in threads if t.nodes[-1] == single.nodes[-1].iri]
        assert len(ends) == 1


def test_supports_agree_with_single_questions(shipped: Dataset) -> None:
    """Guards the table of what rests on what: each row says what asking for it alone says."""
    rows = supports(shipped)
    assert len(rows) == 141
    alone = {s.nodes[0].iri for s in single_threads(shipped)}
    assert {s.node.iri for s in rows if s.threads == 1} == alone
    for row in rows:
        if row.falls:
            assert list(row.falls) == losing(shipped, row.node.iri)
    assert len(support_table(rows).rows) == len(rows)


def test_how_far_a_measure_is(shipped: Dataset) -> None:
    """Guards the distances against the paper: measures hang under L&H priorities only."""
    steps = {s.node.id: s.steps for s in supports(shipped)}
    assert {v for k, v in steps.items() if k.startswith("measure/")} == {0}
    assert {v for k, v in steps.items() if k.startswith("action/")} == {None}
    assert steps["service-priority/3.1"] == 1
    assert steps["service-priority/4.6"] is None
    assert steps["corporate-priority/4"] == 2
    assert steps["corporate-priority/6"] is None
    nearest = next(s for s in supports(shipped) if s.node.id == "service-priority/3.1").nearest
    below = trace(shipped, resolve(shipped, "service-priority/3.1")).nodes
    assert {n.iri for n in nearest} == {n.iri for n in below if n.cls == "Measure"}
