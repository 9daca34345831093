"""Run the rules with pySHACL, the reference validator, over graphs of the store.

Import it where a check is made: rdflib and pySHACL take half a second to load.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pyoxigraph as ox
from pyshacl import validate
from pyshacl.constraints.constraint_component import ConstraintComponent
from pyshacl.errors import (
    ConstraintLoadError,
    ReportableRuntimeError,
    RuleLoadError,
    ShapeLoadError,
)
from rdflib import RDF, RDFS, Graph, URIRef, Variable
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.query import Result
from rdflib.term import Identifier, Node

from goldenthread.domain.validation import Broken, Rule
from goldenthread.errors import BadQuery, BadValue, GoldenthreadError, Unreadable
from goldenthread.store import resources
from goldenthread.store.guard import guard
from goldenthread.store.turning import back, fill, term_of, to_rdflib

_STEPS = {SH.oneOrMorePath: "+", SH.zeroOrMorePath: "*", SH.zeroOrOnePath: "?"}


def _no_text(*_: object, **__: object) -> str:
    return ""


# For every result, and for each of the many parts of alternatives that are tried and dropped,
# pySHACL also writes a text. Nobody reads it here, and it takes a quarter of a check.
ConstraintComponent.make_v_result_description = _no_text  # type: ignore[method-assign]


class _Data(Graph):
    """A graph in rdflib's memory whose SPARQL the store answers.

    The store is some thirty times faster at it, and rdflib's SPARQL parser is not thread safe,
    which a server cannot have. tests/shapes compares the two.
    """

    def __init__(
        self, store: ox.Store, graphs: Sequence[ox.NamedNode], rules: Sequence[Rule]
    ) -> None:
        """Copy what core constraints of `rules` can look at, and keep the store for the rest."""
        super().__init__(bind_namespaces="none")
        self._answers = store
        self._names: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = list(graphs)
        self._strange = any(r.own for r in rules)
        props = [ox.NamedNode(p) for p in _mentioned(_part(rules))]
        quads = (
            q for g in graphs for p in props for q in store.quads_for_pattern(None, p, None, g)
        )
        fill(self, quads)

    def query(
        self,
        query_object: object,
        processor: object = "sparql",  # noqa: ARG002 - rdflib passes it
        result: object = "sparql",  # noqa: ARG002 - as above
        initNs: object = None,  # noqa: ARG002, N803 - as above
        initBindings: Mapping[str, Identifier] | None = None,  # noqa: N803 - rdflib's name
        use_store_provided: bool = True,  # noqa: ARG002 - as above
        **kwargs: object,  # noqa: ARG002 - as above
    ) -> Result:
        """Return the solutions of a SELECT, with `initBindings` put in for their variables."""
        bindings = initBindings or {}
        text = str(query_object)
        if self._strange:
            # As the validator put it together: prefixes and paths are a file's too.
            _guarded(text)
        found = self._answers.query(
            text,
            default_graph=self._names,
            named_graphs=[],
            substitutions={ox.Variable(str(k)): back(v) for k, v in bindings.items()},
        )
        if not isinstance(found, ox.QuerySolutions):
            raise BadQuery("A rule asks for something other than a SELECT. Mend the shape.")
        names = [v.value for v in found.variables]
        answer = Result("SELECT")
        answer.vars = [Variable(n) for n in names]
        answer.bindings = [
            {Variable(n): term_of(row[n]) for n in names if row[n] is not None} for row in found
        ]
        return answer


def broken(store: ox.Store, graphs: Sequence[ox.NamedNode], rules: Sequence[Rule]) -> list[Broken]:
    """Return every breach of `rules` in the merge of `graphs`, in no particular order.

    Core constraints and SPARQL constraints only: no inference, no advanced features, and nothing
    is fetched, since both graphs are given as graphs.
    """
    return report(_Data(store, graphs, rules), rules) if rules else []


def prepared(store: ox.Store, graphs: Sequence[ox.NamedNode], rules: Sequence[Rule]) -> Graph:
    """Return what `report` looks at to check some or all of `rules` in the merge of `graphs`."""
    return _Data(store, graphs, rules)


def report(data: Graph, rules: Sequence[Rule]) -> list[Broken]:
    """Return every breach of `rules` in an rdflib graph, as pySHACL reports it."""
    try:
        found = _validated(data, rules)
    except (ConstraintLoadError, ReportableRuntimeError, RuleLoadError, ShapeLoadError) as error:
        raise _unusable(rules, str(error)) from error
    if not isinstance(found, Graph):
        raise _unusable(rules, str(found))
    read = [_read(found, result) for result in found.objects(None, SH.result)]
    known = {r.iri for r in rules}
    if all(b.rule in known for b in read):
        return read
    owners = _owners(rules)
    if strange := {b.rule for b in read} - known - set(owners):
        raise _unusable(
            rules, f"it reports for {', '.join(sorted(strange))}, which is none of ours"
        )
    return [b if b.rule in known else owners[b.rule](b) for b in read]


def _owners(rules: Sequence[Rule]) -> dict[str, Callable[[Broken], Broken]]:
    """Return what gives a result of a rule's inner shape (sh:property) to the rule itself."""
    shapes = _part(rules)
    owners: dict[str, Callable[[Broken], Broken]] = {}
    for rule in rules:
        waiting = list(shapes.objects(URIRef(rule.iri), SH.property))
        while waiting:
            inner = waiting.pop()
            if str(inner) not in owners:
                # What the validator says where nobody wrote a message is no sentence for people.
                silent = (inner, SH.message, None) not in shapes
                more = {"message": None} if silent else {}
                owners[str(inner)] = partial(replace, rule=rule.iri, **more)
                waiting += shapes.objects(inner, SH.property)
    return owners


