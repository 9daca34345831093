"""Terms of the store as Python strings, and the other way round."""

from functools import cache

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@cache
def node(iri: str) -> ox.NamedNode:
    """Return the IRI as a term of the store."""
    return ox.NamedNode(iri)


def text(term: Term) -> str:
    """Return the IRI of a node or the characters of a literal."""
    return str(term) if isinstance(term, ox.Triple) else term.value
