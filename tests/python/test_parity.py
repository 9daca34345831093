"""The Python interface and the command line give the same answers."""

import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import goldenthread as gt
from goldenthread.domain.selection import FACETS
from goldenthread.faces.cli.main import main

SHIPPED = sorted(p.parent for p in (Path(__file__).parents[2] / "data").glob("*/plan.ttl"))
FOLDERS = [*SHIPPED, Path(__file__).parents[1] / "cases" / "plan-four-levels"]


class Why(NamedTuple):
    """What the command says at once, and the interface on two questions."""

    grounds: gt.Grounds
    account: gt.Account

    def to_json(self) -> dict[str, Any]:
        """Return both as the command does."""
        return self.grounds.to_json() | {"account": self.account.to_json()}


OWN = "SELECT ?label { ?action a gt:Action ; rdfs:label ?label } ORDER BY ?label"
CONSTRUCT = "CONSTRUCT { ?a a gt:Action } WHERE { ?a a gt:Action }"
# What the plan names, in the order of its levels: `{first}` is a thing of the first level ...
QUESTIONS: dict[str, tuple[str, Callable[[gt.Plan, dict[str, str]], Any]]] = {
    "trace down": ("trace down {first}", lambda p, n: p.trace(n["first"])),
    "trace up": ("trace up {last}", lambda p, n: p.trace(n["last"], "up")),
    "trace narrowed": (
        "trace down {first} --class {low} --basis stated",
        lambda p, n: p.trace(n["first"], only={"class": [n["low"]], "basis": ["stated"]}),
    ),
    "trace narrowed by theme and period": (
        "trace down {first} --theme {theme} --theme {other} --period {period}",
        lambda p, n: p.trace(
            n["first"], only={"theme": [n["theme"], n["other"]], "period": [n["period"]]}
        ),
    ),
    "gaps": ("gaps", lambda p, _: p.gaps()),
    "gaps of a level": ("gaps --level {level}", lambda p, n: p.gaps(n["level"])),
    "coverage": ("coverage", lambda p, _: p.coverage()),
    "coverage by theme": (
        "coverage --columns theme --rows {level} --count {low}",
        lambda p, n: p.coverage(n["level"], "theme", counted=n["low"]),
    ),
    "coverage by period": ("coverage --columns period", lambda p, _: p.coverage(columns="period")),
    "check a rule": (
        "check --fail-on never --rule shape:Measure-target",
        lambda p, _: p.check("shape:Measure-target"),
    ),
    "library": ("query --list", lambda p, _: p.queries()),
    "query": (
        "query things-of-class --param class=gt:Action",
        lambda p, _: p.query("things-of-class", class_="gt:Action"),
    ),
    "search": ("search {words}", lambda p, n: p.search(n["words"])),
    "search narrowed": (
        "search {words} --kind {level} --limit 1",
        lambda p, n: p.search(n["words"], kind=n["level"], limit=1),
    ),
    "timeline": ("timeline", lambda p, _: p.timeline()),
    "timeline narrowed": (
        "timeline --aim {first}",
        lambda p, n: p.timeline(aim=n["first"]),
    ),
    "show": ("show {first}", lambda p, n: p.show(n["first"])),
    "list": ("list {level}", lambda p, n: p.list(n["level"])),
    "why": ("why {last}", lambda p, n: Why(p.grounds(n["last"]), p.account(n["last"]))),
    "judgements": ("judge list", lambda p, _: p.judgements()),
    "export": ("export json", lambda p, _: p),
}


def names(plan: gt.Plan) -> dict[str, str]:
    """Return what the questions are about: a thing of the first level and the last, keys, words."""
    keys = list(plan.levels)
    first, last = plan.list(keys[0])[0], plan.list(keys[-1])[0]
    words = max(first.label.split(), key=len)
    theme, other = (n.id for n in plan.list("theme")[:2])
    period = plan.list("period")[0].id
    named = {"first": first.id, "last": last.id, "level": keys[0], "low": keys[2], "words": words}
    return named | {"theme": theme, "other": other, "period": period}


def commanded(line: str, plan: Path, reading: str | None, file: Path) -> Any:
    """Return what a command writes as JSON."""
    arguments = [*line.split(), "--data", str(plan), "--output", str(file)]
    arguments += [] if line.startswith("export") else ["--format", "json"]
    arguments += ["--reading", reading] if reading else []
    assert main(arguments) == 0, line
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=FOLDERS, ids=[f.name for f in FOLDERS])
def folder(request: pytest.FixtureRequest) -> Path:
    """Return the folder of a plan: the one that ships, and one with other levels and words."""
    return Path(request.param)


