"""Find the stretches of threads that lead from a focus to what fits.

A stretch is told by where it ends, by the rank of its least certain step, and by whether it passed
one of the themes asked for: two stretches that agree in these go on alike. So all of them are known
after one walk over such states, however many threads there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.domain.selection import Only
from goldenthread.domain.thread import BASES, Link, Node, rank

State = tuple[str, int, bool]
"""Where a stretch ends, the rank of its least certain step, whether it passed a theme."""
UNRECORDED = "not recorded"


@dataclass(frozen=True)
class Ground:
    """Everything that a focus reaches."""

    focus: str
    steps: Mapping[str, Sequence[str]]
    """From each node to the next ones, in the order in which threads are told."""
    links: Mapping[tuple[str, str], Link]
    """The link of each step."""
    nodes: Mapping[str, Node]
    dates: Mapping[str, frozenset[str]]
    """The periods of what has any."""
    themed: frozenset[str]
    """The levels on which anything bears a theme."""

    def known(self, a: str, b: str) -> int:
        """Return the rank of the basis of a step."""
        return rank(self.links[a, b].basis)


def basis_of(place: int) -> str:
    """Return the basis of a rank."""
    return BASES[place] if place < len(BASES) else UNRECORDED


def kind(node: Node) -> str:
    """Return what the level facet knows a node by."""
    return node.level or node.cls


def kept(ground: Ground, only: Only) -> tuple[State, dict[State, list[State]], set[State]]:
    """Return the first state, the ways on that lead to what fits, and the states that fit."""
    first = (ground.focus, 0, bool(only.themes & set(ground.nodes[ground.focus].themes)))
    back: dict[State, list[State]] = {first: []}
    waiting = [first]
    while waiting:
        here = waiting.pop()
        for there in _next(ground, only, here):
            if there in back:
                back[there].append(here)
            else:
                back[there] = [here]
                waiting.append(there)
    fitting = {s for s in back if _fits(ground, only, s)}
    leading, waiting = set(fitting), list(fitting)
    while waiting:
        for state in back[waiting.pop()]:
            if state not in leading:
                leading.add(state)
                waiting.append(state)
    ways = {s: [n for n in _next(ground, only, s) if n in leading] for s in leading | {first}}
    return first, ways, fitting


def _next(ground: Ground, only: Only, state: State) -> Iterator[State]:
    here, worst, passed = state
    for there in ground.steps[here]:
        surer = max(worst, ground.known(here, there)) if only.bases else 0
        themed = bool(only.themes) and not only.themes.isdisjoint(ground.nodes[there].themes)
        yield there, surer, passed or themed


def _fits(ground: Ground, only: Only, state: State) -> bool:
    iri, worst, passed = state
    node = ground.nodes[iri]
    return (
        iri != ground.focus
        and (not only.levels or kind(node) in only.levels)
        and (not only.periods or not only.periods.isdisjoint(ground.dates.get(iri, ())))
        and (not only.bases or basis_of(worst) in only.bases)
        and (not only.themes or _themed(ground, node, only.themes, passed=passed))
    )


def _themed(ground: Ground, node: Node, themes: frozenset[str], *, passed: bool) -> bool:
    own = not themes.isdisjoint(node.themes)
    return own or (passed and node.level not in ground.themed)


def threads(
    first: State, ways: Mapping[State, Sequence[State]], fitting: set[State], most: int
) -> tuple[list[tuple[str, ...]], int]:
    """Return up to `most` of the longest stretches, and how many more there are."""
    found: list[tuple[str, ...]] = []
    path = [first[0]]
    total = _count(first, ways)

    def follow(state: State) -> None:
        told = len(found)
        for there in ways[state]:
            if len(found) >= most and total is not None:
                return
            # A node already on the path would make a circle: data may have one, a thread not.
            if there[0] not in path:
                path.append(there[0])
                follow(there)
                path.pop()
        if len(found) == told and state in fitting:
            found.append(tuple(path))

    follow(first)
    return found[:most], max(0, (total if total is not None else len(found)) - most)


def _count(first: State, ways: Mapping[State, Sequence[State]]) -> int | None:
    """Return how many threads there are; None where data go round in a circle."""
    counts: dict[State, int] = {}
    opened: set[State] = set()
    waiting = [first]
    while waiting:
        here = waiting[-1]
        if here in counts:
            waiting.pop()
            continue
        opened.add(here)
        missing = [n for n in ways[here] if n not in counts]
        if any(n in opened for n in missing):
            return None
        if missing:
            waiting += missing
        else:
            counts[here] = sum(counts[n] for n in ways[here]) if ways[here] else here != first
            waiting.pop()
    return counts[first]
