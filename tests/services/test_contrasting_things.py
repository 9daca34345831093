from typing import Any

from goldenthread.domain.namespaces import BASE
from goldenthread.domain.thread import Entry
from goldenthread.domain.wordings import beside, differences
from goldenthread.services.contrasting import contrast
from goldenthread.services.describing import describe
from goldenthread.services.exporting import things

HERE = BASE + "occ-libraries-heritage/"


def entry(quote: str) -> Entry:
    """Return an entry with these words."""
    return Entry("urn:e", "Doc", "Doc, row 1", quote, ((0, len(quote)),))


def test_differences_are_word_by_word() -> None:
    """Guards the marks: what only the first has, what only the second has, in reading order."""
    found = differences("1.4 Support people now", "1.5 Support people")
    assert [(p.kind, p.text) for p in found] == [
        ("gone", "1.4"),
        ("new", "1.5"),
        ("same", "Support people"),
        ("gone", "now"),
    ]


def test_white_space_of_the_print_is_no_difference() -> None:
    """Guards line breaks in cells: only words count."""
    first, second = beside([entry("Plant  the\nwood"), entry("Plant the wood")])
    assert not first.pieces
    assert second.same
    assert second.sentence == "The same words."


def test_both_wordings_can_be_read_from_the_pieces(shipped: Any) -> None:
    """Guards truth: without the marks each entry's words are there, none lost or added."""
    compared = 0
    for node in things(shipped):
        for wording in beside(node.entries)[1:]:
            mine = " ".join(p.text for p in wording.pieces if p.kind != "gone")
            theirs = " ".join(p.text for p in wording.pieces if p.kind != "new")
            assert mine.split() == wording.entry.quote.split()
            assert theirs.split() == node.entries[0].quote.split()
            compared += 1
    assert compared > 40


def test_very_long_wordings_are_called_different() -> None:
    """Guards the time a page may take: no comparison of thousands of words."""
    long = "word " * 3_000
    assert [p.kind for p in differences(long, long + "more")] == ["gone", "new"]
    assert [p.kind for p in differences(long, long)] == ["same"]


def test_what_corrections_change_about_a_thing(shipped: Any) -> None:
    """Guards both sides of one correction: what leaves priority 5 comes to priority 4."""
    lost = contrast(shipped, HERE + "corporate-priority/5")
    won = contrast(shipped, HERE + "corporate-priority/4")
    assert len(lost) == 2
    assert not any(c.gained for c in lost)
    assert [c.gained for c in won] == [True, True]
    assert {c.iri for c in lost} == {c.iri for c in won}
    assert all(c.text.endswith("stands under it.") for c in lost)
    assert contrast(shipped, HERE + "service-priority/1.4") == ()


def test_a_contrast_is_in_the_readings(shipped: Any) -> None:
    """Guards that every link it tells of is in the one reading and not in the other."""
    told = 0
    for node in things(shipped):
        for change in contrast(shipped, node.iri):
            here, there = (
                {s.node.iri for s in (*d.up, *d.down)}
                | {e.iri for e in d.node.entries}
                | {s.iri for s in d.node.schedule}
                for d in (
                    describe(shipped, node.iri, r)
                    for r in (
                        ("corrected", "printed") if change.gained else ("printed", "corrected")
                    )
                )
            )
            assert change.iri in here - there
            told += 1
    assert told > 5
