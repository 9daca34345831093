"""Guards that a site leaves out what its page “About” says, and nothing else."""

import html
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from goldenthread.domain.namespaces import BASE
from goldenthread.faces.web import files
from goldenthread.faces.web.inside import Inside
from goldenthread.faces.web.offered import file_name, matrix_file

_PLAIN = re.compile(r"\.([a-z]+)$")
PAGES = 5
"""How many pages of a kind are read."""
# What may be left out: words of About, and what of a server's links they mean.
LEFT_OUT: dict[str, tuple[str, ...]] = {
    "search": ("search",),
    "two choices at once": tuple(
        f"{page} TWO" for page in ("checks", "corrections", "gaps", "timeline")
    ),
    "filters of a thread": ("trace basis", "trace class", "trace period", "trace theme"),
    "other orders of a list": ("coverage columns&empty&rows", "trace direction&focus&view"),
    "two things beside each other": ("compare",),
    "a matrix turned round": ("coverage TURNED",),
    "more neighbours in the graph": ("graph focus&open", "graph open"),
    "questions of the library that need a choice": ("library class", "library thing"),
    "are for one audience": ("library audience",),
    "the editor": ("query",),
    "/sparql": ("sparql",),
    "the interface for programs": ("api.", "api"),
    "the description of the data set for catalogues": ("catalog.",),
    "the day on the pack": ("report date", "report.docx", "report.pdf", "report.xlsx"),
    "evidence, down to the statements, of numbers": ("why focus NUMBER",),
    "evidence as CSV, JSON and JSON-LD": ("why.csv", "why.json", "why.jsonld"),
    "of numbers as Turtle": ("why.ttl focus&statements NUMBER",),
    "tables of what a single cell counts": (
        *(f"coverage.{f} {k}" for f in ("csv", "xlsx", "json") for k in ("column", "columns&row")),
    ),
    "excerpts": ("doc EXCERPT",),
    "the graph as one file": ("graph.html",),
}


