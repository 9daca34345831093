"""Tracing, against the documents: expected values were read off the two tables by hand."""

from pathlib import Path

import pytest

from goldenthread.domain.readings import READINGS
from goldenthread.errors import BadValue
from goldenthread.services.tracing import trace
from goldenthread.store.dataset import Dataset
from goldenthread.store.lookup import resolve

SHORT_PLAN = """
@prefix gt: <https://w3id.org/goldenthread/ontology/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/p/aim/> .
<https://example.org/p> a gt:Plan ; gt:key "p" .
:a a gt:Aim ; rdfs:label "A" ; gt:inPlan <https://example.org/p> ; gt:supports :b .
:b a gt:Aim ; rdfs:label "B" ; gt:inPlan <https://example.org/p> ; gt:supports :c .
:c a gt:Aim ; rdfs:label "C" ; gt:inPlan <https://example.org/p> ; gt:supports :a .
"""


def below(dataset: Dataset, words: str, reading: str = "corrected") -> dict[str, int]:
    """Return how many nodes of each class a trace down has."""
    return trace(dataset, resolve(dataset, words, reading), "down", reading).counts


def test_climate_down(shipped: Dataset) -> None:
    """Guards Annex 3 row 1 and Appendix 3 2.2: 1 promise, 1 priority, 4 actions, 3 measures."""
    found = below(shipped, "corporate-priority/1")
    assert found == {
        "Action": 4,
        "CorporatePriority": 1,
        "Measure": 3,
        "Promise": 1,
        "ServicePriority": 1,
    }


def test_carers_down_in_both_readings(shipped: Dataset) -> None:
    """Guards Annex 3 row 4: 1.3, 2.5 and 3.1; every action of row 5 is one of 3.1's as well."""
    for reading in READINGS:
        assert below(shipped, "corporate-priority/4", reading) == {
            "Action": 8,
            "CorporatePriority": 1,
            "Measure": 14,
            "Promise": 1,
            "ServicePriority": 3,
        }


def test_what_no_document_states_whole(shipped: Dataset) -> None:
    """Guards that the BIPC action of 3.1 reaches carers only through 3.1, and that it is said."""
    found = trace(shipped, resolve(shipped, "corporate-priority/4"))
    bipc = resolve(shipped, "action/ensure-the-oxfordshire-business-innovation")
    threads = [t for t in found.threads if t.nodes[-1] == bipc]
    assert [len(t.nodes) for t in threads] == [3]
    assert threads[0].ends == "inferred"
    assert {link.basis for link in threads[0].links} == {"stated"}


def test_the_reason_for_the_mecc_action(shipped: Dataset) -> None:
    """Guards the way up: 1.3, and priorities 3 and 4, each printed and through 1.3."""
    found = trace(shipped, resolve(shipped, "mecc model"), "up")
    ends = {(len(t.nodes), t.nodes[-1].rsplit("/", 1)[-1], t.ends) for t in found.threads}
    assert ends == {
        (2, "3", "printed"),
        (2, "4", "printed"),
        (3, "3", "printed"),
        (3, "4", "printed"),
    }
    mecc = found.focus
    assert [(s.words, s.basis) for s in mecc.schedule] == [("Year 1 (ongoing)", "by position")]
    assert [e.document for e in mecc.entries] == ["Appendix 3", "Annex 3", "Annex 3"]


def test_the_least_certain_step_has_its_quote(shipped: Dataset) -> None:
    """Guards 2.2: Annex 3 says reduce, Appendix 3 improve, so the step rests on similar wording."""
    found = trace(shipped, resolve(shipped, "corporate-priority/1"))
    staff = resolve(shipped, "Number of staff completed Climate Action training")
    thread = next(t for t in found.threads if t.nodes[-1] == staff)
    shown = thread.to_json()["weakest"]
    assert shown["link"] == 0
    assert shown["basis"] == "similar wording"
    assert shown["quote"].startswith("2.2 Identify ways to reduce")


