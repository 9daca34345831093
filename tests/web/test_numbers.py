"""Every number on every page leads to what it counts, and the evidence counts the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import pytest

from goldenthread.domain.validation import Report
from goldenthread.faces.grounds import counted
from goldenthread.services import exporting, naming
from goldenthread.services.validation import check
from goldenthread.store.dataset import Dataset

STARTS = (Path(__file__).parent / "starts.txt").read_text(encoding="utf-8").split()
# Of addresses that are alike but for ids and numbers, so many are asked about in a family.
ALIKE = 1
EMPTY = ("br", "hr", "img", "input", "link", "meta", "source", "wbr", "path", "circle", "rect")
# What people wrote, or programs: no numbers of ours.
QUOTED = ("blockquote", "code", "datalist", "pre", "script", "select", "style", "svg", "del", "ins")
ALLOWED = {
    "gt-when": "words of a document",
    "gt-id": "identifiers",
    "gt-level": "the number of a thing",
    "gt-number": "the number of a thing",
    "gt-source": "the text of a document",
    "gt-reading-of": "what was read from the text, beside it",
    "gt-card": "the words of a judgement, a rule or a term; its numbers stand in tables",
    "gt-small": "rows of a list, each with its own link",
    "gt-result": "the message of a check result; its evidence is the link beside it",
    "gt-why": "evidence itself",
    "gt-proof": "evidence itself",
    "gt-paper": "the same matrix again, for paper alone",
    "gt-briefing__left": "what had no room; the whole thread is the link behind it",
    "govuk-details__summary-text": "opens the rows themselves",
    "govuk-table__caption": "which part of a table it is",
    "gt-wrap": "facts about files and limits of the server: no rows",
    "gt-figure": "a chart in words; the table under it has each row",
    "gt-answer": "cells of an answer: the query that computes them stands below",
    "gt-matrix": "cells of an answer drawn as a matrix, as those of its table",
    "gt-direct": "numbers of things that are linked",
    "gt-reference": "words of a document",
    "gt-facts": "facts about a node, each a value itself",
    "gt-wordings": "how words differ, beside the words",
    "gt-briefing__group": "heads of the lists beneath them",
    "gt-search": "how much is listed beneath",
    "gt-threads": "numbers of rows",
}
ALLOWED_PAGES = {
    "why": "evidence itself, and accounts, which name each thing that they count",
    "query": "answers to a stranger's query: the query is the evidence",
    "about": "limits of the server",
}
HEADS = {
    ("coverage", "h1"): "what the page lists; its evidence is the link at the end",
    ("coverage", "h2"): "what stands beneath",
    ("compare", "td"): "facts about two things, their printed numbers among them",
    ("trace", "h2"): "the things that are listed beneath, where words fit several",
}
COUNTABLE = (
    "thing|link|thread|result|check result|entry|entries|rule|question|judgement|repair|pair|step|"
    "statement|timescale|place|row"
)


@dataclass
class Text:
    """A link or a run of text in the main part of a page."""

    words: str
    classes: list[str]
    href: str = ""
    tag: str = ""


@dataclass
class Main(HTMLParser):
    """Reads links and loose text out of the main part of a page."""

    links: list[Text] = field(default_factory=list)
    loose: list[Text] = field(default_factory=list)
    stack: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin as the parser does."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element."""
        if tag in EMPTY:
            return
        self.stack.append((tag, {k: v or "" for k, v in attrs}))
        if tag == "a" and self.inside("main"):
            self.links.append(Text("", self.classes(), self.stack[-1][1].get("href", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass an element that holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        """Come out of an element, and of those in it that were left open."""
        for place in range(len(self.stack) - 1, -1, -1):
            if self.stack[place][0] == tag:
                del self.stack[place:]
                break

    def handle_data(self, data: str) -> None:
        """Take in text that is seen."""
        if not self.inside("main") or "govuk-visually-hidden" in self.classes():
            return
        if self.inside("a"):
            self.links[-1].words += data
        elif not self.inside(*QUOTED):
            self.loose.append(Text(" ".join(data.split()), self.classes(), "", self.stack[-1][0]))

    def inside(self, *tags: str) -> bool:
        """Return whether one of these elements is open."""
        return any(tag in tags for tag, _ in self.stack)

    def classes(self) -> list[str]:
        """Return the classes of all that is open."""
        return [c for _, a in self.stack for c in a.get("class", "").split()]


def numbers(path: str, main: Main, names: set[str]) -> Iterator[tuple[int, str]]:
    """Yield each number that is a link, with the address that it leads to."""
    for link in main.links:
        words = " ".join(link.words.split())
        within = re.search(r"\((\d+)\)$", words)
        marked = "gt-n" in link.classes or re.fullmatch(r"\d+( via)?", words)
        found = re.match(r"(\d+)", words) if marked else within
        paging = "govuk-pagination__link" in link.classes
        premise = path.startswith("/why") and link.href.startswith("#s")
        if found and not paging and not premise and words not in names:
            yield int(found[1]), urljoin(f"http://h{path}", link.href)


def mask(address: str) -> str:
    """Return an address without the ids and numbers in it: those that are alike are the same."""
    plain = unquote(unquote(address))
    return re.sub(r"\d+|[\w-]+/[\w.-]+(?=[&#]|$)|(?<=-)[\w-]+/[\w.-]+", "N", plain)


@pytest.fixture(scope="module", params=["shipped", "four levels"])
def served(request: pytest.FixtureRequest) -> tuple[Any, Dataset, list[str]]:
    """Return a server of each plan, the plan, and pages of every family, in both readings."""
    if request.param == "shipped":
        site = request.getfixturevalue("explorer")
        dataset = request.getfixturevalue("shipped")
        paths = [p for p in STARTS if "zzzz" not in p]
    else:
        site = request.getfixturevalue("four_level_explorer")
        dataset = request.getfixturevalue("four_levels")
        paths = []
    things = exporting.things(dataset)
    first, last = things[0], things[-1]
    base = dataset.base
    paths += [
        *("/", "/trace", "/gaps", "/checks", "/corrections", "/timeline", "/coverage", "/graph"),
        *("/rules", "/sources", "/samples", "/compare", "/library", "/report", "/ontology/"),
        *("/catalog", "/about", "/search?q=a", "/library/actions-by-period"),
        *(f"/{p}?focus={first.iri}" for p in ("trace", "briefing", "graph")),
        f"/doc/{first.iri.removeprefix(base)}",
        f"/doc/{last.iri.removeprefix(base)}",
        f"/trace?focus={last.iri}&direction=up",
        f"/compare?first={things[1].iri}&second={things[2].iri}",
    ]
    main_pages = ("/", "/gaps", "/checks", "/timeline", "/rules", "/sources", "/compare")
    readings = [f"{p}?reading=printed" for p in main_pages]
    return site, dataset, list(dict.fromkeys([*paths, *readings]))


def family(path: str) -> str:
    """Return the name of the family of a page."""
    return urlsplit(path).path.strip("/").partition("/")[0]


WITH_NUMBERS = {
    *("", "trace", "gaps", "checks", "corrections", "timeline", "coverage", "graph", "rules"),
    *("sources", "compare", "library", "ontology", "catalog", "search", "briefing", "doc"),
}


def test_each_number_leads_to_what_it_counts(served: tuple[Any, Dataset, list[str]]) -> None:
    """Guards evidence: `why` explains the address of every number, and counts what it shows."""
    site, dataset, paths = served
    reports: dict[str, Report] = {}

    def checked(reading: str) -> Report:
        if reading not in reports:
            reports[reading] = check(dataset, reading)
        return reports[reading]

    names = {f"{n.notation} {n.label}" for n in exporting.things(dataset) if n.notation}
    alike: dict[str, int] = {}
    wrong, families = [], set()
    for path in paths:
        main = Main()
        main.feed(site.ask(path).text)
        for shown, address in numbers(path, main, names):
            families.add(family(path))
            kind = f"{family(path)} {mask(address)}"
            alike[kind] = alike.get(kind, 0) + 1
            if alike[kind] > ALIKE:
                continue
            reading = parse_qs(urlsplit(address).query).get("reading", ["corrected"])[0]
            try:
                found = counted(dataset, address, reading, checked)
            except Exception as error:  # noqa: BLE001 - each is told, with where it stands
                wrong.append(f"{path}: {shown} at {address}: {error}")
                continue
            if found.number != shown or not found.parts:
                wrong.append(
                    f"{path}: {shown} at {address}, of which the evidence is {found.number}"
                )
    assert wrong == []
    assert families >= WITH_NUMBERS


def test_numbers_that_lead_nowhere_are_few(served: tuple[Any, Dataset, list[str]]) -> None:
    """Guards that a number which counts is a link, but for a few kinds that are known."""
    site, dataset, paths = served
    nodes = exporting.things(dataset)
    levels = {n.level_name for n in nodes} | set(naming.plurals(dataset).values())
    nouns = "|".join(sorted(map(re.escape, levels), key=len, reverse=True))
    counts = re.compile(rf"(?<![\w.“/'-])([1-9]\d*)(?= (?:{nouns}|{COUNTABLE})s?\b)")
    seen = 0
    wrong = set()
    for path in paths:
        if family(path) in ALLOWED_PAGES:
            continue
        main = Main()
        main.feed(site.ask(path).text)
        for text in main.loose:
            seen += 1
            alone = re.fullmatch(r"\(?([1-9]\d*)%?\)?", text.words)
            if not (alone or counts.search(text.words)) or ALLOWED.keys() & set(text.classes):
                continue
            if text.words.startswith("Narrowed to") or (family(path), text.tag) in HEADS:
                # What was left out is the rest of what its filters count, each a link.
                continue
            wrong.add(f"{path}: {text.words[:120]} ({text.tag}, {text.classes[-3:]})")
    assert seen > 500
    assert sorted(wrong) == []
