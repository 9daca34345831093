"""Trace a thread: from an aim down to its measures, or from anything up to what it serves.

A thread follows links that point up (`gt:supports`, then at most one `gt:measures` at its foot)
and nothing else: no cross-reference, no "listed together".
"""

from itertools import pairwise

from goldenthread.domain.identifiers import natural, short_id
from goldenthread.domain.namespaces import GT, RDF
from goldenthread.domain.thread import Link, Node, Thread, Trace
from goldenthread.errors import BadValue
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import HOPS, View

MOST_THREADS = 5_000


def trace(
    dataset: Dataset,
    focus: str,
    direction: str = "down",
    reading: str = "corrected",
    most: int = MOST_THREADS,
) -> Trace:
    """Return every thread below or above a thing.

    Args:
        dataset: the data set.
        focus: full IRI of the thing.
        direction: `down` to the measures, `up` to the aims it serves.
        reading: `corrected` or `printed`.
        most: how many threads to return; the rest are counted in `omitted`.

    Raises:
        BadValue: a direction other than down and up.
    """
    if direction not in ("down", "up"):
        raise BadValue(f"A thread runs down or up, not “{direction}”. Say down or up.")
    view = View(dataset, reading)
    _refuse_groups(view, focus)
    steps = _walk(view, focus, direction)
    reached = {focus} | {n for pairs in steps.values() for n, _ in pairs}
    nodes = {iri: view.node(iri) for iri in reached}
    links = {
        (a, b): view.link(*_upward(a, prop, b, direction))
        for a, pairs in steps.items()
        for b, prop in pairs
    }
    threads, omitted = _threads(focus, steps, links, nodes, most)
    return Trace(
        focus=nodes[focus],
        direction=direction,
        reading=reading,
        nodes=tuple(sorted(nodes.values(), key=_place)),
        links=tuple(sorted(links.values(), key=lambda x: (natural(x.target), natural(x.source)))),
        threads=tuple(threads),
        omitted=omitted,
        references=tuple(view.references(focus)),
    )


def _refuse_groups(view: View, focus: str) -> None:
    """Say of what only groups or dates that no thread goes through it."""
    kinds = {GT + "Theme", GT + "Period"} & set(view.values(focus, RDF + "type"))
    if kinds:
        name = view.node(focus).name
        raise BadValue(
            f"“{name}” groups things and is no step of a thread. "
            f"`goldenthread show {short_id(focus)}` lists what it groups."
        )


def _place(node: Node) -> tuple[object, ...]:
    """Return where a node comes in a list: by level, number, and where it is first printed."""
    first = node.entries[0].iri if node.entries else node.iri
    return node.order, natural(node.notation or "~"), natural(first), node.iri


def _upward(a: str, prop: str, b: str, direction: str) -> tuple[str, str, str]:
    return (b, prop, a) if direction == "down" else (a, prop, b)


def _walk(view: View, focus: str, direction: str) -> dict[str, list[tuple[str, str]]]:
    """Return the steps from each node reached: pairs of the next node and the property."""
    steps: dict[str, list[tuple[str, str]]] = {}
    waiting = [focus]
    while waiting:
        here = waiting.pop()
        if here in steps:
            continue
        steps[here] = [
            (there, prop)
            for prop in HOPS
            for there in (
                view.subjects(GT + prop, here)
                if direction == "down"
                else view.values(here, GT + prop)
            )
        ]
        waiting += [there for there, _ in steps[here]]
    return steps


def _threads(
    focus: str,
    steps: dict[str, list[tuple[str, str]]],
    links: dict[tuple[str, str], Link],
    nodes: dict[str, Node],
    most: int,
) -> tuple[list[Thread], int]:
    """Return up to `most` paths that go as far as they can, and how many more there are."""
    found: list[Thread] = []
    omitted = 0
    path = [focus]

    def follow() -> None:
        nonlocal omitted
        # A node already on the path would make a circle: data may have one, a thread may not.
        further = [b for b, _ in steps[path[-1]] if b not in path]
        if not further and len(path) > 1:
            if len(found) < most:
                found.append(_thread(tuple(path), links))
            else:
                omitted += 1
        for node in sorted(set(further), key=lambda iri: _place(nodes[iri])):
            path.append(node)
            follow()
            path.pop()

    follow()
    return found, omitted


def _thread(path: tuple[str, ...], links: dict[tuple[str, str], Link]) -> Thread:
    taken = tuple(links[pair] for pair in pairwise(path))
    direct = links.get((path[0], path[-1]))
    pairing = [e for e in direct.evidence if e.stated_in] if direct else []
    moved = bool(pairing) and all(e.moved for e in pairing)
    return Thread(path, taken, "printed" if pairing else "inferred", moved)
