"""Look at what is written down, before anything is derived from it."""

from collections.abc import Iterator

import pyoxigraph as ox

from goldenthread.domain.readings import READINGS
from goldenthread.store import on_demand
from goldenthread.store.dataset import (
    ONTOLOGY_GRAPH,
    SHAPES_GRAPH,
    Dataset,
    reading_graph,
)


def graphs(dataset: Dataset) -> list[ox.NamedNode]:
    """Return the graphs that hold the loaded files, sorted by name."""
    derived = {ONTOLOGY_GRAPH, SHAPES_GRAPH, *(reading_graph(r, dataset.base) for r in READINGS)}
    derived |= {on_demand.graph(r, dataset.base) for r in READINGS}
    found = [g for g in dataset.store.named_graphs() if g not in derived]
    return sorted((g for g in found if isinstance(g, ox.NamedNode)), key=lambda g: g.value)


def quads(dataset: Dataset) -> Iterator[ox.Quad]:
    """Yield everything that the loaded files say."""
    for graph in graphs(dataset):
        yield from dataset.store.quads_for_pattern(None, None, None, graph)


def asserted(dataset: Dataset, prop: str, value: str) -> list[str]:
    """Return the IRIs of which a file says that they have the IRI `value` under a property."""
    found = {
        q.subject.value
        for graph in graphs(dataset)
        for q in dataset.store.quads_for_pattern(
            None, ox.NamedNode(prop), ox.NamedNode(value), graph
        )
        if not isinstance(q.subject, ox.Triple)
    }
    return sorted(found)


def objects(dataset: Dataset, subject: str, prop: str) -> list[str]:
    """Return the values that files give a property, as strings, sorted."""
    found = {
        q.object.value
        for graph in graphs(dataset)
        for q in dataset.store.quads_for_pattern(
            ox.NamedNode(subject), ox.NamedNode(prop), None, graph
        )
        if not isinstance(q.object, ox.Triple)
    }
    return sorted(found)
