from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

# One address a line: what the tests of pages and of browsers walk.
STARTS = (Path(__file__).parent / "starts.txt").read_text(encoding="utf-8").split()
STARTS.append("/trace?focus=corporate-priority/4&view=drawing&class=action&theme=place&embed=1")


class Watched:
    """A page that remembers what a visitor must never meet."""

    def __init__(self, page: Any, home: str) -> None:
        self.page, self.home = page, home
        self.faults: list[str] = []
        page.on(
            "console",
            lambda m: self.faults.append(m.text) if m.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda e: self.faults.append(str(e)))
        page.on("request", lambda r: None if r.url.startswith(home) else self.faults.append(r.url))

    def visit(self, path: str) -> Any:
        """Go to a page; return its answer."""
        answer = self.page.goto(self.home + path)
        # A browser's console tells of pages that are meant to be 404; that is no fault of theirs.
        self.faults = [
            f for f in self.faults if not any(f"status of {n}" in f for n in (300, 400, 404))
        ]
        return answer


@pytest.fixture(scope="module")
def visitor(browser: Any, explorer: Any) -> Any:
    """Return a desktop visitor of the plan that ships."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    yield Watched(page, explorer.url)
    page.close()


@pytest.mark.parametrize("reading", ["corrected", "printed"])
@pytest.mark.parametrize("path", STARTS)
def test_a_page_is_whole_and_calls_nobody(visitor: Any, path: str, reading: str) -> None:
    """Guards each kind of page in both readings: no console error, no other host, title, one h1."""
    visitor.faults.clear()
    visitor.visit(path + ("&" if "?" in path else "?") + f"reading={reading}")
    assert not visitor.faults
    assert visitor.page.title()
    assert visitor.page.locator("h1").count() == 1
    assert visitor.page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("path", STARTS)
def test_axe_finds_nothing(browser: Any, explorer: Any, path: str) -> None:
    """Guards accessibility as far as a program can tell, with every disclosure open."""
    from axe_playwright_python.sync_playwright import Axe

    # axe is put into the page by the test; the policy that forbids it is tested elsewhere.
    context = browser.new_context(bypass_csp=True, viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.goto(explorer.url + path)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page).response["violations"]
    context.close()
    assert not [(v["id"], v["nodes"][0]["html"][:120]) for v in found]


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (640, "200%")])
@pytest.mark.parametrize("path", STARTS)
def test_a_narrow_window_needs_no_scrolling_sideways(
    browser: Any, explorer: Any, path: str, width: int, size: str
) -> None:
    """Guards reflow: 320 CSS pixels, and text at 200 %; what is wide scrolls in its own region."""
    page = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)
    page.goto(explorer.url + path)
    page.add_style_tag(content=f"html {{ font-size: {size} }} body {{ font-size: {size} }}")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    shown = page.evaluate("document.documentElement.scrollWidth")
    wide = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right >"
        " innerWidth + 1 && !e.closest('.gt-scroll')).slice(0, 3).map(e => e.outerHTML)"
    )
    page.close()
    assert shown <= width, wide


def test_the_keyboard_alone_reaches_a_trace(visitor: Any) -> None:
    """Guards the way from the first page to a thread and to its source words, without a mouse."""
    page = visitor.page
    visitor.visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Support carers"):
            break
    outline = page.evaluate(
        "(s => s.outlineStyle + s.boxShadow + s.backgroundColor)"
        "(getComputedStyle(document.activeElement))"
    )
    assert outline != "nonenonergba(0, 0, 0, 0)", "focus can be seen"
    page.keyboard.press("Enter")
    page.wait_for_url("**/trace**")
    assert "Support carers" in page.locator("h1").inner_text()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open") is True


def test_the_drawing_can_be_skipped_and_walked(visitor: Any) -> None:
    """Guards the drawing for the keyboard: a way past, a region that scrolls, boxes that lead."""
    page = visitor.page
    visitor.visit("/trace?focus=corporate-priority/4&view=drawing")
    page.get_by_role("link", name="Skip the drawing").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg')") is None
    page.get_by_role("link", name="Skip the drawing").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc/**")


def test_search_works_without_script(browser: Any, explorer: Any) -> None:
    """Guards the search box: a plain form, the reading kept."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(explorer.url + "/?reading=printed")
    page.get_by_role("searchbox").fill("rural")
    page.get_by_role("button", name="Search").click()
    assert "3 things found" in page.locator("main").inner_text()
    assert "reading=printed" in page.url
    context.close()


def test_forced_colours_keep_boxes_and_lines(browser: Any, explorer: Any) -> None:
    """Guards forced colours: the drawing takes the colours of the system."""
    page = browser.new_page(forced_colors="active", color_scheme="dark")
    page.goto(explorer.url + "/trace?focus=corporate-priority/4&view=drawing")
    canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
    box = page.evaluate("getComputedStyle(document.querySelector('.gt-drawing__box')).fill")
    line = page.evaluate("getComputedStyle(document.querySelector('.gt-line')).stroke")
    page.close()
    assert box == canvas
    assert line != canvas


def test_print_shows_the_thread_without_the_furniture(browser: Any, explorer: Any) -> None:
    """Guards paper: navigation goes; the list, the drawing and what this is stay."""
    page = browser.new_page()
    page.goto(explorer.url + "/trace?focus=corporate-priority/4&view=drawing")
    page.emulate_media(media="print")
    seen = {
        s: page.locator(s).first.is_visible()
        for s in (".gt-nav", ".gt-steps", ".gt-drawing", ".gt-standing")
    }
    page.close()
    assert seen == {".gt-nav": False, ".gt-steps": True, ".gt-drawing": True, ".gt-standing": True}


@pytest.mark.parametrize(
    "path", ["/", "/trace?focus=aim/1.4", "/doc/odd-plan/aim/1.4", "/corrections", "/search?q=img"]
)
def test_hostile_labels_do_nothing(browser: Any, odd_explorer: Any, path: str) -> None:
    """Guards against scripts in labels, in a real browser: no dialogue, no picture, no request."""
    page = browser.new_page()
    watched = Watched(page, odd_explorer.url)
    page.on("dialog", lambda d: watched.faults.append(d.message))
    watched.visit(path)
    pictures = page.locator("img").count()
    page.close()
    assert not watched.faults
    assert pictures == 0


def test_the_plan_with_four_levels_is_whole(browser: Any, four_level_explorer: Any) -> None:
    """Guards generality in a real browser: every column is one of that plan's levels."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    watched = Watched(page, four_level_explorer.url)
    watched.visit("/")
    page.locator(".gt-top__name a").first.click()
    page.get_by_role("link", name="Drawing", exact=True).click()
    names = page.locator(".gt-drawing__level").all_text_contents()
    faults = watched.faults
    page.close()
    assert names == ["Ambition", "Outcome", "Task", "Signal"]
    assert not faults


def test_the_keyboard_goes_from_a_text_to_what_was_read_and_back(visitor: Any) -> None:
    """Guards the sources: an excerpt leads to its thing, the mark to the judgement, both back."""
    page = visitor.page
    visitor.visit("/sources/annex-3")
    page.locator(".gt-source__note a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').className").startswith("gt-reading-of")
    assert page.locator(":target .gt-bite").first.is_visible()
    page.locator(":target .gt-place a").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').className").startswith("gt-read ")
    page.keyboard.press("Tab")
    page.locator(":target").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc/**")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    back = page.locator("a[href*='/sources/annex-3#']").first
    back.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/annex-3#**")
    assert page.locator(":target").is_visible()
