"""Ask what rests on what: what hangs by a single thread, what falls if a thing goes, how it ends.

The graph questions run on a networkx projection of the links that make threads. A thing is
supported while some thread joins it to a thing of the first level.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from goldenthread.domain.namespaces import GT, RDF
from goldenthread.domain.table import Column, Table, Value
from goldenthread.domain.thread import Node, brief
from goldenthread.errors import NotFound
from goldenthread.store.dataset import Dataset
from goldenthread.store.projection import ROOT, downward, tops
from goldenthread.store.view import View

if TYPE_CHECKING:
    from networkx import DiGraph

SEVERAL = 2
"""Threads are counted no further than this: one is the number that matters."""


@dataclass(frozen=True, slots=True)
class SingleThread:
    """A thing that one thread alone joins to the first level; `nodes` runs from it upwards."""

    nodes: tuple[Node, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the thread for JSON answers."""
        return {"nodes": [brief(n) for n in self.nodes]}


def single_threads(dataset: Dataset, reading: str = "corrected") -> list[SingleThread]:
    """Return the things that only one thread joins to the first level, in the plan's order."""
    return [SingleThread(s.single) for s in supports(dataset, reading) if s.threads == 1]


def losing(dataset: Dataset, iri: str, reading: str = "corrected") -> list[Node]:
    """Return the things that no thread joins to the first level any more if `iri` goes.

    These are the nodes that `iri` dominates, seen from the first level.

    Raises:
        NotFound: the node is on no thread to the first level.
    """
    from networkx import descendants

    view = View(dataset, reading)
    graph = downward(view)
    if iri not in graph or iri not in descendants(graph, ROOT):
        raise NotFound(
            f"No link is recorded from {iri} to the first level, so nothing there rests on it."
        )
    return list(next(s.falls for s in supports(dataset, reading) if s.node.iri == iri))


@dataclass(frozen=True, slots=True)
class Support:
    """What one thing rests on, what rests on it, and how far down a measure is."""

    node: Node
    first: bool
    """Whether it stands on the first level, where threads end."""
    threads: int
    """How many threads join it to the first level: 0, 1, or `SEVERAL` for two and more."""
    single: tuple[Node, ...]
    """That thread from it upwards, where there is but one."""
    falls: tuple[Node, ...]
    """What no thread would join to the first level any more if it went."""
    steps: int | None
    """Steps down to the nearest measure; None where none is recorded below it."""
    nearest: tuple[Node, ...]
    """The measures that are so near."""

    def to_json(self) -> dict[str, Any]:
        """Return the support for JSON answers."""
        return {
            **brief(self.node),
            "threadsUp": "first level" if self.first else ("none", "one", "several")[self.threads],
            "single": [brief(n) for n in self.single],
            "wouldLoseSupport": [brief(n) for n in self.falls],
            "stepsToMeasure": self.steps,
            "nearestMeasures": [brief(n) for n in self.nearest],
        }


def supports(dataset: Dataset, reading: str = "corrected") -> list[Support]:
    """Return for each thing of the plan what it rests on and what rests on it, level by level."""
    view = View(dataset, reading)
    kept: dict[str, list[Support]] = dataset.kept(f"supports of {reading}")
    if "" not in kept:
        kept[""] = list(_supports(view))
    return kept[""]


def _supports(view: View) -> Iterator[Support]:
    from networkx import descendants

    graph, first = downward(view), set(tops(view))
    joined = descendants(graph, ROOT) if ROOT in graph else set()
    falls = _falls(graph)
    measures = set(view.subjects(RDF + "type", GT + "Measure")) & set(graph)
    near = _nearest(graph, measures)
    ordered = [i for level in view.levels for i in view.at_level(level)]
    ordered.sort(key=lambda i: view.node(i).order)
    rank = {iri: place for place, iri in enumerate(ordered)}

    def nodes(iris: Iterable[str]) -> tuple[Node, ...]:
        return tuple(view.node(i) for i in sorted(iris, key=lambda i: rank[i]))

    for iri in ordered:
        paths = _first_two(graph, iri, joined) if iri not in first else []
        steps, which = near.get(iri, (None, ()))
        yield Support(
            node=view.node(iri),
            first=iri in first,
            threads=len(paths),
            single=tuple(view.node(i) for i in paths[0]) if len(paths) == 1 else (),
            falls=nodes(falls.get(iri, ())),
            steps=steps,
            nearest=nodes(which),
        )


