"""The types that typed code of others sees."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_typed_code_is_understood() -> None:
    """Guards the types of public names: frames by library, fields of answers, mistakes found."""
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", str(Path("tests", "python", "typed_use.py"))],
        cwd=ROOT,
        env=os.environ | {"MYPYPATH": "src"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_package_says_that_it_is_typed() -> None:
    """Guards the marker without which type checkers ignore all of it."""
    assert (ROOT / "src" / "goldenthread" / "py.typed").is_file()
