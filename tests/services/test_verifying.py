"""Guards verification: each kind of tampering is found, named, and nothing else is."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from goldenthread.errors import BadValue, NotFound, Unreadable
from goldenthread.services.verifying import seal, verify
from goldenthread.store import resources, seals
from goldenthread.store.dataset import Dataset

Tamper = Callable[[Path], None]
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


def test_a_text_that_grew_tells_changed_words_from_moved_ones(sealed: Path) -> None:
    """Guards what an auditor reads: one word put in pushes later quotes on, changes one."""
    text = min(sealed.glob("sources/*"))
    words = "A harbour that lasts"
    assert text.read_text("utf-8").count(words) == 1
    change(text, words, "A harbour that always lasts")
    findings = verify(Dataset.open([sealed])).findings
    quotes = [f for f in findings if f.kind == "quote"]
    assert quotes
    assert all(words in f.expected and "alway" in f.found for f in quotes)
    moved = [f for f in findings if f.kind == "moved"]
    assert len(moved) > 20
    content = text.read_text("utf-8")
    for finding in moved:
        at = int(finding.message.split("character ")[1].split()[0])
        assert content[at:].startswith(finding.expected)
    starts = [int(f.message.split("not ")[1].rstrip(".")) for f in moved]
    assert starts == sorted(starts), "in the order of the text"


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
    # A seal from before seals had a hash of their own.
    del known["seal"]
    path.write_text(json.dumps(known | {"readings": known["readings"] | {"printed": "0" * 64}}))
    assert found(sealed) == [("derivation", "printed")]
    path.write_text(json.dumps(known | {"rules": "0" * 64}))
    assert found(sealed) == [("rules", "rules")]


def first(pattern: str, path: Path) -> str:
    """Return what a pattern finds first in a file."""
    match = re.search(pattern, path.read_text(encoding="utf-8"))
    assert match, pattern
    return match[0]


def a_word_in_a_source(folder: Path) -> None:
    """Put another word into a text."""
    text = min(folder.glob("sources/*"))
    change(text, first(r"[a-z]{7,}", text), "somebody")


def the_offset_of_a_span(folder: Path) -> None:
    """Move where a quote is said to begin."""
    file = entries(folder)
    start = first(r"oa:start [1-9]\d*", file)
    change(file, start, f"oa:start {int(start.split()[1]) + 1}")


def a_quote(folder: Path) -> None:
    """Change the words of a quote."""
    file = entries(folder)
    change(file, first(r'oa:exact "\w{3,}', file), 'oa:exact "Otherwise')


def the_date_of_a_judgement(folder: Path) -> None:
    """Make a judgement older than it is."""
    file = folder / "judgements.ttl"
    change(file, first(r'"20\d\d-\d\d-\d\d"', file), '"1999-01-01"')


def an_entry_is_deleted(folder: Path) -> None:
    """Take out all that is said of one entry."""
    file = entries(folder)
    block = first(r"(?ms)^entry:\S+ a .*?\.\n\n", file)
    change(file, block, "")


def an_acceptances_file(folder: Path) -> None:
    """Put an acceptance beside the plan that nobody sealed."""
    (folder / "acceptances.ttl").write_text(
        "<urn:accepted> a <https://w3id.org/goldenthread/ontology/Acceptance> .\n"
    )


def the_seal_itself(folder: Path) -> None:
    """Give the seal the hash of another data set."""
    file = folder / seals.FILE
    change(file, first(r'"dataset": "[0-9a-f]{8}', file), '"dataset": "00000000')


def two_files_are_swapped(folder: Path) -> None:
    """Put each of two files in the place of the other."""
    one, other = folder / "judgements.ttl", entries(folder)
    texts = one.read_bytes(), other.read_bytes()
    one.write_bytes(texts[1])
    other.write_bytes(texts[0])


def a_statement_is_added(folder: Path) -> None:
    """Say one thing more."""
    with entries(folder).open("a") as file:
        file.write("<urn:a> <urn:b> <urn:c> .\n")


def a_source_is_gone(folder: Path) -> None:
    """Take a text away."""
    min(folder.glob("sources/*")).unlink()


def a_source_is_added(folder: Path) -> None:
    """Put a text beside the others."""
    (folder / "sources" / "another.txt").write_text("Not what was read.")


def entries(folder: Path) -> Path:
    """Return the file of a document."""
    known = {"plan.ttl", "judgements.ttl", "acceptances.ttl", "samples.ttl"}
    return min(p for p in folder.glob("*.ttl") if p.name not in known)


TAMPERINGS = {
    a_word_in_a_source: ("text", "sources/"),
    the_offset_of_a_span: ("quote", "sources/"),
    a_quote: ("quote", "sources/"),
    the_date_of_a_judgement: ("statements", "judgements.ttl"),
    an_entry_is_deleted: ("statements", ".ttl"),
    an_acceptances_file: ("statements", "acceptances.ttl"),
    the_seal_itself: ("seal", "seal.json"),
    two_files_are_swapped: ("statements", "judgements.ttl"),
    a_statement_is_added: ("statements", ".ttl"),
    a_source_is_gone: ("text", "sources/"),
    a_source_is_added: ("text", "sources/another.txt"),
}


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("plan", ["shipped", "four levels"])
def test_every_tampering_is_told(tamper: Tamper, plan: str, tmp_path: Path) -> None:
    """Guards what an auditor reads: which file, what happened to what in it, and what to do."""
    folder = tmp_path / "plan"
    shutil.copytree(CASE if plan == "four levels" else resources.plans()[0], folder)
    seal(Dataset.open([folder]))
    tamper(folder)
    kind, file = TAMPERINGS[tamper]
    findings = verify(Dataset.open([folder])).findings
    told = [f for f in findings if f.kind == kind and file in f.file]
    assert told, findings
    for finding in findings:
        assert finding.mend.endswith("."), finding
        assert finding.file or finding.kind in ("rules", "derivation", "hash"), finding
        assert not finding.file or finding.file in finding.message, finding


def test_a_rule_that_was_changed_is_told(
    sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards the rules that derive readings: one that somebody changed is told, with what to do."""
    every = resources.files

    def changed(folder: str, pattern: str = "*") -> list[Path]:
        found = every(folder, pattern)
        if folder != "queries/derive":
            return found
        copy = tmp_path / found[-1].name
        copy.write_bytes(found[-1].read_bytes() + b"# changed\n")
        return [*found[:-1], copy]

    monkeypatch.setattr(resources, "files", changed)
    (finding,) = verify(Dataset.open([sealed])).findings
    assert (finding.kind, finding.subject) == ("rules", "rules")
    assert "--seal" in finding.mend


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
