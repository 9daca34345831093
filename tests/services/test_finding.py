"""Search: ranking, nearness, excerpts, facets and pages."""

import pytest

from goldenthread.domain.matching import pieces
from goldenthread.services.finding import find, search
from goldenthread.store.dataset import Dataset


def ids(dataset: Dataset, text: str, **chosen: str) -> list[str]:
    """Return the short ids of what fits, best first."""
    return [h.node.id for h in find(dataset, text, chosen=chosen, size=500).hits]


def test_a_number_comes_first_with_the_document_that_prints_it(shipped: Dataset) -> None:
    """Guards 1.5: its own, then the one that Annex 3 numbers so, with the words that do."""
    found = find(shipped, "1.5")
    own, other = found.hits
    assert (own.node.id, own.where) == ("service-priority/1.5", "its number")
    assert (other.node.id, other.where) == ("service-priority/1.4", "its number in Annex 3")
    assert other.entry is not None
    assert other.entry.document == "Annex 3"
    assert other.excerpt.startswith("1.5 Support people")
    assert "Judgement" in {o.key for o in found.beside}


def test_rank_is_words_as_typed_then_beginnings_then_all(shipped: Dataset) -> None:
    """Guards the order: the phrase, the phrase begun, all words anywhere."""
    hits = find(shipped, "digital skills", size=100).hits
    phrase = ["digital skills" in h.node.label.casefold() for h in hits]
    assert phrase[0]
    scores = [h.score for h in hits]
    assert scores == sorted(scores, reverse=True)
    begun = find(shipped, "support people to dev").hits[0]
    assert begun.node.id == "service-priority/1.4"
    scattered = find(shipped, "skills digital").hits
    assert {h.node.id for h in hits if h.where == "its words"} & {h.node.id for h in scattered}


def test_near_spellings_are_found_and_said(shipped: Dataset) -> None:
    """Guards typing errors: found under the right word, which is named; right words are not."""
    found = find(shipped, "climate emergensy")
    assert found.respelt == "climate emergency"
    assert found.total == find(shipped, "climate emergency").total >= 3
    assert find(shipped, "climate emergency").respelt == ""
    assert find(shipped, "qqqqqq").total == 0


def test_more_than_things_is_found(shipped: Dataset) -> None:
    """Guards every label and quote: headings, judgements with their reasons, documents, periods."""
    classes = set()
    for text in ("people", "row 5", "annex", "year 1", "spilled"):
        found = find(shipped, text, size=200)
        classes |= {h.node.cls for h in found.hits} | {o.key for o in found.beside}
        for option in found.beside:
            chosen = find(shipped, text, chosen={"kind": option.key}, size=200)
            assert chosen.total == option.count, (text, option)
    assert {"Heading", "Judgement", "Document", "Period", "Theme"} <= classes
    quoted = find(shipped, "see climate emergency activities").hits
    assert quoted
    assert quoted[0].excerpt or "climate" in quoted[0].node.label.casefold()


def test_things_of_the_plan_come_alone(shipped: Dataset) -> None:
    """Guards what people ask for: things of the plan; judgements are counted beside them."""
    found = find(shipped, "rural")
    assert sorted(h.node.cls for h in found.hits) == ["Action", "Measure", "Promise"]
    assert [(o.key, o.count > 0) for o in found.beside] == [("Judgement", True)]


def test_every_label_finds_its_thing(shipped: Dataset) -> None:
    """Guards that nothing is lost: each label, typed in full, finds its thing in front."""
    from goldenthread.services.exporting import things

    every = things(shipped)
    assert len(every) > 140
    for node in every[::7]:
        assert node.id in ids(shipped, node.label)[:3], node.label


def test_facets_count_what_they_lead_to(shipped: Dataset) -> None:
    """Guards each choice: following it finds as many as it said."""
    found = find(shipped, "people")
    checked = 0
    for facet in found.facets:
        for option in facet.options:
            assert len(ids(shipped, "people", **{facet.key: option.key})) == option.count
            checked += 1
    assert checked > 8
    assert len(ids(shipped, "people", kind="promise", theme="Partnership")) == 5


def test_pages_hold_everything_once(shipped: Dataset) -> None:
    """Guards paging: each hit on one page, beyond the last page the last."""
    every = ids(shipped, "the")
    pages = find(shipped, "the").pages
    assert pages >= 3
    paged = [h.node.iri for p in range(1, pages + 1) for h in find(shipped, "the", page=p).hits]
    assert len(paged) == len(set(paged)) == len(every)
    assert find(shipped, "the", page=99).page == pages


def test_search_is_the_first_of_what_is_found(shipped: Dataset) -> None:
    """Guards that all faces rank alike."""
    assert [h.node.id for h in search(shipped, "people", limit=5)] == ids(shipped, "people")[:5]


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Support people\u2019s learning", ["people's"], ["people\u2019s"]),
        ("A (b) c", ["(b)"], ["(b)"]),
        ("Rural and rurality", ["rural"], ["Rural", "rural"]),
        ("plural", ["rural"], []),
        ("anything", [], []),
        ('"><img src=x>', ["img"], ["img"]),
    ],
)
def test_marks_are_where_the_words_are(text: str, words: list[str], marked: list[str]) -> None:
    """Guards highlighting: beginnings of words, any quotation mark, no pattern, nothing lost."""
    cut = pieces(text, words)
    assert "".join(part for part, _ in cut) == text
    assert [part for part, hit in cut if hit] == marked


def test_another_plan_is_searched_by_its_own_words(four_levels: Dataset) -> None:
    """Guards generality: levels of other names before a number, and other themes."""
    assert ids(four_levels, "outcome a1")[0] == "outcome/a1"
    assert "theme" in {f.key for f in find(four_levels, "harbour").facets}
