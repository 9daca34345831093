"""Read the rules that ship as values. Needs no SHACL engine: pages list rules without one."""

from functools import cache

import pyoxigraph as ox

from goldenthread.domain.namespaces import DCTERMS, GT, RDFS, SH, SHAPE, SKOS
from goldenthread.domain.validation import SEVERITIES, Rule
from goldenthread.errors import NotFound
from goldenthread.store import resources


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule in shapes/, sorted by name.

    A rule is a shape with a `gt:group`; any other shape there is a part of one.
    """
    store = ox.Store()
    for path in resources.files("shapes", "*.ttl"):
        store.load(path.read_bytes(), ox.RdfFormat.TURTLE)
    concepts = resources.root() / "ontology" / "concepts.ttl"
    store.load(concepts.read_bytes(), ox.RdfFormat.TURTLE)
    found = store.quads_for_pattern(None, ox.NamedNode(GT + "group"), None)
    nodes = [q.subject for q in found if isinstance(q.subject, ox.NamedNode)]
    return tuple(sorted((_rule(store, n) for n in nodes), key=lambda r: r.iri))


def select(names: tuple[str, ...] | list[str] | None = None) -> tuple[Rule, ...]:
    """Return the rules of those names, or all; `Measure-target`, `shape:...` and IRIs all do.

    Raises:
        NotFound: a name that no rule has; carries the nearest ones.
    """
    if not names:
        return rules()
    known = {r.iri: r for r in rules()}
    wanted = []
    for name in names:
        iri = name if name in known else SHAPE + name.removeprefix("shape:")
        if iri not in known:
            raise NotFound(f"There is no rule “{name}”. Choose one of those listed.", _near(name))
        wanted.append(known[iri])
    return tuple(wanted)


def _near(name: str) -> list[tuple[str, str]]:
    from difflib import get_close_matches

    labels = {r.id: r.label for r in rules()}
    return [(i, labels[i]) for i in get_close_matches(f"shape:{name}", labels, 5, 0.4)]


def _rule(store: ox.Store, node: ox.NamedNode) -> Rule:
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
        group=next(iter(values(SKOS + "prefLabel", ox.NamedNode(group))), group),
        # A shape without a severity is a violation (SHACL, section 2.1.4).
        severity=names.get(value(SH + "severity"), "must fix"),
        checks=value(GT + "checks").rsplit("/", 1)[-1].removesuffix("-checked"),
        message=value(SH + "message"),
        why=value(GT + "why"),
        mend=value(GT + "mend"),
        whole=value(GT + "whole") or None,
        value_at_fault=value(GT + "atFault") == SH + "value",
        targets=tuple(values(SH + "targetClass")),
        source=value(DCTERMS + "bibliographicCitation"),
        link=value(RDFS + "seeAlso"),
    )
