"""The picture of a part of the plan: what is in it, where it stands, what vis-network gets."""

import json
import re
from typing import Any

import pytest

from goldenthread.domain.picture import SHAPES, caption
from goldenthread.services.drawing import DASHES
from goldenthread.services.exporting import things
from goldenthread.services.finding import resolve
from goldenthread.services.projecting import alone, drawn, picture
from goldenthread.store.dataset import Dataset


def test_a_focus_comes_with_all_that_is_one_link_away(shipped: Dataset) -> None:
    """Guards the picture against the paper: row 4 with corrections, and nothing further."""
    found = picture(shipped, resolve(shipped, "corporate-priority/4"))
    counts: dict[str, int] = {}
    for shown in found.things:
        counts[shown.node.level] = counts.get(shown.node.level, 0) + 1
    assert counts == {"corporate-priority": 1, "promise": 1, "service-priority": 3, "action": 7}
    printed = picture(shipped, resolve(shipped, "corporate-priority/4"), reading="printed")
    assert len(found.things) - len(printed.things) == 2


def test_what_is_hidden_is_counted_before_it_is_opened(shipped: Dataset) -> None:
    """Guards the promise on screen: opening shows as many things as were said, and hides none."""
    focus, opened = resolve(shipped, "corporate-priority/4"), resolve(shipped, "3.1")
    before = picture(shipped, focus)
    (closed,) = [s for s in before.things if s.node.iri == opened]
    after = picture(shipped, focus, [opened])
    shown = {s.node.iri for s in after.things}
    assert closed.hidden
    assert shown - {s.node.iri for s in before.things} == {n.iri for n in closed.hidden}
    assert {s.node.iri for s in before.things} <= shown
    assert next(s for s in after.things if s.node.iri == opened).hidden == ()


@pytest.mark.parametrize("plan", ["shipped", "four_levels"])
def test_places_are_columns_by_level_and_never_collide(
    plan: str, request: pytest.FixtureRequest
) -> None:
    """Guards the layout: one x a level, in the plan's order; no two things in one place."""
    dataset = request.getfixturevalue(plan)
    every = things(dataset)
    assert every
    for node in every:
        found = picture(dataset, node.iri)
        places = [(s.x, s.y) for s in found.things]
        assert len(places) == len(set(places))
        columns = {(s.node.order, s.x) for s in found.things}
        assert len({o for o, _ in columns}) == len(columns)
        assert sorted(columns) == sorted(columns, key=lambda c: c[1])
        assert [c.shape for c in found.levels] == list(SHAPES[: len(found.levels)])


def test_the_same_address_is_the_same_picture(shipped: Dataset) -> None:
    """Guards stable positions: a data set that is opened again gives the same bytes."""
    again = Dataset.open()
    made = [
        json.dumps(drawn(picture(d, resolve(d, "service-priority/2.1")), DASHES))
        for d in (shipped, again)
    ]
    assert made[0] == made[1]


def test_without_a_focus_the_first_level_is_shown(four_levels: Dataset) -> None:
    """Guards the start: the first level alone, each with how much is behind it."""
    found = picture(four_levels)
    assert {s.node.level_name for s in found.things} == {"ambition"}
    assert all(s.hidden for s in found.things if s.node.notation == "1")
    assert [c.name for c in found.levels] == ["ambition", "outcome", "task", "signal"]


def test_too_much_is_left_out_and_said(shipped: Dataset) -> None:
    """Guards pictures nobody could read: at most so many things, the rest is a number."""
    focus = resolve(shipped, "corporate-priority/8")
    whole = picture(shipped, focus)
    part = picture(shipped, focus, most=5)
    assert len(part.things) == 5
    assert part.omitted == len(whole.things) - 5
    assert part.things[0].node.iri == focus


def test_vis_network_gets_text_and_dashes(shipped: Dataset) -> None:
    """Guards what is drawn: no title that could be read as HTML; dashes say how we know."""
    found = picture(shipped, resolve(shipped, "corporate-priority/8"))
    data = drawn(found, DASHES)
    assert not [n for n in data["nodes"] if "title" in n]
    assert len(data["edges"]) == len(found.links) > 0
    by_basis = {e["basis"]: e["dashes"] for e in data["edges"]}
    assert by_basis["stated"] is False
    assert by_basis["similar wording"] == [3, 11]
    assert all(e["arrows"] == "to" for e in data["edges"])


def test_captions_are_short_and_say_what_is_hidden(shipped: Dataset) -> None:
    """Guards reading: at most five short lines, a mark for the focus, a number for the rest."""
    found = picture(shipped, resolve(shipped, "corporate-priority/8"))
    lines = [caption(s).split("\n") for s in found.things]
    assert max(map(len, lines)) <= 4
    assert max(len(line) for c in lines for line in c) <= 30
    assert [c[0][0] for c in lines].count("▶") == 1
    assert [c for c in lines if re.fullmatch(r"\+ \d+ not shown", c[-1])]


def test_a_picture_to_keep_asks_no_host_for_anything(odd_plan_file: Any) -> None:
    """Guards the file to keep: nothing is loaded, a policy says so, and labels stay text."""
    dataset = odd_plan_file
    found = picture(dataset, resolve(dataset, "aim/1.4"))
    text = alone(found, DASHES, '"><img src=x>', ["<b>said</b>"]).decode()
    loaded = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    assert not re.findall(r"<(?:link|script|img|iframe)\b[^>]*\b(?:src|href)=", loaded)
    assert "default-src 'none'" in text
    assert "<img" not in re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert "<b>said" not in text
    data = re.search(r"nodes = new vis\.DataSet\((.*?)\);\n", text)
    assert data
    assert "<img" not in data[1]


@pytest.fixture
def odd_plan_file(tmp_path: Any) -> Dataset:
    """Return a plan whose labels try to leave the script that they are written into."""
    label = "</script><img src=x onerror=alert(1)> href heading"
    text = f"""
@prefix gt: <https://w3id.org/goldenthread/ontology/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/goldenthread/id/odd/> .
<https://w3id.org/goldenthread/id/odd> a gt:Plan ; rdfs:label "{label}" ; gt:key "odd" .
<level/aim> a gt:Level ; skos:prefLabel "{label}" ; gt:key "aim" ; gt:order 1 ;
  gt:levelClass gt:Aim ; gt:inPlan <https://w3id.org/goldenthread/id/odd> .
<aim/1.4> a gt:Aim ; rdfs:label "{label}" ; gt:atLevel <level/aim> ;
  gt:inPlan <https://w3id.org/goldenthread/id/odd> .
"""
    (tmp_path / "plan.ttl").write_text(text, encoding="utf-8")
    return Dataset.open([tmp_path / "plan.ttl"])
