"""Write RDF: a reading, all named graphs, or the part that an answer is about.

Bytes are the same every time: statements are sorted before they are written.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from goldenthread.domain.namespaces import DCTERMS, GT, OWL, PREFIXES, RDF
from goldenthread.domain.readings import READINGS
from goldenthread.domain.table import About
from goldenthread.errors import BadValue
from goldenthread.store import on_demand, resources
from goldenthread.store.canonical import labelled
from goldenthread.store.dataset import Dataset
from goldenthread.store.terms import text

if TYPE_CHECKING:
    from rdflib import Graph

WRITTEN = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
# Up to here Turtle comes in the project's layout, which reads well and takes a second for more.
_SMALL = 5_000


def reading_triples(dataset: Dataset, reading: str) -> list[ox.Triple]:
    """Return every statement of a reading."""
    found = dataset.store.quads_for_pattern(None, None, None, dataset.reading(reading))
    return [q.triple for q in found]


def all_quads(dataset: Dataset) -> list[ox.Quad]:
    """Return every statement of every named graph: documents, plans, ontology, both readings."""
    for reading in READINGS:
        dataset.reading(reading)
    dataset.ontology()
    # Check results are there only once somebody asked: an answer may not depend on that.
    results = {on_demand.graph(r, dataset.base) for r in READINGS}
    return [q for q in dataset.store if q.graph_name not in results]


def part(dataset: Dataset, reading: str, iris: Iterable[str]) -> list[ox.Triple]:
    """Return what a reading says of some nodes, with their excerpts, levels and documents."""
    graph = dataset.reading(reading)
    follow = {GT + p for p in ("excerpt", "atLevel", "inDocument", "fromEntry", "toEntry")}
    follow |= {DCTERMS + "isPartOf"}
    found: list[ox.Triple] = []
    seen: set[str] = set()
    waiting = list(iris)
    while waiting:
        iri = waiting.pop()
        if iri in seen:
            continue
        seen.add(iri)
        for quad in dataset.store.quads_for_pattern(ox.NamedNode(iri), None, None, graph):
            found.append(quad.triple)
            if quad.predicate.value in follow and isinstance(quad.object, ox.NamedNode):
                waiting.append(quad.object.value)
    return found


def names(triple: ox.Triple) -> tuple[str, ...]:
    """Return the three terms of a triple as strings, without angle brackets or quotes."""
    return tuple(text(term) for term in (triple.subject, triple.predicate, triple.object))


def described(about: About) -> list[ox.Triple]:
    """Return statements about a data set, named by its hash (RFC 6920)."""
    digest = urlsafe_b64encode(bytes.fromhex(about.sha256)).decode().rstrip("=")
    me = ox.NamedNode(f"ni:///sha-256;{digest}")
    said = [
        *((DCTERMS + "rights", r) for r in about.rights),
        *((DCTERMS + "source", d) for d in about.documents),
        (DCTERMS + "identifier", about.sha256),
        (DCTERMS + "description", about.sentence),
        (OWL + "versionInfo", about.edition),
    ]
    found = [ox.Triple(me, ox.NamedNode(p), ox.Literal(o)) for p, o in said if o]
    kind = ox.NamedNode(PREFIXES["void"] + "Dataset")
    return [*found, ox.Triple(me, ox.NamedNode(RDF + "type"), kind)]


def read(ntriples: bytes) -> list[ox.Triple]:
    """Return the statements of N-Triples."""
    return [q.triple for q in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)]


def write(statements: Iterable[ox.Triple] | Iterable[ox.Quad], form: str) -> bytes:
    """Return statements in an RDF format.

    Args:
        statements: triples, or quads for a format that has graphs.
        form: `ttl`, `nt`, `trig`, `nq`, `jsonld` or `rdf`.

    Raises:
        BadValue: no such format; says which there are.
    """
    if form not in WRITTEN:
        raise BadValue(f"“{form}” is no RDF format here. Choose one of: {', '.join(WRITTEN)}.")
    ordered = _sorted(statements)
    if form == "ttl" and len(ordered) <= _SMALL:
        return _laid_out(ordered)
    if form == "jsonld" and not any(isinstance(s, ox.Quad) for s in ordered):
        return _compacted(ordered)
    prefixes = None if form in ("nt", "nq") else PREFIXES
    return bytes(ox.serialize(ordered, format=WRITTEN[form], prefixes=prefixes) or b"")


def _laid_out(ordered: list[ox.Triple]) -> bytes:
    from goldenthread.store.turtle import layout

    return layout(_in_rdflib(ordered)).encode("utf-8")


def _in_rdflib(ordered: list[ox.Triple]) -> "Graph":
    from rdflib import BNode, Graph

    terms = (term for t in ordered for term in (t.subject, t.object))
    kept = {t.value: BNode(t.value) for t in terms if isinstance(t, ox.BlankNode)}
    graph = Graph(bind_namespaces="none")
    written = ox.serialize(ordered, format=ox.RdfFormat.N_TRIPLES)
    # Otherwise its reader makes up names for blank nodes.
    graph.parse(data=written, format="nt", bnode_context=kept)
    return graph


def _compacted(ordered: list[ox.Triple]) -> bytes:
    """Return JSON-LD in the words of ontology/context.jsonld, which is written into it."""
    import json

    text = (resources.root() / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    graph = _in_rdflib(ordered)
    context = json.loads(text)["@context"]
    found = json.loads(graph.serialize(format="json-ld", context=context))
    nodes = found.get("@graph", [{k: v for k, v in found.items() if k != "@context"}])
    document = {"@context": context, "@graph": _in_order(nodes)}
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def _in_order(value: object) -> object:
    """Return JSON-LD with keys and values sorted: only lists have an order of their own."""
    if isinstance(value, dict):
        return {
            key: [_in_order(v) for v in value[key]] if key == "@list" else _in_order(value[key])
            for key in sorted(value)
        }
    if isinstance(value, list):
        return sorted((_in_order(v) for v in value), key=repr)
    return value


def _sorted(statements: Iterable[ox.Triple] | Iterable[ox.Quad]) -> list[ox.Triple]:
    """Return statements in order of graph, subject, predicate and object.

    Blank nodes get their canonical names: an engine makes up others each time it reads a file.
    Quads stay quads: the engine writes either, and its types know no list of both.
    """
    found = list(statements)
    if found and isinstance(found[0], ox.Quad):
        return cast("list[ox.Triple]", sorted(labelled(cast("list[ox.Quad]", found)), key=_order))
    quads = [ox.Quad(*cast("ox.Triple", t)) for t in found]
    return sorted((q.triple for q in labelled(quads)), key=_order)


def _order(statement: ox.Triple | ox.Quad) -> tuple[str, ...]:
    graph = str(statement.graph_name) if isinstance(statement, ox.Quad) else ""
    return graph, str(statement.subject), str(statement.predicate), str(statement.object)
