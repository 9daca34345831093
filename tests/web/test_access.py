"""Every family of pages by keyboard, in large text, forced colours, without motion, on paper.

What axe can tell is asked in `test_browser`, and so are 320 pixels; names are in `test_read_aloud`.
`access.js` measures inside the page; each function of it returns what is wrong, in words.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.pages import FAMILIES

pytestmark = pytest.mark.browser

# The addresses that this module and `test_read_aloud` walk: each kind of page once or twice.
PAGES = (Path(__file__).parent / "families.txt").read_text(encoding="utf-8").split()
SCRIPT = Path(__file__).parent / "access.js"
# What answers no page to read: data, files, redirects, what machines ask.
NO_PAGE = {
    "/.well-known/void",
    "/doc",
    "/graph/picture.html",
    "/healthz",
    "/id/{path:path}",
    "/query/terms.json",
    "/readyz",
    "/report/pack",
    "/robots.txt",
    "/rules/{name}/{example}.ttl",
    "/static/{name}",
}
# More stops than this are walked in three stretches: Tab goes through one page in document order.
WALKED = 120
STRETCH = 40
# WCAG 1.4.12: what a reader may set without losing anything.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-bottom: 2em !important }"""


def test_no_family_is_forgotten(shipped: Any) -> None:
    """Guards the list: each route of each family that answers a page has an address in it."""
    x = Explorer(shipped)
    paths = [p.split("?")[0].split("#")[0] for p in PAGES]
    routes: list[Any] = [route for family in FAMILIES for route in family(x).routes()]
    assert len(routes) > 50
    pages = [r for r in routes if r.path not in NO_PAGE and "." not in r.path.rpartition("/")[2]]
    assert len(pages) > 25
    forgotten = [r.path for r in pages if not any(r.path_regex.match(p) for p in paths)]
    assert not forgotten


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Return a window in which `access` is at hand and a test may set styles."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 800})
    context.add_init_script(path=SCRIPT)
    yield context.new_page()
    context.close()


def visit(page: Any, address: str) -> None:
    """Go to a page; a fault of the server is no page."""
    answer = page.goto(address)
    assert answer.status in (200, 300, 400, 404)
    assert answer.headers["content-type"].startswith("text/html")


def walk(page: Any) -> list[str]:
    """Press Tab through the page; return what is wrong with where it stops."""
    stops = page.evaluate("access.begin()")
    assert stops > 3
    starts = [0] if stops <= WALKED else [0, stops // 2, stops - STRETCH]
    for start in starts:
        page.evaluate("n => access.from(n)", start)
        # A stretch that begins at a stop has one step less than stops.
        for _ in range(stops if stops <= WALKED else STRETCH - bool(start)):
            page.keyboard.press("Tab")
    # One more leaves the page: nothing keeps the keyboard.
    page.keyboard.press("Tab")
    left = page.evaluate("access.left()")
    return [*page.evaluate("access.end()"), *([] if left else ["Tab does not leave the page"])]


@pytest.mark.parametrize("path", PAGES)
def test_the_keyboard_goes_through_the_page(page: Any, explorer: Any, path: str) -> None:
    """Guards order, sight and way out: each stop in turn, its focus seen, nothing on top of it."""
    visit(page, explorer.url + path)
    assert not walk(page)


@pytest.mark.parametrize(
    "path",
    [
        "/coverage?rows=corporate-priority&columns=measure",
        "/timeline",
        "/compare",
        "/trace?focus=corporate-priority/4&view=table",
        "/graph?focus=corporate-priority/4",
    ],
)
def test_the_keyboard_is_not_lost_in_a_narrow_window(page: Any, explorer: Any, path: str) -> None:
    """Guards what scrolls and what stays: at 320 pixels nothing covers what has the focus."""
    page.set_viewport_size({"width": 320, "height": 568})
    visit(page, explorer.url + path)
    assert not walk(page)


def test_the_editor_shows_its_focus(page: Any, explorer: Any) -> None:
    """Guards the one stop that draws itself: a line round the editor while it has the focus."""
    visit(page, explorer.url + "/query?query=SELEC")
    page.locator(".cm-content").focus()
    page.wait_for_function(
        "getComputedStyle(document.querySelector('.gt-editor').shadowRoot"
        ".querySelector('.cm-editor')).outlineWidth === '3px'"
    )


@pytest.mark.parametrize("path", PAGES)
def test_the_skip_link_leads_behind_the_navigation(page: Any, explorer: Any, path: str) -> None:
    """Guards the way past the head: first Tab, Enter, and the next Tab is in the page itself."""
    visit(page, explorer.url + path)
    page.evaluate("access.begin(); access.from(0)")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent.trim()")
    if "embed=1" in path:
        assert page.evaluate("document.querySelector('.gt-nav')") is None
        return
    assert first == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert (
        page.evaluate("document.activeElement.closest('header, .gt-standing, nav.gt-nav')") is None
    )


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_lost_however_it_is_shown(page: Any, explorer: Any, path: str) -> None:
    """Guards forced colours, less motion, paper, text at 200 % and wide spacing, all opened."""
    visit(page, explorer.url + path)
    page.evaluate("access.open()")
    found = {"scroll": page.evaluate("access.scrollers()")}
    page.set_viewport_size({"width": 700, "height": 990})
    page.emulate_media(media="print")
    # What is only there to be heard may stand a few pixels out, where no paper is.
    found["paper"] = page.evaluate("access.clipped(710)")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(media="screen")
    page.emulate_media(reduced_motion="reduce")
    found["motion"] = page.evaluate("access.moving()")
    page.emulate_media(forced_colors="active", color_scheme="dark", reduced_motion="reduce")
    # The system's colours come with the next frame.
    page.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
    found["forced"] = page.evaluate("access.faint()")
    page.keyboard.press("Tab")
    found["forced focus"] = page.evaluate("access.unlined()")
    page.emulate_media(forced_colors="none", color_scheme="light", reduced_motion="reduce")
    for name, style in (("200 %", "html, body { font-size: 200% }"), ("spacing", SPACED)):
        sheet = page.add_style_tag(content=style)
        found[name] = page.evaluate("[...access.clipped(), ...access.scrollers()]")
        sheet.evaluate("e => e.remove()")
    assert not {k: v for k, v in found.items() if v}


@pytest.mark.parametrize("path", PAGES)
def test_scripts_add_and_take_nothing_that_is_said(
    page: Any, browser: Any, explorer: Any, path: str
) -> None:
    """Guards pages without scripts: the same words and links, and all of them can be seen."""
    visit(page, explorer.url + path)
    with_scripts = page.evaluate("access.said()")
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    visit(plain, explorer.url + path)
    plain.evaluate(SCRIPT.read_text(encoding="utf-8"))
    without, vanished = plain.evaluate("[access.said(), access.vanished()]")
    context.close()
    assert without == with_scripts
    assert not vanished
