"""What the JSON interface says of itself holds: Schemathesis asks every operation it describes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# A well-formed name of nothing is refused in words (400 or 404): which names there are, the
# description lists where they are few, and no schema can say where they are many.
LEFT_OUT = "positive_data_acceptance"
RUN = [
    *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run"),
    *("--checks", "all", "--exclude-checks", LEFT_OUT),
    "--generation-deterministic",
    *("--request-timeout", "120", "--max-response-time", "120"),
    *("--no-color", "--continue-on-failure"),
]


def passes(server: str, folder: Path, *more: str) -> bool:
    """Run Schemathesis against the server; return whether it passed, and say what did not."""
    done = subprocess.run(
        [*RUN, *more, f"{server}/api/v1/openapi.json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
        cwd=folder,
        env={**os.environ, "PYTHONWARNINGS": "ignore", "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-1_000:]
    return "passed" in done.stdout


@pytest.mark.parametrize(
    "paths",
    ["/api/v1/[a-z]+$", "/api/v1/queries/(thread-down|things-of-class|actions-in-period)$"],
    ids=["plan", "library"],
)
def test_every_kind_of_answer_is_as_described(server: str, tmp_path: Path, paths: str) -> None:
    """Guards edges of every parameter: lengths, missing, repeated, unknown, other methods."""
    phases = ("--phases", "examples,coverage,fuzzing", "--max-examples", "3")
    assert passes(server, tmp_path, *phases, "--include-path-regex", paths)


def test_every_query_of_the_library_answers_as_described(server: str, tmp_path: Path) -> None:
    """Guards each route of the library: with valid values, an answer of the form that it names."""
    phases = ("--phases", "fuzzing", "--max-examples", "1", "--mode", "positive")
    assert passes(server, tmp_path, *phases, "--include-path-regex", "/api/v1/queries/")
