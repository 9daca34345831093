"""The answer to a query in words: rows as numbered paragraphs that a screen reader can follow."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from goldenthread.domain.identifiers import one_line, short_id
from goldenthread.domain.namespaces import BASE, PREFIXES
from goldenthread.domain.query import Query
from goldenthread.domain.readings import READING_NAMES
from goldenthread.domain.table import Column, Table
from goldenthread.faces.cli.say import words
from goldenthread.faces.cli.terminal import Line

if TYPE_CHECKING:
    from goldenthread.services.asking import Answer


def lines(found: "Answer") -> list[Line]:
    """Return an answer: the question, then one paragraph a row, or yes or no."""
    query = found.query
    head = query.question if query else "Answer"
    result = [Line(f"{head} ({READING_NAMES[found.reading]})", kind="head")]
    if found.boolean is not None:
        return [*result, Line("yes" if found.boolean else "no")]
    if found.is_graph:
        return [*result, *(Line(x) for x in found.body.decode("utf-8").splitlines())]
    rows = found.table()
    result += [Line(words.counted(len(rows), "row", "rows"), kind="detail"), Line("")]
    return result + [Line(f"{n}. {_row(found, row)}") for n, row in enumerate(rows, start=1)]


def _row(found: "Answer", row: Mapping[str, str]) -> str:
    told = [(found.heading(c), _brief(row[c])) for c in found.columns if row[c]]
    return "; ".join(f"{heading}: {value}" for heading, value in told)


def _brief(value: str) -> str:
    """Return a value as people read it: short ids and prefixed names for IRIs."""
    if value.startswith(BASE):
        return short_id(value)
    for prefix, namespace in PREFIXES.items():
        if value.startswith(namespace):
            return f"{prefix}:{value.removeprefix(namespace)}"
    return one_line(value)


def table(found: "Answer") -> Table:
    """Return an answer as a table; IRIs are in full."""
    title = found.query.summary if found.query else "Answer"
    if found.boolean is not None:
        yes_no = (Column("answer", "Answer", "Whether it is so."),)
        return Table(title, yes_no, (("yes" if found.boolean else "no",),))
    if found.is_graph:
        names = ("subject", "predicate", "object")
        rows = [tuple(_term(t) for t in row) for row in found.rows]
        heads = tuple(Column(n, n.capitalize(), f"The {n} of the statement.") for n in names)
        return Table(title, heads, tuple(rows))
    heads = tuple(
        Column(c, found.heading(c), f"Variable ?{c} of the query.") for c in found.columns
    )
    cells = tuple(tuple(row[c] for c in found.columns) for row in found.table())
    return Table(title, heads, cells, found.query.question if found.query else "")


def _term(term: object) -> str:
    return str(getattr(term, "value", term))


def library_lines(queries: Sequence[Query]) -> list[Line]:
    """Return the queries of the library by folder, with their parameters."""
    result = [Line(f"Queries: {len(queries)}", kind="head")]
    folder = ""
    for query in queries:
        if query.folder != folder:
            folder = query.folder
            result += [Line(""), Line(folder, kind="head")]
        result.append(Line(f"{query.name}: {query.question}", 1))
        for p in query.parameters:
            need = "" if p.required else ", may be left out"
            result.append(Line(f"--param {p.name}=... {p.label}{need}", 2, "detail"))
    return result
