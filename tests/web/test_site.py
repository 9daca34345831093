import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from goldenthread.faces.web.files import file_name
from goldenthread.faces.web.site import write_site
from goldenthread.store.dataset import Dataset

FORMS = {
    "": {"gaps": "csv xlsx json", "coverage": "csv xlsx json", "checks": "csv xlsx json"},
    "trace/down": {"ambition/a": "csv xlsx json svg png graphml ttl"},
    "doc": {
        "ambition/a": "ttl jsonld nt rdf csv xlsx json",
        "level/task": "ttl jsonld nt rdf csv xlsx json",
    },
    "briefing": {"ambition/a": "docx json"},
    "why": {"task/survey-the-east-wall": "docx csv xlsx json"},
    "graph": {"ambition/a": "json graphml csv xlsx"},
}


class Links(HTMLParser):
    """The links and places of a file."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.cited: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a tag tells."""
        assert tag != "form"
        assert tag != "script" or any(name == "src" for name, _ in attrs)
        found = [v or "" for k, v in attrs if k in ("href", "src", "action")]
        # A picture may stand in the page itself.
        self.links += [v for v in found if not (tag == "img" and v.startswith("data:image/"))]
        self.cited |= {v or "" for k, v in attrs if tag == "a" and k == "href"}
        self.ids |= {v or "" for k, v in attrs if k == "id"}


@pytest.fixture(scope="module")
def written(written_whole: tuple[Path, set[str]]) -> Path:
    """Return the site of the made-up plan."""
    return written_whole[0]


def pages_of(folder: Path) -> list[Path]:
    """Return the pages of a site; the graph as one file is none, it carries its own script."""
    return [p for p in sorted(folder.rglob("*.html")) if not p.name.endswith("~picture.html")]


def broken(folder: Path) -> list[tuple[str, str]]:
    """Return links that lead nowhere, out of the folder, or to another host.

    The page of a rule cites what the rule rests on: those links alone may lead to the web.
    """
    top = folder.resolve()
    pages = {p: Links(p.read_text(encoding="utf-8")) for p in pages_of(top)}
    assert len(pages) > 10
    found = []
    for path, page in pages.items():
        for link in page.links:
            if path.parent.name == "rules" and link in page.cited and link.startswith("https://"):
                continue
            name, _, place = link.partition("#")
            target = (path.parent / unquote(name)).resolve() if name else path
            inside = target.is_relative_to(top) and target.is_file()
            absent = bool(place) and target in pages and unquote(place) not in pages[target].ids
            if not link or re.match(r"[a-z]+:|/", link) or not inside or absent:
                found.append((path.name, link))
    return found


def test_every_link_of_the_files_leads_to_a_file(written: Path) -> None:
    """Guards opening from a shared drive: relative links, none broken, no form, no inline code."""
    assert not broken(written)


def test_both_readings_are_written_and_lead_to_each_other(written: Path) -> None:
    """Guards the choice of reading without a server."""
    first = (written / "index.html").read_text(encoding="utf-8")
    other = (written / "printed" / "index.html").read_text(encoding="utf-8")
    assert 'href="printed/index.html"' in first
    assert 'href="../index.html"' in other
    names = {p.relative_to(written).as_posix() for p in written.rglob("*.html")}
    for name in ("corrections.html", "checks.html", "coverage.html", "gaps.html", "about.html"):
        assert {name, f"printed/{name}"} <= names
    assert [n for n in names if n.startswith("trace/down/")]
    assert [n for n in names if n.startswith("sources/")]


def test_the_same_data_gives_the_same_bytes(
    four_levels: Any, written: Path, tmp_path: Path
) -> None:
    """Guards determinism: nothing reads a clock, nothing depends on order, nor on how it is run.

    The command writes the two readings in processes of their own, with another seed for hashes.
    """
    again = tmp_path / "again"
    command = ["-m", "goldenthread", "site", str(again), "--data", str(four_levels.folders[0])]
    done = subprocess.run(
        [sys.executable, "-W", "error", *command],
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        timeout=900,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == f"{again / 'index.html'}\n"
    names = {p.relative_to(written) for p in written.rglob("*") if p.is_file()}
    assert names == {p.relative_to(again) for p in again.rglob("*") if p.is_file()}
    differ = [n for n in sorted(names) if (written / n).read_bytes() != (again / n).read_bytes()]
    assert not differ


def test_hostile_names_stay_in_the_folder(odd_plan: Any, tmp_path: Path) -> None:
    """Guards files: no key leads out of the folder, no label becomes markup."""
    write_site(odd_plan, tmp_path / "odd")
    assert not broken(tmp_path / "odd")
    assert {p.name for p in tmp_path.iterdir()} == {"odd"}
    found = sorted((tmp_path / "odd").rglob("*.html"))
    assert [p for p in found if p.name.endswith("~picture.html")]
    for path in found:
        # The pack has pictures of our own, none from a label.
        assert "<img src=x" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "key",
    ["..", ".", "con", "CON.x", "aux", "a:b", "a\\b", "x" * 300, "Ünï", "a b", "", "1.4", "A", "a"],
)
def test_file_names_suit_every_system(key: str) -> None:
    """Guards names that Windows keeps for itself, climbs out by, or cannot tell apart."""
    name = file_name(key)
    assert re.fullmatch(r"[a-z0-9._~-]{1,110}", name)
    assert name.strip(".") == name.lstrip(".") != ""
    assert not re.match(r"(con|aux)(\.|$)", name)
    assert name == "1.4" or key != "1.4"


