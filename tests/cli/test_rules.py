"""The rules on the command line: listed, explained, narrowed, by profile, and a plan's own."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from goldenthread.domain import checking
from goldenthread.faces.cli.commands.check import check_command
from goldenthread.services.naming import plurals
from goldenthread.services.rulebook import catalogue, explain
from goldenthread.services.validation import check, rulebook
from goldenthread.store.dataset import Dataset
from goldenthread.store.rules import rules

Run = Callable[..., CompletedProcess[bytes]]
ROOT = Path(__file__).resolve().parents[2]


def plain(value: object) -> Any:
    """Return a value as it is after JSON."""
    return json.loads(json.dumps(value))


def test_rules_are_listed_with_their_profiles(run: Run) -> None:
    """Guards the list: every rule by its id, every profile with whom it is for; JSON the same."""
    said = run("rules")
    assert (said.returncode, said.stderr) == (0, b"")
    text = " ".join(said.stdout.decode().split())
    assert len(rules()) > 100
    assert all(f"{r.id}: {r.label}" in text for r in rules())
    assert "draft: a draft plan For whoever is still writing a plan" in text
    listed = json.loads(run("rules", "--format", "json").stdout)
    found = plain(catalogue(rulebook(Dataset.open())).to_json())
    assert {k: listed[k] for k in found} == found
    assert "results" not in listed["rules"][0]


def test_a_rule_is_explained(run: Run, shipped: Dataset) -> None:
    """Guards the explanation: reason, remedy, examples, shape, results; by name, id or IRI."""
    said = run("rules", "Level-number").stdout.decode()
    rule = next(r for r in rules() if r.name == "Level-number")
    flat = " ".join(said.split())
    report = check(shipped, rules=["Level-number"])
    for words in (rule.why, rule.mend, "What breaks it", "What keeps it", "The shape"):
        assert words in flat
    assert f"Results now, with corrections: {len(report.results)}" in said
    assert "shape:Level-number a sh:NodeShape ;" in said
    for name in ("shape:Level-number", rule.iri):
        assert run("rules", name).stdout.decode() == said
    told = json.loads(run("rules", "Level-number", "--format", "json").stdout)
    expected = plain(explain(rulebook(shipped), "Level-number").to_json(report.results))
    assert {k: told[k] for k in expected} == expected
    turtle = run("rules", "Level-number", "--format", "ttl").stdout.decode()
    assert turtle == expected["shape"]


def test_a_rule_that_is_not_there(run: Run) -> None:
    """Guards the message for a mistyped name: exit 2 and the nearest."""
    done = run("rules", "Measure-tarket")
    assert done.returncode == 2
    assert b"shape:Measure-target  a measure without a target" in done.stderr
    assert run("check", "--rule", "Measure-tarket").returncode == 2


def test_names_of_rules_are_completed(run: Run) -> None:
    """Guards the tab key."""
    env = {"_GOLDENTHREAD_COMPLETE": "bash_complete", "COMP_CWORD": "2"}
    done = run(env=env | {"COMP_WORDS": "goldenthread rules Measure-t"})
    assert done.stdout.decode().split() == ["plain,Measure-target", "plain,Measure-task"]


def test_the_options_of_check_are_the_filters_of_its_page() -> None:
    """Guards names: what the page and the interface can narrow by, the command can."""
    names = {p.name for p in check_command.params}
    assert set(checking.FILTERS) - {"rule"} <= names
    assert {"rules", "profile"} <= names


@pytest.mark.parametrize(
    "only",
    [
        {"severity": "must fix"},
        {"level": "none"},
        {"document": "Annex 3", "severity": "should fix"},
        {"level": "action", "severity": "note", "group": "consistency"},
    ],
    ids=lambda only: "-".join(only.values()),
)
def test_a_filter_gives_what_the_page_gives(
    run: Run, shipped: Dataset, only: dict[str, str]
) -> None:
    """Guards parity: same names, same results, same counts of what else could be chosen."""
    levels = list(plurals(shipped)) if "level" in only else []
    report, narrowed = checking.choose(check(shipped), only, levels)
    options = [part for k, v in only.items() for part in (f"--{k}", v)]
    told = json.loads(run("check", *options, "--format", "json").stdout)
    assert 0 < len(report.results) < narrowed.total
    assert told["results"] == plain([r.to_json() for r in report.results])
    assert told["facets"] == plain([f.to_json() for f in narrowed.facets])


def test_what_a_filter_leaves_out_is_said(run: Run, shipped: Dataset) -> None:
    """Guards the sentence of the page, on the command line: what is shown of how much."""
    _, narrowed = checking.choose(check(shipped), {"group": "measurability"})
    said = " ".join(run("check", "--group", "measurability").stdout.decode().split())
    assert narrowed.sentence("check result", "check results") in said


def test_what_is_not_shown_does_not_fail(run: Run) -> None:
    """Guards exit codes under filters: a pipeline that looks at one level fails on that level."""
    assert run("check", "--severity", "note").returncode == 0
    assert run("check", "--severity", "note", "--fail-on", "note").returncode == 1
    done = run("check", "--severity", "note", "--baseline", "HEAD")
    assert (done.returncode, b"compared whole" in done.stderr) == (2, True)


@pytest.mark.parametrize("profile", ["draft", "monitored"])
def test_a_profile_says_what_it_leaves_out(run: Run, shipped: Dataset, profile: str) -> None:
    """Guards profiles: fewer rules, and the report says how many fewer; counts as JSON has them."""
    report = check(shipped, profile=profile)
    said = run("check", "--profile", profile).stdout.decode()
    assert f"{report.left_out} rules left out by the profile {profile}." in said
    told = json.loads(run("check", "--profile", profile, "--format", "json").stdout)
    assert (told["profile"], told["left_out"]) == (profile, report.left_out)
    assert told["results"] == plain([r.to_json() for r in report.results])
    assert report.left_out + report.checked == len(rules())


def test_a_profile_that_is_not_there_is_told_with_those_that_are(run: Run) -> None:
    """Guards the message for a mistyped profile."""
    done = run("check", "--profile", "drat")
    assert done.returncode == 2
    assert b"Choose one of: published, draft, monitored." in done.stderr


def test_a_baseline_keeps_to_the_rules_that_are_checked(run: Run, tmp_path: Path) -> None:
    """Guards --baseline with --rule and --profile: what is not looked at now was not mended."""
    file = tmp_path / "before.json"
    file.write_bytes(run("check", "--format", "json").stdout)
    for options in (["--rule", "Measure-unit"], ["--profile", "draft"]):
        told = json.loads(run("check", *options, "--baseline", file, "--format", "json").stdout)
        assert (told["new"], told["mended"]) == ([], [])
        assert told["unchanged"] > 0


def turtle_of_the_manual() -> list[str]:
    """Return the Turtle that the manual shows under "Add a rule of your own"."""
    text = (ROOT / "docs" / "how-to.md").read_text(encoding="utf-8")
    section = text.split("## Add a rule of your own")[1].split("\n## ")[0]
    return re.findall(r"```turtle\n(.*?)```", section, re.DOTALL)


@pytest.fixture
def workspace(tmp_path: Path, four_levels_folder: Path) -> Path:
    """Return a copy of the made-up plan with the rule and the profile of the manual."""
    folder = tmp_path / "harbour"
    shutil.copytree(four_levels_folder, folder)
    rule, profile = turtle_of_the_manual()
    (folder / "rules" / "profiles").mkdir(parents=True)
    (folder / "rules" / "our-rules.ttl").write_text(rule, encoding="utf-8")
    (folder / "rules" / "profiles" / "committee.ttl").write_text(profile, encoding="utf-8")
    return folder


def test_the_rule_of_the_manual_works(run: Run, workspace: Path) -> None:
    """Guards the manual: its rule is checked with ours, explained as the plan's own, and found."""
    long = "Repair the slipway before the season begins and keep it in order"
    plan = workspace / "plan.ttl"
    text = plan.read_text(encoding="utf-8")
    first = re.search(r'a gt:Action ;\n    rdfs:label "([^"]+)"', text)
    assert first
    plan.write_text(text.replace(f'"{first[1]}"', f'"{long}"', 1), encoding="utf-8")
    told = json.loads(run("check", workspace, "--format", "json").stdout)
    found = [r for r in told["results"] if r["rule"] == "own:Action-length"]
    assert [r["focus"]["label"] for r in found] == [long]
    assert (found[0]["severity"], found[0]["group"]) == ("note", "measurability")
    assert told["rules"] == len(rules()) + 1
    said = " ".join(run("rules", "Action-length", "--data", workspace).stdout.decode().split())
    assert "The plan's own, in" in said
    assert "Results now, with corrections: 1" in said
    assert "own:Action-length" in run("rules", "--data", workspace).stdout.decode()
    assert "Action-length" not in run("rules").stdout.decode()


