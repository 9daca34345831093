"""Coverage, timeline, gaps, checks, corrections and search: numbers lead to what they count."""

import io
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook

from goldenthread.services import finding, judging
from goldenthread.services.covering import coverage
from goldenthread.services.timing import timeline


class Anchors(HTMLParser):
    """The links of a page: address and words, those that are hidden from sight too."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.within = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a link."""
        if tag == "a":
            self.found.append((dict(attrs).get("href") or "", ""))
            self.within = True

    def handle_endtag(self, tag: str) -> None:
        """End a link."""
        self.within = self.within and tag != "a"

    def handle_data(self, data: str) -> None:
        """Take the words of a link."""
        if self.within:
            address, words = self.found[-1]
            self.found[-1] = (address, f"{words}{data}")


def links(explorer: Any, path: str) -> list[tuple[str, str]]:
    """Return the links of a page."""
    answer = explorer.ask(path)
    assert answer.status == 200, path
    return Anchors(answer.text).found


def words(text: str) -> str:
    """Return a page's text without tags, white space evened out."""
    # A number that is a link stands in its sentence like any other word.
    plain = re.sub(r'<a class="[^"]*gt-n"[^>]*>([^<]*)</a>', r"\1", text)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", plain)).split())


def test_each_number_of_a_matrix_leads_to_exactly_its_things(explorer: Any, shipped: Any) -> None:
    """Guards every cell: its link names what it counts and its page lists those things only."""
    path = "/coverage?rows=corporate-priority&columns=theme"
    matrix = coverage(shipped, "corporate-priority", "theme")
    cells = {}
    for address, said in links(explorer, path):
        asked = parse_qs(urlsplit(address).query)
        if {"row", "column"} <= set(asked):
            cells[asked["row"][0], asked["column"][0]] = (address, said)
    assert len(cells) == matrix.pairs > 10
    for row in matrix.rows:
        for column in matrix.columns:
            found = matrix.cell(row.iri, column.iri)
            if not found:
                assert (row.id, column.id) not in cells
                continue
            address, said = cells[row.id, column.id]
            assert said == f"{len(found)}: {matrix.cell_name(row, column)}"
            form = address.replace("/coverage?", "/coverage.json?")
            assert explorer.ask(form).json["cells"][0]["things"] == [n.id for n in found]
            text = words(explorer.ask(address).text)
            assert all(n.label in text for n in found)
    assert "2 L&H priorities under Tackle inequalities in Oxfordshire, theme Place" in {
        said.partition(": ")[2] for _, said in cells.values()
    }


@pytest.mark.parametrize(
    ("part", "count"),
    [("row=corporate-priority/2", 6), ("column=service-priority/3.1", 3), ("row=all", 19)],
)
def test_totals_lead_to_what_they_count(explorer: Any, part: str, count: int) -> None:
    """Guards the totals of rows, columns and all."""
    path = f"/coverage?rows=corporate-priority&columns=service-priority&{part}"
    assert explorer.ask(path).text.count('<li class="gt-hit">') == count
    csv = explorer.ask(path.replace("/coverage?", "/coverage.csv?")).text
    assert len(csv.strip().splitlines()) == count + 1


def test_a_matrix_says_how_it_was_counted(explorer: Any) -> None:
    """Guards the words for pairs that no row states, and for things without a theme."""
    text = words(explorer.ask("/coverage?rows=corporate-priority&columns=measure").text)
    assert "77 pairs of OCC Strategic Plan priority and measure, counted over recorded" in text
    assert "None has a recorded link of its own" in text
    text = words(explorer.ask("/coverage?rows=corporate-priority&columns=action").text)
    assert "52 pairs have a recorded link of their own; 11, marked “via”" in text
    text = words(explorer.ask("/coverage?rows=action&columns=theme").text)
    assert "Actions have no theme of their own" in text
    text = words(explorer.ask("/coverage?rows=action&columns=period").text)
    assert "Which actions are in which period: 48 of 51 actions are in any." in text
    text = words(explorer.ask("/coverage?rows=promise&columns=measure").text)
    assert "No link is recorded between any of these promises and measures" in text


