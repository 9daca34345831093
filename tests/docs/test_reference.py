"""The reference is made from the program, and is what the program is now."""

from pathlib import Path

import pytest

from goldenthread.faces.cli.manual import pages

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PAGES = pages()


def test_every_page_is_there() -> None:
    """Guards that no generated page is forgotten or left over."""
    assert len(PAGES) == 6
    assert {p.name for p in REFERENCE.glob("*.md")} == set(PAGES)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_page_is_up_to_date(name: str) -> None:
    """Guards against drift: run `make reference` after changing commands, queries, rules, terms."""
    assert (REFERENCE / name).read_text(encoding="utf-8") == PAGES[name]