def test_the_profile_of_the_manual_works(run: Run, workspace: Path) -> None:
    """Guards the manual: its profile is chosen by name and says what it leaves out."""
    told = json.loads(run("check", workspace, "--profile", "committee", "--format", "json").stdout)
    assert (told["profile"], told["left_out"]) == ("committee", 1)
    assert {r["severity"] for r in told["results"] if r["rule"] == "shape:Action-owner"} <= {
        "must fix"
    }
    assert run("check", "--profile", "committee").returncode == 2


def test_a_file_of_rules_from_anywhere(run: Run, workspace: Path, tmp_path: Path) -> None:
    """Guards --rules: a file is tried on any plan, and a wrong one is told by file and line."""
    file = workspace / "rules" / "our-rules.ttl"
    told = json.loads(
        run("check", "--rules", file, "--rule", "Action-length", "--format", "json").stdout
    )
    assert len(told["results"]) > 10
    assert told["rules"] == 1
    wrong = tmp_path / "wrong.ttl"
    text = re.sub(r'    gt:why "[^"]+" ;\n', "", file.read_text(encoding="utf-8"))
    wrong.write_text(text, encoding="utf-8")
    done = run("check", "--rules", wrong)
    assert done.returncode == 2
    assert "wrong.ttl:7: The rule Action-length lacks why it matters" in done.stderr.decode()
    shutil.copy(wrong, workspace / "rules")
    for command in (["check", workspace], ["rules", "--data", workspace]):
        assert run(*command).returncode == 2