def test_moved_actions_are_asserted_by_the_one_who_judged(shipped: Dataset) -> None:
    """Guards that a corrected link names its judgement and who judged, not the document."""
    moved = resolve(shipped, "Review existing partnerships and establish new/more formal ones")
    found = trace(shipped, moved, "up")
    link = next(i for i in found.links if i.source == moved and i.target.endswith("priority/4"))
    assert link.best is not None
    assert link.best.asserted_by == "goldenthread project, not the council"
    assert [name for _, name in link.best.judgements]
    direct = [t for t in found.threads if len(t.nodes) == 2 and t.nodes[-1].endswith("priority/4")]
    assert [(t.ends, t.moved) for t in direct] == [("printed", True)]
    printed = trace(shipped, moved, "up", "printed")
    assert not any(t.moved for t in printed.threads)
    assert [n.notation for n in printed.nodes if n.cls == "CorporatePriority"] == [
        "2",
        "3",
        "4",
        "5",
    ]
    direct = {i.target.rsplit("/", 1)[-1] for i in printed.links if i.source == moved}
    assert direct == {"3", "5", "3.1"}


def test_row_six_points_to_row_one_and_holds_nothing(shipped: Dataset) -> None:
    """Guards that a printed cross-reference is shown beside the gap and is no step."""
    found = trace(shipped, resolve(shipped, "corporate-priority/6"))
    assert not found.threads
    assert [n.id for n, _ in found.references] == ["corporate-priority/1"]


def test_links_are_those_of_the_query_library(shipped: Dataset) -> None:
    """Guards that the service, which walks the index, agrees with SPARQL over the same graph."""
    for number in range(1, 10):
        focus = resolve(shipped, f"corporate-priority/{number}")
        rows = shipped.rows(
            "PREFIX gt: <https://w3id.org/goldenthread/ontology/> SELECT DISTINCT ?from ?to {"
            f" ?to gt:supports* <{focus}> . ?from gt:supports|gt:measures ?to }}"
        )
        expected = {(r["from"].value, r["to"].value) for r in rows}
        found = trace(shipped, focus)
        assert {(i.source, i.target) for i in found.links} == expected


def test_a_circle_in_the_data_ends(tmp_path: Path) -> None:
    """Guards against endless threads where a plan's data go round in a circle."""
    (tmp_path / "plan.ttl").write_text(SHORT_PLAN, encoding="utf-8")
    found = trace(Dataset.open([tmp_path]), "https://example.org/p/aim/a")
    assert [len(t.nodes) for t in found.threads] == [3]


def test_threads_past_the_limit_are_counted(shipped: Dataset) -> None:
    """Guards that what is left out is said."""
    whole = trace(shipped, resolve(shipped, "corporate-priority/2"))
    part = trace(shipped, resolve(shipped, "corporate-priority/2"), most=3)
    assert len(part.threads) == 3
    assert part.omitted == len(whole.threads) - 3 > 0


def test_other_levels(four_levels: Dataset) -> None:
    """Guards that nothing assumes our levels: a made-up plan is traced by its own names."""
    tops = [n for n in trace_tops(four_levels) if n.order == 1]
    assert tops
    found = trace(four_levels, tops[0].iri)
    assert len({n.level for n in found.nodes}) >= 3
    assert not {n.level for n in found.nodes} & {"corporate-priority", "service-priority"}


def trace_tops(dataset: Dataset) -> list:
    """Return every thing of a data set."""
    from goldenthread.store.lookup import things
    from goldenthread.store.view import View

    return things(View(dataset))


def test_direction_is_down_or_up(shipped: Dataset) -> None:
    """Guards the message for a direction that does not exist."""
    with pytest.raises(BadValue, match="down or up"):
        trace(shipped, resolve(shipped, "corporate-priority/1"), "sideways")
