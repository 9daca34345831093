import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from goldenthread.store.rules import rules

# One address a line: what the tests of pages and of browsers walk.
STARTS = (Path(__file__).parent / "starts.txt").read_text(encoding="utf-8").split()
SOURCES = {r.link for r in rules() if r.link}


class Page(HTMLParser):
    """The links, ids, headings and landmarks of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.title = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a tag tells."""
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.append((name, value or ""))
            if name in ("href", "src", "action"):
                self.links.append(value or "")
            if name == "href" and tag == "a":
                self.anchors.append(value or "")
            if name == "id":
                self.ids.append(value or "")

    def handle_data(self, data: str) -> None:
        """Keep the title."""
        if self.tags and self.tags[-1] == "title" and not self.title:
            self.title = data


def in_reading(path: str, reading: str) -> str:
    """Return the address in a reading."""
    if reading == "corrected" or "reading=" in path:
        return path
    return f"{path}{'&' if '?' in path else '?'}reading={reading}"


@pytest.mark.parametrize("reading", ["corrected", "printed"])
@pytest.mark.parametrize("path", STARTS)
def test_every_page_has_its_parts_and_says_what_it_is(
    explorer: Any, path: str, reading: str
) -> None:
    """Guards title, language, one h1, skip link, breadcrumbs, the sentence, and no inline code."""
    text = explorer.ask(in_reading(path, reading)).text
    page = Page(text)
    assert '<html lang="en"' in text
    assert page.title.strip().endswith("goldenthread")
    assert page.tags.count("h1") == 1
    assert page.anchors[0] == "#main", "the skip link comes first"
    assert "main" in page.ids
    assert path == "/" or 'aria-label="Breadcrumb"' in text
    assert "An independent reading of two published documents; not a council service" in text
    assert text.count("/sources/annex-3") >= 1
    assert (
        "as printed" if reading == "printed" else "with corrections"
    ) in page.title or "gold" in page.title
    assert len(page.ids) == len(set(page.ids)), [i for i in page.ids if page.ids.count(i) > 1][:3]
    assert page.tags.count("script") == len(re.findall(r'<script src="/static/[^"]+" defer>', text))
    assert not [a for a in page.attributes if a[0] == "style" or a[0].startswith("on")]
    assert "not aligned" not in text.casefold()
    levels = [int(t[1]) for t in page.tags if re.fullmatch("h[1-6]", t)]
    assert all(b - a <= 1 for a, b in pairwise(levels)), levels


@pytest.mark.parametrize("reading", ["corrected", "printed"])
def test_no_link_is_broken(  # noqa: C901 - a crawl decides much
    explorer: Any, reading: str
) -> None:
    """Guards every link of every kind of page: pages, downloads, and places in pages."""
    seen: dict[str, Any] = {}
    pages: dict[str, Page] = {}
    broken = []

    def fetch(path: str) -> Any:
        if path not in seen:
            seen[path] = explorer.ask(path)
            if seen[path].headers.get("content-type", "").startswith("text/html"):
                pages[path] = Page(seen[path].text)
        return seen[path]

    followed = 0
    kinds: dict[str, int] = {}
    for start in STARTS:
        path = in_reading(start, reading)
        fetch(path)
        for link in pages[path].links:
            parts = urlsplit(urljoin(path, link))
            if parts.netloc:
                # A rule leads to the guidance that asks for it, which is published elsewhere.
                if link not in SOURCES:
                    broken.append((path, link, "another host"))
                continue
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            # All links of a kind are made alike: sixty of each are enough.
            kind = "/".join(parts.path.split("/")[:4]) + ("#" if parts.fragment else "")
            kinds[kind] = kinds.get(kind, 0) + 1
            if target not in seen and kinds[kind] > 60:
                continue
            answer = fetch(target)
            followed += 1
            if target == path:
                pass
            elif answer.status not in (200, 303):
                broken.append((path, link, answer.status))
            if (
                parts.fragment
                and target in pages
                and unquote(parts.fragment) not in pages[target].ids
            ):
                broken.append((path, link, "no such place"))
    assert followed > 500
    assert not broken, broken[:10]


def test_the_reading_stays_in_the_address(explorer: Any) -> None:
    """Guards the choice: every link to a page that depends on the reading keeps it."""
    page = Page(explorer.ask("/trace?focus=corporate-priority/4&reading=printed").text)
    links = [u for u in page.links if u.startswith(("/doc/", "/trace", "/gaps", "/corrections"))]
    assert len(links) > 20
    back = [u for u in links if "reading=printed" not in u]
    assert back == ["/trace?focus=corporate-priority%2F4&direction=down"], (
        "only the choice itself leads back"
    )


