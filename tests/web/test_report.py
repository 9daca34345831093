"""Guards the assurance pack in the explorer: the page, the four files, and the pack as a page."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.files import FileLinks
from goldenthread.faces.web.offered import Offered
from goldenthread.faces.web.pages.report import Reports

FILES = {
    "/report/pack": b"<!doctype html>",
    "/report.pdf": b"%PDF-1.7",
    "/report.docx": b"PK\x03\x04",
    "/report.xlsx": b"PK\x03\x04",
}


@pytest.mark.parametrize("path", FILES)
def test_each_format_is_what_it_says(four_level_explorer: Any, path: str) -> None:
    """Guards the four files: what they are, their name, dated where asked, the same bytes again."""
    plain = four_level_explorer.ask(path)
    assert plain.status == 200
    assert plain.body.startswith(FILES[path])
    assert 'filename="assurance-pack-' in plain.headers["content-disposition"]
    assert four_level_explorer.ask(path).body == plain.body
    assert four_level_explorer.ask(path, if_none_match=plain.headers["etag"]).status == 304
    dated = four_level_explorer.ask(f"{path}?date=today")
    assert dated.body != plain.body
    assert four_level_explorer.ask(f"{path}?reading=printed").body != plain.body


def test_the_page_offers_and_says_what(four_level_explorer: Any) -> None:
    """Guards the page: the four files of its reading, the scope, a link from every footer."""
    page = four_level_explorer.ask("/report?reading=printed").text
    for path in FILES:
        assert f'href="{path}?date=today&amp;reading=printed"' in page
    assert "Three-season plan of Brackwater Harbour" in page
    assert 'href="/report"' in four_level_explorer.ask("/checks").text


def test_the_pack_is_shown_under_a_policy_of_its_own(four_level_explorer: Any) -> None:
    """Guards what the page may do: its one style sheet by its hash, nothing fetched, no script."""
    said = four_level_explorer.ask("/report/pack").headers["content-security-policy"]
    assert "default-src 'none'" in said
    assert "style-src 'sha256-" in said
    assert "script" not in said
    assert "unsafe" not in said


def test_a_site_has_the_pack_in_each_format(four_levels: Any) -> None:
    """Guards the files of a site: they state no day, so the same data gives the same bytes."""
    x = Explorer(four_levels)
    files = dict(Reports(x).files("corrected"))
    assert set(files) == {"report.html", "report/pack.html"}
    offered = Offered("corrected")
    links = FileLinks(x, "corrected", "", {"corrected": set(files), "printed": set()}, offered)
    page = files["report.html"](links.at("report.html")).decode("utf-8")
    assert 'href="report/pack.html"' in page
    wanted = [f"report.{form}" for form in ("pdf", "docx", "xlsx")]
    assert {file: address.partition("?")[0] for file, address in offered.take()} == {
        name: f"/{name}" for name in wanted
    }
    for name in wanted:
        assert f'href="{name}"' in page
    assert "It states no date." in page
    pack = files["report/pack.html"](links.at("report/pack.html")).decode("utf-8")
    assert "<dt>Date</dt>" not in pack


@pytest.fixture(scope="module")
def shown(browser: Any, four_level_explorer: Any) -> Iterator[Any]:
    """Return the pack of the made-up plan in a browser: that of a larger one has more of it."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{four_level_explorer.url}/report/pack")
    assert said == []
    yield page
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(shown: Any, width: int) -> None:
    """Guards accessibility of the whole pack, and that a narrow screen scrolls no page sideways."""
    shown.set_viewport_size({"width": width, "height": 900})
    found = Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()
    assert shown.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_its_style_holds_and_keys_lead_through_it(shown: Any) -> None:
    """Guards the inlined style under the policy, the skip link, and links from contents to rows."""
    shown.set_viewport_size({"width": 1280, "height": 900})
    border = shown.evaluate("getComputedStyle(document.querySelector('.cover')).borderTopColor")
    assert border == "rgb(150, 107, 0)"
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.textContent") == "Skip to main content"
    shown.click("nav.contents a[href='#threads']")
    shown.wait_for_url("**#threads")
    shown.locator("section[aria-labelledby='thread-1'] td a[href^='#e-']").first.click()
    shown.wait_for_url("**#e-*")
    assert shown.evaluate("document.querySelector(location.hash).tagName") == "TR"


@pytest.mark.browser
def test_it_prints_on_a4_with_drawings_whole(shown: Any) -> None:
    """Guards paper: A4 upright and landscape, as many pages as a reader expects."""
    import re

    made = shown.pdf(prefer_css_page_size=True)
    sizes = {
        tuple(round(float(n)) for n in found)
        for found in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", made)
    }
    assert sizes == {(595, 842), (842, 595)}
