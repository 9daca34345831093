"""Guards the pages an auditor signs by: evidence, acceptances, and what samples found."""

import io
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from goldenthread.services import attesting, sampling
from goldenthread.services.accepting import Terms, accept
from goldenthread.services.exporting import about
from goldenthread.services.validation import check
from goldenthread.store.dataset import Dataset
from goldenthread.store.spreadsheet import to_xlsx

FOUR = Path(__file__).parents[1] / "cases" / "plan-four-levels"
TODAY = datetime.now(UTC).date()
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Return a plan with one acceptance that holds, one that has expired, and a kept sample."""
    folder = tmp_path_factory.mktemp("plans") / "plan"
    shutil.copytree(FOUR, folder)
    dataset = Dataset.open([folder])
    report = check(dataset)
    holds = Terms("Waits for <b>money</b>.", "Harbour master", TODAY, TODAY + 30 * DAY)
    expired = Terms("Waits for staff.", "Harbour master", date(2026, 1, 1), TODAY - 2 * DAY)
    accept([report], folder, report.results[0].id, holds)
    accept([report], folder, report.results[1].id, expired)
    drawn = to_xlsx([sampling.draw(dataset, 7, 6).table()], about(dataset))
    sheet = folder.parent / "sample.xlsx"
    _tick(drawn, sheet)
    came_back = sampling.read_back(dataset, sheet)
    attesting.keep(dataset, folder, came_back, attesting.Terms("Internal auditor", TODAY, 7))
    return Dataset.open([folder])


def _tick(content: bytes, path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    heads = {cell.value: cell.column for cell in page[1]}
    for number in range(2, 8):
        page.cell(number, heads["Agrees?"], "differs" if number == 3 else "agrees")
    book.save(path)


@pytest.fixture(scope="module")
def site(audited: Dataset, serve: Any) -> Iterator[Any]:
    """Return a server of that plan."""
    with serve(audited) as server:
        yield server


def test_acceptances_are_shown(site: Any, audited: Dataset) -> None:
    """Guards the page of checks: who accepted what until when and why; what expired is open."""
    page = site.ask("/checks").text
    assert "Accepted by Harbour master until" in page
    assert "Waits for &lt;b&gt;money&lt;/b&gt;." in page
    assert "Open again: Harbour master accepted it until" in page
    only = site.ask("/checks?status=accepted").text
    assert "Waits for &lt;b&gt;money" in only
    assert "Waits for staff" not in only
    again = site.ask("/checks.json?status=reopened").json["results"]
    assert [r["status"] for r in again] == ["open"]
    assert again[0]["acceptance"]["role"] == "Harbour master"
    focus = check(audited).results[0].focus
    assert "Waits for &lt;b&gt;money" in site.ask(f"/doc/{focus.iri.split('/id/')[1]}").text


def test_an_acceptance_expires_while_a_server_runs(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards servers that run for weeks: the day after, the result is open and the page is new."""
    first = site.ask("/checks?status=accepted")
    assert "1 of " in first.text
    from goldenthread.faces.web import explorer
    from goldenthread.services import validation

    class Later(datetime):
        """A clock that is far ahead."""

        @classmethod
        def now(cls, tz: Any = None) -> "Later":
            return cls(2099, 1, 1, tzinfo=tz or UTC)

    class LaterDay(date):
        """A calendar that is far ahead."""

        @classmethod
        def today(cls) -> "LaterDay":
            return cls(2099, 1, 1)

    monkeypatch.setattr(validation, "datetime", Later)
    monkeypatch.setattr(explorer, "date", LaterDay)
    then = site.ask("/checks?status=accepted")
    assert "0 of " in then.text
    assert then.headers["etag"] != first.headers["etag"]


def test_samples_are_shown(site: Any) -> None:
    """Guards the page of samples, and the same beside a thing and in the evidence of an entry."""
    page = re.sub(r"<[^>]+>", "", site.ask("/samples").text)
    assert "6 links and entries checked in 1 sample: 5 agree, 1 differ" in page
    said = site.ask("/samples.json").json
    assert said["total"]["counts"] == {"agrees": 5, "differs": 1, "cannot tell": 0}
    assert site.ask("/api/v1/samples").json["rows"] == said["rows"]
    target = said["rows"][0]["target"]
    assert "Checked against the source in the sample" in site.ask(f"/why?focus={target}").text
    assert "Checked against the source" in site.ask(f"/doc/{target.split('/id/')[1]}").text


def test_evidence_of_a_result(site: Any) -> None:
    """Guards the way from a check result to its evidence, in each form."""
    page = site.ask("/checks").text
    address = re.search(r'href="(/why\?focus=result[^"]+)"', page)
    assert address
    there = address[1].replace("&amp;", "&")
    found = site.ask(there).text
    assert "Evidence for a check result" in found
    assert "Rule shape:" in found
    for form in ("json", "csv", "xlsx", "ttl", "jsonld"):
        assert site.ask(there.replace("/why?", f"/why.{form}?")).status == 200, form


def test_evidence_of_numbers_and_statements(explorer: Any) -> None:
    """Guards /why for what is no thing, and what is said where nothing is called so."""
    cell = "/coverage?rows=corporate-priority&columns=theme"
    assert explorer.ask(f"/why?focus={cell.replace('&', '%26')}").status == 200
    said = explorer.ask("/api/v1/evidence?id=service-priority/1.4+supports+corporate-priority/2")
    assert said.json["proof"]["statements"][-1]["rule"] == "60-links"
    assert explorer.ask("/why?focus=result/0123456789abcdef").status == 404
    assert explorer.ask("/why?focus=/nothing").status == 404
    assert explorer.ask("/why?focus=/coverage?rows=nope").status == 400


@pytest.mark.parametrize("path", ["/checks", "/samples", "/why?focus=/checks"])
def test_axe_finds_nothing(browser: Any, site: Any, path: str) -> None:
    """Guards that these pages can be used by everyone, and fit a narrow screen."""
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 700}).new_page()
    page.goto(site.url + path)
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
