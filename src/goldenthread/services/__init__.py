from typing import TYPE_CHECKING

from goldenthread.store import on_demand

if TYPE_CHECKING:
    from goldenthread.store.dataset import Dataset


def _results(dataset: "Dataset", reading: str) -> bytes:
    """Return a reading's check results as N-Triples; the validator is loaded only now."""
    from goldenthread.services.validation import check, to_graph

    return bytes(to_graph(check(dataset, reading)).serialize(format="nt", encoding="utf-8"))


# The store runs queries and cannot check: here it gets what can, before anybody asks.
on_demand.PROVIDERS[on_demand.RESULTS] = _results
