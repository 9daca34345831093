"""Guards the life of a check result: open, accepted until a day, open again, mended."""

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goldenthread.services.accepting import Terms, accept, reopen
from goldenthread.services.validation import check, fails
from goldenthread.store.dataset import Dataset

Run = Callable[..., subprocess.CompletedProcess[bytes]]
TODAY = date(2026, 11, 21)
TERMS = Terms("Targets come with the budget.", "Harbour master", TODAY, date(2027, 3, 31))


@pytest.fixture
def folder(four_levels_folder: Path, tmp_path: Path) -> Path:
    """Return a copy of a plan's folder, to write into."""
    copy = tmp_path / four_levels_folder.name
    shutil.copytree(four_levels_folder, copy)
    return copy


def checked(folder: Path, reading: str = "corrected", today: date = TODAY) -> Any:
    """Return the check of a folder as it is now."""
    return check(Dataset.open([folder]), reading, today=today)


def test_an_accepted_result_stays_in_sight(folder: Path) -> None:
    """Guards accepting: the result is shown with who and why, and no longer fails a pipeline."""
    before, printed = checked(folder), checked(folder, "printed")
    assert fails(before, "note")
    for result in before.results:
        accept([before, printed], folder, result.id, TERMS)
    after = checked(folder)
    assert {r.status for r in after.results} == {"accepted"}
    assert [r.id for r in after.results] == [r.id for r in before.results]
    assert not fails(after, "note")
    said = after.to_json()
    assert said["open"] == {"must fix": 0, "should fix": 0, "note": 0}
    assert said["results"][0]["acceptance"]["reason"] == TERMS.reason
    assert not [r for r in after.results if r.rule.id.startswith("shape:Acceptance")]


def test_what_is_found_in_both_readings_is_accepted_in_both(folder: Path) -> None:
    """Guards readings: ids differ, the fault is one."""
    reports = [checked(folder), checked(folder, "printed")]
    both = {(r.rule.iri, r.focus.iri, r.value) for r in reports[1].results}
    twin = next(r for r in reports[0].results if (r.rule.iri, r.focus.iri, r.value) in both)
    accept(reports, folder, twin.id, TERMS)
    for reading in ("corrected", "printed"):
        assert [r.status for r in checked(folder, reading).results].count("accepted") == 1


def test_an_acceptance_ends(folder: Path) -> None:
    """Guards the day: on it the result is accepted, the day after it is open and says so."""
    result = checked(folder).results[0]
    accept([checked(folder)], folder, result.id[:10], TERMS)
    assert checked(folder, today=TERMS.until).results[0].status == "accepted"
    expired = checked(folder, today=date(2027, 4, 1)).results[0]
    assert expired.status == "open"
    assert "accepted it until 2027-03-31" in expired.standing
    reopen(checked(folder), folder, result.id, TODAY)
    assert checked(folder).results[0].status == "open"


def test_what_was_accepted_and_mended_is_said(folder: Path) -> None:
    """Guards the end: an acceptance whose result is gone is listed as mended, not lost."""
    result = next(r for r in checked(folder).results if r.rule.id == "shape:Expectation-below")
    accept([checked(folder)], folder, result.id, TERMS)
    assert checked(folder).mended == ()
    for path in folder.glob("*.ttl"):
        if path.name != "acceptances.ttl":
            path.write_text(path.read_text().replace("gt:expects", "gt:expectsNoMore"))
    assert [a.label for a in checked(folder).mended] == [
        f"{result.rule.label}, accepted: {result.focus.name}"
    ]


def test_the_command(run: Run, folder: Path) -> None:
    """Guards `goldenthread accept`: prints the id, writes RDF, check shows it, errors say why."""
    found = json.loads(run("check", folder, "--format", "json").stdout)["results"][0]
    terms = ["--reason", "Next year", "--role", "Harbour master", "--until", "2999-12-31"]
    done = run("accept", found["id"], *terms, "--data", folder)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.startswith(b"acceptance/")
    shown = run("check", folder, "--all").stdout.decode()
    assert "Accepted by Harbour master until 2999-12-31: Next year" in shown
    for arguments, words in (
        (["nothing", *terms], "has no result"),
        ([found["id"], *terms[:4]], "Until when?"),
        ([found["id"], *terms[:4], "--until", "2001-01-01"], "has passed"),
        ([found["id"], *terms[2:]], "needs a reason"),
    ):
        done = run("accept", *arguments, "--data", folder)
        assert (done.returncode, done.stdout) == (2, b"")
        assert words in done.stderr.decode()
    assert run("accept", found["id"], *terms).returncode == 2
    done = run("accept", found["id"], "--reopen", "--data", folder)
    assert done.returncode == 0
    assert "Open again" in run("check", folder, "--all").stdout.decode()