def _validated(data: Graph, rules: Sequence[Rule]) -> object:
    shapes = _part(rules)
    _, found, _ = validate(
        data,
        # A copy, as pySHACL changes the shapes graph that it is given (its issue 314); and of
        # these rules alone, as it reads all shapes that are there.
        shacl_graph=shapes,
        inference="none",
        advanced=False,
        do_owl_imports=False,
        meta_shacl=False,
        inplace=True,
        use_shapes=[*(r.iri for r in rules), *_parts(shapes, rules)],
    )
    return found


def _parts(shapes: Graph, rules: Sequence[Rule]) -> list[str]:
    """Return the named shapes that workspaces' rules are made of: the validator skips others."""
    if not any(r.own for r in rules):
        return []
    found = {o for p in (SH.property, SH.node) for o in shapes.objects(None, p)}
    found |= {s for k in (SH.NodeShape, SH.PropertyShape) for s in shapes.subjects(RDF.type, k)}
    found |= set(shapes.subjects(SH.path))
    named = {str(n) for n in found if isinstance(n, URIRef)}
    return sorted(named - {r.iri for r in rules})


def _unusable(rules: Sequence[Rule], why: str) -> GoldenthreadError:
    """Return what says which file's rule cannot be run, as far as it is known."""
    why = " ".join(why.split())
    own = [r for r in rules if r.own]
    named = [r for r in own if r.iri in why] or own
    if not named:
        return BadValue(f"A rule cannot be run: {why}. Mend its shape in shapes/.")
    names = " or ".join(r.id for r in named)
    return Unreadable(f"{names} cannot be run: {why}", named[0].file)


@cache
def _guarded(text: str) -> None:
    """Refuse a query of a workspace's own rule that is not safe to run, once for each text."""
    guard(text, ())


@cache
def _shapes(files: tuple[tuple[str, int], ...] = ()) -> Graph:
    """Return all shapes that ship, and those in files of workspaces, each with when it changed."""
    store = ox.Store()
    for path in (*resources.shapes(), *(Path(file) for file, _ in files)):
        store.load(path.read_bytes(), ox.RdfFormat.TURTLE)
    return to_rdflib(store)


def _part(rules: Sequence[Rule]) -> Graph:
    """Return the shapes of some rules with everything that they are made of."""
    own = sorted({r.file for r in rules if r.own})
    shapes = _shapes(tuple((file, Path(file).stat().st_mtime_ns) for file in own))
    part = Graph(bind_namespaces="none")
    waiting: list[Node] = [URIRef(r.iri) for r in rules]
    seen = set(waiting)
    while waiting:
        node = waiting.pop()
        for triple in shapes.triples((node, None, None)):
            part.add(triple)
            if triple[2] not in seen:
                seen.add(triple[2])
                waiting.append(triple[2])
    return part


def _mentioned(shapes: Graph) -> list[str]:
    """Return the properties that a core constraint can reach: a path or a target names them."""
    named = {str(o) for o in shapes.objects() if isinstance(o, URIRef)}
    return sorted(named | {str(RDF.type), str(RDFS.subClassOf)})


def _read(found: Graph, result: Node) -> Broken:
    path = found.value(result, SH.resultPath)
    value = found.value(result, SH.value)
    messages = sorted(str(m) for m in found.objects(result, SH.resultMessage))
    return Broken(
        rule=str(found.value(result, SH.sourceShape)),
        focus=str(found.value(result, SH.focusNode)),
        path=None if path is None else _path(found, path),
        value=None if value is None else str(value),
        message=next(iter(messages), None),
    )


def _path(graph: Graph, node: Node) -> str:
    """Return a path as SPARQL writes it (SHACL, section 2.3.1)."""
    if isinstance(node, URIRef):
        return f"<{node}>"
    if (node, RDF.first, None) in graph:
        return "/".join(_path(graph, n) for n in Collection(graph, node))
    if (inverse := graph.value(node, SH.inversePath)) is not None:
        return "^" + _path(graph, inverse)
    if (choices := graph.value(node, SH.alternativePath)) is not None:
        return "(" + "|".join(_path(graph, n) for n in Collection(graph, choices)) + ")"
    for step, mark in _STEPS.items():
        if (inner := graph.value(node, step)) is not None:
            return f"({_path(graph, inner)}){mark}"
    return ""