def _falls(graph: "DiGraph[str]") -> dict[str, set[str]]:
    """Return for each thing under the first level those that it dominates, seen from there."""
    from networkx import immediate_dominators

    above_it = {n: d for n, d in immediate_dominators(graph, ROOT).items() if n != ROOT}
    found: dict[str, set[str]] = {n: set() for n in above_it}
    for node, up in above_it.items():
        over = up
        while over and over != ROOT:
            found[over].add(node)
            over = above_it[over]
    return found


def _nearest(graph: "DiGraph[str]", measures: set[str]) -> dict[str, tuple[int, set[str]]]:
    """Return for each thing how many steps down the nearest measures are, and which they are."""
    found: dict[str, tuple[int, set[str]]] = {m: (0, {m}) for m in measures}
    layer, steps = measures, 0
    while layer:
        steps += 1
        reached: dict[str, set[str]] = {}
        for low in layer:
            for high in graph.predecessors(low):
                if high != ROOT and high not in found:
                    reached.setdefault(high, set()).update(found[low][1])
        found |= {high: (steps, which) for high, which in reached.items()}
        layer = set(reached)
    return found


SUPPORTS = (
    Column("id", "Id", "Short id."),
    Column("level", "Level", "The plan's own name for its level."),
    Column("number", "Number", "Its number in the document that defines it."),
    Column("words", "Words", "Its words, with white space evened out."),
    Column("threads_up", "Threads up", "none, one or several; first level where threads end."),
    Column("single_thread", "Its only thread", "Short ids from it upwards, where there is one."),
    Column(
        "would_lose_support",
        "Would lose support",
        "How many things no thread would join to the first level if it went.",
        "integer",
    ),
    Column("which", "Which", "Short ids of those."),
    Column(
        "steps_to_measure",
        "Steps to a measure",
        "Links down to the nearest measure; empty where none is recorded below.",
        "integer",
    ),
    Column("nearest_measures", "Nearest measures", "Short ids of the measures that are so near."),
    Column("iri", "IRI", "Full identifier."),
)


def support_table(found: Iterable[Support]) -> Table:
    """Return one row a thing."""
    rows: Iterable[tuple[Value, ...]] = (
        (
            s.node.id,
            s.node.level_name,
            s.node.notation,
            s.node.label,
            s.to_json()["threadsUp"],
            " > ".join(n.id for n in s.single),
            len(s.falls),
            "; ".join(n.id for n in s.falls),
            s.steps,
            "; ".join(n.id for n in s.nearest),
            s.node.iri,
        )
        for s in found
    )
    return Table("What rests on what", SUPPORTS, tuple(rows), "One row a thing of the plan.")


def _first_two(graph: "DiGraph[str]", iri: str, joined: set[str]) -> list[tuple[str, ...]]:
    """Return at most two ways from a node up to the first level; none visits a node twice.

    Only nodes in `joined`, from which the first level is reached, are followed: else a large plan
    whose parts hang on nothing would be searched through to no end.
    """
    return [path for path, _ in zip(_upward(graph, joined, (iri,)), range(SEVERAL), strict=False)]


def _upward(
    graph: "DiGraph[str]", joined: set[str], path: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    if path[-1] not in joined:
        return
    higher = list(graph.predecessors(path[-1]))
    if ROOT in higher:
        yield path
        return
    for high in higher:
        if high not in path:
            yield from _upward(graph, joined, (*path, high))
