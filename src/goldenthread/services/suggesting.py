"""What an editor of queries may offer while somebody types: our terms, with their words."""

from dataclasses import asdict, dataclass
from typing import Any

from goldenthread.domain.identifiers import local_name, natural
from goldenthread.domain.namespaces import GT, OWL, RDF, RDFS, SKOS, WELL_KNOWN, prefixed
from goldenthread.domain.readings import READINGS
from goldenthread.store.dataset import Dataset
from goldenthread.store.terms import node, text

_KINDS = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "property",
    OWL + "DatatypeProperty": "property",
    SKOS + "Concept": "concept",
}
_LABELS = (RDFS + "label", SKOS + "prefLabel")
_USED = {
    "class": "SELECT DISTINCT ?term { ?thing a ?term }",
    "property": "SELECT DISTINCT ?term { ?thing ?term ?value }",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or concept as an editor offers it."""

    name: str
    """With its prefix, as it stands in a query."""
    kind: str
    """`class`, `property` or `concept`."""
    label: str
    meaning: str


def suggestions(dataset: Dataset) -> dict[str, Any]:
    """Return the prefixes that need no declaration, and the terms that queries may use.

    The terms are those of the ontology, then those of other vocabularies that the data use.
    """
    found = {t.name: t for t in _ontology(dataset)}
    for kind, query in _USED.items():
        for reading in READINGS:
            for row in dataset.rows(query, reading):
                iri = text(row["term"])
                name = _prefixed(iri)
                if name and name not in found and not iri.startswith(GT):
                    found[name] = Term(name, kind, local_name(iri), "")
    ordered = sorted(found.values(), key=lambda t: (not t.name.startswith("gt"), natural(t.name)))
    return {"prefixes": dict(WELL_KNOWN), "terms": [asdict(t) for t in ordered]}


def _ontology(dataset: Dataset) -> list[Term]:
    graph = dataset.ontology()
    found = []
    for kind, name in _KINDS.items():
        for quad in dataset.store.quads_for_pattern(None, node(RDF + "type"), node(kind), graph):
            iri = text(quad.subject)
            if not (short := _prefixed(iri)):
                continue
            label = next(filter(None, (_value(dataset, iri, p) for p in _LABELS)), "")
            meaning = _value(dataset, iri, SKOS + "definition")
            found.append(Term(short, name, label or local_name(iri), meaning))
    return found


def _value(dataset: Dataset, iri: str, prop: str) -> str:
    quads = dataset.store.quads_for_pattern(node(iri), node(prop), None, dataset.ontology())
    return min((text(q.object) for q in quads), default="")


def _prefixed(iri: str) -> str:
    """Return an IRI with its prefix; nothing where none fits, or what follows needs escapes."""
    name = prefixed(iri)
    return name if name.partition(":")[2].replace("-", "").replace("_", "").isalnum() else ""
