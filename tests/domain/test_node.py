"""What a thing says of itself beside its words: other wordings, and where remarks stand."""

import pytest

from goldenthread.domain.node import Entry, Node, together


def entry(key: str, plain: str) -> Entry:
    """Return an entry of given words."""
    return Entry(key, f"Document {key}", f"row {key}", plain.upper(), (), None, plain)


def thing(*entries: Entry) -> Node:
    """Return a thing that these entries print, the first of them defining it."""
    return Node("urn:a", "a", "Aim", "", "", 1, None, entries=entries)


def test_other_wordings_are_one_a_wording() -> None:
    """Guards that a repeated wording is told once, and one that goes on is another wording."""
    found = thing(entry("1", "plant"), entry("2", "plant trees"), entry("3", "plant"))
    assert [e.iri for e in found.other_wordings] == ["2"]
    again = thing(*found.entries, entry("4", "plant trees"))
    assert [e.iri for e in again.other_wordings] == ["2"]
    assert thing(entry("1", "plant")).other_wordings == ()
    assert thing().other_wordings == ()


@pytest.mark.parametrize(
    ("places", "wanted"),
    [
        ([], ""),
        (["Table, row 6, entry 1 of 2"], "Table, row 6, entry 1 of 2"),
        (["Table, row 6, entry 1 of 2", "Table, row 6, entry 2 of 2"], "Table, row 6"),
        (["Table 1, row 6", "Table 2, row 6"], "Table 1, row 6 and Table 2, row 6"),
    ],
)
def test_where_several_entries_stand(places: list[str], wanted: str) -> None:
    """Guards the place of a remark in several parts: what its parts share, in words."""
    assert together(places) == wanted
