import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]


BY = ("--role", "Performance team", "--reason", "Asked the service", "--date", "2026-11-20")


@pytest.fixture
def plan(shipped_folder: Path, tmp_path: Path) -> Path:
    """Return a copy of the shipped plan that a test may write to."""
    return Path(shutil.copytree(shipped_folder, tmp_path / shipped_folder.name))


def cards(run: Run, plan: Path) -> dict[str, dict[str, str]]:
    """Return the judgements by their ids."""
    done = run("judge", "list", "--format", "json", "--data", plan)
    assert done.returncode == 0, done.stderr.decode()
    return {c["id"]: c for c in json.loads(done.stdout)["judgements"]}


def test_proposed_applied_disputed_withdrawn(run: Run, plan: Path) -> None:
    """Guards the life of a judgement, and that it changes the graph only while it is applied."""
    propose = (
        *("judge", "propose", "--kind", "correction", "--label", "The MECC action is row 9's"),
        *("--moves", "entry/annex-3-4150", "--to-row", "row/annex-3-t1-r9"),
        *("--cites", "entry/annex-3-4150", "--data", plan, *BY),
    )
    entries = json.loads(run("show", "MECC model", "--format", "json").stdout)["entries"]
    entry = next(e["iri"].rsplit("/", 1)[-1] for e in entries if "row 4" in e["place"])
    done = run(*(a.replace("annex-3-4150", entry) if isinstance(a, str) else a for a in propose))
    assert done.returncode == 0, done.stderr.decode()
    judgement = done.stdout.decode().strip()
    assert cards(run, plan)[judgement]["status"] == "proposed"
    trace = ("trace", "up", "MECC model", "--data", plan)
    before = run(*trace).stdout
    for verb, status in (("apply", "applied"), ("dispute", "disputed"), ("withdraw", "withdrawn")):
        done = run("judge", verb, judgement, "--data", plan, *BY)
        assert done.returncode == 0, done.stderr.decode()
        assert cards(run, plan)[judgement]["status"] == status
        assert (run(*trace).stdout == before) is (verb != "apply")


def test_date_must_be_one(run: Run, plan: Path) -> None:
    """Guards that a date that is none is refused and nothing is written."""
    before = (plan / "judgements.ttl").read_bytes()
    verdict = ("judge", "apply", "judgement/year-1-is-2022-23", "--role", "x", "--reason", "y")
    done = run(*verdict, "--date", "yesterday", "--data", plan)
    assert (done.returncode, done.stdout) == (2, b"")
    assert (plan / "judgements.ttl").read_bytes() == before