def kind_of(address: str) -> str:
    """Return what sort of link an address is: page, form, what its query names."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    path = parts.path.strip("/")
    form = _PLAIN.search(path)
    head = path.split("/")[0].removesuffix(form[0] if form else "")
    asked = query.get("focus", "")
    said = f" {'NUMBER' if asked.startswith('/') else 'NODE'}" if head == "why" else ""
    return f"{head}{form[0] if form else ''} {'&'.join(sorted(query))}{said}"


def plain(address: str) -> str:
    """Return an address with its query in one order, without what a server takes for granted."""
    parts = urlsplit(address)
    query = [(k, v) for k, v in parse_qsl(parts.query) if (k, v) != ("reading", "corrected")]
    if parts.path.startswith("/why") and dict(query).get("focus", "").startswith(("/", "result/")):
        query = [(k, v) for k, v in query if k != "statements"]
    return f"{parts.path}?{sorted(query)}"


def evidence_file(result: str) -> str:
    """Return the file of the evidence of a check result, which is its page."""
    return f"evidence/{file_name(f'result/{result}')}.html"


def file_of(address: str, plan: str) -> str:
    """Return the file that a page without further choices has in a site."""
    parts = urlsplit(address)
    query, path = dict(parse_qsl(parts.query)), parts.path.strip("/")
    iri = f"{plan}/{query.get('focus', '')}"
    if path == "trace" and set(query) == {"focus", "direction"}:
        return files.trace_file(iri, query["direction"])
    if set(query) == {"focus"} and path in ("graph", "why", "briefing"):
        one = {"graph": files.graph_file, "why": files.why_file, "briefing": files.briefing_file}
        return one[path](iri)
    if set(query) == {"rows", "columns"}:
        return matrix_file(query["rows"], query["columns"])
    if query:
        return ""
    for head, name in (
        ("doc/result/", evidence_file),
        ("doc/", files.thing_file),
        ("rules/", files.rule_file),
    ):
        if path.startswith(head):
            return name((BASE if head == "doc/" else "") + path.removeprefix(head))
    return path.removeprefix("static/") if "static" in path else f"{path or 'index'}.html"


def remark(address: str, folder: Path) -> str:
    """Return what the names in an address do not say of it."""
    parts = urlsplit(address)
    query, page = dict(parse_qsl(parts.query)), parts.path.strip("/")
    if page in ("checks", "corrections", "gaps", "timeline") and len(query) > 1:
        return " TWO"
    if page == "coverage" and {"rows", "columns"} <= set(query):
        whole = matrix_file(query["rows"], query["columns"])
        return "" if (folder / whole).is_file() else " TURNED"
    return " EXCERPT" if "%23" in page else ""


def compared(dataset: Any, folder: Path, asked: set[str]) -> dict[str, str]:
    """Return the links of a server that lead to nothing in a site, with their kinds.

    Some pages of each kind are read, of those that the site has.
    """
    have = {plain(a) for a in asked}
    plan = BASE + next(p.name for p in (folder / "doc").iterdir() if p.is_dir())

    def there(address: str) -> bool:
        file = file_of(address, plan)
        return plain(address) in have or (bool(file) and (folder / file).is_file())

    inside, read, missing = Inside(dataset), Counter[str](), {}
    waiting, seen = ["/", "/catalog"], {"/", "/catalog"}
    while waiting:
        address = waiting.pop(0)
        read[kind_of(address)] += 1
        if read[kind_of(address)] > PAGES:
            continue
        status, body = inside.ask(address)
        assert status == 200, address
        for link in re.findall(rb'(?:href|src)="(/[^"]*)"', body):
            target = html.unescape(link.decode()).partition("#")[0]
            if "reading=printed" in target or target in seen:
                continue
            seen.add(target)
            if not there(target):
                missing[target] = kind_of(target) + remark(target, folder)
            elif not _PLAIN.search(urlsplit(target).path):
                waiting.append(target)
    inside.close()
    assert len(read) > 25
    return missing


@pytest.fixture(scope="module")
def left_out(four_levels: Any, written_whole: tuple[Path, set[str]]) -> dict[str, str]:
    """Return the links of a server that lead to nothing in a site, with their kinds."""
    return compared(four_levels, *written_whole)


def test_a_site_leaves_out_what_about_says_and_nothing_else(
    left_out: dict[str, str], written_whole: tuple[Path, set[str]]
) -> None:
    """Guards honesty both ways: nothing is missing unsaid, nothing that is there is said to be."""
    text = (written_whole[0] / "about.html").read_text(encoding="utf-8").split('id="files"')[1]
    words = " ".join(re.sub("<[^>]*>", "", text).split())
    assert not [said for said in LEFT_OUT if said not in words]
    meant = {said: tuple(kinds) for said, kinds in LEFT_OUT.items()}
    unsaid = {
        kind: address
        for address, kind in left_out.items()
        if not any(fits(kind, k) for kinds in meant.values() for k in kinds)
    }
    assert unsaid == {}
    missing = set(left_out.values())
    idle = [s for s, kinds in meant.items() if not any(fits(m, k) for m in missing for k in kinds)]
    # A form is no link; a small plan has no page with each of them.
    assert set(idle) <= {"search", "two things beside each other"}


def fits(kind: str, pattern: str) -> bool:
    """Return whether a kind of link is meant: the same page, and the words in its query."""
    head, _, keys = pattern.partition(" ")
    name, _, said = kind.partition(" ")
    heads = name == head or (head.endswith(".") and name.startswith(head))
    return heads and (not keys or set(re.split("[ &]", keys)) <= set(re.split("[ &]", said)))


def test_further_pages_are_written(written_whole: tuple[Path, set[str]]) -> None:
    """Guards what pages lead to: evidence, choices and cells are files with their downloads."""
    folder = written_whole[0]
    for top in (folder, folder / "printed"):
        assert len(list(top.glob("evidence/*.html"))) > 50
        for stem in ("gaps/level/ambition", "checks/severity/must~fix"):
            assert list(top.glob(f"{stem}*.html")), stem
            assert list(top.glob(f"{stem}*.xlsx")), stem
        cells = list(top.glob("coverage/*/*/*/*.html"))
        assert cells
        assert "How we know" in next(iter(sorted(top.glob("evidence/result*.html")))).read_text()
        assert (top / "data.ttl").is_file()
    evidence = folder / "evidence"
    assert {p.suffix for p in evidence.glob("result*")} == {".html", ".xlsx", ".ttl"}


def test_the_graph_as_one_file(written_whole: tuple[Path, set[str]]) -> None:
    """Guards the picture to keep: whole, of the first level, in a policy that loads nothing."""
    folder = written_whole[0]
    found = sorted(folder.rglob("*~picture.html"))
    assert folder / "graph~picture.html" in found
    assert len(found) > 4
    for path in found:
        text = path.read_text(encoding="utf-8")
        assert re.search(
            r'http-equiv="Content-Security-Policy" content="default-src \'none\'', text
        )
        assert not re.search(r'(?:src|href)="(?!#|data:)', text.split("<script")[0])
    page = (folder / "graph.html").read_text(encoding="utf-8")
    assert 'href="graph~picture.html"' in page


@pytest.mark.browser
def test_the_graph_as_one_file_draws(browser: Any, written_whole: tuple[Path, set[str]]) -> None:
    """Guards it from disk: a canvas, nothing asked of anybody, no error."""
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on(
        "request", lambda r: None if r.url.startswith(("file:", "data:")) else faults.append(r.url)
    )
    page.goto((written_whole[0] / "graph~picture.html").as_uri())
    page.wait_for_selector("canvas", state="attached")
    assert page.title()
    page.close()
    assert faults == []