def test_empty_ones_first_is_in_the_address_and_in_the_downloads(explorer: Any) -> None:
    """Guards the order on request: the page, CSV, workbook and JSON have the same."""
    path = "/coverage?rows=corporate-priority&columns=service-priority&empty=first"
    page = explorer.ask(path).text
    assert page.index("5 Invest in an inclusive") < page.index("1 Put action")
    assert "Put everything in the plan" in page
    rows = explorer.ask(path.replace("/coverage?", "/coverage.csv?")).text.splitlines()
    assert rows[1].startswith("corporate-priority/5")
    data = explorer.ask(path.replace("/coverage?", "/coverage.json?")).json
    assert [r["id"] for r in data["rows"]][:2] == ["corporate-priority/5", "corporate-priority/6"]
    book = load_workbook(io.BytesIO(explorer.ask(path.replace("?", ".xlsx?", 1)).body))
    assert book.worksheets[0]["A2"].value == "corporate-priority/5" or any(
        cell.value == "corporate-priority/5" for cell in book.worksheets[0]["A"][:6]
    )


@pytest.mark.parametrize(
    "path",
    [
        "/coverage?rows=action&columns=action",
        "/coverage?rows=nonsense",
        "/coverage?count=nonsense",
    ],
)
def test_what_cannot_be_set_against_each_other_is_said(explorer: Any, path: str) -> None:
    """Guards the page for a choice that says nothing: 400, in words."""
    answer = explorer.ask(path)
    assert answer.status == 400
    assert "Choose two that differ" in answer.text or "The levels are" in answer.text


FILTERED = ["/checks", "/gaps", "/corrections", "/timeline", "/search?q=people"]


@pytest.mark.parametrize("path", FILTERED)
def test_each_filter_keeps_as_many_as_it_says(explorer: Any, path: str) -> None:
    """Guards filters as links: the count beside each is what its page's data holds."""
    page = explorer.ask(path).text
    part = page[page.index("gt-filters__all") : page.index("</details>", page.index("gt-filters"))]
    choices = re.findall(r'<a class="govuk-link" href="([^"]+)">([^<]+) \((\d+)\)<', part)
    assert len(choices) >= 5
    keys = {
        "/checks": ("results",),
        "/gaps": ("gaps",),
        "/corrections": ("judgements",),
        "/timeline": ("things", "unscheduled"),
        "/search": ("hits",),
    }[urlsplit(path).path]
    for address, label, number in choices:
        plain = unescape(address)
        data = explorer.ask(plain.replace("?", ".json?", 1)).json
        assert sum(len(data[k]) for k in keys) == int(number), (label, plain)
    text = words(explorer.ask(unescape(choices[0][0])).text)
    assert "left out" in text
    assert "Show everything" in text


def test_filters_combine_and_can_be_taken_away(explorer: Any) -> None:
    """Guards combining: two filters in one address, each with a link that drops it alone."""
    found = links(explorer, "/checks?severity=should+fix&level=action")
    away = [a for a, said in found if said.startswith("take away")]
    assert away == ["/checks?level=action", "/checks?severity=should+fix"]
    text = words(explorer.ask("/checks?severity=should+fix&level=action").text)
    assert "only severity “should fix”; level “action”" in text


def test_counts_by_severity_and_level_lead_to_their_results(explorer: Any) -> None:
    """Guards the table of counts: each number is what its address holds."""
    followed = 0
    for address, said in links(explorer, "/checks"):
        asked = parse_qs(urlsplit(address).query)
        if said[:1].isdigit() and {"severity", "level"} & set(asked):
            data = explorer.ask(address.replace("?", ".json?", 1)).json
            assert len(data["results"]) == int(said.split()[0]), address
            followed += 1
    assert followed > 12


def test_corrections_show_both_numbers(explorer: Any) -> None:
    """Guards the effect: row 5's actions, 2 without it, none with it, 2 as printed."""
    text = words(explorer.ask("/corrections?kind=correction").text)
    assert "Actions under OCC Strategic Plan priority 5: Invest in an inclusive" in text
    assert "transport network 2 0 2" in text
    data = explorer.ask("/corrections.json?kind=correction").json["judgements"]
    assert {"without": 2, "with": 0, "asPrinted": 2}.items() <= data[0]["changes"][1].items()
    csv = explorer.ask("/corrections.csv").text
    assert "2 without it, 0 with it; 2 as printed" in csv


def test_every_judgement_is_on_the_page_once(explorer: Any, shipped: Any) -> None:
    """Guards completeness with filters: kinds and statuses share nothing and leave nothing."""
    every = {c.id for c in judging.judgements(shipped) + judging.repairs(shipped)}
    found: list[str] = []
    for kind in ("correction", "assumption", "match", "finding", "repair"):
        data = explorer.ask(f"/corrections.json?kind={kind}").json
        found += [j["id"] for j in data["judgements"]]
    assert len(found) == len(set(found))
    assert set(found) == every


