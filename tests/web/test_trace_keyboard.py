"""The trace by keyboard alone, from its first page to the words of a document and back."""

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Any, explorer: Any) -> Iterator[Any]:
    """Return a window on the page on which a trace begins; nobody touches a mouse."""
    opened = browser.new_page(viewport={"width": 1200, "height": 900})
    opened.goto(explorer.url + "/trace")
    yield opened
    opened.close()


def active(page: Any, what: str) -> Any:
    """Return a property of what has the focus."""
    return page.evaluate(f"document.activeElement.{what}")


def tab_to(page: Any, words: str, most: int = 80) -> None:
    """Press Tab until what has the focus says some words; its focus must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if " ".join(active(page, "textContent").split()).startswith(words):
            seen = page.evaluate(
                "(e => (s => s.outlineStyle !== 'none' || s.boxShadow !== 'none'"
                " || s.backgroundColor !== 'rgba(0, 0, 0, 0)')(getComputedStyle(e))"
                " || getComputedStyle(e.querySelector('rect') || e).strokeWidth === '4px')"
                "(document.activeElement)"
            )
            assert seen, f"the focus on “{words}” cannot be seen"
            return
    pytest.fail(f"Tab does not reach “{words}”")


def test_a_trace_is_begun_narrowed_and_seen_three_ways(page: Any) -> None:
    """Guards the whole way: words, list, table, drawing, a filter, and taking it away."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if active(page, "id") == "focus":
            break
    page.keyboard.type("carers")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trace?focus=carers**")
    assert "Support carers" in page.locator("h1").inner_text()
    tab_to(page, "Show only some")
    page.keyboard.press("Enter")
    tab_to(page, "actions")
    page.keyboard.press("Enter")
    page.wait_for_url("**class=action**")
    assert "Left out: 1 promise and 14 measures" in page.locator("main").inner_text()
    tab_to(page, "Table")
    page.keyboard.press("Enter")
    page.wait_for_url("**view=table**class=action**")
    assert page.locator("tbody tr").count() == 15
    tab_to(page, "Drawing")
    page.keyboard.press("Enter")
    page.wait_for_url("**view=drawing**class=action**")
    assert page.locator("svg a").count() == 12
    tab_to(page, "take away")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "class=" not in url and "view=drawing" in url)
    assert page.locator("svg a").count() == 27


def test_the_list_opens_its_words_and_leads_on(page: Any, explorer: Any) -> None:
    """Guards the list: the words of a step by Enter, then the thing itself by Enter."""
    page.goto(explorer.url + "/trace?focus=corporate-priority/4")
    tab_to(page, "How we know: stated, Annex 3, row 4")
    page.keyboard.press("Enter")
    assert active(page, "parentElement.open") is True
    assert "4. Support carers" in page.locator("details[open]").first.inner_text()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc/**")


def test_the_table_scrolls_and_its_cells_lead_on(page: Any, explorer: Any) -> None:
    """Guards the table in a narrow window: its region takes the focus, and arrow keys move it."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(explorer.url + "/trace?focus=corporate-priority/4&view=table")
    for _ in range(60):
        page.keyboard.press("Tab")
        if active(page, "getAttribute('role')") == "region":
            break
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    tab_to(page, "Increase programmes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc/**")
    assert "Increase programmes" in page.locator("h1").inner_text()


def test_the_drawing_is_skipped_to_its_list(page: Any, explorer: Any) -> None:
    """Guards the skip link: it leads past every box to the list that says the same."""
    page.goto(explorer.url + "/trace?focus=corporate-priority/4&view=drawing")
    tab_to(page, "Skip the drawing")
    page.keyboard.press("Enter")
    assert page.url.endswith("#list")
    page.keyboard.press("Tab")
    assert active(page, "closest('svg')") is None


@pytest.mark.parametrize("view", ["list", "table", "drawing"])
def test_motion_is_not_needed(browser: Any, explorer: Any, view: str) -> None:
    """Guards reduced motion: nothing on the page moves by itself or takes time to change."""
    page = browser.new_page(reduced_motion="reduce")
    page.goto(f"{explorer.url}/trace?focus=corporate-priority/4&view={view}")
    moving = page.evaluate("document.getAnimations().length")
    slow = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e =>"
        " parseFloat(getComputedStyle(e).transitionDuration) > 0.01).length"
    )
    page.close()
    assert (moving, slow) == (0, 0)


@pytest.mark.parametrize("view", ["table", "drawing"])
def test_paper_holds_what_is_shown(browser: Any, explorer: Any, view: str) -> None:
    """Guards print: the view fits the paper's width, without navigation, filters or downloads."""
    page = browser.new_page(viewport={"width": 700, "height": 990})
    page.goto(f"{explorer.url}/trace?focus=corporate-priority/4&view={view}&class=action")
    page.emulate_media(media="print")
    wide = page.evaluate("document.documentElement.scrollWidth")
    seen = {
        s: page.locator(s).first.is_visible()
        for s in (".gt-nav", ".gt-filters", ".gt-views", "#downloads", f"#{HEADS[view]}")
    }
    said = page.get_by_text("Left out: 1 promise and 14 measures").is_visible()
    page.close()
    assert wide <= 700
    assert [s for s, shown in seen.items() if shown] == [f"#{HEADS[view]}"]
    assert said


HEADS = {"table": "threads", "drawing": "drawing"}
