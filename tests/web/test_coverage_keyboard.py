"""Coverage by keyboard alone: what is set against what, a cell, its rows, and back."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser


def active(page: Any, what: str) -> Any:
    """Return a property of what has the focus."""
    return page.evaluate(f"document.activeElement.{what}")


def tab_until(page: Any, fits: Callable[[str], bool], most: int = 120) -> str:
    """Press Tab until the words of what has the focus fit; return them."""
    for _ in range(most):
        page.keyboard.press("Tab")
        words = " ".join(str(active(page, "textContent")).split())
        if fits(words):
            return words
    pytest.fail("Tab does not reach it")


def choose(page: Any, name: str, words: str) -> None:
    """Tab to a list and choose an entry by typing how it begins."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if active(page, "id") == name:
            break
    assert active(page, "labels[0].textContent")
    page.keyboard.type(words)
    assert str(active(page, "selectedOptions[0].textContent")).startswith(words)


def test_a_matrix_is_chosen_a_cell_opened_and_left_again(browser: Any, explorer: Any) -> None:
    """Guards the whole task: two lists, a button, a cell named for what it counts, the way back."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(explorer.url + "/coverage")
    choose(page, "rows", "L&H")
    choose(page, "columns", "Themes")
    assert "rows=" not in page.url, "nothing changes before the button is used"
    tab_until(page, lambda words: words == "Show")
    page.keyboard.press("Enter")
    page.wait_for_url("**rows=service-priority&columns=theme**")
    matrix = page.url
    tab_until(page, lambda _: bool(active(page, "closest('td .gt-matrix__count')")))
    named = " ".join(str(active(page, "textContent")).split())
    number, _, what = named.partition(": ")
    assert number.isdigit()
    assert "theme" in what
    page.keyboard.press("Enter")
    page.wait_for_url("**&row=**")
    assert page.locator("main .gt-hit").count() == int(number)
    tab_until(page, lambda words: words == "Back to the whole matrix")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "row=" not in url.replace("rows=", ""))
    assert "rows=service-priority" in page.url
    assert "columns=theme" in page.url
    tab_until(page, lambda words: words == "Swap rows and columns")
    page.keyboard.press("Enter")
    page.wait_for_url("**rows=theme&columns=service-priority**")
    assert page.url != matrix
    tab_until(page, lambda words: words == "Put empty rows and columns first")
    page.keyboard.press("Enter")
    page.wait_for_url("**empty=first**")
    page.close()


def test_the_matrix_scrolls_by_arrow_keys(browser: Any, explorer: Any) -> None:
    """Guards a narrow window: the region takes the focus, says what it is, and arrows move it."""
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(explorer.url + "/coverage?rows=corporate-priority&columns=measure")
    tab_until(page, lambda _: active(page, "getAttribute('role')") == "region")
    assert active(page, "getAttribute('aria-label')") == "Coverage matrix"
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    page.close()
