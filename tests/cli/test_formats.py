import csv
import io
import json
import os
import random
import subprocess
import sys
import xml.dom.minidom
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from docx import Document
from openpyxl import load_workbook

Run = Callable[..., subprocess.CompletedProcess[bytes]]
RDF = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "rdf": ox.RdfFormat.RDF_XML,
}
FOUR_LEVELS = str(Path(__file__).resolve().parents[1] / "cases" / "plan-four-levels")
TABLES = ("text", "json", "csv", "xlsx", "docx", "md", "html")
GRAPHS = ("ttl", "jsonld", "nt")
# A check of the small plan: what it finds is the business of the shapes' own tests.
SHIPPED = {
    "trace": (["trace", "down", "corporate-priority/4"], (*TABLES, *GRAPHS, "graphml", "svg")),
    "gaps": (["gaps"], TABLES),
    "coverage": (["coverage"], TABLES),
    "themes": (["coverage", "--columns", "theme"], TABLES),
    "check": (
        ["check", FOUR_LEVELS, "--fail-on", "never"],
        (*TABLES, "ttl", "jsonld"),
    ),
    "query": (["query", "thread-down", "--param", "thing=corporate-priority/4"], (*TABLES, "xml")),
    "queries": (["query", "--list"], TABLES),
    "search": (["search", "rural"], TABLES),
    "show": (["show", "service-priority/1.4"], (*TABLES, *GRAPHS)),
    "list": (["list", "measure"], TABLES),
    "levels": (["list"], TABLES),
    "why": (["why", "service-priority/1.4"], TABLES),
    "judgements": (["judge", "list"], TABLES),
}
EXPORTS = ("ttl", "trig", "jsonld", "nt", "nq", "rdf", "csv", "xlsx", "docx", "graphml", "json")
AGAIN = """
import json, sys
from goldenthread.faces.cli.main import main

for arguments in json.load(sys.stdin):
    assert main(arguments) == 0, arguments
"""
CASES = [(name, form) for name, (_, forms) in SHIPPED.items() for form in forms]


def check(form: str, content: bytes) -> None:
    """Assert that the bytes are what the format says, and say something."""
    assert content
    if form in RDF:
        assert list(ox.parse(content, format=RDF[form]))
    elif form == "json":
        assert json.loads(content)
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
        assert len(rows) > 1
        assert {len(r) for r in rows} == {len(rows[0])}
    elif form == "xlsx":
        book = load_workbook(io.BytesIO(content))
        assert book.sheetnames[-1] == "About"
    elif form == "docx":
        assert Document(io.BytesIO(content)).paragraphs
    elif form in ("graphml", "svg", "xml"):
        assert xml.dom.minidom.parseString(content)  # noqa: S318 - made here
    elif form == "html":
        assert content.startswith(b"<!doctype html>")
        assert b"http" not in content.split(b"<body>")[0]
    else:
        assert content.decode("utf-8").endswith("\n")


