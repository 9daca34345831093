"""Guards verification: each kind of tampering is found, named, and nothing else is."""

import json
import shutil
from pathlib import Path

import pytest

from goldenthread.errors import BadValue, NotFound, Unreadable
from goldenthread.services.verifying import seal, verify
from goldenthread.store import seals
from goldenthread.store.dataset import Dataset

CASE = Path(__file__).parents[1] / "cases" / "plan-four-levels"


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Return a plan's folder with its seal."""
    folder = tmp_path / "plan-four-levels"
    shutil.copytree(CASE, folder)
    assert seal(Dataset.open([folder])) == [folder / "seal.json"]
    assert verify(Dataset.open([folder])).whole
    return folder


def found(folder: Path) -> list[tuple[str, str]]:
    """Return kind and subject of what differs."""
    return [(f.kind, f.subject) for f in verify(Dataset.open([folder])).findings]


def change(path: Path, old: str, new: str) -> None:
    """Change the first occurrence of some words in a file."""
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def test_the_plan_that_ships_is_sealed(shipped: Dataset) -> None:
    """Guards the shipped data: after a change, look at it and run `goldenthread verify --seal`."""
    outcome = verify(shipped)
    assert outcome.findings == ()
    assert outcome.notes == ()
    assert dict(outcome.compared)["quotes with the texts"] > 300


def test_a_changed_text_is_named_with_the_quotes_it_breaks(sealed: Path) -> None:
    """Guards sources: a letter changed in a text is found by its hash and by its quotes."""
    text = min(sealed.glob("sources/*"))
    content = text.read_bytes().decode()
    quoted = Dataset.open([sealed]).rows(
        "PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?words WHERE { ?x oa:exact ?words "
        "FILTER(STRLEN(?words) > 10) } ORDER BY ?words"
    )
    words = next(r["words"].value for r in quoted if content.count(r["words"].value) == 1)
    change(text, words, words.swapcase())
    kinds = found(sealed)
    assert ("text", f"sources/{text.name}") in kinds
    assert [k for k, _ in kinds].count("quote") == 1


def test_a_changed_statement_is_named_with_its_graph_and_subject(sealed: Path) -> None:
    """Guards statements: which graph, which subject; a file in another order is not a change."""
    change(sealed / "plan.ttl", "A harbour that lasts", "A harbour that lasts longer")
    assert found(sealed) == [("statements", "plan: ambition/a"), *found(sealed)[1:]]
    findings = verify(Dataset.open([sealed])).findings
    assert "was changed since the plan was sealed" in findings[0].message


def test_what_was_added_or_taken_away_is_told_apart(sealed: Path) -> None:
    """Guards the words: new is not changed."""
    with (sealed / "plan.ttl").open("a") as file:
        file.write("<urn:a> <urn:b> <urn:c> .\n")
    (finding,) = (f for f in verify(Dataset.open([sealed])).findings if f.kind == "statements")
    assert "is new" in finding.message


def test_another_layout_is_no_tampering(sealed: Path) -> None:
    """Guards against false alarms: the same statements as N-Triples verify."""
    import pyoxigraph as ox

    plan = sealed / "plan.ttl"
    triples = [q.triple for q in ox.parse(path=plan)]
    plan.unlink()
    ox.serialize(triples, sealed / "plan.nt", format=ox.RdfFormat.N_TRIPLES)
    assert verify(Dataset.open([sealed])).whole


def test_a_renamed_folder_says_so(sealed: Path) -> None:
    """Guards the hash: graphs take the folder's name, and the message says what changed."""
    other = sealed.rename(sealed.parent / "renamed")
    assert [k for k, _ in found(other)] == ["hash"]


def test_a_derivation_that_differs_is_found(sealed: Path) -> None:
    """Guards readings: same statements and rules must derive the same; other rules are named."""
    path = sealed / "seal.json"
    known = json.loads(path.read_text())
    path.write_text(json.dumps(known | {"readings": known["readings"] | {"printed": "0" * 64}}))
    assert found(sealed) == [("derivation", "printed")]
    path.write_text(json.dumps(known | {"rules": "0" * 64}))
    assert found(sealed) == [("rules", "rules")]


def test_without_a_seal_it_says_what_it_cannot_tell() -> None:
    """Guards honesty: nothing found is not the same as everything compared."""
    outcome = verify(Dataset.open([CASE]))
    assert outcome.whole
    assert "cannot be told" in outcome.notes[0]


def test_what_is_no_seal_is_an_error(sealed: Path, tmp_path: Path) -> None:
    """Guards errors: a damaged seal, one that is not there, and nowhere to put one."""
    (sealed / seals.FILE).write_text("{}")
    with pytest.raises(Unreadable, match="no seal"):
        verify(Dataset.open([sealed]))
    with pytest.raises(NotFound, match="There is no seal"):
        verify(Dataset.open([CASE]), tmp_path / "none.json")
    with pytest.raises(BadValue, match="plan's folder"):
        seal(Dataset.open([CASE / "plan.ttl"]))
