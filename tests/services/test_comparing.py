"""What two readings, two plans and two things have that the other has not."""

import shutil
from pathlib import Path

import pytest

from goldenthread.domain.comparison import change_tables, pair_table
from goldenthread.services.comparing import plans, readings
from goldenthread.services.finding import resolve
from goldenthread.services.pairing import pair
from goldenthread.services.tracing import trace
from goldenthread.store.dataset import Dataset


def test_corrections_change_what_the_model_says(shipped: Dataset) -> None:
    """Guards both numbers against the paper: rows 4 and 5, 8 and 9, and 2.1's timescale."""
    found = readings(shipped)
    numbers = {t.node.id: (t.before, t.after) for t in found.tied if t.level == "action"}
    assert numbers == {
        "corporate-priority/4": (5, 7),
        "corporate-priority/5": (2, 0),
        "corporate-priority/8": (8, 9),
        "corporate-priority/9": (12, 11),
    }
    assert found.number("link", "added") == 5
    assert found.number("link", "removed") == 3
    assert found.number("thing", "added") == found.number("thing", "removed") == 0


def test_each_change_names_its_judgement(shipped: Dataset) -> None:
    """Guards the why: no difference between the readings is left without a judgement in force."""
    from goldenthread.services.judging import judgements

    found = readings(shipped)
    assert found.changes
    assert all(c.judgements for c in found.changes)
    in_force = {c.iri for c in judgements(shipped) if c.in_force}
    assert {iri for c in found.changes for iri, _ in c.judgements} <= in_force
    assert sum(len(changes) for _, changes in found.judged) >= len(found.changes)


def test_readings_agree_with_traces(shipped: Dataset) -> None:
    """Guards one answer: a thing whose traces differ stands here, or under something that does."""
    found = {t.node.iri: t for t in readings(shipped).tied if t.level == "action"}
    for iri, tied in found.items():
        for reading, number in (("printed", tied.before), ("corrected", tied.after)):
            links = trace(shipped, iri, reading=reading).links
            nodes = {n.iri: n.level for n in trace(shipped, iri, reading=reading).nodes}
            direct = [li for li in links if li.target == iri and nodes[li.source] == "action"]
            assert len(direct) == number


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """Return a plan's folder in which one thing is reworded, one renumbered, one link withdrawn."""
    folder = tmp_path / "new"
    shutil.copytree(Path(__file__).parents[1] / "cases" / "plan-four-levels", folder)
    path = folder / "plan.ttl"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ('rdfs:label "A harbour that lasts"', 'rdfs:label "A harbour that endures"'),
        ('skos:notation "A1"', 'skos:notation "A9"'),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    judged = folder / "judgements.ttl"
    text = judged.read_text(encoding="utf-8")
    judged.write_text(text.replace("gtc:proposed", "gtc:applied"), encoding="utf-8")
    return folder


def test_two_plans_differ_in_words_numbers_and_links(four_levels: Dataset, changed: Path) -> None:
    """Guards the difference of two states of a plan, both ways round."""
    new = Dataset.open([changed])
    found = plans(four_levels, new, named=("old", "new"))
    assert (found.before, found.after) == (
        "old: Three-season plan of Brackwater Harbour",
        "new: Three-season plan of Brackwater Harbour",
    )
    things = {(c.kind, c.before, c.after) for c in found.changes if c.what == "thing"}
    assert things == {
        ("reworded", "A harbour that lasts", "A harbour that endures"),
        ("renumbered", "A1", "A9"),
    }
    links = [c for c in found.changes if c.what == "link"]
    assert {c.kind for c in links} == {"added", "removed"}
    assert all(c.judgements for c in links)
    back = plans(new, four_levels)
    assert back.number("link", "added") == found.number("link", "removed")
    assert back.number("thing", "reworded") == 1


def test_a_plan_is_the_same_as_itself(four_levels: Dataset) -> None:
    """Guards exit 0: the same files opened twice differ in nothing."""
    again = Dataset.open([Path(__file__).parents[1] / "cases" / "plan-four-levels"])
    found = plans(four_levels, again)
    assert found.same
    assert all(c.before == c.after for c in found.counts)


def test_editions_share_what_follows_the_plan(changed: Path, four_levels: Dataset) -> None:
    """Guards stable ids: an edition under another plan key is compared thing by thing."""
    for path in changed.glob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("brackwater-harbour", "harbour-2030"), encoding="utf-8")
    found = plans(four_levels, Dataset.open([changed]))
    assert found.number("thing", "added") == found.number("thing", "removed") == 0
    assert found.number("thing", "reworded") == 1


def test_two_things_side_by_side(shipped: Dataset) -> None:
    """Guards the pair that shares a number: what both say, word by word, and whose is what."""
    found = pair(shipped, resolve(shipped, "service-priority/1.4"), resolve(shipped, "2.1"))
    facts = {f.name: f for f in found.facts}
    assert facts["Level"].same
    assert not facts["Words"].same
    assert "".join(t for t, _ in facts["Words"].first) == found.first.label
    below = [s for s in found.shared if s.where == "below"]
    assert [s.level for s in below] == ["actions", "measures"]
    for s in below:
        own = {
            n.iri for n in trace(shipped, found.first.iri).nodes if n.level_name + "s" == s.level
        }
        assert {n.iri for n in (*s.both, *s.first)} == own


def test_tables_have_every_difference(shipped: Dataset) -> None:
    """Guards the downloads: one row a difference, one a fact or level."""
    found = readings(shipped)
    changes, counts = change_tables(found)
    assert len(changes.rows) == len(found.changes) == 8
    assert len(counts.rows) == len(found.counts)
    both = pair(shipped, resolve(shipped, "1.4"), resolve(shipped, "2.1"))
    assert len(pair_table(both).rows) == len(both.facts) + len(both.shared)
