"""The timeline: what is named, what goes on, what has no timescale, where documents differ."""

import pytest

from goldenthread.domain.picking import refuse_unknown
from goldenthread.domain.timetable import timeline_tables
from goldenthread.errors import BadValue
from goldenthread.services.timing import timeline
from goldenthread.store.dataset import Dataset


def test_periods_count_what_names_them(shipped: Dataset) -> None:
    """Guards the quarters of Annex 3 (6, 7, 5, 3) and the years of Appendix 3 beside them."""
    found = timeline(shipped)
    named = {t.slot.label: t.named for t in found.tallies}
    assert [named[f"Q{n} 2022/23"] for n in (1, 2, 3, 4)] == [6, 7, 5, 3]
    assert [named[f"Year {n}"] for n in range(1, 6)] == [19, 15, 5, 2, 2]
    phases = [p for t in found.tallies for p in t.phases]
    assert phases == [("Pilot", 1), ("Roll out", 1)]


def test_ongoing_goes_on_among_its_own_kind(shipped: Dataset) -> None:
    """Guards against years set beside quarters: what is ongoing goes on in later years only."""
    found = timeline(shipped)
    ongoing = [t for r in found.rows for t in r.timescales if t.ongoing]
    assert len(ongoing) == 16
    assert all("year-" in p for t in ongoing for p in t.after)
    assert all(not t.after for r in found.rows for t in r.timescales if not t.ongoing)
    assert all(t.before == 0 for t in found.tallies if t.slot.whole)


def test_what_has_no_timescale_is_beside_it(shipped: Dataset) -> None:
    """Guards the three actions without one, and that a column's heading dates nothing."""
    found = timeline(shipped)
    assert [d.node.label.split()[0] for d in found.unscheduled] == [
        "Develop",
        "Identify",
        "Increased",
    ]
    assert all(d.listed == (("2022/23", "Annex 3"),) for d in found.unscheduled)
    assert len(found.rows) + len(found.unscheduled) == 51


def test_as_printed_two_timescales_go_with_nothing(shipped: Dataset) -> None:
    """Guards 2.1: its pairing is an assumption, so as printed the two stand alone."""
    assert not timeline(shipped).loose
    loose = timeline(shipped, "printed").loose
    assert [t.place.split(",")[2].strip() for t in loose] == ["row 1 (2.1)"] * 2


def test_documents_that_differ_say_so(shipped: Dataset) -> None:
    """Guards the marks in words: the funding plan, the volunteer strategy, the listed ones."""
    found = timeline(shipped, chosen={"documents": "differ"})
    said = [s for r in found.rows for s in r.differs]
    assert any("“Year 1 to 5”" in s and "“Q4”" in s for s in said)
    assert any("“Q3”" in s and "“Year 3”" in s and "overlaps" in s for s in said)
    listed = [s for s in said if "lists it for 2022/23" in s]
    assert len(listed) == 11
    assert len(found.rows) < 20
    assert "left out" in found.sentence
    early = [r for r in timeline(shipped).rows if not r.differs]
    assert early, "a quarter beside a Year 1 is no difference"


def test_choices_narrow_and_combine(shipped: Dataset) -> None:
    """Guards filters: each keeps what its count promised, two keep what both do."""
    every = timeline(shipped)
    checked = 0
    for facet in every.facets:
        for option in facet.options:
            kept = timeline(shipped, chosen={facet.key: option.key})
            assert len(kept.rows) + len(kept.unscheduled) == option.count, option
            checked += 1
    assert checked > 20
    both = timeline(shipped, chosen={"kind": "ongoing", "theme": "theme/place"})
    assert {"ongoing"} <= {k for r in both.rows for k in r.kinds}
    assert len(both.rows) == 10
    assert not timeline(shipped, chosen={"theme": "no-such"}).rows


def test_another_plan_has_its_own_periods(four_levels: Dataset) -> None:
    """Guards generality: seasons, tasks, and a timescale that one judgement pairs."""
    found = timeline(four_levels)
    assert [s.label for s in found.slots] == ["Season 1", "Season 2", "Season 3"]
    assert (found.one, found.many) == ("task", "tasks")
    assert len(timeline(four_levels, "printed").loose) == 1


def test_the_assumption_about_the_years_is_named(shipped: Dataset) -> None:
    """Guards that the proposed tie of Year 1 to a year is shown and not used."""
    assert [(label, status) for _, label, status in timeline(shipped).assumed] == [
        ("Year 1 is 2022/23", "proposed")
    ]


def test_tables_have_what_is_shown(shipped: Dataset) -> None:
    """Guards the downloads: a row a thing, a row a period, a row a timescale."""
    found = timeline(shipped, chosen={"kind": "ongoing"})
    things, periods, scales = timeline_tables(found)
    assert len(things.rows) == len(found.rows) > 10
    assert len(periods.rows) == len(found.slots)
    assert len(scales.rows) == sum(len(r.timescales) for r in found.rows)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"period": "year-2"}, {"period": "period/year-2"}),
        ({"period": "Year 2"}, {"period": "period/year-2"}),
        ({"theme": "place"}, {"theme": "theme/place"}),
        ({"aim": "4"}, {"aim": "corporate-priority/4"}),
    ],
)
def test_what_is_kept_may_be_named_by_words(
    shipped: Dataset, given: dict[str, str], wanted: dict[str, str]
) -> None:
    """Guards that a period, theme or aim can be named as people do, and as a trace takes it."""
    found = timeline(shipped, chosen=given)
    assert found.rows
    assert found == timeline(shipped, chosen=wanted)


@pytest.mark.parametrize("field", ["period", "kind", "theme", "aim", "level"])
def test_a_value_that_nothing_has_is_refused(shipped: Dataset, field: str) -> None:
    """Guards against an empty timeline that only a slip of the keyboard made."""
    found = timeline(shipped, chosen={field: "nope"})
    assert not found.rows
    with pytest.raises(BadValue, match=r"nothing here is “nope”. There are: \w"):
        refuse_unknown(found.facets)


def test_a_value_that_others_rule_out_is_known(shipped: Dataset) -> None:
    """Guards that nothing fits is told from no such thing: no pilot serves priority 4."""
    found = timeline(shipped, chosen={"kind": "Pilot", "aim": "4"})
    assert not found.rows
    refuse_unknown(found.facets)


def test_an_abbreviation_keeps_its_capitals(shipped: Dataset) -> None:
    """Guards the sentence on what is shown: the plan's own name for its first level stays whole."""
    assert "only OCC Strategic" in timeline(shipped, chosen={"aim": "4"}).sentence
    assert "only period “Year 2”" in timeline(shipped, chosen={"period": "year-2"}).sentence
