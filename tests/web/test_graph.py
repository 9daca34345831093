"""The graph page: its list, its picture, its data, and that both say and do the same."""

import json
import re
from typing import Any

import pytest

FOCUS = "/graph?focus=corporate-priority/4"
EXPANDED = f"{FOCUS}&open=service-priority/3.1"


def test_the_page_carries_the_data_that_the_route_gives(explorer: Any) -> None:
    """Guards one answer: what the script draws is what /graph.json says."""
    from html import unescape

    page = explorer.ask(FOCUS).text
    found = re.search(r'data-graph="([^"]*)"', page)
    assert found
    carried = json.loads(unescape(found[1]))
    given = json.loads(explorer.ask(FOCUS.replace("/graph?", "/graph.json?")).body)
    assert carried["nodes"] == given["nodes"]
    assert carried["edges"] == given["edges"]
    assert given["focus"]["id"] == "corporate-priority/4"
    assert set(given["notShown"]) <= {n["id"] for n in given["nodes"]}


def test_a_picture_to_keep_is_an_attachment_in_a_sandbox(explorer: Any) -> None:
    """Guards the download: never a page of this server, whatever is in it."""
    answer = explorer.ask("/graph/picture.html?focus=corporate-priority/4")
    assert answer.headers["content-disposition"].startswith("attachment;")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts; default-src 'none'")
    assert "allow-same-origin" not in policy
    assert "script-src 'self'" in explorer.ask(FOCUS).headers["content-security-policy"]


@pytest.mark.parametrize("form", ["json", "graphml", "csv", "xlsx"])
def test_downloads_are_what_is_shown(explorer: Any, form: str) -> None:
    """Guards the other forms: each is answered, with a name that says what it is."""
    answer = explorer.ask(EXPANDED.replace("/graph?", f"/graph.{form}?"))
    assert answer.status == 200
    assert f".{form}" in answer.headers["content-disposition"]
    if form == "graphml":
        assert answer.text.count("<node ") == 20


def test_an_unknown_focus_is_told(explorer: Any) -> None:
    """Guards addresses that mean nothing: the nearest things are named."""
    answer = explorer.ask("/graph?focus=corporate-priority/44")
    assert answer.status == 404
    assert "corporate-priority/4" in answer.text


def where(page: Any, thing: str) -> dict[str, float]:
    """Return where a thing stands in the picture, in pixels of the window."""
    found = page.evaluate(
        """thing => {
          const place = document.querySelector('[data-graph]')
          const id = [...document.querySelectorAll('[data-node]')].map(e => e.dataset.node)
            .find(i => i.endsWith(thing))
          const detail = { id }
          place.dispatchEvent(new CustomEvent('gt-where', { detail }))
          const box = place.getBoundingClientRect()
          return { x: detail.x + box.x, y: detail.y + box.y }
        }""",
        thing,
    )
    return {k: float(v) for k, v in found.items()}


@pytest.fixture
def page(browser: Any) -> Any:
    """Return a wide page that keeps what its console says."""
    opened = browser.new_page(viewport={"width": 1400, "height": 1000})
    opened.said = []
    opened.on("console", lambda m: opened.said.append(m.text))
    opened.on("pageerror", lambda e: opened.said.append(str(e)))
    yield opened
    assert opened.said == []
    opened.close()


@pytest.mark.browser
def test_a_click_in_the_picture_focuses(page: Any, explorer: Any) -> None:
    """Guards the canvas for the pointer: a thing leads to its own picture; no policy is broken."""
    page.goto(explorer.url + FOCUS)
    page.locator("canvas").scroll_into_view_if_needed()
    at = where(page, "service-priority/3.1")
    page.mouse.click(at["x"], at["y"])
    page.wait_for_url("**focus=service-priority%2F3.1**")
    assert "Develop partnerships" in page.locator("h1").inner_text()


@pytest.mark.browser
def test_places_are_the_same_at_every_visit(page: Any, explorer: Any) -> None:
    """Guards stable positions: the second visit finds a thing where the first left it."""
    seen = []
    for _ in range(2):
        page.goto(explorer.url + EXPANDED)
        seen.append(where(page, "service-priority/3.1"))
    assert seen[0] == seen[1]


