"""Guards that one explorer's endpoint can be the store of another."""

from typing import Any

from goldenthread.services.tracing import trace
from goldenthread.store.dataset import Dataset


def test_our_own_endpoint_is_a_store(four_levels: Dataset, serve: Any) -> None:
    """Guards `--store` with an explorer's address: the same threads, in both readings."""
    with serve(four_levels) as served:
        stored = Dataset.open(store=served.url)
    query = "SELECT ?top WHERE { ?top <https://w3id.org/goldenthread/ontology/atLevel> ?level }"
    things = sorted({row["top"].value for row in four_levels.rows(query)})
    assert things
    for thing in things:
        for reading in ("corrected", "printed"):
            found = trace(stored, thing, "down", reading).to_json()
            assert found == trace(four_levels, thing, "down", reading).to_json()
