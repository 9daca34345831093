"""Fixtures that many tests share: the shipped plan, and the made-up plan with other levels."""

from pathlib import Path

import pytest

from goldenthread.store.dataset import Dataset

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    """Open the plans that ship; tests read it and never change it."""
    return Dataset.open()


@pytest.fixture(scope="session")
def four_levels() -> Dataset:
    """Open a made-up plan with four levels of other names and its own words."""
    return Dataset.open([CASES / "plan-four-levels"])