@pytest.mark.browser
def test_the_keyboard_does_what_the_pointer_does(page: Any, explorer: Any) -> None:
    """Guards the list: focus, expand with the count said before, hide, search, in keys alone."""
    page.goto(explorer.url + FOCUS)
    shown = page.locator("[data-node]").count()
    more = page.get_by_role("link", name=re.compile(r"Show 2 .* more beside Develop partnerships"))
    assert "1 action and 5 measures" in more.inner_text()
    more.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**open=service-priority%2F3.1**")
    assert page.locator("[data-node]").count() == shown + 8
    assert page.evaluate("document.querySelector(':target').dataset.node").endswith("/3.1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-node]').dataset.node").endswith(
        "/3.1"
    ), "the keyboard goes on from what was opened"
    page.get_by_role("link", name=re.compile("Hide its neighbours again.*Develop")).focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('[data-node]').length == " + str(shown))
    page.get_by_role("link", name=re.compile("^3.1 Develop")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**focus=service-priority%2F3.1**")


@pytest.mark.browser
def test_the_canvas_is_no_stop_and_has_words(page: Any, explorer: Any) -> None:
    """Guards against a trap: the keyboard passes the canvas, which says what it is."""
    page.goto(explorer.url + FOCUS)
    page.get_by_role("button", name="Save as PNG").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-graph]')") is None
    name = page.locator("[data-graph]").get_attribute("aria-label")
    assert re.fullmatch(
        r"Picture of 12 things in columns .* 18 lines\. The list says the same\.", name
    )


@pytest.mark.browser
def test_finding_marks_list_and_picture_as_one_types(page: Any, explorer: Any) -> None:
    """Guards search: what is typed is found in what is shown, said aloud, and sent on Enter."""
    page.goto(explorer.url + FOCUS)
    page.get_by_role("searchbox").first.fill("prescribing")
    assert page.locator(".gt-near--found").count() == 1
    assert page.get_by_role("status").inner_text().startswith("1 of the 12 things shown here fit.")
    page.get_by_role("searchbox").first.press("Enter")
    page.wait_for_url("**q=prescribing**")
    assert "found for “prescribing”" in page.get_by_role("status").inner_text()
    assert page.locator(".gt-near--found").count() == 1


@pytest.mark.browser
def test_without_script_the_list_is_the_page(browser: Any, explorer: Any) -> None:
    """Guards progressive enhancement: no empty frame, every link there, search by form."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(explorer.url + FOCUS)
    assert page.locator("[data-picture]").is_hidden()
    assert page.locator("[data-node]").count() == 12
    page.get_by_role("link", name=re.compile("Show 2 .* more beside Develop")).click()
    assert page.locator("[data-node]").count() == 20
    page.get_by_role("searchbox").first.fill("carers")
    page.get_by_role("button", name="Find").click()
    assert "open=service-priority%2F3.1" in page.url
    assert "found for “carers”" in page.locator("main").inner_text()
    context.close()


@pytest.mark.browser
def test_the_picture_can_be_kept(page: Any, explorer: Any) -> None:
    """Guards both files to keep: a PNG of the canvas, and a page that draws itself from disk."""
    page.goto(explorer.url + FOCUS)
    with page.expect_download() as got:
        page.get_by_role("button", name="Save as PNG").click()
    assert got.value.suggested_filename == "goldenthread-graph.png"
    assert got.value.path().read_bytes().startswith(b"\x89PNG")


@pytest.mark.browser
def test_a_kept_page_draws_itself_and_asks_nobody(
    browser: Any, explorer: Any, tmp_path: Any
) -> None:
    """Guards pyvis's page: opened from disk it draws, and no request leaves."""
    path = tmp_path / "kept.html"
    path.write_bytes(explorer.ask("/graph/picture.html?focus=corporate-priority/4").body)
    page = browser.new_page()
    said: list[str] = []
    page.on("pageerror", lambda e: said.append(str(e)))
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("request", lambda r: None if r.url.startswith("file:") else said.append(r.url))
    page.goto(path.as_uri())
    page.wait_for_selector("canvas")
    assert page.title().endswith("Support carers and the social care system and its neighbours")
    assert said == []
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/graph", "/graph?focus=aim/1.4", "/sources", "/sources/odd"])
def test_hostile_labels_are_text_in_graph_and_sources(
    browser: Any, odd_explorer: Any, path: str
) -> None:
    """Guards against scripts in labels: no dialogue, picture or request, a silent console."""
    page = browser.new_page()
    faults: list[str] = []
    page.on("dialog", lambda d: faults.append(d.message))
    page.on("console", lambda m: faults.append(m.text))
    page.on(
        "request", lambda r: None if r.url.startswith(odd_explorer.url) else faults.append(r.url)
    )
    assert page.goto(odd_explorer.url + path).status == 200
    pictures = page.locator("img").count()
    page.close()
    assert not faults
    assert pictures == 0


