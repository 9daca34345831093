"""Gaps, coverage, the overview, descriptions, evidence and finding, on both plans."""

from pathlib import Path

import pytest

from goldenthread.domain.identifiers import short_id
from goldenthread.errors import Ambiguous, BadValue, NotFound
from goldenthread.services.chaining import why
from goldenthread.services.covering import coverage
from goldenthread.services.describing import describe, list_class
from goldenthread.services.finding import resolve, search
from goldenthread.services.gaps import gaps
from goldenthread.services.overview import overview
from goldenthread.services.tracing import trace
from goldenthread.store.dataset import Dataset


def test_gaps_by_level(shipped: Dataset) -> None:
    """Guards who lacks what: rows 5 and 6 of Annex 3, 1.5, and the two that are only cited."""
    found = {(g.missing, g.focus.notation) for g in gaps(shipped).gaps if g.focus.notation}
    assert found == {
        *((m, n) for m in ("promise", "service-priority", "action") for n in ("5", "6")),
        ("corporate-priority", "1.5"),
        *((m, n) for m in ("action", "measure") for n in ("4.6", "4.7")),
    }
    without = [g.focus.label for g in gaps(shipped).gaps if g.missing == "timescale"]
    assert [label.split()[0] for label in without] == ["Develop", "Identify", "Increased"]


def test_a_gap_shows_both_numbers(shipped: Dataset) -> None:
    """Guards that row 5's two printed actions are shown beside the corrected none."""
    five = next(g for g in gaps(shipped).gaps if g.missing == "action" and g.focus.notation == "5")
    assert (five.found, five.other_reading) == (0, 2)
    printed = {(g.missing, g.focus.notation) for g in gaps(shipped, "printed").gaps}
    assert ("action", "5") not in printed
    assert ("action", "6") in printed


def test_gaps_never_say_that_something_is_not_aligned(shipped: Dataset) -> None:
    """Guards the words: the graph knows what is recorded, not what is so."""
    sentences = [g.sentence for g in gaps(shipped).gaps]
    assert sentences
    assert all("is recorded" in s and "not aligned" not in s for s in sentences)


def test_coverage_of_levels(shipped: Dataset) -> None:
    """Guards the 19 links by row of Annex 3: 1, 6, 2, 3, 0, 0, 2, 3, 2."""
    matrix = coverage(shipped)
    assert [matrix.row_total(r.iri) for r in matrix.rows] == [1, 6, 2, 3, 0, 0, 2, 3, 2]
    assert [h.id for h in matrix.empty_columns] == ["service-priority/1.5"]
    cited = {h.id: matrix.column_total(h.iri) for h in matrix.columns}
    assert cited["service-priority/3.1"] == 3
    assert sum(cited.values()) == 19
    assert [h.id.rsplit("/", 1)[-1] for h in matrix.empty_rows] == ["5", "6"]


def test_coverage_of_themes_and_periods(shipped: Dataset) -> None:
    """Guards themes of L&H priorities under priority 2 (1.4; 2.4, 2.5; 3.1), and the quarters."""
    themes = coverage(shipped, None, "theme", counted="service-priority")
    two = themes.rows[1].iri
    assert [len(themes.cell(two, c.iri)) for c in themes.columns] == [1, 2, 1]
    periods = coverage(shipped, None, "period", counted="action")
    quarters = [c for c in periods.columns if c.label.startswith("Q")]
    # Q1 6, Q2 7, Q3 5, Q4 3 in Annex 3.
    assert [periods.column_total(c.iri) for c in quarters] == [6, 7, 5, 3]
    with pytest.raises(BadValue, match="No level has the key"):
        coverage(shipped, "nonsense")


def test_overview_sentences_are_counted(shipped: Dataset) -> None:
    """Guards the first sentences a person reads, and that each number has its rows."""
    (found,) = overview(shipped)
    text = " ".join(s.text for s in found.sentences)
    assert "No progress is recorded" in text
    assert "2 of 9" in text
    assert "None of the 53 measures has a target, a baseline or a value recorded." in text
    counted = [s for s in found.sentences if s.text[0].isdigit() or s.text.startswith("None of")]
    assert [len(s.rows) for s in counted] == [2, 53]
    five = found.tops[4]
    assert five.bare
    assert ("actions", 0, 2) in five.counts


def test_overview_of_other_levels(four_levels: Dataset) -> None:
    """Guards that the overview speaks with another plan's own names."""
    (found,) = overview(four_levels)
    assert found.tops
    assert all(
        name not in ("promises", "L&H priorities") for t in found.tops for name, _, _ in t.counts
    )


def test_a_number_finds_both_things_that_bear_it(shipped: Dataset) -> None:
    """Guards against joining on numbers: 1.5 is one thing here and another in Annex 3."""
    with pytest.raises(Ambiguous) as caught:
        resolve(shipped, "1.5")
    assert [i for i, _ in caught.value.candidates] == [
        "service-priority/1.5",
        "service-priority/1.4",
    ]
    assert "Annex 3" in caught.value.candidates[1][1]


