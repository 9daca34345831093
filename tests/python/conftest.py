"""Plans as the Python interface opens them; tests read them and never change them."""

from pathlib import Path

import pytest

from goldenthread import Plan
from goldenthread.store.dataset import Dataset


@pytest.fixture(scope="session")
def plan(shipped: Dataset) -> Plan:
    """Return the plan that ships, with corrections."""
    return Plan(shipped)


@pytest.fixture(scope="session")
def other_plan(four_levels: Dataset) -> Plan:
    """Return a made-up plan with four levels of other names, with corrections."""
    return Plan(four_levels)


# Script for a browser, a cell that a spreadsheet would run, and a text that turns its direction and
# moves a terminal's cursor.
HOSTILE = '=1+1"><img src=x onerror=alert(1)><script>alert(2)</script> \u202egnp.exe\x1b[2J'


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Return the made-up plan with a hostile label."""
    source = Path(__file__).parents[1] / "cases" / "plan-four-levels"
    folder = tmp_path_factory.mktemp("hostile")
    escaped = HOSTILE.replace('"', '\\"').replace("\x1b", "\\u001b").replace("\u202e", "\\u202e")
    replaced = 0
    for file in sorted(source.glob("*.ttl")):
        text = file.read_text(encoding="utf-8")
        replaced += text.count('"Sound walls"')
        text = text.replace('"Sound walls"', f'"{escaped}"')
        (folder / file.name).write_text(text, encoding="utf-8")
    assert replaced
    return Plan(Dataset.open([folder]))