@pytest.mark.browser
def test_a_plan_with_other_levels_has_its_own_columns(
    browser: Any, four_level_explorer: Any
) -> None:
    """Guards generality: four levels of other names, a shape and a word for each."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(four_level_explorer.url + "/graph")
    page.locator(".gt-near a[data-focus]").first.click()
    legend = page.locator(".gt-graph__legend li").all_inner_texts()
    page.close()
    assert [w.strip() for w in legend][:4] == ["Ambition", "Outcome", "Task", "Signal"]


@pytest.mark.browser
def test_forced_colours_reach_the_canvas(browser: Any, explorer: Any) -> None:
    """Guards forced colours: the picture is drawn in the system's, not in ours."""
    page = browser.new_page(forced_colors="active", color_scheme="dark")
    page.goto(explorer.url + FOCUS)
    gold = page.evaluate(
        """() => {
          const c = document.querySelector('canvas')
          const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data
          let n = 0
          for (let i = 0; i < d.length; i += 4) {
            if (d[i + 3] && d[i] === 150 && d[i + 1] === 107 && d[i + 2] === 0) n++
          }
          return n
        }"""
    )
    page.close()
    assert gold == 0


@pytest.mark.browser
def test_the_picture_draws_from_a_folder(browser: Any, four_levels: Any, tmp_path: Any) -> None:
    """Guards the site: opened from disk, without a server, the picture draws and a click leads."""
    from goldenthread.faces.web.site import write_site

    write_site(four_levels, tmp_path, downloads=False)
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    faults: list[str] = []
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("request", lambda r: None if r.url.startswith("file:") else faults.append(r.url))
    page.goto((tmp_path / "graph.html").as_uri())
    page.locator("canvas").scroll_into_view_if_needed()
    at = where(page, "ambition/a")
    page.mouse.click(at["x"], at["y"])
    page.wait_for_url("**/ambition/a.html")
    assert page.locator("canvas").is_visible()
    page.close()
    assert faults == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 400])
@pytest.mark.parametrize("path", ["/graph", "/graph?focus=corporate-priority/4"])
def test_a_narrow_screen_shows_the_whole_picture_at_first(
    browser: Any, explorer: Any, path: str, width: int
) -> None:
    """Guards phones: all that the list has is in sight, in words large enough, without a button."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(explorer.url + path)
    page.locator("canvas").wait_for()
    things = page.eval_on_selector_all("[data-node]", "found => found.map(e => e.dataset.node)")
    box = page.locator("[data-graph]").bounding_box()
    places = [where(page, thing) for thing in things]
    sideways = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert len(places) > 5
    for place in places:
        assert box["x"] + 30 < place["x"] < box["x"] + box["width"] - 30
        assert box["y"] < place["y"] < box["y"] + box["height"]
    assert len({(round(p["x"]), round(p["y"])) for p in places}) == len(places)
    assert sideways <= width


@pytest.mark.browser
def test_turning_a_phone_lays_the_picture_out_anew(browser: Any, explorer: Any) -> None:
    """Guards the change of width: levels stand beside each other where there is room again."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(explorer.url + "/graph?focus=corporate-priority/4")
    page.locator("canvas").wait_for()
    ids = ("corporate-priority/4", "service-priority/3.1")
    above, below = (where(page, i) for i in ids)
    assert above["y"] < below["y"] - 50
    page.set_viewport_size({"width": 900, "height": 740})
    page.wait_for_timeout(500)
    left, right = (where(page, i) for i in ids)
    page.close()
    assert left["x"] < right["x"] - 50


@pytest.mark.browser
def test_the_picture_outlives_other_heights_and_paper(browser: Any, explorer: Any) -> None:
    """Guards each change of height: no place stops being a number, all things stay in sight."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.goto(explorer.url + "/graph?focus=corporate-priority/4")
    page.locator("canvas").wait_for()
    for height in (1500, 300, 1500):
        page.set_viewport_size({"width": 1280, "height": height})
        page.wait_for_timeout(300)
    for media in ("print", "screen"):
        page.emulate_media(media=media)
        page.wait_for_timeout(300)
    box = page.locator("[data-graph]").bounding_box()
    places = [where(page, i) for i in ("corporate-priority/4", "service-priority/3.1")]
    page.close()
    assert faults == []
    for place in places:
        assert box["x"] < place["x"] < box["x"] + box["width"]
        assert box["y"] < place["y"] < box["y"] + box["height"]
