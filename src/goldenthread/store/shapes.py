"""The shapes themselves, as RDF: all of them, or one rule with everything that it is made of."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox

from goldenthread.domain.namespaces import GT, SH, SHAPE
from goldenthread.domain.rule import Rule
from goldenthread.store import resources


def of_rule(rule: Rule) -> list[ox.Triple]:
    """Return what a rule's file says of it and of its parts; other rules are named, not told."""
    store = _store(rule.file)
    waiting: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(rule.iri)]
    seen, found = set(waiting), []
    while waiting:
        for quad in store.quads_for_pattern(waiting.pop(), None, None):
            found.append(quad.triple)
            part = quad.object
            if isinstance(part, ox.NamedNode | ox.BlankNode) and part not in seen:
                seen.add(part)
                if isinstance(part, ox.BlankNode) or _is_part(store, part):
                    waiting.append(part)
    return found


def every() -> list[ox.Triple]:
    """Return all shapes that ship."""
    return [q.triple for q in _store()]


@cache
def _store(file: str = "") -> ox.Store:
    store = ox.Store()
    for path in (Path(file),) if file else resources.shapes():
        store.load(path.read_bytes(), ox.RdfFormat.TURTLE)
    return store


def _is_part(store: ox.Store, node: ox.NamedNode) -> bool:
    """Return whether a node is a shape that is no rule: one that a rule is made of."""
    said = {q.predicate.value for q in store.quads_for_pattern(node, None, None)}
    shaped = any(p.startswith(SH) for p in said) and node.value != SHAPE
    return shaped and GT + "group" not in said