def test_a_table_of_time_has_heads_and_words(explorer: Any, shipped: Any) -> None:
    """Guards the timeline as a table: a head a row and a column, words in each cell, no colour."""
    page = explorer.ask("/timeline").text
    found = timeline(shipped)
    heads = page.count('<th scope="row"')
    assert heads == len(found.rows) + len(found.slots)
    for slot in found.slots:
        assert f">{slot.label}</th>" in page
    text = words(page)
    for said in ("Pilot", "Roll out", "named, ongoing", "goes on", "Documents differ"):
        assert said in text
    assert "“Year 1 is 2022/23” is proposed, not applied" in text
    assert "No timescale recorded (3)" in text


def test_both_that_bear_a_number_are_found_and_the_document_named(explorer: Any) -> None:
    """Guards 1.5: two things first, and which document says so, with the words marked."""
    page = explorer.ask("/search?q=1.5").text
    text = words(page)
    assert text.index("Equip our staff") < text.index("Support people to develop")
    assert "Found in its number in Annex 3: Annex 3, row 2, column 3" in text
    assert '<mark class="gt-mark">1.5</mark>' in page


def test_nothing_found_says_what_to_try(explorer: Any) -> None:
    """Guards the empty answer, and the one that filters made empty."""
    text = words(explorer.ask("/search?q=zzzz").text)
    assert "Nothing was found for “zzzz”" in text
    assert "the beginning of a word" in text
    text = words(explorer.ask("/search?q=rural&kind=nonsense").text)
    assert "Nothing that fits has everything that is chosen" in text
    assert "Show everything" in text


def test_commands_pages_and_interface_answer_alike(explorer: Any, shipped: Any) -> None:
    """Guards one answer through each face."""
    ours = [h.node.id for h in finding.find(shipped, "people", size=50).hits]
    assert [h["id"] for h in explorer.ask("/api/v1/search?q=people").json["hits"]] == ours
    for page, api in (
        ("/timeline.json?theme=theme/place", "/api/v1/timeline?theme=theme/place"),
        ("/coverage.json?rows=theme&columns=period", "/api/v1/coverage?rows=theme&columns=period"),
    ):
        assert explorer.ask(page).json == explorer.ask(api).json
    narrowed = explorer.ask("/api/v1/checks?severity=must+fix").json
    assert narrowed["results"] == explorer.ask("/checks.json?severity=must+fix").json["results"]


@pytest.mark.parametrize(
    "path",
    ["/coverage", "/coverage?rows=theme&columns=period", "/timeline", "/search?q=a", "/checks"],
)
def test_another_plan_has_the_same_pages(four_level_explorer: Any, path: str) -> None:
    """Guards generality: no word of the shipped plan, and its own levels."""
    answer = four_level_explorer.ask(path)
    assert answer.status == 200
    assert "L&amp;H" not in answer.text
    assert "Brackwater" in answer.text or "outbo" in answer.text or "Harbour" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/coverage",
        "/coverage?rows=aim&columns=deed&row=aim/1.4",
        "/coverage?row=%22%3E%3Cimg%3E",
        "/timeline",
        "/timeline?theme=%22%3E%3Cimg%3E",
        "/corrections",
        "/corrections?kind=%22%3E%3Cimg%3E",
        "/checks?group=%22%3E%3Cimg%3E",
        "/search?q=img",
        "/search?q=%22%3E%3Cimg+src",
        "/search?q=img&kind=%3Cimg%3E",
    ],
)
def test_hostile_labels_and_addresses_are_text(odd_explorer: Any, path: str) -> None:
    """Guards against markup from labels or from the address itself."""
    answer = odd_explorer.ask(path)
    assert answer.status in (200, 404)
    assert "<img" not in answer.text


