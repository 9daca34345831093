"""One byte string for one set of statements, whatever their order, file format and blank nodes.

RDF Dataset Canonicalization (RDFC-1.0), as pyoxigraph has it: anybody's implementation gives the
same bytes, so a hash of them can be checked without this software.
"""

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox


def labelled(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return statements whose blank nodes have their canonical names: the same for the same."""
    found = list(quads)
    if not any(isinstance(t, ox.BlankNode) for q in found for t in (q.subject, q.object)):
        return found
    named = ox.Dataset(found)
    named.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return list(named)


def canonical(quads: Iterable[ox.Quad]) -> bytes:
    """Return the canonical N-Quads of some statements, a line each, in code point order."""
    found = ox.serialize(labelled(quads), format=ox.RdfFormat.N_QUADS) or b""
    lines = found.splitlines(keepends=True)
    return b"".join(sorted(set(lines)))


def digest(quads: Iterable[ox.Quad]) -> str:
    """Return the SHA-256 of the canonical N-Quads, in hexadecimal."""
    return hashlib.sha256(canonical(quads)).hexdigest()


def digest_of_graphs(store: ox.Store, graphs: Iterable[ox.NamedNode]) -> str:
    """Return the digest of whole graphs of a store.

    Written by the engine as bytes: without blank nodes those are the canonical lines but for the
    graph's name, ten times faster than statement by statement.
    """
    lines: set[bytes] = set()
    named = list(graphs)
    for graph in named:
        dumped = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
        if dumped.startswith(b"_:") or b"\n_:" in dumped or b" _:" in dumped:
            return digest(q for g in named for q in store.quads_for_pattern(None, None, None, g))
        end = f" {graph} .\n".encode()
        lines.update(line.removesuffix(b" .\n") + end for line in dumped.splitlines(keepends=True))
    return hashlib.sha256(b"".join(sorted(lines))).hexdigest()
