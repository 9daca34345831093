"""Export: a whole reading as RDF, as a table of recorded links, or as a graph for networkx."""

from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from typing import TYPE_CHECKING, Any

from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import DCTERMS, GT, OWL, RDF
from goldenthread.domain.readings import READING_NAMES
from goldenthread.domain.table import About, Table
from goldenthread.domain.thread import Link, Node, Trace
from goldenthread.store import rdf, spreadsheet, worddoc
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import HOPS, View

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from rdflib import Graph

to_csv = spreadsheet.to_csv
to_xlsx = spreadsheet.to_xlsx
to_docx = worddoc.to_docx
text_to_docx = worddoc.text_to_docx


def tool_version() -> str:
    """Return the version of goldenthread, or `unknown` where it runs without being installed."""
    try:
        return version("goldenthread")
    except PackageNotFoundError:
        return "unknown"


def about(dataset: Dataset, reading: str = "corrected") -> About:
    """Return where answers come from: plans, documents, rights, version and hash."""
    view = View(dataset, reading)
    plans = view.plans()
    documents = view.subjects(RDF + "type", GT + "Document")
    editions = (e for p in view.plans() for e in view.values(p, OWL + "versionInfo"))
    rights = dict.fromkeys(
        r for n in (*plans, *documents) for r in view.values(n, DCTERMS + "rights")
    )
    return About(
        reading=READING_NAMES[reading],
        plans=tuple(", ".join(filter(None, (view.label(p), view.publisher(p)))) for p in plans),
        documents=tuple(view.label(d) for d in documents),
        rights=tuple(rights) or ("not known",),
        version=tool_version(),
        sha256=dataset.sha256,
        edition="; ".join(dict.fromkeys(editions)),
    )


def with_dataset(value: dict[str, Any], about: About) -> dict[str, Any]:
    """Return a JSON answer with where it comes from under `dataset`.

    What the answer says there itself stays, in front.
    """
    said: dict[str, Any] = value.get("dataset", {})
    return {**value, "dataset": said | about.to_json() | said}


def whole(
    dataset: Dataset, form: str, reading: str = "corrected", *, graphs: bool = False
) -> bytes:
    """Return a reading, or with `graphs` every named graph, in an RDF format.

    Raises:
        BadValue: a format that there is not.
    """
    if graphs:
        return rdf.write(rdf.all_quads(dataset), form)
    return rdf.write(rdf.reading_triples(dataset, reading), form)


def trace_rdf(dataset: Dataset, trace: Trace, form: str) -> bytes:
    """Return what the graph says of a trace: its things, links, evidence, entries, judgements.

    Of the links between things only those of the trace are in it. The data set is described too.
    """
    evidence = [e for link in trace.links for e in link.evidence]
    iris = {n.iri for n in trace.nodes} | {e.iri for e in evidence}
    iris |= {entry.iri for n in trace.nodes for entry in n.entries}
    iris |= {s.iri for n in trace.nodes for s in n.schedule}
    iris |= {judgement for e in evidence for judgement, _ in e.judgements}
    shown = {(li.source, GT + li.predicate, li.target) for li in trace.links}
    hops = {GT + hop for hop in HOPS}
    found = rdf.part(dataset, trace.reading, sorted(iris))
    kept = [t for t in found if t.predicate.value not in hops or rdf.names(t) in shown]
    return rdf.write([*kept, *rdf.described(about(dataset, trace.reading))], form)


def links(dataset: Dataset, reading: str = "corrected") -> tuple[list[Link], dict[str, Node]]:
    """Return every recorded link of a reading with its evidence, and the nodes they join."""
    view = View(dataset, reading)
    found = {
        (view.value(a, GT + "from"), view.value(a, GT + "property"), view.value(a, GT + "to"))
        for a in view.subjects(RDF + "type", GT + "Alignment")
        if not view.values(a, GT + "withdrawnBy")
    }
    joined = [
        view.link(source, prop.removeprefix(GT), target)
        for source, prop, target in sorted(
            ((s, p, t) for s, p, t in found if s and p and t),
            key=lambda k: (k[1], natural(k[2]), natural(k[0])),
        )
    ]
    iris = {i for link in joined for i in (link.source, link.target)}
    return joined, {i: view.node(i) for i in iris} | {n.iri: n for n in _things(view)}


def _things(view: View) -> list[Node]:
    return [view.node(i) for level in view.levels for i in view.at_level(level)]