def test_the_overview_counts_and_marks_what_is_not_there(explorer: Any) -> None:
    """Guards the first page: sentences from the graph, a plain mark, both numbers."""
    page = explorer.ask("/").text
    # A number that is a link stands in its sentence like any other word.
    page = re.sub(r'<a class="[^"]*gt-n"[^>]*>([^<]*)</a>', r"\1", page)
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    for sentence in (
        "No progress is recorded",
        "2 of 9 OCC Strategic Plan priorities have nothing recorded under them",
        "None of the 53 measures has a target",
        "Nothing recorded under it. As printed: 2 actions.",
        "12 actions under OCC Strategic Plan priority 9 (13 as printed)",
    ):
        assert sentence in text, sentence


def test_corrections_list_every_judgement(explorer: Any, shipped: Any) -> None:
    """Guards the one page that lists all: each judgement and repair with its reason."""
    from html import unescape

    from goldenthread.services import judging

    text = unescape(explorer.ask("/corrections").text)
    cards = judging.judgements(shipped) + judging.repairs(shipped)
    assert len(cards) > 30
    for card in cards:
        assert card.reason in text
        assert card.label in text
    assert "not the council" in text


def test_the_source_page_shows_every_character(explorer: Any, shipped: Any) -> None:
    """Guards accounting: the text on the page is the text that was received."""
    from html import unescape

    from goldenthread.services.sourcing import documents, source

    found = documents(shipped)
    assert len(found) == 2
    for iri, _, _ in found:
        received = source(shipped, iri)
        file = next(t for h, t in received.facts if h == "File")
        path = shipped.folders[0] / file
        assert "".join(s.text for s in received.segments) == path.read_bytes().decode("utf-8")
        page = explorer.ask("/sources/" + iri.rsplit("/", 1)[1]).text
        shown = "".join(
            re.findall(r'<div class="gt-source[^"]*">(.*?)</div>', page, flags=re.DOTALL)
        )
        plain = re.sub(r"<span class=\"gt-source__note\">.*?\]</span>", "", shown)
        plain = unescape(re.sub(r"<[^>]+>", "", plain))
        assert plain == path.read_bytes().decode("utf-8").replace("\uf0b7", "•")


def test_pages_work_without_the_style_sheet(
    shipped: Any, serve: Any, monkeypatch: Any, tmp_path: Any
) -> None:
    """Guards plain pages: where assets could not be built, no page names a missing file."""
    from goldenthread.faces.web import explorer as module

    monkeypatch.setattr(module, "BUILT", tmp_path / "none")
    with serve(shipped) as server:
        page = server.ask("/")
        assert page.status == 200
        assert "stylesheet" not in page.text
        assert server.ask("/static/explorer.css").status == 404


def test_every_page_is_small(explorer: Any) -> None:
    """Guards the weight of pages: under 150 KB compressed."""
    import gzip

    for path in STARTS:
        assert len(gzip.compress(explorer.ask(path).body)) < 150_000, path


def test_a_plan_with_other_levels_shows_under_its_own_names(four_level_explorer: Any) -> None:
    """Guards generality: four levels of other names, no word of the shipped plan on any page."""
    data = four_level_explorer.ask("/api/v1/coverage").json
    assert data["rows"]
    focus = data["rows"][0]["id"]
    for path in (
        "/",
        f"/trace?focus={focus}",
        "/gaps",
        "/coverage",
        "/checks",
        "/corrections",
        "/about",
    ):
        answer = four_level_explorer.ask(path)
        assert answer.status == 200, path
        assert "Oxfordshire" not in answer.text, path
        assert "L&amp;H" not in answer.text, path
    page = four_level_explorer.ask(f"/trace?focus={focus}&view=drawing").text
    columns = re.findall(r'class="gt-drawing__level"', page)
    assert len(columns) == 4


@pytest.mark.parametrize("key", ["judgement/row-5-actions-are-row-4s", "repair/annex-3-row-2"])
def test_a_judgement_has_its_reason_on_its_own_page(explorer: Any, shipped: Any, key: str) -> None:
    """Guards the page behind every link to a judgement: reason, status, role, effect, quotes."""
    from html import unescape

    from goldenthread.services import judging

    text = unescape(explorer.ask(f"/doc/occ-libraries-heritage/{key}").text)
    cards = judging.judgements(shipped) + judging.repairs(shipped)
    card = next(c for c in cards if c.id == key)
    for words in (card.reason, card.status, card.role, *card.effects):
        assert words in text
    assert "What it changes" in text
