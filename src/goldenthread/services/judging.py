"""List what was judged and repaired, with its quotes, its reason and what it changes."""

from goldenthread.domain.report import JudgementCard
from goldenthread.store import judged
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View


def judgements(dataset: Dataset, reading: str = "corrected") -> list[JudgementCard]:
    """Return every judgement, applied ones first, then by id; `in_force` is for this reading."""
    return judged.cards(View(dataset, reading))


def repairs(dataset: Dataset) -> list[JudgementCard]:
    """Return every repair, by id; repairs hold in both readings."""
    return judged.repair_cards(View(dataset, "printed"))
