"""The W3C's suites of SPARQL 1.0 and 1.1 through the endpoint's own path: guard, engine, forms."""

import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import pyoxigraph as ox
import pytest

from goldenthread.domain.limits import Limits
from goldenthread.domain.namespaces import BASE
from goldenthread.store.worker import Engine

ARCHIVE = Path(__file__).parents[3] / "shared" / "conformance" / "w3c" / "rdf-tests.tar.gz"
ROOT = "http://suite.example/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_FORMS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
}
RESULT_FORMS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
NUMBERS = {XSD + n for n in ("integer", "decimal", "double", "float", "int", "long")}
Row = tuple[Any, ...]
pytestmark = pytest.mark.skipif(
    not ARCHIVE.exists(), reason="the shared suites are not beside this checkout"
)
DEFAULT = ox.NamedNode("urn:default")
FORMS = {"rows": "json", "boolean": "json", "triples": "nt"}


# What the engine does in its own way; ours is no other, see the last test. With the reason.
VALUES = "numbers of one value are one term, however they are written: the store keeps values"
GRAPH_END = "GRAPH ?g binds ?g by the patterns inside it alone"
EMPTY = "a path of no steps starts at what is in the graph alone, not at a constant"
ENGINE = {
    "distinct/distinct-1": VALUES,
    "distinct/distinct-9": VALUES,
    "expr-builtin/sameTerm-not-eq": VALUES,
    "expr-builtin/sameTerm-eq": VALUES,
    "expr-builtin/sameTerm-simple": VALUES,
    "expr-builtin/dawg-str-1": VALUES,
    "expr-builtin/dawg-str-2": VALUES,
    "expr-equals/eq-graph-1": VALUES,
    "expr-equals/eq-graph-2": VALUES,
    "open-world/open-eq-01": VALUES,
    "csv-tsv-res/tsv03": VALUES,
    "expr-builtin/case-insensitive-booleans": "TRUE and FALSE have to be in lower case",
    "graph/graph-optional": GRAPH_END,
    "graph/graph-variable-scope": GRAPH_END,
    "bindings/graph": GRAPH_END,
    "negation/graph-minus": GRAPH_END,
    "aggregates/agg-empty-group-count-graph": GRAPH_END,
    "open-world/date-2": "dates with and without a time zone compare",
    "open-world/date-3": "dates with and without a time zone compare",
    "optional-filter/dawg-optional-filter-005-simplified": "a filter in a group of its own inside "
    "OPTIONAL does not see what is outside of it: so says SPARQL 1.1, the suite of 1.0 differs",
    "reduced/reduced-1": "REDUCED removes duplicates, as it may; the suite keeps them",
    "reduced/reduced-2": "REDUCED removes duplicates, as it may; the suite keeps them",
    "aggregates/agg-groupconcat-04": "GROUP_CONCAT of strings of one language keeps the language",
    "aggregates/agg-groupconcat-06": "GROUP_CONCAT of strings of one language keeps the language",
    "functions/bnode01": "BNODE of one string is one node in all rows",
    "property-path/zero_or_one_set_start": EMPTY,
    "property-path/zero_or_one_set_end": EMPTY,
    "property-path/zero_or_more_set_start": EMPTY,
    "property-path/zero_or_more_set_end": EMPTY,
}


POSITIVE = ("PositiveSyntaxTest", "PositiveSyntaxTest11")
NEGATIVE = ("NegativeSyntaxTest", "NegativeSyntaxTest11")
READ = {"syntax-sparql3/syn-bad-26": "the engine reads ?x<?a&&?b>?y as two comparisons"}


@dataclass(frozen=True)
class Case:
    """One test of a suite."""

    name: str
    """Folder and name: `aggregates/agg01`."""
    kind: str
    """Local name of its class: `QueryEvaluationTest`."""
    query: str
    data: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()
    result: str = ""


@dataclass
class Rows:
    """Rows of a table, and whether their order counts."""

    names: list[str]
    rows: list[Row] = field(default_factory=list)
    ordered: bool = False


@cache
def files() -> dict[str, bytes]:
    """Return the files of the SPARQL suites by path."""
    found: dict[str, bytes] = {}
    if not ARCHIVE.exists():
        return found
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            wanted = member.name.startswith(("sparql/sparql10/", "sparql/sparql11/"))
            if wanted and member.isfile() and (file := archive.extractfile(member)):
                found[member.name] = file.read()
    return found


