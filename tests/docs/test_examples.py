"""The examples in the README and the manual are run, and say what the program says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(page: Path) -> list[tuple[str, str]]:
    """Return each command of a page's `console` blocks with the output printed under it."""
    found = []
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"(?m)^\$ ", block)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output.strip()))
    return found


EXAMPLES = [(p.name, c, o) for p in PAGES for c, o in blocks(p)]


def test_there_are_examples() -> None:
    """Guards the test below against finding nothing to run."""
    assert len(EXAMPLES) > 15
    assert any(name == "README.md" for name, _, _ in EXAMPLES)


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Return an empty folder, and an environment in which `goldenthread` is this interpreter's."""
    folder = tmp_path_factory.mktemp("examples")
    commands = folder / "bin"
    commands.mkdir()
    script = commands / "goldenthread"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m goldenthread "$@"\n')
    script.chmod(0o755)
    path = os.pathsep.join([str(commands), os.environ["PATH"]])
    source = os.pathsep.join(p for p in (str(ROOT / "src"), os.environ.get("PYTHONPATH")) if p)
    return folder, os.environ | {"PATH": path, "PYTHONPATH": source, "COLUMNS": "100"}


def ran(
    workplace: tuple[Path, dict[str, str]], program: str, code: str
) -> subprocess.CompletedProcess[str]:
    """Run what a page shows in the folder of the examples, by a shell or by Python."""
    folder, environment = workplace
    return subprocess.run(
        [program, "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(shutil.which("sh") is None, reason="the examples are for a POSIX shell")
@pytest.mark.parametrize(
    ("page", "command", "output"), EXAMPLES, ids=[f"{p}: {c}"[:60] for p, c, _ in EXAMPLES]
)
def test_an_example_runs_and_prints_what_the_page_shows(
    page: str, command: str, output: str, workplace: tuple[Path, dict[str, str]]
) -> None:
    """Guards the manual: a command that fails, or output that has drifted, is found here."""
    done = ran(workplace, shutil.which("sh") or "sh", command)
    assert done.returncode == 0, f"{page}: {command}\n{done.stderr}"
    if output:
        pattern = re.escape(output).replace(re.escape("..."), ".*")
        assert re.search(pattern, done.stdout.strip(), re.DOTALL), done.stdout


PYTHON = [
    (p.name, "\n".join(found))
    for p in PAGES
    if (found := re.findall(r"```python\n(.*?)```", p.read_text(encoding="utf-8"), re.DOTALL))
]


@pytest.mark.parametrize(("page", "code"), PYTHON, ids=[p for p, _ in PYTHON])
def test_python_on_a_page_runs(
    page: str, code: str, workplace: tuple[Path, dict[str, str]]
) -> None:
    """Guards the manual's Python: the blocks of a page, one after the other, in an empty folder."""
    assert "README.md" in dict(PYTHON)
    done = ran(workplace, sys.executable, code)
    assert done.returncode == 0, f"{page}:\n{done.stderr}"
