"""Turn lists into tables: things found, counted, hanging by one thread; facts, questions."""

from collections.abc import Iterable

from goldenthread.domain.account import Account
from goldenthread.domain.columns import CELLS, CLAUSES, FACTS, HITS, QUERIES, SINGLE_THREADS
from goldenthread.domain.description import Fact
from goldenthread.domain.matching import Hit
from goldenthread.domain.matrix import Matrix
from goldenthread.domain.query import Query
from goldenthread.domain.table import Table
from goldenthread.domain.tabling import source, thing_table
from goldenthread.domain.thread import Node


def hit_table(hits: Iterable[Hit], title: str = "Found") -> Table:
    """Return one row a thing found, best first, with what fitted."""
    found = list(hits)
    things = thing_table(h.node for h in found)
    rows = tuple((*row, h.where) for row, h in zip(things.rows, found, strict=True))
    return Table(title, HITS, rows, "One row a thing found, best first.")


def cell_table(matrix: Matrix) -> Table:
    """Return one row for each thing that a cell of a matrix counts; empty cells have none."""
    rows = tuple(
        (r.id, r.name, c.id, c.name, n.id, n.level_name, n.notation, n.label, r.iri, c.iri, n.iri)
        for r in matrix.rows
        for c in matrix.columns
        for n in matrix.cell(r.iri, c.iri)
    )
    note = f"One row for each of the {matrix.counted} that a cell counts; empty cells have none."
    return Table("Cells", CELLS, rows, note)


def single_thread_table(threads: Iterable[tuple[Node, ...]]) -> Table:
    """Return one row a thing that one thread alone joins to the first level.

    Args:
        threads: the nodes of each thread, from the thing upwards.
    """
    rows = tuple(
        (
            nodes[0].id,
            nodes[0].level_name,
            nodes[0].notation,
            nodes[0].label,
            " > ".join(n.id for n in nodes),
            len(nodes) - 1,
            nodes[0].iri,
        )
        for nodes in threads
    )
    note = "One row a thing that one thread alone joins to the first level."
    return Table("Single threads", SINGLE_THREADS, rows, note)


def account_table(account: Account) -> Table:
    """Return one row a sentence of the account of why a thing exists, in order."""
    parts = {
        "why it exists": account.why,
        "how it is known to work": account.known,
        "how sure that is": account.sure,
    }
    rows = tuple(
        (part, c.text, c.basis, source(c.quotes), "; ".join(n.id for n in c.about))
        for part, clauses in parts.items()
        for c in clauses
    )
    return Table("Account", CLAUSES, rows, "One row a sentence, in order.")


def fact_table(facts: Iterable[Fact]) -> Table:
    """Return one row a fact that is said of one thing."""
    rows = tuple((f.label, f.text, f.iri) for f in facts)
    return Table("Facts", FACTS, rows, "One row a thing said of it, links left out.")


def library_table(queries: Iterable[Query]) -> Table:
    """Return the queries of the library, one a row."""
    rows = tuple(
        (
            *(q.name, q.folder, q.question, q.summary, q.audience, q.reading),
            "; ".join(p.name for p in q.parameters),
        )
        for q in queries
    )
    return Table("Queries", QUERIES, rows, "One row a question of the library.")
