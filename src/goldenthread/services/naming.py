"""Name levels as the plan does, in the plural."""

from goldenthread.domain.namespaces import GT
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View


def plurals(dataset: Dataset, reading: str = "corrected") -> dict[str, str]:
    """Return the plan's plural name of each level by the level's key, first level first."""
    view = View(dataset, reading)
    return {
        key: view.value(iri, GT + "pluralLabel") or name
        for iri, (_, key, name) in view.levels.items()
    }


def all_ids(dataset: Dataset, reading: str = "corrected") -> list[tuple[str, str]]:
    """Return short id and label of everything that stands on a level, level by level."""
    view = View(dataset, reading)
    nodes = [view.node(i) for level in view.levels for i in view.at_level(level)]
    return [(n.id, n.label) for n in nodes]
