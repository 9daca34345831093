"""Ask what rests on what: which things hang by a single thread, and what falls if one goes.

The graph questions run on a networkx projection of the links that make threads. A thing is
supported while some thread joins it to a thing of the first level.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import GT
from goldenthread.domain.thread import Node, brief
from goldenthread.errors import NotFound
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import HOPS, View

if TYPE_CHECKING:
    from networkx import DiGraph

_ROOT = ""


@dataclass(frozen=True, slots=True)
class SingleThread:
    """A thing that one thread alone joins to the first level; `nodes` runs from it upwards."""

    nodes: tuple[Node, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the thread for JSON answers."""
        return {"nodes": [brief(n) for n in self.nodes]}


def single_threads(dataset: Dataset, reading: str = "corrected") -> list[SingleThread]:
    """Return the things that only one thread joins to the first level, in the plan's order."""
    view = View(dataset, reading)
    tops = set(_tops(view))
    found = []
    for level in view.levels:
        for iri in view.at_level(level):
            paths = _first_two(_upward(view, iri, tops, (iri,)))
            if iri not in tops and len(paths) == 1:
                found.append(SingleThread(tuple(view.node(i) for i in paths[0])))
    return found


def losing(dataset: Dataset, iri: str, reading: str = "corrected") -> list[Node]:
    """Return the things that no thread joins to the first level any more if `iri` goes.

    These are the nodes that `iri` dominates, seen from the first level.

    Raises:
        NotFound: the node is on no thread to the first level.
    """
    from networkx import descendants, immediate_dominators

    view = View(dataset, reading)
    graph = _downward(view)
    if iri not in graph or iri not in descendants(graph, _ROOT):
        raise NotFound(
            f"No link is recorded from {iri} to the first level, so nothing there rests on it."
        )
    dominator = immediate_dominators(graph, _ROOT)
    fallen = {iri}
    pending = True
    while pending:
        more = {n for n, d in dominator.items() if n != _ROOT and d in fallen} - fallen
        fallen |= more
        pending = bool(more)
    nodes = [view.node(i) for i in fallen - {iri}]
    return sorted(nodes, key=lambda n: (n.order, natural(n.notation or "~"), natural(n.iri)))


def _tops(view: View) -> list[str]:
    """Return the things of the first level of each plan."""
    first: dict[str | None, str] = {}
    for level in view.levels:
        first.setdefault(view.plan(level), level)
    return [iri for level in first.values() for iri in view.at_level(level)]


def _downward(view: View) -> "DiGraph[str]":
    from networkx import DiGraph

    graph: DiGraph[str] = DiGraph()
    graph.add_edges_from((_ROOT, top) for top in _tops(view))
    for level in view.levels:
        for low in view.at_level(level):
            graph.add_node(low)
            graph.add_edges_from((high, low) for p in HOPS for high in _above(view, low, p))
    return graph


def _above(view: View, iri: str, hop: str) -> list[str]:
    return view.values(iri, GT + hop)


def _upward(
    view: View, iri: str, tops: set[str], path: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    """Yield the paths from a node to the first level; none visits a node twice."""
    if iri in tops:
        yield path
        return
    for hop in HOPS:
        for high in _above(view, iri, hop):
            if high not in path:
                yield from _upward(view, high, tops, (*path, high))


def _first_two(paths: Iterator[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [path for path, _ in zip(paths, range(2), strict=False)]
