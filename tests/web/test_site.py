import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from goldenthread.faces.web.files import file_name
from goldenthread.faces.web.site import write_site


class Links(HTMLParser):
    """The links and places of a file."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a tag tells."""
        assert tag != "form"
        assert tag != "script" or any(name == "src" for name, _ in attrs)
        self.links += [v or "" for k, v in attrs if k in ("href", "src", "action")]
        self.ids |= {v or "" for k, v in attrs if k == "id"}


@pytest.fixture(scope="module")
def written(four_levels: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the made-up plan."""
    folder = tmp_path_factory.mktemp("site")
    write_site(four_levels, folder)
    return folder


def broken(folder: Path) -> list[tuple[str, str]]:
    """Return links that lead nowhere, out of the folder, or to another host."""
    top = folder.resolve()
    pages = {p: Links(p.read_text(encoding="utf-8")) for p in sorted(top.rglob("*.html"))}
    assert len(pages) > 10
    found = []
    for path, page in pages.items():
        for link in page.links:
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
    """Guards determinism: nothing reads a clock, and nothing depends on the order of a set."""
    said: list[str] = []
    count = write_site(four_levels, tmp_path / "again", said.append)
    assert said[-1] == f"{count} of {count} pages written"
    for path in sorted(written.rglob("*")):
        if path.is_file():
            assert (
                path.read_bytes() == (tmp_path / "again" / path.relative_to(written)).read_bytes()
            )


def test_hostile_names_stay_in_the_folder(odd_plan: Any, tmp_path: Path) -> None:
    """Guards files: no key leads out of the folder, no label becomes markup."""
    write_site(odd_plan, tmp_path / "odd")
    assert not broken(tmp_path / "odd")
    assert {p.name for p in tmp_path.iterdir()} == {"odd"}
    for path in (tmp_path / "odd").rglob("*.html"):
        assert "<img" not in path.read_text(encoding="utf-8")


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
