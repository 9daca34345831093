"""What is read aloud: names of links, heads of tables, order of headings, names of landmarks.

Chromium's own tree of accessible names is asked, with every disclosure open.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
PAGES = (HERE / "families.txt").read_text(encoding="utf-8").split()
LINE = re.compile(
    r"""^\s*- '?(link|heading|navigation|region|complementary)(?: "((?:[^"\\]|\\.)*)")?(.*)$"""
)
URL = re.compile(r"^\s*- /url: \"?(.*?)\"?$")
LANDMARKS = ("navigation", "region", "complementary")
# Words that say nothing about where a link leads, and numbers that do not say what they count.
NOTHING_SAID = re.compile(
    r"[\W\d]*(?<!\d/\d\d)|above|below|click here|here|link|more|next|page|read more|see|this|why",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    """Return a window in which `access` is at hand."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(path=HERE / "access.js")
    yield context.new_page()
    context.close()


def heard(page: Any, part: str) -> list[tuple[str, str, str]]:
    """Return role, name, and address or level of what is heard in a part of the page."""
    found: list[tuple[str, str, str]] = []
    for line in page.locator(part).aria_snapshot().splitlines():
        if match := LINE.match(line):
            role, name, rest = match.groups(default="")
            found.append((role, re.sub(r'\\(["\\])', r"\1", name), rest))
        elif (match := URL.match(line)) and found and found[-1][0] == "link":
            found[-1] = (*found[-1][:2], match[1])
    return found


def subject(address: str, path: str) -> str:
    """Return what an address is about: one thing may be told here, and on a page of its own."""
    whole, fragment = urldefrag(address)
    if fragment and not fragment.startswith("read-"):
        fragment = fragment.removeprefix("at-")
        return f"#{fragment}"
    if fragment or "?" in whole:
        return address
    return "#" + "-".join((whole or path).strip("/").split("/")[-2:])


@pytest.mark.parametrize("path", PAGES)
def test_a_page_makes_sense_when_it_is_heard(page: Any, explorer: Any, path: str) -> None:
    """Guards names that differ where addresses do, heads in order, named parts and tables."""
    page.goto(explorer.url + path)
    page.evaluate("access.open()")
    # The text of a document is its own: the same words may stand in it twice.
    page.evaluate("document.querySelectorAll('.gt-read').forEach(e => e.removeAttribute('href'))")
    found = heard(page, "main")
    links = [(name, address) for role, name, address in found if role == "link"]
    assert len(links) == page.locator("main a[href]:visible").count()
    # Terms have the names that the ontology gives them.
    said = [n for n, a in links if "#concept-" not in a]
    assert not [n for n in said if NOTHING_SAID.fullmatch(n)], "says nothing"
    leads: dict[str, dict[str, str]] = defaultdict(dict)
    for name, address in links:
        # A class, a property and a scheme may share their name; each is told with its IRI.
        if not path.startswith("/ontology"):
            leads[name][subject(address, path)] = address
    assert not {n: list(a.values())[:3] for n, a in leads.items() if len(a) > 1}
    levels = [int(rest.split("level=")[1][0]) for role, _, rest in found if role == "heading"]
    assert levels[0] <= 2
    assert all(b <= a + 1 for a, b in pairwise(levels)), "a level of headings is left out"
    parts = [f"{role} {name}" for role, name, _ in heard(page, "body") if role in LANDMARKS]
    assert not [p for p in parts if p.endswith(" ")], "a part of the page has no name"
    assert len(set(parts)) == len(parts)
    assert not page.evaluate("access.bare()")
