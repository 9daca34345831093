from typing import Any

import pytest

from goldenthread.domain.account import Account
from goldenthread.domain.namespaces import BASE
from goldenthread.errors import BadValue
from goldenthread.services.exporting import things
from goldenthread.services.finding import resolve
from goldenthread.services.telling import tell
from goldenthread.services.tracing import trace


def told(dataset: Any, words: str, reading: str = "corrected") -> Account:
    """Return the account of what words mean."""
    iri = resolve(dataset, words, reading)
    return tell(dataset, trace(dataset, iri, "up", reading))


def test_an_action_is_told_from_its_words_to_its_measures(shipped: Any) -> None:
    """Guards the whole of one paragraph against the paper: nothing left out, nothing added."""
    found = told(shipped, "MECC model")
    assert found.question == "Why does this action exist, and how will we know it worked?"
    assert found.paragraph == (
        "This is an action: Appendix 3, table 1, row 3 (1.3), column 2, entry 1 of 2 prints "
        "“Sustain and build on the MECC (Making Every Contact Count) model, increasing "
        "signposting to available support”, and it is printed 2 more times. It is there for L&H "
        "priority 1.3, “Increase the impact of Libraries and Heritage services on health, "
        "wellbeing and active citizenship”, stated in Appendix 3, where Appendix 3, table 1, row "
        "3 (1.3), column 1 prints “1.3 Increase the impact of Libraries and Heritage services on "
        "health, wellbeing and active citizenship”. L&H priority 1.3 in turn serves OCC Strategic "
        "Plan priority 3, “Prioritise the health and wellbeing of residents” and OCC Strategic "
        "Plan priority 4, “Support carers and the social care system”, stated in Annex 3. It is "
        "also listed with OCC Strategic Plan priority 3 and OCC Strategic Plan priority 4 "
        "themselves, stated in Annex 3. Its timescale is “Year 1 (ongoing)”, known by position "
        "(Appendix 3, table 1, row 3 (1.3), column 3, entry 1 of 2). No link recorded: no measure "
        "is tied to it itself. L&H priority 1.3 has 3 measures, stated in Appendix 3: “Number of "
        "MECC interventions increased”, “Number of partners identified/service level agreements "
        "in place and new services piloted, evaluated, and mainstreamed across services” and "
        "“Range of resources and number of relevant activities/events delivered”. None of these "
        "measures states a target, a baseline or a date. They are recorded for L&H priority 1.3; "
        "nothing says which of them, if any, would show that this action worked. No step of this "
        "is less certain than another. One document states the whole way to 2 OCC Strategic Plan "
        "priorities."
    )


def test_every_quote_is_in_its_document(shipped: Any) -> None:
    """Guards that nothing is invented: each quote is the raw slice that its place says."""
    quotes = [e for n in things(shipped) for c in _clauses(shipped, n.iri) for e in c.quotes]
    assert len(quotes) > 300
    texts = {
        path.stem: path.read_text(encoding="utf-8")
        for folder in shipped.folders
        for path in (folder / "sources").glob("*.txt")
    }
    assert len(texts) == 2
    for entry in quotes:
        slices = {"\n".join(t[a:b] for a, b in entry.spans) for t in texts.values()}
        assert entry.quote in slices, entry.iri


def _clauses(dataset: Any, iri: str) -> list[Any]:
    return list(tell(dataset, trace(dataset, iri, "up")).clauses)


def test_nothing_above_is_said_as_no_link_recorded(shipped: Any) -> None:
    """Guards 1.5, which no document lists with a priority: that is all that can be said."""
    found = told(shipped, "service-priority/1.5")
    assert "No link recorded to anything that it serves." in found.paragraph
    assert not found.sure
    assert "not aligned" not in found.paragraph


def test_a_judgement_is_told_where_it_carries_a_step(shipped: Any) -> None:
    """Guards that what a correction reads is never told as printed, and is gone as printed."""
    words = "Review existing partnerships and establish new/more formal ones"
    corrected, printed = told(shipped, words), told(shipped, words, "printed")
    assert "resting on the judgement “The two actions printed in row 5" in corrected.paragraph
    assert "and resting on a judgement" in corrected.sure[0].text
    assert "priority 5, “Invest in" in printed.paragraph
    assert "row 5 are row 4" not in printed.paragraph


def test_basis_stands_with_each_step(four_levels: Any) -> None:
    """Guards how we know at each step, in a plan with other names and articles."""
    found = told(four_levels, "Test the water")
    assert found.question.startswith("Why does this task exist")
    assert "Outcome B1 in turn serves ambition B" in found.paragraph
    assert {c.basis for c in found.why} >= {"stated", "similar wording"}
    assert "no signal is tied to it itself" in found.paragraph
    ambition = told(four_levels, "ambition/a")
    assert ambition.why[0].text.startswith("This is an ambition, numbered A")
    assert "first level" in ambition.why[1].text


def test_a_measure_is_asked_what_it_shows(four_levels: Any) -> None:
    """Guards that a measure is not asked for measures of its own."""
    found = told(four_levels, "Metres of wall surveyed")
    assert found.question == "Why does this signal exist, and what does it show?"
    assert "It measures outcome A1" in found.paragraph
    assert not found.known


@pytest.mark.parametrize("reading", ["corrected", "printed"])
def test_every_thing_can_be_told(shipped: Any, four_levels: Any, reading: str) -> None:
    """Guards that each sentence ends as one, for every thing of every level."""
    seen = 0
    for dataset in (shipped, four_levels):
        for node in things(dataset, reading):
            for clause in tell(dataset, trace(dataset, node.iri, "up", reading)).clauses:
                assert clause.text.endswith((".", "”.")), clause.text
                assert "  " not in clause.text
                seen += 1
    assert seen > 500


def test_what_is_on_no_level_is_refused(shipped: Any) -> None:
    """Guards the message for what nothing can be for."""
    plan = BASE + "occ-libraries-heritage"
    with pytest.raises(BadValue, match="stands on no level"):
        tell(shipped, trace(shipped, plan, "up"))


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ("service-priority/1.4", "Annex 3 prints it as 1.5."),
        ("service-priority/1.5", "Annex 3 prints 1.5 for what is service-priority/1.4 here."),
    ],
)
def test_a_number_that_misleads_is_explained(shipped: Any, thing: str, said: str) -> None:
    """Guards 1.4 and 1.5: who holds the other document reads another thing under that number."""
    assert said in told(shipped, thing).paragraph