@pytest.fixture(scope="module")
def opened(folder: Path) -> dict[str | None, gt.Plan]:
    """Return the plan in each reading, and where none is asked for."""
    plan = gt.open(folder)
    return {None: plan, **{r: plan.with_reading(r) for r in ("corrected", "printed")}}


@pytest.mark.parametrize("reading", ["corrected", "printed"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_the_same_answer_as_the_command(
    name: str, reading: str, folder: Path, opened: dict[str | None, gt.Plan], tmp_path: Path
) -> None:
    """Guards that no face has answers of its own: `to_json()` is what `--format json` prints.

    A file has to say under `dataset` where it comes from; here the plan says it.
    """
    line, ask = QUESTIONS[name]
    plan = opened[reading]
    named = names(plan)
    expected = commanded(line.format(**named), folder, reading, tmp_path / "answer.json")
    found = json.loads(json.dumps(ask(plan, named).to_json()))
    source, own = expected.pop("dataset", None), found.pop("dataset", {})
    assert found == expected
    if source is not None:
        assert source == plan.about().to_json() | own


def test_every_face_narrows_a_trace_by_the_same() -> None:
    """Guards options that one face has and another lacks: command, Python, HTTP."""
    from goldenthread.faces.cli.commands.trace import trace_command
    from goldenthread.faces.web.app import create_app
    from goldenthread.store.dataset import Dataset

    plan = gt.open(FOLDERS[-1])
    facets = set(FACETS)
    assert len(facets) > 3
    options = {option for parameter in trace_command.params for option in parameter.opts}
    assert {f"--{f}" for f in (*facets, "reading", "data", "store", "base")} <= options
    for name in facets:
        with pytest.raises(gt.BadValue):
            plan.trace(plan.list("outcome")[0], only={name: ["nothing of that name"]})
    with pytest.raises(gt.BadValue):
        plan.trace(plan.list("outcome")[0], only={"colour": ["blue"]})
    opened = inspect.signature(gt.open).parameters
    assert {"paths", "reading", "store", "base"} == set(opened)
    app = create_app(Dataset.open([FOLDERS[-1]]))
    described = app.openapi()["paths"]["/api/v1/trace"]["get"]
    assert {p["name"] for p in described["parameters"]} == facets | {
        "focus",
        "direction",
        "reading",
    }


def test_a_briefing(tmp_path: Path) -> None:
    """Guards that a briefing is the command's."""
    plan = gt.open(FOLDERS[-1])
    first = names(plan)["first"]
    expected = commanded(f"briefing {first}", FOLDERS[-1], "corrected", tmp_path / "answer.json")
    found = plan.briefing(first).to_json()
    assert found["sections"]
    assert found == {name: expected[name] for name in found}


def test_a_whole_check(tmp_path: Path) -> None:
    """Guards that a check without names of rules is the command's, all rules together."""
    expected = commanded("check --fail-on never", FOLDERS[-1], None, tmp_path / "answer.json")
    found = gt.open(FOLDERS[-1]).check().to_json()
    assert found["results"]
    assert (found["results"], found["rules"]) == (expected["results"], expected["rules"])


def test_a_query_takes_the_reading_it_is_about(
    folder: Path, opened: dict[str | None, gt.Plan], tmp_path: Path
) -> None:
    """Guards that leaving the reading out means the same here as in the command."""
    plan = opened[None]
    printed = [q.name for q in plan.queries() if q.reading == "printed" and not q.parameters]
    assert printed
    for name in printed:
        answer = plan.query(name)
        assert answer.reading == "printed"
        assert answer.to_json() == commanded(f"query {name}", folder, None, tmp_path / "a.json")


@pytest.mark.parametrize("text", [OWN, CONSTRUCT, "ASK { ?action a gt:Action }"])
def test_own_queries(
    text: str, folder: Path, opened: dict[str | None, gt.Plan], tmp_path: Path
) -> None:
    """Guards that SPARQL of one's own is answered alike, well-known prefixes included."""
    file = tmp_path / "own.rq"
    file.write_text(text, encoding="utf-8")
    expected = commanded(f"query {file}", folder, None, tmp_path / "answer.json")
    assert opened[None].query(text).to_json() == expected


def test_the_environment_names_plans_for_both(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards that a notebook and a terminal with the same settings look at the same plans."""
    monkeypatch.setenv("GOLDENTHREAD_DATA", str(folder))
    file = tmp_path / "levels.json"
    assert main(["list", "--format", "json", "--output", str(file)]) == 0
    levels = json.loads(file.read_text(encoding="utf-8"))["levels"]
    assert levels
    assert gt.open().levels == {level["key"]: level["name"] for level in levels}