@pytest.fixture(scope="session")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make every answer and export once more, in one process with other hashes, clock and locale.

    Returns the folder in which they are, named for command and format.
    """
    folder = tmp_path_factory.mktemp("again")
    wanted = [
        [*SHIPPED[name][0], "--format", form, "--output", str(folder / f"{name}.{form}")]
        for name, form in CASES
    ]
    wanted += [["export", form, "--output", str(folder / f"export.{form}")] for form in EXPORTS]
    env = os.environ | {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    subprocess.run(
        [sys.executable, "-c", AGAIN], input=json.dumps(wanted).encode(), env=env, check=True
    )
    return folder


@pytest.mark.parametrize(("name", "form"), CASES)
def test_every_format_of_every_command(
    run: Run, again: Path, tmp_path: Path, name: str, form: str
) -> None:
    """Guards that each format is what it says, comes alone, and is the same bytes every time."""
    arguments = [*SHIPPED[name][0], "--format", form]
    file = tmp_path / f"answer.{form}"
    if form in ("xlsx", "docx"):
        arguments += ["--output", str(file)]
    done = run(*arguments, env={"PYTHONHASHSEED": "1"})
    assert (done.returncode, done.stderr) == (0, b"")
    content = file.read_bytes() if file.exists() else done.stdout
    check(form, content)
    assert (again / f"{name}.{form}").read_bytes() == content


@pytest.mark.parametrize("form", EXPORTS)
def test_every_export(run: Run, again: Path, tmp_path: Path, form: str) -> None:
    """Guards that a whole plan can be had in each format, the same bytes every time."""
    file = tmp_path / f"plan.{form}"
    done = run("export", form, "--output", file, env={"PYTHONHASHSEED": "1"})
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    check(form, file.read_bytes())
    assert (again / f"export.{form}").read_bytes() == file.read_bytes()


@pytest.mark.parametrize("command", ["gaps", "coverage", "list", "check", "judge list"])
def test_four_levels_of_other_names(run: Run, four_levels_folder: Path, command: str) -> None:
    """Guards that no command assumes the levels of the plan that ships."""
    arguments = [*command.split(), "--data", four_levels_folder]
    done = run(*arguments)
    assert done.returncode in ((0, 1) if command == "check" else (0,)), done.stderr.decode()
    for word in (b"OCC", b"L&H", b"Oxfordshire", b"corporate-priority"):
        assert word not in done.stdout


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "docx", "ttl", "graphml", "svg"])
def test_four_levels_traced_in_every_format(
    run: Run, four_levels_folder: Path, tmp_path: Path, form: str
) -> None:
    """Guards the formats on another plan, from the first thing of its first level."""
    listed = json.loads(run("list", "--format", "json", "--data", four_levels_folder).stdout)
    level = listed["levels"][0]["key"]
    assert len(listed["levels"]) == 4
    arguments = ("list", level, "--format", "json", "--data", four_levels_folder)
    first = json.loads(run(*arguments).stdout)["things"][0]["id"]
    file = tmp_path / f"t.{form}"
    done = run("trace", "down", first, "--data", four_levels_folder, "--output", file)
    assert (done.returncode, done.stderr) == (0, b"")
    check(form, file.read_bytes())


def test_ending_chooses_the_format(run: Run, tmp_path: Path) -> None:
    """Guards that --output x.csv is CSV without saying so twice."""
    file = tmp_path / "gaps.csv"
    assert run("gaps", "--output", file).returncode == 0
    assert file.read_bytes() == run("gaps", "--format", "csv").stdout


def test_reordered_files_give_the_same_answers(
    run: Run, shipped_folder: Path, tmp_path: Path
) -> None:
    """Guards that ids and order come from what is said, not from where in a file it stands."""
    shuffled = tmp_path / shipped_folder.name
    shuffled.mkdir()
    dice = random.Random(4)  # noqa: S311 - a shuffle that is the same every time
    found = sorted(shipped_folder.glob("*.ttl"))
    assert found
    for file in found:
        triples = list(ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE))
        dice.shuffle(triples)
        content = ox.serialize((q.triple for q in triples), format=ox.RdfFormat.TURTLE)
        (shuffled / file.name).write_bytes(content)
    for arguments in (
        ["trace", "down", "corporate-priority/4", "--format", "json"],
        ["gaps", "--format", "json"],
        ["export", "nt"],
    ):
        plain = run(*arguments)
        assert plain.returncode == 0
        assert run(*arguments, "--data", shuffled).stdout == plain.stdout


def test_trace_json_is_as_fixed(run: Run) -> None:
    """Guards the form of trace --format json, on which others build: keys are added at the end."""
    found = json.loads(run("trace", "down", "corporate-priority/4", "--format", "json").stdout)
    fixed = ["focus", "direction", "reading", "nodes", "links", "threads", "counts", "omitted"]
    assert list(found)[: len(fixed)] == fixed
    assert found["omitted"] == 0
    assert {"iri", "id", "label", "class", "notation"} <= set(found["focus"])
    assert {"from", "to", "property", "basis", "assertedBy", "statedIn", "alignments"} <= set(
        found["links"][0]
    )
    assert {"nodes", "weakest", "ends"} <= set(found["threads"][0])
    assert found["counts"]["CorporatePriority"] == 1


def test_query_json_is_sparql_results(run: Run) -> None:
    """Guards that query --format json is SPARQL 1.1 Query Results JSON."""
    query = b"SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    found = json.loads(run("query", "-", "--format", "json", stdin=query).stdout)
    assert found["head"]["vars"] == ["n"]
    assert int(found["results"]["bindings"][0]["n"]["value"]) > 1000


def test_construct_is_rdf(run: Run) -> None:
    """Guards that CONSTRUCT is answered in RDF, and that a table is not passed off as RDF."""
    query = b"CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }"
    check("ttl", run("query", "-", "--format", "ttl", stdin=query).stdout)
    assert run("query", "-", "--format", "ttl", stdin=b"ASK { ?s ?p ?o }").returncode == 2


def test_check_exit_codes(run: Run) -> None:
    """Guards that what is found decides the exit code by --fail-on alone."""
    rule = ("check", "--rule", "Measure-target")
    codes = {
        at: run(*rule, "--fail-on", at).returncode for at in ("must fix", "should fix", "note")
    }
    assert set(codes.values()) <= {0, 1}
    assert codes["note"] == 1
    assert run(*rule, "--fail-on", "never").returncode == 0