@pytest.mark.parametrize("words", ["climate emergensy", "emergency clim", "Home Library Service"])
def test_search_forgives(shipped: Dataset, words: str) -> None:
    """Guards prefix, word order and spelling."""
    assert search(shipped, words)


@pytest.mark.parametrize("words", ["(a+)+$((", "", "   ", "\\", "'; DROP TABLE x; --"])
def test_search_takes_anything_as_text(shipped: Dataset, words: str) -> None:
    """Guards that no input is a pattern and none is an error."""
    assert search(shipped, words) == []


def test_unknown_id_names_the_nearest(shipped: Dataset) -> None:
    """Guards the help for a slip of the keyboard."""
    with pytest.raises(NotFound) as caught:
        resolve(shipped, "corporate-prioriti/4")
    assert caught.value.nearest[0][0] == "corporate-priority/4"
    with pytest.raises(NotFound):
        resolve(shipped, "javascript:alert(1)")


def test_listed_together_is_beside_and_never_a_link(shipped: Dataset) -> None:
    """Guards that row 7's promise is shown with 1.1 and is not above or below it."""
    found = describe(shipped, resolve(shipped, "service-priority/1.2"))
    assert any(n.cls == "Promise" for n in found.listed_with)
    assert {s.node.cls for s in (*found.up, *found.down)} == {
        "CorporatePriority",
        "Action",
        "Measure",
    }


def test_everything_in_a_plan_can_be_described_and_explained(shipped: Dataset) -> None:
    """Guards that no node of the reading breaks a page: things, entries, rows, excerpts, all."""
    rows = shipped.rows(
        "SELECT DISTINCT ?s { ?s <https://w3id.org/goldenthread/ontology/inPlan> ?p }"
    )
    assert len(rows) > 900
    for row in rows:
        iri = row["s"].value
        assert describe(shipped, iri).kind
        assert why(shipped, iri).sentence


def test_evidence_goes_back_to_the_words(shipped: Dataset) -> None:
    """Guards `why`: from 1.4 to both printed numbers, the judgement and the quotes."""
    found = why(shipped, resolve(shipped, "service-priority/1.4"))
    sentences = []
    waiting = [found]
    while waiting:
        part = waiting.pop()
        sentences.append(part.sentence)
        waiting += part.parts
    text = " ".join(sentences)
    assert "with the number 1.5" in text
    assert "by judgement (same wording)" in text
    assert {e.document for e in found.entries} == {"Annex 3", "Appendix 3"}


@pytest.mark.parametrize(
    "name", ["action", "Action", "actions", "L&H priorities", "ServicePriority"]
)
def test_list_takes_the_plan_s_words(shipped: Dataset, name: str) -> None:
    """Guards that a class can be asked for by its key, class or the plan's own name."""
    assert len(list_class(shipped, name)) in {51, 15}
    with pytest.raises(NotFound) as caught:
        list_class(shipped, "nonsense")
    assert ("action", "actions") in caught.value.nearest


def test_listed_together_follows_corrections(shipped: Dataset) -> None:
    """Guards that a moved action is shown with the row it is read in, as printed with its own."""
    moved = resolve(shipped, "Increased diversity across the volunteer community")
    themes = {n.id for n in describe(shipped, moved).listed_with}
    printed = {n.id for n in describe(shipped, moved, "printed").listed_with}
    assert "service-priority/2.1" in themes
    assert "service-priority/2.3" not in themes
    assert "service-priority/2.3" in printed


def test_a_number_that_means_two_things_says_so(shipped: Dataset) -> None:
    """Guards 1.4 and 1.5: each says what the other document prints."""
    four = describe(shipped, resolve(shipped, "service-priority/1.4")).node
    five = describe(shipped, resolve(shipped, "service-priority/1.5")).node
    assert four.number_notes == ("Annex 3 prints it as 1.5.",)
    assert five.number_notes == ("Annex 3 prints 1.5 for what is service-priority/1.4 here.",)


def test_actions_count_through_the_aim_they_stand_under(shipped: Dataset) -> None:
    """Guards actions by theme under priority 3: 1.3's two (People), 3.1's three (Partnership)."""
    matrix = coverage(shipped, None, "theme", counted="action")
    three = matrix.rows[2].iri
    assert [len(matrix.cell(three, c.iri)) for c in matrix.columns] == [2, 0, 3]
    measures = coverage(shipped, None, "theme", counted="measure")
    assert [len(measures.cell(three, c.iri)) for c in measures.columns] == [3, 0, 5]


@pytest.mark.parametrize("text", ["http://[", "http://a b", "urn:x", "https://w3id.org/<x>"])
def test_what_is_no_iri_is_not_found(shipped: Dataset, text: str) -> None:
    """Guards that text that only looks like an address is refused, not a fault."""
    with pytest.raises(NotFound):
        resolve(shipped, text)


