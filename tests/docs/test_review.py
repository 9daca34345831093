"""The review of the rules speaks of the results that there are."""

import re
from collections import Counter
from pathlib import Path

from goldenthread.services.validation import check
from goldenthread.store.dataset import Dataset

REVIEW = Path(__file__).parents[2] / "docs" / "explanation" / "rules-reviewed.md"


def test_every_result_is_reviewed(shipped: Dataset) -> None:
    """Guards that a rule which finds something new, more or less is read against the documents."""
    rows = re.findall(r"(?m)^\| ([A-Z][\w-]+) \| (\d+) / (\d+)", REVIEW.read_text(encoding="utf-8"))
    reviewed = {name: (int(a), int(b)) for name, a, b in rows}
    assert len(reviewed) > 20
    counts = [
        Counter(r.rule.id.removeprefix("shape:") for r in check(shipped, reading).results)
        for reading in ("corrected", "printed")
    ]
    found = {name: (counts[0][name], counts[1][name]) for name in counts[0] | counts[1]}
    assert found == reviewed
