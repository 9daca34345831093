"""Read rules as values. Needs no SHACL engine: pages list rules without one."""

from functools import cache

import pyoxigraph as ox

from goldenthread.domain.namespaces import DCTERMS, GT, RDFS, SH, SKOS
from goldenthread.domain.rule import SEVERITIES, Rule
from goldenthread.store import resources


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule that ships, sorted by name.

    A rule is a shape with a `gt:group`; any other shape there is a part of one.
    """
    store = with_concepts()
    for path in resources.shapes():
        store.load(path.read_bytes(), ox.RdfFormat.TURTLE)
    found = store.quads_for_pattern(None, ox.NamedNode(GT + "group"), None)
    nodes = [q.subject for q in found if isinstance(q.subject, ox.NamedNode)]
    return tuple(sorted((rule(store, n) for n in nodes), key=lambda r: r.iri))


def with_concepts() -> ox.Store:
    """Return a new store with our concepts, by which rules are grouped."""
    store = ox.Store()
    concepts = resources.root() / "ontology" / "concepts.ttl"
    store.load(concepts.read_bytes(), ox.RdfFormat.TURTLE)
    return store


def rule(store: ox.Store, node: ox.NamedNode, file: str = "") -> Rule:
    """Return the rule that a store holds under an IRI, with the file that it is a plan's own in."""

    def values(prop: str, subject: ox.NamedNode = node) -> list[str]:
        found = store.quads_for_pattern(subject, ox.NamedNode(prop), None)
        return sorted(q.object.value for q in found if not isinstance(q.object, ox.Triple))

    def value(prop: str) -> str:
        return next(iter(values(prop)), "")

    names = {iri: words for words, iri in SEVERITIES.items()}
    group = value(GT + "group")
    return Rule(
        iri=node.value,
        label=value(RDFS + "label"),
        group=next(iter(values(SKOS + "prefLabel", ox.NamedNode(group))), group) if group else "",
        # A shape without a severity is a violation (SHACL, section 2.1.4).
        severity=names.get(value(SH + "severity"), "must fix"),
        checks=value(GT + "checks").rsplit("/", 1)[-1].removesuffix("-checked") or "reading",
        message=value(SH + "message"),
        why=value(GT + "why"),
        mend=value(GT + "mend"),
        whole=value(GT + "whole") or None,
        value_at_fault=value(GT + "atFault") == SH + "value",
        targets=tuple(values(SH + "targetClass")),
        source=value(DCTERMS + "bibliographicCitation"),
        link=value(RDFS + "seeAlso"),
        file=file,
    )
