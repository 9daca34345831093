"""Write check results as RDF in the SHACL vocabulary."""

from typing import TYPE_CHECKING

from goldenthread.domain.namespaces import BASE, DCTERMS, RDF, RDFS, SH
from goldenthread.domain.validation import SEVERITIES, Report

if TYPE_CHECKING:
    from rdflib import Graph


def to_graph(report: Report) -> "Graph":
    """Return the report as an rdflib graph in the SHACL vocabulary (section 3.6), no blank nodes.

    The focus node of a result is what is at fault, as in the report. A path that is not a single
    property is left out; the source shape has it.
    """
    from rdflib import XSD, Literal, URIRef
    from rdflib import Graph as RdfGraph

    def sh(name: str) -> URIRef:
        return URIRef(SH + name)

    graph = RdfGraph(bind_namespaces="none")
    graph.bind("sh", SH)
    head = URIRef(f"{BASE}results/{report.reading}")
    kind = URIRef(RDF + "type")
    graph.add((head, kind, sh("ValidationReport")))
    graph.add((head, sh("conforms"), Literal(report.conforms, datatype=XSD.boolean)))
    for result in report.results:
        node = URIRef(f"{BASE}result/{result.id}")
        graph.add((head, sh("result"), node))
        graph.add((node, kind, sh("ValidationResult")))
        graph.add((node, sh("focusNode"), URIRef(result.focus.iri)))
        graph.add((node, sh("sourceShape"), URIRef(result.rule.iri)))
        graph.add((node, URIRef(DCTERMS + "identifier"), Literal(result.id)))
        graph.add((URIRef(result.rule.iri), URIRef(RDFS + "label"), Literal(result.rule.label)))
        graph.add((node, sh("resultSeverity"), URIRef(SEVERITIES[result.severity])))
        graph.add((node, sh("resultMessage"), Literal(result.message)))
        if result.path and result.path.count("<") == 1 and result.path.startswith("<"):
            graph.add((node, sh("resultPath"), URIRef(result.path.strip("<>"))))
        if result.value:
            is_iri = result.value.startswith(("http://", "https://", "urn:"))
            graph.add(
                (node, sh("value"), URIRef(result.value) if is_iri else Literal(result.value))
            )
        for row in result.rows:
            graph.add((node, sh("detail"), URIRef(row.iri)))
    return graph
