"""`goldenthread why` for everything that pages show: nodes of every class, results, numbers."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from goldenthread.domain.namespaces import RDF
from goldenthread.domain.readings import READINGS
from goldenthread.domain.validation import Report
from goldenthread.errors import BadValue, NotFound
from goldenthread.faces.grounds import grounds
from goldenthread.services.validation import check
from goldenthread.store.dataset import Dataset

Run = Callable[..., subprocess.CompletedProcess[bytes]]
FOUR = Path(__file__).parents[1] / "cases" / "plan-four-levels"
PLANS: dict[str, tuple[Path, ...]] = {"shipped": (), "four levels": (FOUR,)}


@cache
def opened(plan: str) -> Dataset:
    """Return a plan, opened once."""
    return Dataset.open(PLANS[plan])


@cache
def checked(plan: str, reading: str = "corrected") -> Report:
    """Return a plan's check results, made once."""
    return check(opened(plan), reading)


@pytest.fixture(params=sorted(PLANS))
def plan(request: pytest.FixtureRequest) -> str:
    """Return the name of each plan in turn."""
    return str(request.param)


def one_of_each(plan: str, reading: str) -> dict[str, str]:
    """Return a node of each class that the reading has under its own base."""
    dataset = opened(plan)
    found: dict[str, str] = {}
    graph = dataset.reading(reading)
    for quad in dataset.store.quads_for_pattern(None, None, None, graph):
        subject = str(getattr(quad.subject, "value", ""))
        if quad.predicate.value == RDF + "type" and subject.startswith(dataset.base):
            found[quad.object.value] = min(subject, found.get(quad.object.value, subject))
    return found


@pytest.mark.parametrize("reading", READINGS)
def test_every_kind_of_node(plan: str, reading: str) -> None:
    """Guards that a node of any class has a chain and statements, each written or derived."""
    kinds = one_of_each(plan, reading)
    assert len(kinds) > 20
    for cls, iri in kinds.items():
        found = grounds(opened(plan), iri, reading, lambda r: checked(plan, r))
        assert found.kind == "node", cls
        assert found.explanation.sentence, cls
        assert found.proof.statements, cls
        assert all(s.written or s.step for s in found.proof.statements), cls


def test_every_check_result(plan: str) -> None:
    """Guards that a result of each rule names it, what it is about and what the rule read."""
    report = checked(plan)
    one_a_rule = {r.rule.iri: r for r in report.results}
    assert one_a_rule
    for result in one_a_rule.values():
        asked = f"result/{result.id}"
        found = grounds(opened(plan), asked, "corrected", lambda _: report)
        assert found.kind == "result"
        assert result.message in found.explanation.sentence
        assert result.rule.id in found.explanation.parts[0].sentence
        about = {p.subject for p in found.explanation.parts}
        assert {f.iri for f in result.rows or (result.focus,)} <= about
        # A rule that finds a thing by its class reads at least that class.
        assert found.proof.statements, result.rule.id


def test_a_result_by_part_of_its_id() -> None:
    """Guards that eight digits are enough, and what is said where they fit nothing."""
    report = checked("shipped")
    short = report.results[0].id[:8]
    found = grounds(opened("shipped"), short, "corrected", lambda _: report)
    assert found.asked == f"result/{report.results[0].id}"
    with pytest.raises(NotFound, match="no check result"):
        grounds(opened("shipped"), "result/0123456789abcdef", "corrected", lambda _: report)


NUMBERS = ("/gaps", "/timeline", "/coverage", "/checks", "/checks?status=open", "/#sentence-1-2")


@pytest.mark.parametrize("address", NUMBERS)
def test_numbers(plan: str, address: str) -> None:
    """Guards that a number asked about by its page's address tells each row that it counts."""
    found = grounds(opened(plan), address, "corrected", lambda r: checked(plan, r))
    assert found.kind == "number"
    assert found.explanation.parts
    assert found.proof.statements
    # The address is taken whole too, as it is copied from a browser.
    whole = grounds(
        opened(plan), "https://plans.example" + address, "corrected", lambda r: checked(plan, r)
    )
    assert whole.explanation.parts == found.explanation.parts


def test_a_number_counts_its_parts() -> None:
    """Guards that as many parts are told as the page counts: below an aim, in a cell, of gaps."""
    dataset = opened("shipped")
    level = grounds(
        dataset, "/trace?focus=corporate-priority/2&class=action", "corrected", _no_report
    )
    assert level.explanation.sentence.startswith(f"Thread: {len(level.explanation.parts)} actions")
    cell = "/coverage?rows=corporate-priority&columns=theme&count=action&row=corporate-priority/2"
    found = grounds(dataset, f"{cell}&column=all", "corrected", _no_report)
    assert found.explanation.sentence.startswith(f"Coverage: {len(found.explanation.parts)} ")


def test_numbers_that_are_none() -> None:
    """Guards the answers to addresses that list nothing here."""
    dataset = opened("shipped")
    with pytest.raises(BadValue, match="/#sentence-1-"):
        grounds(dataset, "/#sentence-9-9", "corrected", _no_report)
    with pytest.raises(NotFound):
        grounds(dataset, "/nothing", "corrected", _no_report)


def _no_report(reading: str) -> Report:
    raise AssertionError(f"nothing was to be checked: {reading}")


def test_why_as_every_format(run: Run, tmp_path: Path) -> None:
    """Guards the command: text names rules, JSON and tables hold the proof, RDF is PROV."""
    asked = ("why", "service-priority/1.4", "supports", "corporate-priority/2")
    text = run(*asked).stdout.decode()
    assert "rule 20-align-row" in text
    assert "written in annex-3.ttl, line" in text
    said = json.loads(run(*asked, "--format", "json").stdout)
    assert said["kind"] == "statement"
    assert said["proof"]["statements"][-1]["rule"] == "60-links"
    rows = list(csv.reader(io.StringIO(run(*asked, "--format", "csv").stdout.decode("utf-8-sig"))))
    assert len(rows) > 2
    assert b"prov:wasGeneratedBy" in run(*asked, "--format", "ttl").stdout
    book = tmp_path / "why.xlsx"
    run(*asked, "--output", str(book))
    assert book.stat().st_size > 5_000


def test_why_of_a_thing_offers_its_statements(run: Run) -> None:
    """Guards that a thing's paragraph stays first and that its statements are one option away."""
    short = run("why", "service-priority/1.4").stdout.decode()
    assert short.startswith("Why does this L&H priority exist")
    assert "--statements lists them" in short
    full = run("why", "service-priority/1.4", "--statements").stdout.decode()
    assert "1. [" in full
    assert len(full) > 2 * len(short)
