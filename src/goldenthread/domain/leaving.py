"""Say what a trace was narrowed to, and exactly what that left out."""

from collections import Counter
from collections.abc import Iterable, Mapping

from goldenthread.domain.certainty import known
from goldenthread.domain.english import counted, listed
from goldenthread.domain.selection import Facet
from goldenthread.domain.thread import Node, Trace

_CHOSEN = {
    "class": "{}",
    "theme": "theme {}",
    "period": "what a timescale puts into {}",
    "basis": "threads whose least certain step is {}",
}


def sentences(trace: Trace, plurals: Mapping[str, str]) -> list[str]:
    """Return what a trace was narrowed to and what that left out; nothing where it was not.

    Args:
        trace: the trace.
        plurals: plural names of levels by their keys.
    """
    narrowed = trace.narrowed
    if not narrowed or not narrowed.chosen:
        return []
    found = [f"Narrowed to {listed(_chosen(f) for f in narrowed.chosen)}."]
    out = counts(narrowed.left_out, plurals)
    if out and narrowed.links_left_out:
        out += f"; between what is shown, {counted(narrowed.links_left_out, 'link', 'links')}"
    elif narrowed.links_left_out:
        out = f"{counted(narrowed.links_left_out, 'link', 'links')} between what is shown"
    found.append(f"Left out: {out or 'nothing'}.")
    passing = [n for n in trace.nodes if n.iri in narrowed.passing]
    if passing:
        verb = "is" if len(passing) == 1 else "are"
        they = "it stands" if len(passing) == 1 else "they stand"
        found.append(f"{counts(passing, plurals)} {verb} shown only because {they} on the way.")
    return found


def counts(nodes: Iterable[Node], plurals: Mapping[str, str]) -> str:
    """Return how many things there are of each level, in words: `1 promise and 3 actions`."""
    nodes = sorted(nodes, key=lambda n: n.order)
    numbers = Counter(n.level_name for n in nodes)
    many = {n.level_name: plurals.get(n.level, f"{n.level_name}s") for n in nodes}
    return listed(counted(count, name, many[name]) for name, count in numbers.items())


def _chosen(facet: Facet) -> str:
    labels = [c.label for c in facet.chosen]
    if facet.name == "basis":
        labels = [known(label) for label in labels]
    return _CHOSEN[facet.name].format(listed(labels, "or"))
