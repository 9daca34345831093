import io
import re
import zipfile
from typing import Any

import docx
import pytest

from goldenthread.domain.briefing import Briefing, Group, Point
from goldenthread.domain.namespaces import BASE
from goldenthread.domain.room import WIDTH, fit, shares
from goldenthread.services.briefing import briefing
from goldenthread.services.exporting import about, text_to_docx, things
from goldenthread.services.gaps import gaps
from goldenthread.services.tracing import trace
from goldenthread.services.validation import check

SHIPPED = BASE + "occ-libraries-heritage/"
HARBOUR = BASE + "brackwater-harbour/"


@pytest.fixture(scope="module")
def reports(shipped: Any, four_levels: Any) -> dict[tuple[int, str], Any]:
    """Return the check results of both plans in both readings: they take seconds each."""
    return {
        (id(d), r): check(d, r) for d in (shipped, four_levels) for r in ("corrected", "printed")
    }


@pytest.fixture(scope="module")
def brief(reports: Any) -> Any:
    """Return what makes a briefing."""

    def made(dataset: Any, iri: str, reading: str = "corrected") -> Briefing:
        found = trace(dataset, iri, "down", reading)
        return briefing(dataset, found, gaps(dataset, reading), reports[id(dataset), reading])

    return made


def section(found: Briefing, key: str) -> Any:
    """Return the section of that key."""
    return next(s for s in found.sections if s.key == key)


def points(found: Briefing, key: str) -> list[str]:
    """Return the lines of a section."""
    return [p.line for g in section(found, key).groups for p in g.points]


def test_it_answers_the_five_questions_in_order(shipped: Any, brief: Any) -> None:
    """Guards what a briefing is: five sections, its own words first with their place."""
    found = brief(shipped, SHIPPED + "corporate-priority/4")
    assert [s.key for s in found.sections] == ["says", "done", "known", "missing", "sure"]
    lead = section(found, "says").lead[0]
    assert lead.quote == "4. Support carers and the social care system"
    assert lead.place == "Annex 3, row 4, column 1"


def test_actions_stand_under_their_aims_with_their_timescales(shipped: Any, brief: Any) -> None:
    """Guards the grouping and that each action says when, or that nothing says so."""
    found = section(brief(shipped, SHIPPED + "corporate-priority/4"), "done")
    titles = [g.title for g in found.groups]
    assert [t.split(":")[0] for t in titles] == [
        "L&H priority 1.3",
        "L&H priority 2.5",
        "L&H priority 3.1",
    ]
    assert found.groups[0].points[0].aside == "Year 1 (ongoing)"
    assert found.sentences[0].startswith("8 actions are recorded")
    assert "5 in Year 1 and 3 in Year 2" in found.sentences[1]


@pytest.mark.parametrize(("number", "here", "there"), [("5", 0, 2), ("9", 12, 13)])
def test_a_number_that_a_correction_changes_is_told_twice(
    shipped: Any, brief: Any, number: str, here: int, there: int
) -> None:
    """Guards both numbers, in words and in the table, and the judgement that makes them differ."""
    found = brief(shipped, SHIPPED + f"corporate-priority/{number}")
    row = next(t for t in found.tallies if t.plural == "actions")
    assert (row.here, row.there) == (here, there)
    assert f"{there}" in found.summary
    assert "rinted" in found.summary
    changed = [g for g in section(found, "sure").groups if "changes a number" in g.title]
    assert len(changed) == 1
    assert all("correction, applied by" in p.aside for p in changed[0].points)
    other = brief(shipped, SHIPPED + f"corporate-priority/{number}", "printed")
    back = next(t for t in other.tallies if t.plural == "actions")
    assert (back.here, back.there) == (there, here)


def test_a_promise_in_two_rows_is_placed_in_the_row_that_is_told(shipped: Any, brief: Any) -> None:
    """Guards places: a promise printed under two priorities stands where this one prints it."""
    for number in ("3", "4"):
        found = section(brief(shipped, f"{SHIPPED}corporate-priority/{number}"), "says")
        places = [p.aside for g in found.groups for p in g.points]
        assert places == [f"Annex 3, row {number}, column 2"]


def test_nothing_recorded_is_said_and_never_more(shipped: Any, brief: Any) -> None:
    """Guards the words for a gap: no link recorded, the cross-reference beside it."""
    found = brief(shipped, SHIPPED + "corporate-priority/6")
    text = " ".join([found.summary, *(s for x in found.sections for s in x.sentences)])
    assert "No link is recorded" in text
    assert "See Climate Emergency activities" in text
    assert "not aligned" not in text.casefold()
    assert points(found, "missing") == [
        "No promise, no L&H priority and no action is recorded under it"
    ]


def test_what_is_left_out_is_counted(shipped: Any, brief: Any) -> None:
    """Guards that shown and left out make the whole, for the longest priority."""
    found = brief(shipped, SHIPPED + "corporate-priority/2")
    for key, total in (("done", 15), ("known", 18)):
        shown = len(points(found, key))
        left = int((section(found, key).left_out or "0").split()[0])
        assert 0 < shown < total
        assert shown + left == total
    assert found.more
    assert not brief(shipped, SHIPPED + "corporate-priority/1").more