def test_names_that_differ_in_case_only_differ_as_files() -> None:
    """Guards systems that do not tell A from a."""
    assert file_name("A").casefold() != file_name("a").casefold()


def plan_of(folder: Path) -> str:
    """Return the part of the path that names the plan, which all files about things have."""
    return next(p.name for p in (folder / "doc").iterdir() if p.is_dir())


@pytest.mark.parametrize("reading", ["", "printed"])
def test_the_files_hold_what_their_pages_offer(written: Path, reading: str) -> None:
    """Guards downloads: each form of each kind of page stands beside it and is linked to."""
    plan, top = plan_of(written), written / reading
    looked_at = 0
    for folder, pages in FORMS.items():
        for name, forms in pages.items():
            stem = top / folder / plan / name if folder else top / name
            text = stem.with_name(stem.name + ".html").read_text(encoding="utf-8")
            for form in forms.split():
                file = stem.with_name(f"{stem.name}.{form}")
                assert file.stat().st_size > 20, file
                assert f'href="{file.name}"' in text, file
                looked_at += 1
    assert looked_at == sum(len(f.split()) for pages in FORMS.values() for f in pages.values())


def inside(path: Path) -> str:
    """Return the words in a file, those in a zipped one too."""
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as zipped:
            return " ".join(zipped.read(n).decode("utf-8", "replace") for n in zipped.namelist())
    return path.read_bytes().decode("utf-8", "replace")


def test_every_download_says_where_it_comes_from(written: Path, four_levels: Any) -> None:
    """Guards provenance in files: the data set's hash, and a licence or that none is known.

    A chart is a picture of rows whose table says it; the terms and rules are no data of a plan; a
    PDF is packed, and the tests of the pack look into it.
    """
    free = re.compile(
        r"(ontology|shapes|/rules/.*)\.|/library/.*\.svg$|/library\.|explorer|icon|\.(html|js|css|pdf)$"
    )
    found = [p for p in sorted(written.rglob("*.*")) if p.is_file() and not free.search(str(p))]
    assert len(found) > 1000
    words = re.compile("licen[cs]e|rights|not known", re.IGNORECASE)
    for path in found:
        text = inside(path)
        # A table without rows has columns for it and nothing to put into them.
        empty = path.suffix == ".csv" and text.count("\n") <= 1
        # All data are what the hash is made of: they cannot hold it.
        whole = path.stem == "data" and path.suffix != ".csv"
        assert empty or whole or four_levels.sha256[:12] in text, path
        assert words.search(text), path


def test_a_download_is_what_the_server_gives(written: Path, four_level_explorer: Any) -> None:
    """Guards one answer: a file of the site has the bytes of the route it stands for."""
    plan = plan_of(written)
    pairs = {
        f"trace/down/{plan}/ambition/a.csv": "/trace.csv?focus=ambition/a&direction=down",
        f"printed/doc/{plan}/ambition/a.ttl": f"/doc/{plan}/ambition/a.ttl?reading=printed",
        "checks.xlsx": "/checks.xlsx",
        f"graph/{plan}/ambition/a.json": "/graph.json?focus=ambition/a",
        "ontology.ttl": "/ontology/index.ttl",
    }
    for file, address in pairs.items():
        assert (written / file).read_bytes() == four_level_explorer.ask(address).body, file


def test_names_of_files_are_short_enough_for_a_shared_drive(written: Path) -> None:
    """Guards Windows: no path so long that a folder's own path would not fit before it."""
    names = [p.relative_to(written).as_posix() for p in written.rglob("*")]
    assert max(map(len, names)) < 160
    assert len({n.casefold() for n in names}) == len(names)
    assert not [n for n in names if re.search(r'[<>:"|?*\\]|[. ](/|$)', n)]


