"""Turn terms of the store into terms of rdflib, and back."""

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Identifier

from goldenthread.domain.namespaces import XSD
from goldenthread.errors import BadValue


def to_rdflib(quads: Iterable[ox.Quad]) -> Graph:
    """Return the triples of `quads` as an rdflib graph, whatever their graph was.

    Plain strings lose their datatype: rdflib holds `"x"` and `"x"^^xsd:string` unequal.
    """
    return fill(Graph(bind_namespaces="none"), quads)


def fill(graph: Graph, quads: Iterable[ox.Quad]) -> Graph:
    """Add the triples of `quads` to an rdflib graph and return it."""
    known: dict[object, URIRef | BNode | Literal] = {}
    for quad in quads:
        triple = []
        for term in (quad.subject, quad.predicate, quad.object):
            if term not in known:
                known[term] = term_of(term)
            triple.append(known[term])
        graph.add((triple[0], triple[1], triple[2]))
    return graph


def term_of(term: object) -> URIRef | BNode | Literal:
    """Return a term of the store as rdflib has it; a plain string loses its datatype."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise BadValue(f"A rule cannot look at {term}. Take triples about triples out of the data.")
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    return Literal(term.value, datatype=None if datatype == XSD + "string" else URIRef(datatype))


def back(term: Identifier) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return a term of rdflib as the store has it."""
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if isinstance(term, Literal) and term.language:
        return ox.Literal(str(term), language=term.language)
    datatype = str(getattr(term, "datatype", None) or XSD + "string")
    return ox.Literal(str(term), datatype=ox.NamedNode(datatype))