def test_a_group_is_never_crowded_out(shipped: Any, brief: Any) -> None:
    """Guards that each aim with actions shows at least one of them."""
    found = section(brief(shipped, SHIPPED + "corporate-priority/2"), "done")
    assert len(found.groups) == 5
    assert all(g.points for g in found.groups)


def test_results_of_a_whole_plan_count_what_stands_here(shipped: Any, brief: Any) -> None:
    """Guards that a plan-wide result speaks of the measures below, not of all of them."""
    found = points(brief(shipped, SHIPPED + "corporate-priority/4"), "missing")
    assert "None of the 14 measures states a target — must fix" in found
    assert not any("53" in p for p in found)


def test_the_table_tells_how_directly_things_are_known(shipped: Any, brief: Any) -> None:
    """Guards the columns: printed with it, read as its own, through others; they make the whole."""
    found = brief(shipped, SHIPPED + "corporate-priority/4")
    rows = {row[0]: row[1:] for row in found.table().rows}
    assert rows["actions"] == (8, 8, 5, 2, 1)
    assert rows["measures"] == (14, 14, 0, 0, 14)


def test_another_plan_is_told_in_its_own_words(four_levels: Any, brief: Any) -> None:
    """Guards that levels are data: outcomes, tasks and signals, and no word of another plan."""
    found = brief(four_levels, HARBOUR + "ambition/a")
    text = "\n".join(b.text for b in found.blocks())
    assert "3 outcomes, 3 tasks and 2 signals" in found.summary
    assert "3 tasks are recorded, under 2 aims" in text
    assert "Outcome A3: no task and no signal is recorded under it" in text
    assert "priority" not in text
    lower = brief(four_levels, HARBOUR + "outcome/b1")
    assert "It serves ambition B, “A harbour for everyone”." in section(lower, "says").sentences


@pytest.mark.parametrize("reading", ["corrected", "printed"])
def test_every_thing_can_be_briefed_on(
    shipped: Any, four_levels: Any, brief: Any, reading: str
) -> None:
    """Guards that no thing of any level breaks it, and that no line is empty."""
    seen = 0
    for dataset in (shipped, four_levels):
        for node in things(dataset, reading):
            found = brief(dataset, node.iri, reading)
            assert found.summary.endswith(".")
            assert all(p.text for s in found.sections for g in s.groups for p in g.points)
            seen += 1
    assert seen > 100


def test_the_document_is_the_same_bytes_and_well_made(shipped: Any, brief: Any) -> None:
    """Guards the Word file: no clock, real headings, lists and a header row that is marked."""
    found = brief(shipped, SHIPPED + "corporate-priority/4")
    made = [text_to_docx(found.title, found.blocks(), about(shipped)) for _ in range(2)]
    assert made[0] == made[1]
    document = docx.Document(io.BytesIO(made[0]))
    styles = [p.style.name for p in document.paragraphs]
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert styles[0] == "Title"
    assert headings == [s.heading for s in found.sections]
    assert styles.count("List Bullet") > 15
    assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml
    assert document.core_properties.language == "en-GB"
    assert found.focus.label in document.core_properties.title
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    core = zipfile.ZipFile(io.BytesIO(made[0])).read("docProps/core.xml").decode()
    assert "1980" in core


def test_a_longer_title_leaves_fewer_lines(shipped: Any, brief: Any) -> None:
    """Guards the room: what is said beside the lists comes off what they may take."""
    found = brief(shipped, SHIPPED + "corporate-priority/2")
    short = shares("A short title", found.sections, 4)
    assert set(short) == {"says", "done", "known", "missing"}
    assert sum(short.values()) > sum(shares("long " * 60, found.sections, 4).values())
    assert sum(short.values()) > sum(shares("A short title", found.sections, 9).values())
    assert all(n >= 1 for n in shares("long " * 2_000, found.sections, 4).values())


def test_what_fits_is_taken_from_each_group_in_turn() -> None:
    """Guards fairness by itself: no group without its first point, whatever the room."""
    groups = [Group(name, tuple(Point(f"{name} {i}") for i in range(9))) for name in "abc"]
    for room in (0, 3, 8, 40):
        kept, left = fit(groups, room)
        shown = sum(len(g.points) for g in kept)
        assert [g.title for g in kept] == ["a", "b", "c"]
        assert shown + left == 27
        assert len({len(g.points) for g in kept}) <= 2
    assert left == 0


def test_what_is_left_out_is_said_with_its_place(shipped: Any, brief: Any) -> None:
    """Guards the way to what is left out: under which aim it stands, and the numbers add up."""
    found = brief(shipped, SHIPPED + "corporate-priority/2")
    for key in ("done", "known"):
        said = section(found, key).left_out
        total, _, places = said.partition(" left out here: ")
        numbers = [int(n) for n in re.findall(r"(\d+) (?:under|listed with)", places)]
        assert numbers
        assert sum(numbers) == int(total.split()[0])


def test_more_actions_are_shown_in_a_line_each_than_in_full(shipped: Any, brief: Any) -> None:
    """Guards density: where not all fit, words are cut to a line, and more than half are there."""
    found = section(brief(shipped, SHIPPED + "corporate-priority/2"), "done")
    lines = [p.line for g in found.groups for p in g.points]
    assert len(lines) > 15 / 2
    assert all(len(line) <= WIDTH for line in lines)
    assert any("…" in line for line in lines)
