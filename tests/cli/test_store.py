"""Guards --store: every command that answers takes it, and says plainly what is wrong with one."""

import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from goldenthread.store.dataset import Dataset

Run = Callable[..., subprocess.CompletedProcess[bytes]]

ASKING = [
    ["trace", "down", "ambition/a"],
    ["gaps"],
    ["coverage"],
    ["query", "things"],
    ["search", "harbour"],
    ["list", "Action"],
    ["judge", "list"],
    ["export", "nt"],
]


@pytest.fixture(scope="module")
def store(four_levels_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an Oxigraph folder that holds the plan with four levels."""
    path = tmp_path_factory.mktemp("stores") / "plans"
    made = ox.Store(str(path))
    made.extend(list(Dataset.open([four_levels_folder]).store))
    made.flush()
    del made
    return path


@pytest.mark.parametrize("command", ASKING, ids=lambda c: c[0])
def test_a_store_answers_as_a_folder_does(
    run: Run, store: Path, four_levels_folder: Path, command: list[str]
) -> None:
    """Guards that an answer does not depend on where the plan stands."""
    stored = run(*command, "--store", store)
    from_files = run(*command, "--data", four_levels_folder)
    assert stored.returncode == from_files.returncode == 0, stored.stderr.decode()
    assert stored.stdout
    assert stored.stdout == from_files.stdout


def test_check_says_that_a_store_holds_no_texts(run: Run, store: Path) -> None:
    """Guards honesty: quotes cannot be compared with texts that are not there, and it is said."""
    done = run("check", "--store", store)
    assert done.returncode == 1
    assert "The text of the extraction is missing" in done.stdout.decode()


def test_serve_takes_a_store(store: Path) -> None:
    """Guards `serve --store`: the explorer shows the plan of the store."""
    command = [sys.executable, "-m", "goldenthread", "serve", "--port", "0", "--store", str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        try:
            address = process.stderr.readline().decode().split(" is at ")[1].split(". ")[0]
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - made here
                assert "Brackwater" in answer.read().decode()
        finally:
            process.terminate()
            process.wait(30)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("nowhere", "There is no Oxigraph store at"),
        ("http://127.0.0.1:9/sparql", "cannot be reached"),
        ("https://", "names no host"),
    ],
)
def test_what_is_no_store_is_said(run: Run, place: str, words: str) -> None:
    """Guards errors: exit code 2, nothing on standard output, no traceback."""
    done = run("gaps", "--store", place)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_store_that_may_not_be_written_answers(run: Run, store: Path, tmp_path: Path) -> None:
    """Guards read-only folders: a store on a shared drive needs no right to write."""
    copy = tmp_path / "plans"
    shutil.copytree(store, copy)
    for path in (*copy.iterdir(), copy):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert run("gaps", "--store", copy).returncode == 0
    finally:
        copy.chmod(0o755)
