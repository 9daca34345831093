"""Write Turtle in the one layout that every file of a plan, the ontology and the shapes has.

Blocks are sorted by kind and then by name, so that a change of one thing changes one block:
rdflib's own layouts move blocks when references between them change. Needs rdflib; import it
where a file is written, not where one is read.
"""

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import Node

from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import PREFIXES

_KINDS = (
    "Ontology",
    "ConceptScheme",
    "Class",
    "ObjectProperty",
    "DatatypeProperty",
    "Plan",
    "Level",
    "Expectation",
    "Theme",
    "Period",
    "Document",
    "Extraction",
    "Table",
    "Column",
    "Row",
    "Cell",
    "Heading",
    "Entry",
    "Repair",
    "Judgement",
    "NodeShape",
    "PropertyShape",
)


class _SortedTurtle(TurtleSerializer):
    """Turtle with blocks in the order of their kind and name."""

    def orderSubjects(self) -> list[Any]:  # noqa: N802 - rdflib's name
        subjects = [s for s in self._subjects if not (isinstance(s, BNode) and self._references[s])]
        return sorted(subjects, key=self._rank)

    def _rank(self, subject: Node) -> tuple[Any, ...]:
        names = {
            str(kind).rsplit("/", 1)[-1].rsplit("#", 1)[-1]
            for kind in self.store.objects(subject, RDF.type)
        }
        kind = min((_KINDS.index(n) for n in names if n in _KINDS), default=len(_KINDS))
        return kind, natural(str(subject))


def layout(graph: Graph) -> str:
    """Return `graph` as Turtle in the project's layout, ending in one newline.

    Equal graphs give equal text as long as no node has two blank nodes under one property.
    """
    plain = Graph(bind_namespaces="none")
    used = {str(t) for triple in graph for t in triple if isinstance(t, URIRef)}
    used |= {str(o.datatype) for o in graph.objects() if isinstance(o, Literal) and o.datatype}
    for prefix, namespace in sorted(PREFIXES.items()):
        if any(iri.startswith(namespace) for iri in used):
            plain.bind(prefix, namespace)
    for prefix, namespace in graph.namespaces():
        if prefix not in PREFIXES and any(iri.startswith(str(namespace)) for iri in used):
            plain.bind(prefix, namespace)
    for triple in graph:
        plain.add(triple)
    out = BytesIO()
    _SortedTurtle(plain).serialize(out)
    return out.getvalue().decode("utf-8").strip() + "\n"


def rewrite(path: Path) -> bool:
    """Put the file at `path` into the project's layout; return whether it changed."""
    graph = Graph(bind_namespaces="none")
    before = path.read_text(encoding="utf-8")
    graph.parse(data=before, format="turtle")
    after = layout(graph)
    if after != before:
        path.write_text(after, encoding="utf-8", newline="\n")
    return after != before


def main(paths: Sequence[str]) -> int:
    """Put files into the layout, or every Turtle file of the checkout; say which changed."""
    from goldenthread.store import resources

    shipped = [p for f in ("ontology", "shapes", "data") for p in resources.files(f, "*.ttl")]
    changed = [p for p in [Path(p) for p in paths] or shipped if rewrite(p)]
    for path in changed:
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