def thing(dataset: Dataset, iri: str, reading: str = "corrected") -> Node:
    """Return one thing."""
    return View(dataset, reading).node(iri)


def things(dataset: Dataset, reading: str = "corrected") -> list[Node]:
    """Return every thing that stands on a level, level by level."""
    return _things(View(dataset, reading))


def to_networkx(
    dataset: Dataset, reading: str = "corrected", *, threads: bool = False
) -> "MultiDiGraph[str]":
    """Return a reading's things and links as a graph; edges point up, one a link.

    Nodes carry `id`, `label`, `level`, `number`, `themes`, `schedule`; edges `property`, `basis`,
    `asserted_by`, `stated_in`.

    Args:
        dataset: the data set.
        reading: `corrected` or `printed`.
        threads: whether to leave out all but things on levels and the links that threads follow.
    """
    joined, nodes = links(dataset, reading)
    if threads:
        nodes = {n.iri: n for n in things(dataset, reading)}
        joined = [link for link in joined if link.predicate in HOPS]
    steps = [link for link in joined if link.source in nodes and link.target in nodes]
    return networkx_of(list(nodes.values()), steps, about(dataset, reading))


def networkx_of(
    nodes: list[Node], joined: list[Link], about: About | None = None
) -> "MultiDiGraph[str]":
    """Return nodes and links as a networkx graph; `about` becomes attributes of the graph."""
    from networkx import MultiDiGraph

    graph: MultiDiGraph[str] = MultiDiGraph()
    if about:
        graph.graph.update({column.key: value for column, value in about.columns()})
    for node in sorted(nodes, key=lambda n: (n.order, natural(n.iri))):
        graph.add_node(
            node.iri,
            id=node.id,
            label=node.label,
            level=node.level or node.cls,
            number=node.notation or "",
            themes="; ".join(node.themes),
            schedule="; ".join(s.words for s in node.schedule),
        )
    for link in joined:
        best = link.best
        graph.add_edge(
            link.source,
            link.target,
            key=link.predicate,
            property=link.predicate,
            basis=link.basis,
            asserted_by=best.asserted_by if best else "not recorded",
            stated_in="; ".join(sorted({e.stated_in for e in link.evidence if e.stated_in})),
        )
    return graph


def graphml(graph: "MultiDiGraph[str]") -> bytes:
    """Return a graph as GraphML; characters that XML forbids become U+FFFD."""
    from networkx import MultiDiGraph, write_graphml_xml

    clean: MultiDiGraph[str] = MultiDiGraph()
    clean.graph.update(_clean(graph.graph))
    for node, data in graph.nodes(data=True):
        clean.add_node(spreadsheet.xml_text(node), **_clean(data))
    for source, target, key, data in graph.edges(keys=True, data=True):
        ends = (spreadsheet.xml_text(source), spreadsheet.xml_text(target))
        clean.add_edge(*ends, key=key, **_clean(data))
    out = BytesIO()
    write_graphml_xml(clean, out, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def _clean(data: dict[str, Any]) -> dict[str, str]:
    return {k: spreadsheet.xml_text(str(v)) for k, v in data.items()}


def tables(dataset: Dataset, reading: str = "corrected") -> list[Table]:
    """Return a reading as tables: its recorded links, its things, its printed entries."""
    from goldenthread.domain.tabling import entry_table, link_table, thing_table

    joined, nodes = links(dataset, reading)
    named = things(dataset, reading)
    return [link_table(joined, nodes), thing_table(named), entry_table(named)]


def everything(dataset: Dataset, reading: str = "corrected") -> dict[str, Any]:
    """Return a reading as JSON has it: where it comes from, its things and its links."""
    joined, nodes = links(dataset, reading)
    ordered = sorted(nodes.values(), key=lambda n: (n.order, n.iri))
    return {
        "about": dict(about(dataset, reading).lines()),
        "reading": reading,
        "nodes": [n.to_json() for n in ordered],
        "links": [link.to_json() for link in joined],
    }


def graph_bytes(graph: "Graph", form: str) -> bytes:
    """Return an rdflib graph in an RDF format, the same bytes every time."""
    return triple_bytes(graph.serialize(format="nt", encoding="utf-8"), form)


def triple_bytes(ntriples: bytes, form: str) -> bytes:
    """Return N-Triples in another RDF format."""
    return rdf.write(rdf.read(ntriples), form)
