"""Guards the life of check results: what is new, what is mended, and where reviewers see it."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]
GIT = shutil.which("git") or "git"


@pytest.fixture(params=["plan", "repository"], ids=["at the top", "in a folder"])
def repository(four_levels_folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Return a plan's folder in a git repository with two commits; the second breaks a rule.

    The folder is the whole repository, or stands deep in it as the shipped plan does in ours: git
    reads `REV:./` in two ways, of which one found nothing.
    """
    folder = tmp_path / "repository" / "plans" / four_levels_folder.name
    top = {"plan": folder, "repository": tmp_path / "repository"}[request.param]
    shutil.copytree(four_levels_folder, folder)

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run([GIT, *who, *arguments], cwd=top, check=True, capture_output=True)

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "The plan as it was adopted")
    plan = folder / "plan.ttl"
    text = plan.read_text(encoding="utf-8")
    begun = "https://w3id.org/goldenthread/id/brackwater-harbour/ambition/z"
    level = "https://w3id.org/goldenthread/id/brackwater-harbour/level/ambition"
    plan.write_text(
        f'{text}\n<{begun}> a gt:Aim ;\n  rdfs:label "A harbour for all" ;\n'
        f"  gt:atLevel <{level}> ;\n"
        "  gt:inPlan <https://w3id.org/goldenthread/id/brackwater-harbour> .\n",
        encoding="utf-8",
    )
    git("commit", "--quiet", "-am", "One more ambition")
    return folder


def test_only_what_is_new_is_reported(run: Run, repository: Path, tmp_path: Path) -> None:
    """Guards --baseline with a revision and with a file: same changes, counted and named."""
    done = run("check", repository, "--baseline", "HEAD~1", "--format", "json")
    said = json.loads(done.stdout)
    assert said["since"] == "revision HEAD~1"
    assert {r["focus"]["id"] for r in said["new"]} == {"ambition/z"}
    assert said["mended"] == []
    assert said["unchanged"] > 0
    before = tmp_path / "before.json"
    with_revision = {r["id"] for r in said["new"]}
    subprocess.run([GIT, "checkout", "--quiet", "HEAD~1"], cwd=repository, check=True)
    run("check", repository, "--format", "json", "--output", before)
    subprocess.run([GIT, "checkout", "--quiet", "-"], cwd=repository, check=True)
    done = run("check", repository, "--baseline", before, "--format", "json")
    assert {r["id"] for r in json.loads(done.stdout)["new"]} == with_revision


def test_what_was_mended_is_said(run: Run, repository: Path, tmp_path: Path) -> None:
    """Guards the other way: results that are gone are mended, and nothing new exits with 0."""
    after = tmp_path / "after.json"
    run("check", repository, "--format", "json", "--output", after)
    subprocess.run([GIT, "checkout", "--quiet", "HEAD~1"], cwd=repository, check=True)
    done = run("check", repository, "--baseline", after, "--fail-on", "note")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert text.startswith("Since after.json: 0 new, ")
    assert "mended, " in text
    assert "A harbour for all" in text


def test_exit_code_counts_only_new_results(run: Run, repository: Path) -> None:
    """Guards CI: old faults pass, a new one fails."""
    assert run("check", repository, "--baseline", "HEAD", "--fail-on", "note").returncode == 0
    assert run("check", repository, "--baseline", "HEAD~1", "--fail-on", "note").returncode == 1


@pytest.mark.parametrize(
    ("baseline", "words"),
    [
        ("no-such-revision", "cannot be had as it was"),
        ("--upload-pack=x", "is no revision"),
        ("{file}", "no answer of `goldenthread check"),
    ],
)
def test_what_is_no_baseline_is_said(
    run: Run, repository: Path, tmp_path: Path, baseline: str, words: str
) -> None:
    """Guards errors: a revision that is not there, an option in disguise, another JSON."""
    other = tmp_path / "other.json"
    other.write_text("[]")
    done = run("check", repository, f"--baseline={baseline.format(file=other)}")
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()


def test_sarif_points_at_the_line(run: Run, repository: Path) -> None:
    """Guards SARIF: version, rules by index, stable fingerprints, and the right line of a file."""
    done = run("check", repository.name, "--format", "sarif", cwd=repository.parent)
    log = json.loads(done.stdout)
    assert log["version"] == "2.1.0"
    (found,) = log["runs"]
    rules = found["tool"]["driver"]["rules"]
    assert found["results"]
    located = 0
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]["goldenthreadResult/v1"]
        place = result["locations"][0]
        if "physicalLocation" not in place:
            continue
        located += 1
        where = place["physicalLocation"]
        file = repository.parent / where["artifactLocation"]["uri"]
        line = file.read_text(encoding="utf-8").splitlines()[where["region"]["startLine"] - 1]
        assert place["logicalLocations"][0]["fullyQualifiedName"].rsplit("/", 1)[1] in line
    assert located > 5


