"""Plans that stand in a store: an Oxigraph folder on this machine, or a SPARQL 1.1 endpoint.

What a plan states is read once, whole, and nothing is ever written; everything else, deriving and
asking, happens here, so that an answer does not depend on whose engine holds the plan. Graphs
that goldenthread itself derives are left out: they are made anew.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from goldenthread.domain.namespaces import BASE, GT, RDF, SHAPE
from goldenthread.errors import NotFound, Unavailable
from goldenthread.store.canonical import canonical
from goldenthread.store.terms import Term

Row = tuple[Term | None, ...]
Ask = Callable[[str], Iterator[Row]]
"""Runs a SELECT; yields its solutions as tuples in the order of its variables."""

_DERIVED = {f"{BASE}graph/corrected", f"{BASE}graph/printed", GT, SHAPE}
_DERIVED |= {f"{BASE}graph/results", f"{BASE}graph/results-printed"}
_GRAPHS = f"""SELECT DISTINCT ?graph WHERE {{
  GRAPH ?graph {{ ?thing <{RDF}type> ?class }} FILTER(STRSTARTS(STR(?class), "{GT}")) }}"""
_ANY = f"""SELECT ?class WHERE {{
  ?thing <{RDF}type> ?class FILTER(STRSTARTS(STR(?class), "{GT}")) }} LIMIT 1"""
_UNNAMED = f"{BASE}graph/default"


def read(place: str) -> bytes:
    """Return what the plans of a store state, in named graphs, as canonical N-Quads.

    Args:
        place: a folder in which Oxigraph keeps a store, or the http(s) address of an endpoint.

    Raises:
        NotFound: no store is there, or it holds no plan.
        Unavailable: another program has the folder open, the endpoint cannot be reached, or what
            it answers is not whole.
    """
    if place.casefold().startswith(("http://", "https://")):
        from goldenthread.store.endpoint import Endpoint

        endpoint = Endpoint(place)
        return canonical(_read(endpoint.select, endpoint.name))
    with _opened(Path(place)) as store:
        return canonical(_read(lambda sparql: _rows(store, sparql), place))


def _read(ask: Ask, name: str) -> list[ox.Quad]:
    found = [g for (g,) in ask(_GRAPHS) if isinstance(g, ox.NamedNode) and g.value not in _DERIVED]
    wheres = {g: f"GRAPH <{g.value}> {{ ?s ?p ?o }}" for g in sorted(found, key=lambda g: g.value)}
    if not wheres and any(True for _ in ask(_ANY)):
        wheres = {ox.NamedNode(_UNNAMED): "?s ?p ?o"}
    if not wheres:
        raise NotFound(
            f"The store {name} holds no plan: nothing in it has a class of {GT}. Load one first; "
            "`goldenthread export trig` writes it."
        )
    fresh = count()
    return [
        quad for graph, where in wheres.items() for quad in _graph(ask, name, graph, where, fresh)
    ]


def _graph(
    ask: Ask, name: str, graph: ox.NamedNode, where: str, fresh: Iterator[int]
) -> Iterator[ox.Quad]:
    """Yield a graph's statements; raise where the store gave fewer than it says it has."""
    # A blank node's label means something in one answer only.
    blanks: dict[Term, ox.BlankNode] = {}

    def own(term: Term) -> Term:
        if not isinstance(term, ox.BlankNode):
            return term
        return blanks.setdefault(term, ox.BlankNode(f"stored{next(fresh)}"))

    given = 0
    for subject, predicate, value in ask(f"SELECT ?s ?p ?o WHERE {{ {where} }}"):
        if subject is None or predicate is None or value is None:
            raise Unavailable(f"The store {name} answered a statement with a part missing.")
        given += 1
        yield ox.Quad(own(subject), predicate, own(value), graph)  # type: ignore[arg-type]
    # Stores cut long answers short and say 200: what it counts is the proof that all came.
    ((said,),) = ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ {where} }}")
    if not isinstance(said, ox.Literal) or said.value != str(given):
        has = said.value if isinstance(said, ox.Literal) else "an unknown number"
        raise Unavailable(
            f"The store {name} gave {given} of the {has} statements of {graph.value}: it cuts "
            "answers short. Raise its limit on rows, or export the plan and name it with --data."
        )


def _rows(store: ox.Store, sparql: str) -> Iterator[Row]:
    found = store.query(sparql)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - we ask SELECT alone
    for row in found:
        yield tuple(row)


@contextmanager
def _opened(folder: Path) -> Iterator[ox.Store]:
    """Open a folder for reading while nobody writes to it."""
    if not (folder / "CURRENT").is_file():
        raise NotFound(
            f"There is no Oxigraph store at {folder}. Name the folder that `oxigraph load "
            "--location` or pyoxigraph's Store wrote, or the http address of a SPARQL endpoint."
        )
    with _held(folder):
        try:
            yield ox.Store.read_only(str(folder))
        except OSError as error:
            raise Unavailable(
                f"The store at {folder} cannot be opened: {error}. Check that this account may "
                "read it and that it is whole."
            ) from error


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Keep writers out: reading beside one is undefined, and the engine does not check."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock; there a file that is open cannot be replaced
        yield
        return
    try:
        lock = (folder / "LOCK").open("rb")
    except OSError:
        # No writer has been here, or this account may not read its lock.
        with suppress(FileNotFoundError):
            yield
        return
    with lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            raise Unavailable(
                f"Another program has the store at {folder} open. Stop it, or give the address of "
                "its SPARQL endpoint: --store http://…/query."
            ) from error
        yield
