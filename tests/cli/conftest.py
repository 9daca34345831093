"""Run the command line as people do: in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def run() -> Run:
    """Return a function that runs `python -m goldenthread` and returns what it did.

    Warnings are errors in that process too; colour, width and data come from the test alone.
    """

    def run(
        *arguments: str | Path,
        stdin: bytes = b"",
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
        python: Sequence[str] = (),
    ) -> subprocess.CompletedProcess[bytes]:
        keep = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "HOME", "PYTHONPATH")
        environment = {k: v for k, v in os.environ.items() if k in keep} | (env or {})
        return subprocess.run(
            [sys.executable, "-W", "error", *python, "-m", "goldenthread", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            timeout=120,
            check=False,
            env=environment,
            cwd=cwd,
        )

    return run


@pytest.fixture(scope="session")
def shipped_folder() -> Path:
    """Return the folder of the plan that ships."""
    folders = sorted(p.parent for p in (ROOT / "data").glob("*/plan.ttl"))
    assert folders
    return folders[0]


@pytest.fixture(scope="session")
def four_levels_folder() -> Path:
    """Return the folder of the made-up plan with four levels of other names."""
    return ROOT / "tests" / "cases" / "plan-four-levels"