# The objects of SARIF 2.1.0 that we write, each with the properties that the standard gives it and
# what a value of each has to be: a kind of JSON, a set of words, an object of this table, a list of
# one, or a pattern. A star marks what must be there. Numbers are sections of the standard.
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:[!#$&-;=?-Z_a-z~%]+")
REFERENCE = re.compile(r"(?:[!$&-;=@-Z_a-z~]|%[0-9A-F]{2})+")
SARIF: dict[str, dict[str, Any]] = {
    # 3.13
    "log": {"*version": {"2.1.0"}, "$schema": ADDRESS, "*runs": ["run"]},
    # 3.14
    "run": {
        "*tool": "tool", "results": ["result"], "columnKind": {"unicodeCodePoints"},
        "originalUriBaseIds": "bases", "properties": dict,
    },
    "bases": {"%SRCROOT%": "artifactLocation"},
    # 3.4, 3.11, 3.12
    "artifactLocation": {"uri": REFERENCE, "uriBaseId": {"%SRCROOT%"}, "description": "message"},
    "message": {"*text": str, "markdown": str},
    # 3.18, 3.19
    "tool": {"*driver": "driver"},
    "driver": {
        "*name": str, "semanticVersion": str, "informationUri": ADDRESS, "rules": ["rule"],
    },
    # 3.49, 3.50
    "rule": {
        "*id": str, "name": str, "shortDescription": "message", "fullDescription": "message",
        "help": "message", "helpUri": ADDRESS, "defaultConfiguration": "configuration",
        "properties": dict,
    },
    "configuration": {"level": {"none", "note", "warning", "error"}},
    # 3.27
    "result": {
        "ruleId": str, "ruleIndex": int, "level": {"none", "note", "warning", "error"},
        "*message": "message", "locations": ["location"], "relatedLocations": ["location"],
        "partialFingerprints": dict, "suppressions": ["suppression"], "properties": dict,
    },
    # 3.28, 3.29, 3.30, 3.33
    "location": {
        "id": int, "physicalLocation": "physicalLocation", "logicalLocations": ["logicalLocation"],
    },
    "physicalLocation": {"*artifactLocation": "artifactLocation", "region": "region"},
    "region": {"startLine": int},
    "logicalLocation": {"name": str, "fullyQualifiedName": str},
    # 3.35
    "suppression": {
        "*kind": {"inSource", "external"}, "status": {"accepted", "underReview", "rejected"},
        "justification": str, "properties": dict,
    },
}  # fmt: skip


def fits(value: Any, kind: Any, where: str = "log") -> int:
    """Assert that a value is what the standard says; return how many values were looked at."""
    if isinstance(kind, list):
        assert isinstance(value, list), where
        return sum(fits(v, kind[0], f"{where}[{n}]") for n, v in enumerate(value))
    if isinstance(kind, str):
        named = {name.lstrip("*"): name for name in SARIF[kind]}
        assert isinstance(value, dict), where
        assert set(value) <= set(named), where
        assert {n for n, name in named.items() if name.startswith("*")} <= set(value), where
        return 1 + sum(fits(v, SARIF[kind][named[n]], f"{where}.{n}") for n, v in value.items())
    if isinstance(kind, set):
        assert value in kind, where
    elif isinstance(kind, re.Pattern):
        assert kind.fullmatch(value), (where, value)
    else:
        assert isinstance(value, kind), where
        assert value != "", where
        assert kind is not int or value >= ("startLine" in where), where
    return 1


def test_sarif_is_what_the_standard_says(run: Run, repository: Path, tmp_path: Path) -> None:
    """Guards SARIF: names, kinds and words of every value, in files whose names need escapes."""
    odd = tmp_path / "Pläne 2026 #1: [x] 100%"
    shutil.copytree(tmp_path / "repository", odd)
    folder = odd / repository.relative_to(tmp_path / "repository")
    first = json.loads(run("check", folder, "--format", "json").stdout)["results"][0]["id"]
    done = run(
        "accept", first, "--reason", "Known", "--role", "Owner", "--until", "2099-01-01",
        "--data", folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    ways: list[tuple[Path, list[str]]] = [
        (tmp_path, []),
        (tmp_path, ["--baseline", "HEAD~1"]),
        (folder / "..", []),
        (Path.cwd(), []),
    ]
    for cwd, options in ways:
        done = run("check", folder, *options, "--format", "sarif", cwd=cwd)
        log = json.loads(done.stdout)
        assert fits(log, "log") > 20
        (found,) = log["runs"]
        ids = [r["id"] for r in found["tool"]["driver"]["rules"]]
        assert len(ids) == len(set(ids))
        for result in found["results"]:
            for at in (*result["locations"], *result.get("relatedLocations", ())):
                named = at.get("physicalLocation", {}).get("artifactLocation", {}).get("uri")
                if named and named.startswith("file:"):
                    assert Path(unquote(named.removeprefix("file://"))).is_file()
                elif named:
                    assert (cwd / unquote(named)).is_file()
    suppressed = [r for r in found["results"] if r["suppressions"]]
    assert [r["partialFingerprints"]["goldenthreadResult/v1"] for r in suppressed] == [first]


def test_help_of_a_rule_is_no_markup() -> None:
    """Guards what GitHub shows as Markdown: the words of a council's own rule stay words."""
    from goldenthread.domain.rule import Rule
    from goldenthread.domain.sarif import to_sarif
    from goldenthread.domain.validation import Focus, Report, Result

    said = "<img src=x onerror=alert(1)> [a](javascript:b) *c* `d`"
    iri = "https://example.org/rules#Kürzel"
    rule = Rule(
        iri, "A rule", "own", "note", "reading", said, said, said, source=said,
        link="javascript:alert(1)", file="rules.ttl",
    )  # fmt: skip
    focus = Focus("https://example.org/a", "a", "A", "Aim", "Aim A")
    report = Report("corrected", (Result("0" * 16, rule, focus, said),), "0" * 64, "", 1)
    log = to_sarif(report, lambda _: None, "1.0")
    assert fits(log, "log") > 20
    (shown,) = log["runs"][0]["tool"]["driver"]["rules"]
    plain = re.sub(r"\\[\\`*_{}\[\]()<>#|!~]", "", shown["help"]["markdown"].replace("**", ""))
    assert not set("`*_[]()<>") & set(plain)
    assert shown["helpUri"] == "https://example.org/rules#K%C3%BCrzel"


def test_junit_is_read_by_build_servers(run: Run, repository: Path) -> None:
    """Guards JUnit's XML: counts that add up, a failure for each open result."""
    top = ET.fromstring(run("check", repository, "--format", "junit").stdout)  # noqa: S314 - ours
    suites = top.findall("testsuite")
    assert [s.get("name") for s in suites] == ["must fix", "should fix", "note"]
    for suite in suites:
        assert len(suite.findall("testcase")) == int(suite.get("tests") or 0) > 0
        assert len(suite.findall("testcase/failure")) == int(suite.get("failures") or 0)
    assert int(top.get("failures") or 0) > 0


def test_history_tells_what_each_commit_changed(run: Run, repository: Path) -> None:
    """Guards the trend: newest first, numbers of each revision, what it added, accepted."""
    done = run("history", "--data", repository, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    first, second = json.loads(done.stdout)["revisions"]
    assert [first["subject"], second["subject"]] == [
        "The plan as it was adopted",
        "One more ambition",
    ]
    assert first["new"] is None
    assert second["new"]
    assert second["gaps"] == first["gaps"] + 1
    accepted = ("--reason", "It is meant", "--role", "Head of service", "--until", "2999-12-31")
    assert run("accept", second["new"][0], *accepted, "--data", repository).returncode == 0
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run([GIT, "add", "."], cwd=repository, check=True)
    subprocess.run([GIT, *who, "commit", "-qm", "Accepts"], cwd=repository, check=True)
    text = run("history", "--data", repository).stdout.decode()
    assert text.index("One more ambition") < text.index("The plan as it was adopted")
    newest = text.partition("Accepts")[2].splitlines()[1]
    assert ", 1 of them accepted;" in newest


def test_history_needs_a_repository(run: Run, four_levels_folder: Path, tmp_path: Path) -> None:
    """Guards errors: a folder that git does not know."""
    folder = tmp_path / "plain"
    shutil.copytree(four_levels_folder, folder)
    done = run("history", "--data", folder, env={"GIT_CEILING_DIRECTORIES": str(tmp_path)})
    assert done.returncode == 2
    assert "git says" in done.stderr.decode()
