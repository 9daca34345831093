"""A plan's own queries on the command line: listed, asked, completed; mistakes told by line."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[bytes]]
OWN = """#+ {summary: Actions., question: 'Which actions are there?', audience: analysts}
PREFIX gt: <https://w3id.org/goldenthread/ontology/>
SELECT ?action
WHERE { ?action a gt:Action }
ORDER BY ?action
"""


@pytest.fixture
def plan(tmp_path: Path, four_levels_folder: Path) -> Path:
    """Return a copy of the made-up plan with a query that is right and one that is wrong."""
    folder = tmp_path / "harbour"
    shutil.copytree(four_levels_folder, folder)
    (folder / "queries").mkdir()
    right = OWN.replace("audience: analysts}", "audience: analysts, reading: either}")
    (folder / "queries" / "my-actions.rq").write_text(right, encoding="utf-8")
    (folder / "queries" / "wrong-one.rq").write_text(OWN, encoding="utf-8")
    return folder


def test_an_own_query_is_listed_and_asked(run: Run, plan: Path) -> None:
    """Guards the command: one file in the folder of --data is a question as any other."""
    listed = run("query", "--list", "--format", "json", "--data", plan)
    assert listed.returncode == 0
    names = [q["name"] for q in json.loads(listed.stdout)["queries"]]
    assert "my-actions" in names
    assert "wrong-one" not in names
    assert f"{plan / 'queries' / 'wrong-one.rq'}:1: The header lacks reading" in (
        listed.stderr.decode()
    )
    asked = run("query", "my-actions", "--format", "json", "--data", plan)
    assert json.loads(asked.stdout)["results"]["bindings"]
    assert run("query", "my-actions").returncode == 2


def test_a_wrong_one_is_told_by_its_line(run: Run, plan: Path) -> None:
    """Guards the message: file, line, what is missing."""
    done = run("query", "wrong-one", "--data", plan)
    assert done.returncode == 2
    assert "wrong-one.rq:1: The header lacks reading. Add it." in done.stderr.decode()


def test_own_names_are_completed(run: Run, plan: Path) -> None:
    """Guards the tab key: the plan that --data names brings its names."""
    env = {"_GOLDENTHREAD_COMPLETE": "bash_complete", "COMP_CWORD": "4"}
    env["COMP_WORDS"] = f"goldenthread query --data {plan} my-a"
    assert b"my-actions" in run(env=env).stdout
