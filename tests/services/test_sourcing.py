"""What every character of a document was read as, against the shipped documents."""

from typing import Any

import pytest

from goldenthread.domain.source import LEFT, tables, tally_tables
from goldenthread.errors import NotFound
from goldenthread.services.sourcing import documents, source
from goldenthread.store.dataset import Dataset


@pytest.mark.parametrize("reading", ["corrected", "printed"])
@pytest.mark.parametrize("plan", ["shipped", "four_levels"])
def test_every_character_is_shown_once_and_accounted_for(
    plan: str, reading: str, request: pytest.FixtureRequest
) -> None:
    """Guards the account: the segments are the text, the tally is its length, nothing is left."""
    dataset = request.getfixturevalue(plan)
    found = [source(dataset, iri, reading) for iri, _, _ in documents(dataset)]
    assert found
    for one in found:
        facts = dict(one.facts)
        folder = dataset.folders[0]
        text = (folder / facts["File"]).read_bytes().decode("utf-8")
        assert "".join(s.text for s in one.segments) == text
        assert one.length == len(text) == int(facts["Characters"])
        assert one.sum(LEFT) == 0
        assert one.sum("entry") > one.sum("structure") > 0
        assert sum(c.characters for c in one.tally) == one.length


def test_the_tally_counts_what_two_readings_of_the_paper_agree_on(shipped: Dataset) -> None:
    """Guards the numbers of the model: entries by level in each document."""
    found = {
        title: {c.kind: c.entries for c in source(shipped, iri).tally if c.group == "entry"}
        for iri, title, _ in documents(shipped)
    }
    assert list(found["Annex 3"].values()) == [9, 14, 19, 53]
    assert sorted(found["Appendix 3"].values()) == [13, 32, 34, 59]


def test_a_correction_bites_where_it_is_printed(shipped: Dataset) -> None:
    """Guards the words for an auditor: printed in row 5, read as row 4, and as printed not yet."""
    annex = next(iri for iri, title, _ in documents(shipped) if title == "Annex 3")
    said = {
        reading: [
            (k.sentence, k.in_force)
            for s in source(shipped, annex, reading).stretches
            if s.name == "Annex 3, row 5"
            for r in s.reads
            for k in r.remarks
        ]
        for reading in ("corrected", "printed")
    }
    moved = "Printed in Annex 3, row 5; read as part of Annex 3, row 4."
    later = "Printed in Annex 3, row 5; with corrections read as part of Annex 3, row 4."
    assert said == {"corrected": [(moved, True)] * 2, "printed": [(later, False)] * 2}


def test_a_repair_is_told_once_a_row(shipped: Dataset) -> None:
    """Guards the rows that a page break cut: the repair stands at the row, not at each entry."""
    annex = next(iri for iri, title, _ in documents(shipped) if title == "Annex 3")
    rows = {s.name: s for s in source(shipped, annex).stretches}
    (remark,) = rows["Annex 3, row 9, continued"].remarks
    assert remark.kind == "repair"
    assert remark.sentence == "Stands after a break: read as part of Annex 3, row 9."
    assert not [
        k for r in rows["Annex 3, row 9, continued"].reads for k in r.remarks if k.kind == "repair"
    ]


def test_structure_is_named(shipped: Dataset) -> None:
    """Guards what is no item of the plan: headers, notes and page furniture count as structure."""
    annex = next(iri for iri, title, _ in documents(shipped) if title == "Annex 3")
    kinds = {c.kind: c.group for c in source(shipped, annex).tally}
    assert {k for k, g in kinds.items() if g == "structure"} == {
        "heading",
        "note",
        "marks",
        "page furniture",
    }


def test_a_gap_in_the_reading_is_told(shipped: Dataset, tmp_path: Any) -> None:
    """Guards honesty: where an entry's excerpt is missing, its characters are left, by number."""
    import shutil

    folder = tmp_path / "plan"
    shutil.copytree(shipped.folders[0], folder)
    path = folder / "annex-3.ttl"
    text = path.read_text(encoding="utf-8")
    excerpt = "occ-libraries-heritage/source/annex-3#char=5586,5619> ;\n    gt:inCell"
    assert excerpt in text
    path.write_text(text.replace(excerpt, excerpt.replace("5586,5619", "0,0")), encoding="utf-8")
    broken = Dataset.open([folder])
    annex = next(iri for iri, title, _ in documents(broken) if title == "Annex 3")
    assert source(broken, annex).sum(LEFT) == len("*SeeClimateEmergencyactivities")


def test_tables_say_what_the_page_says(shipped: Dataset) -> None:
    """Guards the downloads: one row an entry, one a kind, judgements in words."""
    found = [source(shipped, iri) for iri, _, _ in documents(shipped)]
    for one in found:
        entries, tally = tables(one)
        assert len(entries.rows) == sum(len(s.reads) for s in one.stretches)
        assert sum(int(str(r[-1])) for r in tally.rows) == one.length
    (both,) = tally_tables(found)
    assert {r[0] for r in both.rows} == {"Annex 3", "Appendix 3"}


def test_no_such_document(shipped: Dataset) -> None:
    """Guards the answer to an address that means nothing: it names what there is."""
    with pytest.raises(NotFound) as caught:
        source(shipped, "https://w3id.org/goldenthread/id/x/document/y")
    assert [i for i, _ in caught.value.nearest] == ["document/annex-3", "document/appendix-3"]