@pytest.mark.browser
def test_the_keyboard_alone_chooses_and_reads_a_matrix(browser: Any, explorer: Any) -> None:
    """Guards coverage without a mouse: the form, the region that scrolls, a number, back."""
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.goto(explorer.url + "/coverage")

    def active(script: str) -> Any:
        return page.evaluate(f"(e => {script})(document.activeElement)")

    def tab_to(script: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if active(script):
                return
        raise AssertionError(f"the keyboard does not reach {script}")

    tab_to("e.id === 'columns'")
    page.keyboard.type("them")
    tab_to("e.type === 'submit'")
    page.keyboard.press("Enter")
    page.wait_for_url("**columns=theme**")
    assert "by themes" in page.locator("h1").inner_text()
    tab_to("e.getAttribute('role') === 'region'")
    seen = active("getComputedStyle(e).outlineStyle + getComputedStyle(e).boxShadow")
    assert seen != "nonenone", "focus can be seen"
    tab_to("e.textContent.includes('theme Place')")
    assert active("e.textContent").startswith("1: ")
    number = active("e.getBoundingClientRect().height")
    assert number >= 24
    page.keyboard.press("Enter")
    page.wait_for_url("**column=theme**")
    assert "theme Place" in page.locator("h1").inner_text()
    tab_to("e.textContent === 'Back to the whole matrix'")
    page.keyboard.press("Enter")
    page.wait_for_url("**columns=theme**")
    page.close()


@pytest.mark.browser
def test_forced_colours_keep_bars_and_marks(browser: Any, explorer: Any) -> None:
    """Guards forced colours: bars and found words take the colours of the system."""
    page = browser.new_page(forced_colors="active", color_scheme="dark")
    page.goto(explorer.url + "/timeline")
    canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
    bar = page.evaluate("getComputedStyle(document.querySelector('.gt-bar__named')).fill")
    page.goto(explorer.url + "/search?q=rural")
    mark = page.evaluate("getComputedStyle(document.querySelector('.gt-mark')).backgroundColor")
    page.close()
    assert bar != canvas
    assert mark != canvas


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/coverage?rows=action&columns=period", "/timeline", "/checks"])
def test_paper_has_the_table_and_not_the_choices(browser: Any, explorer: Any, path: str) -> None:
    """Guards print: forms and filters go, the table stays and is not cut off."""
    # The validator takes its time on the first visit; that is not what is tested here.
    assert explorer.ask(path).status == 200
    page = browser.new_page(viewport={"width": 740, "height": 1000})
    page.goto(explorer.url + path)
    page.emulate_media(media="print")
    shown = {s: page.locator(s).first.is_visible() for s in ("main table", ".gt-nav")}
    choices = page.locator(".gt-filters, .gt-choose").first.is_visible()
    wide = page.evaluate(
        "Math.max(...[...document.querySelectorAll('main table')]"
        ".map(t => t.getBoundingClientRect().right))"
    )
    page.close()
    assert shown == {"main table": True, ".gt-nav": False}
    assert not choices
    assert wide <= 760


COLUMNS = ["promise", "measure", "service-priority", "theme"]


@pytest.mark.browser
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("media", "width"), [("screen", 320), ("screen", 1280), ("print", 718)])
def test_heads_of_columns_are_whole(
    browser: Any, explorer: Any, column: str, media: str, width: int
) -> None:
    """Guards coverage: every head has room for its words, on paper too, where nothing scrolls."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.emulate_media(media=media)
    page.goto(explorer.url + f"/coverage?rows=corporate-priority&columns={column}")
    seen = page.evaluate(
        """() => [...document.querySelectorAll('.gt-matrix')].filter(t => t.offsetParent)
          .map(t => ({
          right: t.getBoundingClientRect().right,
          heads: [...t.querySelectorAll('thead th')].slice(1).map(h => h.innerText.trim()),
          cut: [...t.querySelectorAll('thead th')].filter(h => {
            const words = h.querySelector('.gt-matrix__words') || h
            const a = words.getBoundingClientRect(), b = h.getBoundingClientRect()
            return words.scrollWidth > words.clientWidth + 1 || a.bottom > b.bottom + 1 ||
              words.scrollHeight > words.clientHeight + 1 || a.left < b.left - 1
          }).map(h => h.innerText)
        }))"""
    )
    page.close()
    heads = [h for table in seen for h in table["heads"] if h]
    assert len(heads) >= 3
    assert [t["cut"] for t in seen if t["cut"]] == []
    if media == "print":
        assert max(t["right"] for t in seen) <= width


def test_a_wide_matrix_is_whole_on_paper(explorer: Any) -> None:
    """Guards paper: each column stands in one part, with the numbers that the screen has."""
    text = explorer.ask("/coverage?rows=corporate-priority&columns=promise").text
    whole, *parts = text.split('<table class="govuk-table gt-matrix')[1:]
    totals = re.compile(r'gt-matrix__total">(?:<a[^>]*>)?(\d+)')
    foot = [n for part in parts for n in totals.findall(part.split("<tfoot>")[1])]
    assert len(parts) == 3
    assert foot == totals.findall(whole.split("<tfoot>")[1])[:-1]
