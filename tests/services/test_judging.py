"""Judgements: listed whole, written whole, and each in force only where its kind applies."""

import shutil
from pathlib import Path

import pytest

from goldenthread.errors import BadValue, NotFound, Unavailable
from goldenthread.services.gaps import gaps
from goldenthread.services.judging import Proposal, Verdict, decide, judgements, propose, repairs
from goldenthread.store import resources
from goldenthread.store.dataset import Dataset
from goldenthread.store.lookup import resolve

DATE = "2026-11-21"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the shipped plan to a folder that may be written to."""
    return Path(shutil.copytree(resources.plans()[0], tmp_path / "plan"))


def test_every_judgement_has_what_an_auditor_needs(shipped: Dataset) -> None:
    """Guards reason, quotes, role, kind, status and what it does, of each one shipped."""
    found = judgements(shipped)
    assert len(found) > 20
    for card in found:
        assert len(card.reason) > 40, card.id
        assert card.cites, card.id
        assert card.role == "goldenthread project, not the council"
        assert card.effects, card.id
    assert len(repairs(shipped)) == 5


def test_kinds_say_where_they_apply(shipped: Dataset) -> None:
    """Guards that corrections and assumptions leave the printed reading alone."""
    printed = {c.kind for c in judgements(shipped, "printed") if c.in_force}
    corrected = {c.kind for c in judgements(shipped, "corrected") if c.in_force}
    assert printed == {"match"}
    assert corrected == {"match", "correction", "assumption"}


def test_withdrawing_a_correction_changes_the_reading(folder: Path) -> None:
    """Guards the whole way: decide, write, load again, and priority 5 has its two actions."""
    dataset = Dataset.open([folder])
    iri = next(c.iri for c in judgements(dataset) if c.kind == "correction" and "row-5" in c.id)
    verdict = Verdict("withdrawn", "The council confirms row 5.", "Head of service", DATE)
    decision = decide(dataset, folder, iri, verdict)
    again = Dataset.open([folder])
    lacking = {g.focus.notation for g in gaps(again).gaps if g.missing == "action"}
    assert "5" not in lacking
    assert resolve(again, decision) == decision


def test_a_proposal_has_no_effect_until_it_is_applied(folder: Path) -> None:
    """Guards proposed against applied, and that keys are never reused."""
    dataset = Dataset.open([folder])
    entry = resolve(dataset, "action/map-out-how-each")
    cited = next(e.iri for e in search_entries(dataset, entry))
    row = next(
        c
        for c in dataset.rows(
            "SELECT ?r { ?r a <https://w3id.org/goldenthread/ontology/Row> } ORDER BY ?r"
        )
    )["r"]
    proposal = Proposal(
        "Mapping belongs elsewhere",
        "correction",
        "For the test.",
        "Tester",
        DATE,
        (cited,),
        does=(("moves", cited), ("toRow", row.value)),
    )
    first = propose(dataset, folder, proposal)
    assert propose(dataset, folder, proposal) != first
    again = Dataset.open([folder])
    assert not next(c for c in judgements(again) if c.iri == first).in_force
    decide(again, folder, first, Verdict("applied", "Agreed.", "Tester", DATE))
    assert next(c for c in judgements(Dataset.open([folder])) if c.iri == first).in_force


def search_entries(dataset: Dataset, iri: str) -> list:
    """Return the entries of a thing."""
    from goldenthread.store.view import View

    return View(dataset).entries(iri)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reason": " "}, "reason"),
        ({"cites": ()}, "cites"),
        ({"kind": "guess"}, "no kind"),
        ({"cites": ("https://example.org/nothing",)}, "Nothing here"),
        ({"does": (("moves", "x"),)}, "needs toRow"),
    ],
)
def test_an_incomplete_proposal_is_refused(folder: Path, change: dict, message: str) -> None:
    """Guards that nothing is written that an auditor could not follow."""
    dataset = Dataset.open([folder])
    cited = judgements(dataset)[0].cites[0].iri
    whole = {
        "label": "L",
        "kind": "match",
        "reason": "R",
        "role": "Tester",
        "date": DATE,
        "cites": (cited,),
    }
    before = (folder / "judgements.ttl").read_bytes()
    with pytest.raises(BadValue, match=message):
        propose(dataset, folder, Proposal(**(whole | change)))
    assert (folder / "judgements.ttl").read_bytes() == before


def test_decisions_that_cannot_be_made(folder: Path) -> None:
    """Guards unknown judgements, unknown and repeated statuses, and missing reasons."""
    dataset = Dataset.open([folder])
    iri = judgements(dataset)[0].iri
    with pytest.raises(NotFound):
        decide(dataset, folder, iri + "x", Verdict("applied", "R", "T", DATE))
    with pytest.raises(BadValue, match="already"):
        decide(dataset, folder, iri, Verdict("applied", "R", "T", DATE))
    with pytest.raises(BadValue, match="no status"):
        decide(dataset, folder, iri, Verdict("maybe", "R", "T", DATE))
    with pytest.raises(BadValue, match="reason"):
        decide(dataset, folder, iri, Verdict("withdrawn", " ", "T", DATE))


def test_a_folder_that_cannot_be_written_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards the message for a read-only plan; root may write anywhere, so it is forced."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    dataset = Dataset.open([folder])
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(Unavailable, match="Copy the plan's folder"):
        decide(dataset, folder, judgements(dataset)[0].iri, Verdict("withdrawn", "R", "T", DATE))


def test_a_proposed_link_does_not_hold(folder: Path) -> None:
    """Guards that a judgement that would add a link adds none until it is applied."""
    dataset = Dataset.open([folder])
    source = resolve(dataset, "service-priority/1.5")
    target = resolve(dataset, "corporate-priority/2")
    entries = [search_entries(dataset, iri)[0].iri for iri in (source, target)]
    supports = "https://w3id.org/goldenthread/ontology/supports"
    does = (
        ("from", source),
        ("property", supports),
        ("to", target),
        ("fromEntry", entries[0]),
        ("toEntry", entries[1]),
    )
    proposal = Proposal(
        "Skills serve equality", "assumption", "A test.", "Tester", DATE, (entries[0],), does=does
    )
    iri = propose(dataset, folder, proposal)

    def serves_nothing() -> bool:
        missing = {(g.missing, g.focus.iri) for g in gaps(Dataset.open([folder])).gaps}
        return ("corporate-priority", source) in missing

    assert serves_nothing()
    decide(Dataset.open([folder]), folder, iri, Verdict("applied", "Agreed.", "Tester", DATE))
    assert not serves_nothing()
    decide(Dataset.open([folder]), folder, iri, Verdict("disputed", "No.", "Tester", DATE))
    assert serves_nothing()
