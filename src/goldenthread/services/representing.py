"""Represent one node, or the ontology and the rules, as RDF; list the terms."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import DCTERMS, GT, OWL, PREFIXES, RDF, RDFS, SKOS
from goldenthread.domain.table import About
from goldenthread.store import rdf, shapes
from goldenthread.store.dataset import ONTOLOGY_GRAPH, Dataset
from goldenthread.store.spreadsheet import xml_text

FORMS = ("ttl", "jsonld", "nt", "rdf")
VANN = PREFIXES["vann"]
# What points at a node because it belongs there, not because something is said of it: a plan's
# or a document's whole content would follow.
_MEMBERSHIP = {
    RDF + "type",
    *(GT + p for p in ("inPlan", "inDocument", "statedIn", "basis", "assertedBy", "atLevel")),
    *(GT + p for p in ("inTable", "inColumn", "readInColumn", "edge", "byRole")),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the ontology, as a page lists it."""

    iri: str
    kind: str
    """`class`, `property`, `concept` or `scheme`."""
    label: str
    definition: str
    notes: tuple[tuple[str, str], ...] = ()
    """Pairs of a heading and a text: example, note, domain, range."""
    of: tuple[str, ...] = ()
    """IRIs of the classes that a property is of, or of the scheme that a concept is in."""


def exists(dataset: Dataset, iri: str, reading: str = "corrected") -> bool:
    """Return whether the reading says anything of the IRI."""
    try:
        subject = ox.NamedNode(iri)
    except ValueError:
        return False
    found = dataset.store.quads_for_pattern(subject, None, None, dataset.reading(reading))
    return next(iter(found), None) is not None


def subjects(dataset: Dataset, reading: str = "corrected") -> list[str]:
    """Return the IRI of every node of which the reading says something, sorted."""
    found = dataset.store.quads_for_pattern(None, None, None, dataset.reading(reading))
    iris = {q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)}
    return sorted(iris, key=natural)


def represent(
    dataset: Dataset,
    iri: str,
    form: str,
    reading: str = "corrected",
    about: About | None = None,
) -> bytes:
    """Return what a reading says of one node, and what points at it, in an RDF format.

    Excerpts, level, document and the evidence that stands on the node come with it; what merely
    belongs to it (a plan's things, a document's entries) does not.

    Args:
        dataset: the data set.
        iri: full IRI.
        form: `ttl`, `jsonld`, `nt` or `rdf`.
        reading: `corrected` or `printed`.
        about: where it comes from, which is described too; left out where None.
    """
    graph = dataset.reading(reading)
    pointing = {
        q.triple: q.subject.value
        for q in dataset.store.quads_for_pattern(None, None, ox.NamedNode(iri), graph)
        if q.predicate.value not in _MEMBERSHIP and isinstance(q.subject, ox.NamedNode)
    }
    ends = (GT + "from", GT + "to")
    evidence = {subject for t, subject in pointing.items() if t.predicate.value in ends}
    found = {*pointing, *rdf.part(dataset, reading, sorted({iri, *evidence}))}
    found |= set(rdf.described(about)) if about else set()
    return rdf.write([_for_xml(t) for t in found] if form == "rdf" else found, form)


def _for_xml(triple: ox.Triple) -> ox.Triple:
    """Return a statement whose text XML can hold."""
    value = triple.object
    if not isinstance(value, ox.Literal):
        return triple
    kept = {"language": value.language} if value.language else {"datatype": value.datatype}
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(xml_text(value.value), **kept))


def vocabulary(dataset: Dataset, form: str) -> bytes:
    """Return the ontology with its concepts and mappings in an RDF format."""
    graph = dataset.ontology()
    found = dataset.store.quads_for_pattern(None, None, None, graph)
    return rdf.write([q.triple for q in found], form)


def rules(form: str) -> bytes:
    """Return the shapes, all files together, in an RDF format."""
    return rdf.write(shapes.every(), form)


def terms(dataset: Dataset) -> list[Term]:
    """Return the terms of the ontology: classes, properties, concept schemes, concepts."""
    dataset.ontology()
    kinds = {
        OWL + "Class": "class",
        OWL + "ObjectProperty": "property",
        OWL + "DatatypeProperty": "property",
        SKOS + "ConceptScheme": "scheme",
        SKOS + "Concept": "concept",
    }
    facts = _facts(
        q.triple for q in dataset.store.quads_for_pattern(None, None, None, ONTOLOGY_GRAPH)
    )
    found = []
    for iri, said in facts.items():
        kind = next((kinds[t] for t in said.get(RDF + "type", ()) if t in kinds), None)
        # A label for someone else's term is not a definition of ours.
        if kind is None or not iri.startswith(GT):
            continue
        headings = {
            RDFS + "subClassOf": "Kind of",
            RDFS + "domain": "Of",
            RDFS + "range": "Value",
            SKOS + "inScheme": "Scheme",
            SKOS + "example": "Example",
            SKOS + "scopeNote": "Note",
        }
        found.append(
            Term(
                iri,
                kind,
                _first(said, RDFS + "label", SKOS + "prefLabel") or iri,
                _first(said, SKOS + "definition"),
                _notes(said, headings),
                tuple(sorted(said.get(RDFS + "domain", []) + said.get(SKOS + "inScheme", []))),
            )
        )
    order = {kind: i for i, kind in enumerate(dict.fromkeys(kinds.values()))}
    return sorted(found, key=lambda t: (order[t.kind], t.label.casefold(), t.iri))


def about_vocabulary(dataset: Dataset) -> list[tuple[str, str]]:
    """Return what the ontology says of itself: title, version, licence and so on, with headings."""
    graph = dataset.ontology()
    headings = {
        DCTERMS + "description": "What it is for",
        OWL + "versionInfo": "Version",
        DCTERMS + "created": "Created",
        DCTERMS + "creator": "By",
        DCTERMS + "license": "Licence",
        VANN + "preferredNamespacePrefix": "Usual prefix",
        VANN + "preferredNamespaceUri": "IRIs begin with",
    }
    found = _facts(
        q.triple for q in dataset.store.quads_for_pattern(ox.NamedNode(GT), None, None, graph)
    )
    return list(_notes(found.get(GT, {}), headings))


def _facts(triples: Iterable[ox.Triple]) -> dict[str, dict[str, list[str]]]:
    facts: dict[str, dict[str, list[str]]] = {}
    for t in triples:
        if isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.NamedNode | ox.Literal):
            said = facts.setdefault(t.subject.value, {})
            said.setdefault(t.predicate.value, []).append(t.object.value)
    return facts


def _first(said: dict[str, list[str]], *props: str) -> str:
    return next((min(said[p]) for p in props if p in said), "")


def _notes(said: dict[str, list[str]], headings: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (heading, value)
        for prop, heading in headings.items()
        for value in sorted(said.get(prop, ()))
    )
