"""The graph of check results: made when a query names it, as a check takes seconds.

The store cannot check, which is a service's work. `PROVIDERS` is where the services hand it what
can, see `services/__init__.py`; whoever runs a query asks `results` whether its text needs it.
"""

import re
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyoxigraph as ox

    from goldenthread.store.dataset import Dataset

PROVIDERS: dict[str, Callable[[Any, str], bytes]] = {}
"""By the name of what is provided: from a data set and a reading to N-Triples."""
RESULTS = "results"
_NAMED = re.compile(r"\bValidationRe(?:port|sult)\b|/graph/results\b")
_MAKING = Lock()


def needed(sparql: str) -> bool:
    """Return whether a query is about check results: it names their class or their graph."""
    # Plain searches are cheaper than the pattern, and most queries end here.
    return ("Validation" in sparql or "results" in sparql) and _NAMED.search(sparql) is not None


def readings(sparql: str, reading: str) -> tuple[str, ...]:
    """Return the readings whose check results a query needs: its own, and what it names."""
    named = [
        r
        for r, end in (("corrected", r"results>"), ("printed", "results-printed>"))
        if f"/graph/{end}" in sparql
    ]
    return tuple(dict.fromkeys([reading, *named])) if needed(sparql) else ()


def graph(reading: str, base: str) -> "ox.NamedNode":
    """Return the name of the graph of a reading's check results."""
    import pyoxigraph as ox

    end = "" if reading == "corrected" else f"-{reading}"
    return ox.NamedNode(f"{base}graph/{RESULTS}{end}")


def results(dataset: "Dataset", reading: str) -> bytes:
    """Return a reading's check results as N-Triples, made once; nothing where nobody can check."""
    kept = dataset.kept("results as triples")
    with _MAKING:
        if reading not in kept and RESULTS in PROVIDERS:
            kept[reading] = PROVIDERS[RESULTS](dataset, reading)
    return bytes(kept.get(reading, b""))


def load(dataset: "Dataset", reading: str) -> "ox.NamedNode":
    """Put a reading's check results into their graph, once; return its name."""
    import pyoxigraph as ox

    name, kept = graph(reading, dataset.base), dataset.kept("results loaded")
    if reading not in kept:
        made = results(dataset, reading)
        dataset.store.load(made, ox.RdfFormat.N_TRIPLES, to_graph=name)
        kept[reading] = True
    return name
