"""The outline of a trace: what hangs under what, without drawing one connection twice.

A table may print an action in a priority's own row while the action also stands under another
aim of that row. Both links hold. The outline hangs the action under the nearer aim and remembers
the farther link beside it, so that lists and drawings show each thing in its place and still say
which links are there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldenthread.domain.thread import Link, Node, Trace, rank


@dataclass(frozen=True, slots=True)
class Branch:
    """One thing in its place under another, with what hangs under it."""

    node: Node
    link: Link | None
    """The link to the thing it hangs under; none for the focus."""
    beside: tuple[tuple[Node, Link], ...]
    """Links that skip a level: to things that it also reaches through others."""
    elsewhere: tuple[Node, ...]
    """The other things it hangs under."""
    children: tuple["Branch", ...]
    repeated: bool = False
    """Whether it stood earlier in the outline; its children are shown there only."""

    def walk(self) -> Iterable["Branch"]:
        """Yield this branch and everything below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Shape:
    """The steps of a trace, away from its focus, parted into nearest ones and ones that skip."""

    near: Mapping[str, tuple[str, ...]]
    """From each node to those that hang under it."""
    far: Mapping[str, tuple[str, ...]]
    """From each node to those that it also reaches through another."""
    links: Mapping[tuple[str, str], Link]
    """The link of each step, by the two ends in the direction of the trace."""


def shape(trace: Trace) -> Shape:
    """Return the steps of a trace, parted into nearest ones and ones that skip a level."""
    down = trace.direction == "down"
    links: dict[tuple[str, str], Link] = {}
    for link in trace.links:
        pair = (link.target, link.source) if down else (link.source, link.target)
        # Two properties may join the same two things: show the surer.
        if pair not in links or rank(link.basis) < rank(links[pair].basis):
            links[pair] = link
    order = {n.iri: i for i, n in enumerate(trace.nodes)}
    steps: dict[str, list[str]] = {n.iri: [] for n in trace.nodes}
    for a, b in sorted(links, key=lambda pair: order[pair[1]]):
        steps[a].append(b)
    reach = {iri: _reached(iri, steps) if further else set() for iri, further in steps.items()}
    near, far = {}, {}
    for a, reached in steps.items():
        # Only what leads on can skip another; most of what stands at the foot does not.
        leading = [c for c in reached if reach[c]]
        # In a circle each would skip the other and both would be lost: then both stay.
        skipped = {
            b
            for c in leading
            if a not in reach[c]
            for b in reach[c].intersection(reached)
            if c != b and c not in reach[b]
        }
        near[a] = tuple(b for b in reached if b not in skipped)
        far[a] = tuple(b for b in reached if b in skipped)
    return Shape(near, far, links)


def _reached(start: str, steps: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(steps[start])
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += steps[here]
    return found


def outline(trace: Trace, parts: Shape | None = None) -> Branch:
    """Return the focus with everything that the trace holds, each thing in its place.

    Args:
        trace: what to outline.
        parts: its shape, if it is known already.
    """
    parts = parts or shape(trace)
    nodes = {n.iri: n for n in trace.nodes}
    parents: dict[str, list[str]] = {}
    beside: dict[str, list[str]] = {}
    for table, found in ((parts.near, parents), (parts.far, beside)):
        for a, reached in table.items():
            for b in reached:
                found.setdefault(b, []).append(a)
    seen: set[str] = set()

    def hang(iri: str, above: str | None) -> Branch:
        repeated = iri in seen
        seen.add(iri)
        return Branch(
            node=nodes[iri],
            link=parts.links[(above, iri)] if above else None,
            beside=tuple((nodes[a], parts.links[(a, iri)]) for a in beside.get(iri, ())),
            elsewhere=tuple(nodes[a] for a in parents.get(iri, ()) if a != above),
            children=() if repeated else tuple(hang(b, iri) for b in parts.near[iri]),
            repeated=repeated and bool(parts.near[iri]),
        )

    return hang(trace.focus.iri, None)
