"""The plan whose transcription is tested, opened once."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.store.dataset import Dataset


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    """Return Oxfordshire's plan alone; both readings are derived when first asked."""
    return Dataset.open([Path(__file__).resolve().parents[2] / "data" / "occ-libraries-heritage"])
