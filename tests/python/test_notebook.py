"""The notebooks in docs/ run from the first cell to the last, and show what is stored in them."""

import difflib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
RUNNER = Path(__file__).with_name("notebook.py")
FORMS = ("text/plain", "text/html")


def test_there_is_a_notebook() -> None:
    """Guards the tests below against finding nothing to run."""
    assert len(NOTEBOOKS) >= 1


def shown(notebook: Any) -> list[str]:
    """Return as lines what each cell shows, in each text form that it has."""
    lines = []
    for place, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            kinds = {output.get("name", "stream"): output.get("text", "")}
            kinds |= {form: output.get("data", {}).get(form, "") for form in FORMS}
            for kind, text in kinds.items():
                lines += [f"cell {place}, {kind}: {line}" for line in text.splitlines()]
    return lines


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_shows_what_is_stored(path: Path, tmp_path: Path) -> None:
    """Guards the analysis: an error, a warning or another answer than the stored one is found.

    After a change that is meant: `make notebooks`.
    """
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    # In a process of its own: the libraries that run notebooks raise warnings of their own.
    done = subprocess.run(
        [sys.executable, str(RUNNER), str(copy)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=os.environ | {"GOLDENTHREAD_DATA": str(tmp_path / "of-whoever-runs-it")},
    )
    assert done.returncode == 0, done.stderr
    stored = shown(nbformat.read(path, as_version=4))
    now = shown(nbformat.read(copy, as_version=4))
    assert len(stored) > 100
    assert "\n".join(difflib.unified_diff(stored, now, "stored", "now", lineterm="", n=0)) == ""
    assert not [line for line in now if ", stderr: " in line]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_says_nothing_of_who_ran_it(path: Path) -> None:
    """Guards small diffs: no times, no paths, no machine; cells counted from 1 without a break."""
    text = path.read_text(encoding="utf-8")
    assert "iopub" not in text
    assert "/home/" not in text
    assert "/tmp" not in text  # noqa: S108 - a path that must not be there
    counts = [c.execution_count for c in nbformat.reads(text, 4).cells if c.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
