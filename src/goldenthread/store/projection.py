"""Project the links that make threads as a networkx graph, from the first level downwards."""

from typing import TYPE_CHECKING

from goldenthread.domain.namespaces import GT
from goldenthread.store.view import HOPS, View

if TYPE_CHECKING:
    from networkx import DiGraph

ROOT = ""
"""The node above everything: it stands over each thing of the first level."""


def tops(view: View) -> list[str]:
    """Return the things of the first level of each plan."""
    first: dict[str | None, str] = {}
    for level in view.levels:
        first.setdefault(view.plan(level), level)
    return [iri for level in first.values() for iri in view.at_level(level)]


def downward(view: View) -> "DiGraph[str]":
    """Return every thing that stands on a level, with an edge from each to what serves it.

    It is made once for each reading, as a data set does not change; nobody may change it.
    """
    kept: dict[str, DiGraph[str]] = view.dataset.kept(f"projection of {view.reading}")
    if ROOT not in kept:
        kept[ROOT] = _downward(view)
    return kept[ROOT]


def _downward(view: View) -> "DiGraph[str]":
    from networkx import DiGraph

    graph: DiGraph[str] = DiGraph()
    # Data without a level has this node all the same: it stands over nothing.
    graph.add_node(ROOT)
    graph.add_edges_from((ROOT, top) for top in tops(view))
    for level in view.levels:
        for low in view.at_level(level):
            graph.add_node(low)
            graph.add_edges_from((high, low) for high in above(view, low))
    return graph


def above(view: View, iri: str) -> list[str]:
    """Return what a thing serves or measures, one step up."""
    return [high for hop in HOPS for high in view.values(iri, GT + hop)]