def test_a_node_without_a_type_can_be_described(tmp_path: Path) -> None:
    """Guards that data which says little still has a page."""
    (tmp_path / "odd.ttl").write_text('<urn:x> <urn:p> "words" .', encoding="utf-8")
    found = describe(Dataset.open([tmp_path]), "urn:x")
    assert found.kind == "thing"
    assert [f.text for f in found.facts] == ["words"]


def test_a_judgement_explains_itself_by_its_reason(shipped: Dataset) -> None:
    """Guards `why` on judgements and repairs."""
    assert (
        "an inclusive, integrated and sustainable transport network"
        in why(shipped, resolve(shipped, "judgement/row-5-actions-are-row-4s")).sentence
    )
    assert "page break" in why(shipped, resolve(shipped, "repair/annex-3-row-2")).sentence


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("OCC Strategic Plan priority 4", "corporate-priority/4"),
        ("priority 4", "corporate-priority/4"),
        ("OCC 4", "corporate-priority/4"),
        ("4", "corporate-priority/4"),
        ("L&H priority 1.4", "service-priority/1.4"),
        ("l&h 1.4", "service-priority/1.4"),
        (
            "OCC Strategic Plan priority 4: Support carers and the social care system",
            "corporate-priority/4",
        ),
        ("Corporate-Priority/4", "corporate-priority/4"),
        ("corporate-priority/4/", "corporate-priority/4"),
        ("service-priority/1.4.", "service-priority/1.4"),
        ("4.6", "service-priority/4.6"),
    ],
)
def test_what_people_type_finds_the_thing(shipped: Dataset, words: str, short: str) -> None:
    """Guards names as the screen prints them, numbers, and slips of the shift key."""
    assert resolve(shipped, words).endswith("/" + short)


def test_names_of_other_levels_are_found(four_levels: Dataset) -> None:
    """Guards that a letter for a number works, and is not taken for the beginning of a word."""
    assert resolve(four_levels, "ambition A").endswith("/ambition/a")


def test_timescales_are_searched(shipped: Dataset) -> None:
    """Guards that the words of Appendix 3's timescales find their actions, as quarters do."""
    found = {h.node.label.split(",")[0] for h in search(shipped, "Year 3")}
    assert "Review volunteer strategy" in found
    assert search(shipped, "Q4")


def test_themes_and_periods_show_what_they_group(shipped: Dataset) -> None:
    """Guards that a theme is not said to have nothing under it, and that it has no thread."""
    theme = describe(shipped, resolve(shipped, "theme/people"))
    assert theme.groups
    assert not theme.threaded
    assert {s.node.cls for s in theme.down} == {"Promise", "ServicePriority"}
    period = describe(shipped, resolve(shipped, "period/year-3"))
    assert {s.node.cls for s in period.down} == {"Action"}
    with pytest.raises(BadValue, match="groups things"):
        trace(shipped, resolve(shipped, "theme/people"))


def test_nothing_asked_is_said_so(shipped: Dataset) -> None:
    """Guards against an empty answer to an empty question, and an echo of five thousand letters."""
    with pytest.raises(BadValue, match="Nothing was asked"):
        resolve(shipped, "  ")
    with pytest.raises(NotFound) as caught:
        resolve(shipped, "x" * 5000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Increase programmes and activities", "promise/increase-programmes-and-activities"),
        ("review libraries engagement programme", "action/review-libraries-engagement-programme"),
        ("Review volunteer strategy, policy", "action/review-volunteer-strategy-policy"),
    ],
)
def test_words_copied_from_a_beginning_mean_that_thing(
    shipped: Dataset, words: str, wanted: str
) -> None:
    """Guards that a title's first words find it, though others have the same words scattered."""
    assert short_id(resolve(shipped, words)).startswith(wanted)


@pytest.mark.parametrize("words", ["review volunteer", "libraries and heritage", "work with"])
def test_few_words_and_words_in_several_things_stay_ambiguous(shipped: Dataset, words: str) -> None:
    """Guards against a guess: words that several things have are answered with candidates."""
    with pytest.raises(Ambiguous):
        resolve(shipped, words)


def test_dates_that_differ_are_told_at_the_thing(shipped: Dataset) -> None:
    """Guards that a review due in Q3 in one document and in Year 3 in the other says so itself."""
    here = describe(shipped, resolve(shipped, "Review our volunteer strategy"))
    (said,) = here.dates_differ
    assert said == (
        "Annex 3 dates it “Q3”; Appendix 3 dates work that overlaps it, “Review volunteer "
        "strategy, policy and practice”, “Year 3”."
    )
    there = describe(shipped, resolve(shipped, "Review volunteer strategy, policy and practice"))
    assert any("“Year 3”; Annex 3 dates work that overlaps it" in d for d in there.dates_differ)
    assert there.to_json()["datesDiffer"] == list(there.dates_differ)
    assert describe(shipped, resolve(shipped, "service-priority/3.3")).dates_differ == ()