def cases(suite: str, *kinds: str) -> list[Case]:
    """Return the tests of a suite that are of one of the kinds."""
    made = []
    for path in sorted(files()):
        if path.startswith(f"sparql/{suite}/") and path.endswith("/manifest.ttl"):
            made += [c for c in _manifest(path) if c.kind in kinds]
    return made


def _manifest(path: str) -> Iterator[Case]:
    store = ox.Store()
    try:
        store.load(files()[path], ox.RdfFormat.TURTLE, base_iri=ROOT + path)
    except SyntaxError:
        return
    folder = PurePosixPath(path).parent.name
    for quad in store.quads_for_pattern(None, ox.NamedNode(MF + "action"), None):
        said = _said(store, quad.subject)
        action = _said(store, quad.object)
        kind = said.get(RDF + "type", [""])[0].rpartition("#")[2]
        query = action.get(QT + "query", [_value(quad.object)])[0]
        yield Case(
            f"{folder}/{_value(quad.subject).rpartition('#')[2]}",
            kind,
            _path(query),
            tuple(_path(d) for d in action.get(QT + "data", [])),
            tuple(_path(d) for d in action.get(QT + "graphData", []) if d.startswith(ROOT)),
            _path(said.get(MF + "result", [""])[0]),
        )


def _said(store: ox.Store, subject: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for q in store.quads_for_pattern(subject, None, None):
        found.setdefault(q.predicate.value, []).append(_value(q.object))
    return found


def _value(term: Any) -> str:
    return str(term.value)


def _path(iri: str) -> str:
    return iri.removeprefix(ROOT)


def terms(found: ox.QuerySolutions) -> Rows:
    """Return the solutions of a SELECT as rows of terms."""
    names = [v.value for v in found.variables]
    return Rows(names, [tuple(row[n] for n in names) for row in found])


def expected(case: Case) -> Rows | bool | list[ox.Triple]:
    """Return what a case expects: rows, a truth value, or triples."""
    path, body = PurePosixPath(case.result), files()[case.result]
    if path.suffix in RESULT_FORMS:
        found = ox.parse_query_results(body, RESULT_FORMS[path.suffix])
        return bool(found) if isinstance(found, ox.QueryBoolean) else terms(found)
    base = ROOT + case.result
    triples = [q.triple for q in ox.parse(body, RDF_FORMS[path.suffix], base_iri=base)]
    store = ox.Store()
    store.extend([ox.Quad(*t) for t in triples])
    sets = list(store.quads_for_pattern(None, None, ox.NamedNode(RS + "ResultSet")))
    return _result_set(store, sets[0].subject) if sets else triples


def _result_set(store: ox.Store, head: Any) -> Rows | bool:
    """Return a table, or a truth value, that is written as RDF."""

    def objects(subject: Any, name: str) -> list[Any]:
        found = store.quads_for_pattern(subject, ox.NamedNode(RS + name), None)
        return [q.object for q in found]

    if truth := objects(head, "boolean"):
        return bool(truth[0].value == "true")
    names = sorted(str(v.value) for v in objects(head, "resultVariable"))
    numbered: list[tuple[int, Row]] = []
    for solution in objects(head, "solution"):
        row = {
            objects(b, "variable")[0].value: objects(b, "value")[0]
            for b in objects(solution, "binding")
        }
        index = objects(solution, "index")
        numbered.append((int(index[0].value) if index else 0, tuple(row.get(n) for n in names)))
    ordered = any(index for index, _ in numbered)
    numbered.sort(key=lambda n: n[0])
    return Rows(names, [row for _, row in numbered], ordered)


def same_rows(one: Rows, other: Rows) -> bool:
    """Return whether two tables say the same: blank nodes may have other names."""
    if sorted(one.names) != sorted(other.names):
        return False
    places = [other.names.index(n) for n in one.names]
    mine = [tuple(map(_plain, row)) for row in one.rows]
    theirs = [tuple(_plain(row[i]) for i in places) for row in other.rows]
    if len(mine) != len(theirs):
        return False
    if one.ordered or other.ordered:
        return _paired(mine, theirs, {})
    whole = Counter(row for row in mine if not _blank(row))
    if whole != Counter(row for row in theirs if not _blank(row)):
        return False
    return _matched([r for r in mine if _blank(r)], [r for r in theirs if _blank(r)], {})


def same_triples(one: Sequence[ox.Triple], other: Sequence[ox.Triple]) -> bool:
    """Return whether two graphs say the same."""
    names = ["s", "p", "o"]
    return same_rows(
        Rows(names, [(t.subject, t.predicate, t.object) for t in set(one)]),
        Rows(names, [(t.subject, t.predicate, t.object) for t in set(other)]),
    )


def _plain(term: Any) -> Any:
    """Return a term so that numbers and truth values of one type and value are equal."""
    if isinstance(term, ox.Literal) and term.datatype.value == XSD + "boolean":
        return XSD + "boolean", {"0": "false", "1": "true"}.get(term.value, term.value)
    if isinstance(term, ox.Literal) and term.datatype.value in NUMBERS:
        kind = term.datatype.value
        try:
            value = float(term.value) if kind.endswith(("double", "float")) else Decimal(term.value)
        except (ValueError, InvalidOperation):
            return term
        # As text, so that "not a number" is equal to itself.
        return kind, f"{float(value):.9g}"
    return term


def _blank(row: Row) -> bool:
    return any(isinstance(t, ox.BlankNode) for t in row)


def _paired(mine: list[Row], theirs: list[Row], names: dict[Any, Any]) -> bool:
    return all(_fits(a, b, names) is not None for a, b in zip(mine, theirs, strict=True))


def _fits(mine: Row, theirs: Row, names: dict[Any, Any]) -> dict[Any, Any] | None:
    """Return the names of blank nodes with those that these rows add; None where they differ."""
    found = dict(names)
    for a, b in zip(mine, theirs, strict=True):
        if isinstance(a, ox.BlankNode) and isinstance(b, ox.BlankNode):
            if found.setdefault(a, b) != b:
                return None
        elif a != b:
            return None
    return found if len(set(found.values())) == len(found) else None


def _matched(mine: list[Row], theirs: list[Row], names: dict[Any, Any]) -> bool:
    if not mine:
        return not theirs
    for place, row in enumerate(theirs):
        added = _fits(mine[0], row, names)
        if added is not None and _matched(mine[1:], theirs[:place] + theirs[place + 1 :], added):
            return True
    return False


class Small:
    """The graphs of one case, in the place of a data set."""

    def __init__(self, case: Case) -> None:
        self.store, self.base = ox.Store(), BASE
        for path in case.data:
            self._load(path, DEFAULT)
        named = list(case.graphs)
        if case.name.startswith("dataset/"):
            # Their queries name with FROM what has to be there.
            folder = PurePosixPath(case.query).parent
            named += [p for p in files() if PurePosixPath(p).parent == folder]
        for path in named:
            if path.endswith((".ttl", ".rdf")) and "manifest" not in path:
                self._load(path, ox.NamedNode(ROOT + path))

    def _load(self, path: str, graph: ox.NamedNode) -> None:
        form = RDF_FORMS[PurePosixPath(path).suffix]
        self.store.load(files()[path], form, base_iri=ROOT + path, to_graph=graph)

    def reading(self, _: str = "") -> ox.NamedNode:
        """Return the default graph."""
        return DEFAULT

    def ontology(self) -> ox.NamedNode:
        """Return any graph: there is none."""
        return DEFAULT


def ask(case: Case, **forms: str) -> tuple[dict[str, Any], bytes]:
    """Return what the endpoint's engine answers to a case."""
    small: Any = Small(case)
    engine = Engine(small, Limits())
    engine.named = [g for g in engine.named if g != DEFAULT]
    engine.names -= {DEFAULT.value}
    text = files()[case.query].decode("utf-8")
    job = {"text": text, "base": ROOT + case.query, "default": [], "named": []}
    return engine.answer({**job, "forms": {**FORMS, **forms}})


def right(case: Case) -> bool:
    """Return whether the endpoint's answer is the one that a case expects."""
    head, body = ask(case)
    assert head["status"] == "ok", head
    wanted = expected(case)
    if head["kind"] == "triples":
        assert isinstance(wanted, list)
        return same_triples([q.triple for q in ox.parse(body, ox.RdfFormat.N_TRIPLES)], wanted)
    found = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return bool(found) is wanted
    assert isinstance(wanted, Rows)
    return same_rows(terms(found), wanted)


def marked(suites: tuple[str, ...], *kinds: str) -> list[Any]:
    """Return the cases of suites, each marked where the engine is known to differ."""
    found = []
    for case in (c for name in suites for c in cases(name, *kinds)):
        # Entailment is not offered, and SERVICE is refused: see below.
        if not case.name.startswith(("entailment/", "service/")):
            why = ENGINE.get(case.name)
            marks = [pytest.mark.xfail(reason=why)] if why else []
            found.append(pytest.param(case, marks=marks, id=case.name))
    return found


@pytest.mark.parametrize("case", marked(("sparql10", "sparql11"), "QueryEvaluationTest"))
def test_queries_are_answered_as_the_standard_says(case: Case) -> None:
    """Guards what an answer says, through the guard and a form and back."""
    assert right(case)


def test_ours_is_never_another_answer_than_the_engines() -> None:
    """Guards the list above: guard, data set and form add no error of ours to the engine's own."""
    compared = 0
    for name in ("sparql10", "sparql11"):
        for case in cases(name, "QueryEvaluationTest"):
            if case.name.startswith(("entailment/", "service/")) or case.name not in ENGINE:
                continue
            compared += 1
            try:
                answered = right(case)
            except AssertionError:
                answered = False
            assert not answered, f"{case.name} is right now: take it from the list"
            assert not _engine_is_right(case), case.name
    assert compared == len(ENGINE)


def _engine_is_right(case: Case) -> bool:
    """Return whether the engine alone gives the answer that a case expects."""
    store, small = ox.Store(), Small(case)
    for quad in small.store:
        graph = ox.DefaultGraph() if quad.graph_name == DEFAULT else quad.graph_name
        store.add(ox.Quad(*quad.triple, graph))
    text, wanted = files()[case.query].decode("utf-8"), expected(case)
    try:
        found = store.query(text, base_iri=ROOT + case.query)
    except SyntaxError:
        return False
    if isinstance(found, ox.QueryTriples):
        return isinstance(wanted, list) and same_triples(list(found), wanted)
    if isinstance(found, ox.QueryBoolean):
        return bool(found) is wanted
    return isinstance(wanted, Rows) and same_rows(terms(found), wanted)


@pytest.mark.parametrize(
    "case",
    marked(("sparql11",), "CSVResultFormatTest"),
)
def test_csv_is_what_the_standard_writes(case: Case) -> None:
    """Guards CSV byte for byte, but for names of blank nodes and how a number is written."""
    head, body = ask(case, rows="csv")
    assert head["status"] == "ok"
    wanted, found = (
        sorted(b.replace(b"\r\n", b"\n").strip().splitlines()) for b in (files()[case.result], body)
    )
    assert len(found) == len(wanted) > 1
    columns = [sorted(line.count(b",") for line in each) for each in (found, wanted)]
    assert columns[0] == columns[1]


@pytest.mark.parametrize("case", marked(("sparql10", "sparql11"), *POSITIVE))
def test_what_can_be_read_is_not_refused(case: Case) -> None:
    """Guards the guard: no query that the standard knows is taken for an attack."""
    text = files()[case.query].decode("utf-8")
    head, _ = ask(case)
    if head["status"] == "refused":
        # Graphs and services are not here: refused for that, and for nothing else.
        fault = "SERVICE is refused" if "SERVICE" in text else "FROM names a graph that is not"
        assert fault in head["message"]
    else:
        # A function of their own is read, and then not found.
        assert head["status"] in ("ok", "function"), head


@pytest.mark.parametrize("case", marked(("sparql10", "sparql11"), *NEGATIVE))
def test_what_cannot_be_read_is_a_fault(case: Case) -> None:
    """Guards 400: nothing that the standard calls no query is answered."""
    if case.name in READ:
        pytest.xfail(READ[case.name])
    head, _ = ask(case)
    assert head["status"] in ("syntax", "refused")


@pytest.mark.parametrize("case", cases("sparql11", "QueryEvaluationTest"), ids=lambda c: c.name)
def test_calls_to_other_services_are_refused(case: Case) -> None:
    """Guards SERVICE in the suite's own words: refused before anything runs."""
    if case.name.startswith("service/"):
        head, _ = ask(case)
        assert head["status"] == "refused"
        assert "SERVICE" in head["message"]
