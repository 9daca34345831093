"""`goldenthread diff`: what it says, in which forms, and how it exits."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def reworded(four_levels_folder: Path, tmp_path: Path) -> Path:
    """Return a plan's folder in which one thing has other words."""
    folder = tmp_path / "new"
    shutil.copytree(four_levels_folder, folder)
    path = folder / "plan.ttl"
    text = path.read_text(encoding="utf-8")
    assert text.count('"A harbour that lasts"') == 1
    path.write_text(text.replace("that lasts", "that endures"), encoding="utf-8")
    return folder


def test_the_same_plan_exits_with_0(run: Any, four_levels_folder: Path) -> None:
    """Guards scripts: nothing differs, and it says so."""
    done = run("diff", four_levels_folder, four_levels_folder)
    assert done.returncode == 0, done.stderr
    assert b"Nothing differs" in done.stdout


def test_another_plan_exits_with_1_and_says_what(
    run: Any, four_levels_folder: Path, reworded: Path
) -> None:
    """Guards scripts and people: 1, the kind of difference, both wordings, nothing on stderr."""
    done = run("diff", four_levels_folder, reworded)
    said = done.stdout.decode()
    assert done.returncode == 1
    assert done.stderr == b""
    assert "Thing reworded: ambition A: A harbour that endures" in said
    assert "before: A harbour that lasts" in said


@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_forms(run: Any, four_levels_folder: Path, reworded: Path, form: str) -> None:
    """Guards programs: each form has the difference, and the exit code stays."""
    done = run("diff", four_levels_folder, reworded, "--format", form)
    assert done.returncode == 1
    said = done.stdout.decode("utf-8-sig")
    assert "A harbour that endures" in said
    if form == "json":
        (change,) = json.loads(said)["changes"]
        assert change["kind"] == "reworded"
        assert change["before"] == "A harbour that lasts"


def test_a_plan_that_is_not_there_exits_with_2(run: Any, four_levels_folder: Path) -> None:
    """Guards the third answer: it cannot tell, and says which path is missing."""
    done = run("diff", four_levels_folder, "no-such-plan")
    assert done.returncode == 2
    assert b"no-such-plan" in done.stderr