def test_without_downloads_no_page_offers_one(four_levels: Any, tmp_path: Path) -> None:
    """Guards the quick way: pages alone, nothing on them that is not there, how far it is."""
    said: list[str] = []
    count = write_site(four_levels, tmp_path, said.append, downloads=False)
    ends = [m for s in said if (m := re.match(r"(.*): (\d+) of \2 pages", s))]
    assert [m[1] for m in ends] == ["with corrections", "as printed"]
    assert sum(int(m[2]) for m in ends) == count
    assert not broken(tmp_path)
    assert not [p for p in tmp_path.rglob("*") if p.suffix in (".csv", ".xlsx", ".ttl", ".docx")]
    assert "The same in other forms" not in (tmp_path / "gaps.html").read_text(encoding="utf-8")


def test_a_site_says_what_it_leaves_out(written: Path) -> None:
    """Guards honesty: each page leads to the list of what files cannot do."""
    about = (written / "about.html").read_text(encoding="utf-8")
    assert "What these files leave out" in about
    for words in ("search", "two choices at once", "/sparql", "the graph as one file"):
        assert words in about.split('id="files"')[1], words
    page = next((written / "doc").rglob("*.html"))
    assert "about.html#files" in page.read_text(encoding="utf-8")


ENDLESS = """#+ summary: Never ends.
#+ question: How many things are there, and how many more?
#+ audience: analysts
#+ reading: either
#+ columns: {n: Number}
SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }
"""


def test_a_plans_own_query_that_never_ends_is_stopped(
    odd_plan: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards the site against a plan's own query: the server's limit holds, the page says so."""
    plan = tmp_path / "plan"
    shutil.copytree(odd_plan.folders[0], plan)
    (plan / "queries").mkdir()
    (plan / "queries" / "endless.rq").write_text(ENDLESS, encoding="utf-8")
    monkeypatch.setenv("GOLDENTHREAD_SPARQL_SECONDS", "0.5")
    write_site(Dataset.open([plan]), tmp_path / "site")
    for reading in ("", "printed"):
        text = (tmp_path / "site" / reading / "library" / "endless.html").read_text("utf-8")
        assert "There is no answer" in text
        assert "stopped after 0.5 seconds" in text
        assert not list((tmp_path / "site" / reading / "library").glob("endless.[cxj]*"))


@pytest.mark.browser
def test_the_folder_opens_from_disk(browser: Any, written: Path) -> None:
    """Guards a shared drive in a real browser: every kind of page and link, and no other host."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("request", lambda r: None if r.url.startswith("file:") else faults.append(r.url))
    page.on("requestfailed", lambda r: None if is_file(r.url) else faults.append(r.url))
    top, followed, kinds = written.as_uri(), set(), set()
    waiting = [f"{top}/index.html"]
    while waiting and len(followed) < 90:
        address = waiting.pop(0)
        followed.add(address)
        page.goto(address)
        assert page.title(), address
        if address.endswith("~picture.html"):
            continue
        assert page.locator("h1").count() == 1, address
        links = page.eval_on_selector_all(
            "a[href]",
            "found => found.map(a => a.href.baseVal === undefined ? a.href"
            " : new URL(a.href.baseVal, document.baseURI).href)",
        )
        assert links
        for link in links:
            if "/rules/" in address and link.startswith("https://"):
                continue
            assert link.startswith(top), (address, link)
            path, _, place = link.removeprefix(top).partition("#")
            assert (written / unquote(path.lstrip("/"))).is_file(), (address, link)
            kind = (*path.split("/")[:3], Path(path).suffix, bool(place))
            if path.endswith(".html") and kind not in kinds:
                kinds.add(kind)
                waiting.append(link)
    page.close()
    assert not faults
    assert len(followed) > 30


def is_file(url: str) -> bool:
    """Return whether a file stands at a file's address."""
    return Path(unquote(url.removeprefix("file://"))).is_file()


@pytest.mark.browser
def test_what_was_downloaded_opens(browser: Any, written: Path) -> None:
    """Guards following a link to data from a page on disk: the file that comes is the right one."""
    plan = plan_of(written)
    page = browser.new_page(accept_downloads=True)
    page.goto((written / "trace" / "down" / plan / "ambition" / "a.html").as_uri())
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV, for spreadsheets").click()
    rows = list(csv.reader(io.StringIO(Path(coming.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(rows) > 2
    page.get_by_role("link", name="JSON, for programs").click()
    page.wait_for_url("**/a.json")
    found = json.loads((written / "trace" / "down" / plan / "ambition" / "a.json").read_bytes())
    page.close()
    assert found["focus"]["id"] == "ambition/a"
