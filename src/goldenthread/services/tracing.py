"""Trace a thread: from an aim down to its measures, or from anything up to what it serves.

A thread follows links that point up (`gt:supports`, then at most one `gt:measures` at its foot)
and nothing else: no cross-reference, no "listed together".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from goldenthread.domain.identifiers import natural, short_id
from goldenthread.domain.namespaces import GT, RDF
from goldenthread.domain.selection import Choice, Facet, Narrowed, Only
from goldenthread.domain.stretches import Ground, State, kept, threads
from goldenthread.domain.tally import tally
from goldenthread.domain.thread import Link, Node, Thread, Trace, rank
from goldenthread.errors import BadValue
from goldenthread.store import facets
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import HOPS, View

MOST_THREADS = 5_000


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a trace is narrowed to, and what it might be."""

    only: Only
    offered: Mapping[str, Sequence[facets.Value]]


def trace(
    dataset: Dataset,
    focus: str,
    direction: str = "down",
    reading: str = "corrected",
    most: int = MOST_THREADS,
    only: Mapping[str, Sequence[str]] | None = None,
) -> Trace:
    """Return every thread below or above a thing.

    Args:
        dataset: the data set.
        focus: full IRI of the thing.
        direction: `down` to the measures, `up` to the aims it serves.
        reading: `corrected` or `printed`.
        most: how many threads to return; the rest are counted in `omitted`.
        only: what to narrow it to: `class`, `theme`, `period` and `basis`, each with values as
            people say them (a key, a name, an IRI). Of several values of one facet any will do;
            all facets must fit. Given any mapping, even an empty one, the trace carries in
            `narrowed` what it could be narrowed to and what was left out.

    Raises:
        BadValue: a direction other than down and up, or a value that the plan does not have.
    """
    if direction not in ("down", "up"):
        raise BadValue(f"A thread runs down or up, not “{direction}”. Say down or up.")
    view = View(dataset, reading)
    _refuse_groups(view, focus)
    choice = None
    if only is not None:
        offered = facets.offered(view, focus)
        choice = _Choice(facets.meant(offered, only), offered)
    ground = _ground(view, focus, direction, dated=choice is not None)
    first, ways, fitting = kept(ground, choice.only if choice else Only())
    paths, omitted = threads(first, ways, fitting, most)
    pairs = {(a[0], b[0]) for a, further in ways.items() for b in further}
    shown = {focus} | {iri for pair in pairs for iri in pair}
    links = (ground.links[pair] for pair in pairs)
    return Trace(
        focus=ground.nodes[focus],
        direction=direction,
        reading=reading,
        nodes=tuple(sorted((ground.nodes[i] for i in shown), key=_place)),
        links=tuple(sorted(links, key=lambda x: (natural(x.target), natural(x.source)))),
        threads=tuple(_thread(path, ground.links) for path in paths),
        omitted=omitted,
        references=tuple(view.references(focus)),
        narrowed=_narrowed(ground, choice, shown, pairs, fitting) if choice else None,
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


def _ground(view: View, focus: str, direction: str, *, dated: bool) -> Ground:
    """Return everything that a focus reaches; periods and themes only where they are asked for."""
    down = direction == "down"
    links: dict[tuple[str, str], Link] = {}
    reached: dict[str, set[str]] = {}
    waiting = [focus]
    while waiting:
        here = waiting.pop()
        if here in reached:
            continue
        reached[here] = set()
        for prop in HOPS:
            # Links point up: the way down goes against them.
            for there in view.subjects(GT + prop, here) if down else view.values(here, GT + prop):
                link = view.link(*((there, prop, here) if down else (here, prop, there)))
                # Two properties may join the same two things: keep the surer.
                if there not in reached[here] or _surer(link, links[here, there]):
                    links[here, there] = link
                reached[here].add(there)
        waiting += reached[here]
    nodes = {iri: view.node(iri) for iri in reached}
    places = {iri: _place(node) for iri, node in nodes.items()}
    return Ground(
        focus=focus,
        steps={a: sorted(further, key=places.__getitem__) for a, further in reached.items()},
        links=links,
        nodes=nodes,
        dates=facets.dates(view) if dated else {},
        themed=facets.themed(view) if dated else frozenset(),
    )


def _surer(one: Link, other: Link) -> bool:
    return rank(one.basis) < rank(other.basis)


def _thread(path: tuple[str, ...], links: Mapping[tuple[str, str], Link]) -> Thread:
    taken = tuple(links[pair] for pair in pairwise(path))
    direct = links.get((path[0], path[-1]))
    pairing = [e for e in direct.evidence if e.stated_in] if direct else []
    moved = bool(pairing) and all(e.moved for e in pairing)
    return Thread(path, taken, "printed" if pairing else "inferred", moved)


def _narrowed(
    ground: Ground,
    choice: _Choice,
    shown: set[str],
    pairs: set[tuple[str, str]],
    fitting: set[State],
) -> Narrowed:
    counts = tally(ground, choice.only)
    chosen = {
        "class": choice.only.levels,
        "theme": choice.only.themes,
        "period": choice.only.periods,
        "basis": choice.only.bases,
    }
    left = [n for i, n in ground.nodes.items() if i not in shown]
    between = [p for p in ground.links if p not in pairs and shown.issuperset(p)]
    return Narrowed(
        facets=tuple(
            Facet(
                name,
                tuple(
                    Choice(v.key, v.label, counts[name][v.value], v.value in chosen[name])
                    for v in values
                    if counts[name][v.value] or v.value in chosen[name]
                ),
            )
            for name, values in choice.offered.items()
        ),
        left_out=tuple(sorted(left, key=_place)),
        passing=frozenset(shown - {state[0] for state in fitting} - {ground.focus}),
        links_left_out=len(between),
        aside=tuple(ground.links[p] for p in sorted(between) if ground.focus in p),
    )
