"""Ask a question: a query of the library with its parameters, or a reader's own SPARQL.

Parameters are bound as terms and never spliced into the text: see store/binding.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from goldenthread.domain.namespaces import WELL_KNOWN, XSD
from goldenthread.domain.picturing import picture, suggested
from goldenthread.domain.query import Query
from goldenthread.domain.readings import READINGS
from goldenthread.domain.series import Grid, Series
from goldenthread.errors import BadQuery, BadValue
from goldenthread.store import on_demand, queries
from goldenthread.store.binding import bind, choices
from goldenthread.store.dataset import Dataset
from goldenthread.store.filling import filled
from goldenthread.store.pinpointing import fault_of

__all__ = [
    "FORMATS",
    "Answer",
    "ask",
    "choices",
    "filled",
    "library",
    "prepare",
    "read_back",
    "read_back_graph",
]
_Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_NUMBERS = {ox.NamedNode(XSD + kind) for kind in ("integer", "decimal", "double", "float")}

FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}


@dataclass(frozen=True)
class Answer:
    """What a query found, kept as rows so that it can be shown more than once."""

    query: Query | None
    """The library query; None for a reader's own text."""
    text: str
    reading: str
    variables: tuple[str, ...]
    """As projected, the parameters among them; empty for ASK, CONSTRUCT and DESCRIBE."""
    rows: tuple[tuple[Any, ...], ...]
    """Terms in the order of `variables`, None where unbound; triples for CONSTRUCT, DESCRIBE."""
    body: bytes
    """SPARQL 1.1 results JSON, as the engine wrote it; N-Triples for CONSTRUCT and DESCRIBE."""
    boolean: bool | None = None
    """The answer to ASK."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """The terms that were bound, by parameter."""

    @property
    def is_graph(self) -> bool:
        """Return whether the answer is triples and not rows."""
        # `SELECT * {}` has rows without a variable; N-Triples never begin with a brace.
        return self.boolean is None and not self.body.startswith(b"{")

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Return the variables that a table shows: all but parameters without a heading."""
        if self.query is None:
            return self.variables
        hidden = {p.name for p in self.query.parameters} - set(self.query.columns)
        return tuple(v for v in self.variables if v not in hidden)

    def heading(self, column: str) -> str:
        """Return what people call a column."""
        return (self.query.columns.get(column) if self.query else None) or column

    def table(self) -> list[dict[str, str]]:
        """Return the rows as strings by column, IRIs in full, unbound ones as empty strings."""
        places = [(c, self.variables.index(c)) for c in self.columns]
        return [{c: _string(row[i]) for c, i in places} for row in self.rows]

    def picture(self) -> Series | Grid | None:
        """Return what can be drawn of it: as the header asks, or as a reader's columns suggest."""
        rows = self.table()
        if self.query is None:
            chart = suggested(self.columns, self._numbers(), rows)
        else:
            chart = self.query.chart
        headings = {c: self.heading(c) for c in self.columns}
        return picture(chart, headings, rows) if chart else None

    def _numbers(self) -> set[str]:
        """Return the columns that hold numbers and nothing else."""
        found = set()
        for place, name in enumerate(self.variables):
            terms = [row[place] for row in self.rows if row[place] is not None]
            if terms and all(getattr(t, "datatype", None) in _NUMBERS for t in terms):
                found.add(name)
        return found

    def serialize(self, form: str = "json") -> bytes:
        """Return the answer in a SPARQL 1.1 results format, or triples as N-Triples.

        Args:
            form: `json`, `csv`, `tsv` or `xml`; not looked at for CONSTRUCT and DESCRIBE.

        Raises:
            BadValue: another format, or `csv` or `tsv` for ASK, which they cannot say.
        """
        if self.is_graph:
            return self.body
        if form not in FORMATS:
            raise BadValue(f"There is no results format “{form}”. Choose {', '.join(FORMATS)}.")
        if self.boolean is not None and form in ("csv", "tsv"):
            raise BadValue(f"{form} has no way to say yes or no. Choose json or xml.")
        if form == "json":
            return self.body
        found = ox.parse_query_results(self.body, ox.QueryResultsFormat.JSON)
        return found.serialize(format=FORMATS[form]) or b""


def _string(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def ask(
    dataset: Dataset,
    name_or_text: str,
    params: Mapping[str, str] | None = None,
    reading: str | None = None,
) -> Answer:
    """Answer a library query by name, or SPARQL as a reader wrote it.

    Args:
        dataset: the data set.
        name_or_text: the name of a library query, or the text of a query.
        params: values by parameter as people type them; short ids for IRIs.
        reading: `corrected` or `printed`; where None, the one that the query is about.

    Raises:
        NotFound: no library query of that name, or no such reading; carries the nearest.
        BadQuery: a text that is refused or cannot be parsed.
        BadValue: a parameter that is unknown, missing or of another type.
    """
    given = dict(params or {})
    if not _is_text(name_or_text):
        return _ask_library(dataset, name_or_text.strip(), given, reading)
    if given:
        raise BadValue(
            "Parameters go with the queries of the library; this is a query of your own. "
            "Write the values into it."
        )
    for each in READINGS:
        dataset.reading(each)
    for each in on_demand.readings(name_or_text, reading or READINGS[0]):
        on_demand.load(dataset, each)
    names = (g for g in dataset.store.named_graphs() if isinstance(g, ox.NamedNode))
    graphs = sorted(names, key=str)
    own = queries.guard(name_or_text, {g.value for g in graphs})
    return _ask_text(dataset, name_or_text, reading or "corrected", () if own else graphs)


def library(dataset: Dataset) -> queries.Library:
    """Return the library as it is where this data set is open: its plans may add to it."""
    return queries.library(dataset.folders)


def _is_text(given: str) -> bool:
    return any(c in given for c in "{}\n ?") or not given.strip()


def _ask_library(dataset: Dataset, name: str, given: dict[str, str], reading: str | None) -> Answer:
    query, reading, terms = prepare(dataset, name, given, reading)
    found = dataset.query(query.text, reading, terms)
    return _answer(found, query, query.text, reading, terms)


def _ask_text(dataset: Dataset, text: str, reading: str, graphs: Sequence[ox.NamedNode]) -> Answer:
    try:
        # Without graphs the reader chose them with FROM: the engine looks in this store alone.
        chosen: dict[str, Any] = {}
        if graphs:
            default = [dataset.reading(reading)]
            if on_demand.needed(text):
                default.append(on_demand.load(dataset, reading))
            chosen = {"default_graph": default, "named_graphs": list(graphs)}
        found = dataset.store.query(text, prefixes=WELL_KNOWN, **chosen)
        return _answer(found, None, text, reading, {})
    except SyntaxError as error:
        fault = fault_of(str(error.msg), text)
        raise BadQuery(fault.detail, fault.line, fault.column) from error


def _answer(
    found: _Found, query: Query | None, text: str, reading: str, terms: Mapping[str, Any]
) -> Answer:
    if isinstance(found, ox.QueryTriples):
        triples = tuple(found)
        body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        return Answer(query, text, reading, (), triples, body)
    # Results can be walked through once: the rows are read back from what was written.
    body = found.serialize(format=ox.QueryResultsFormat.JSON) or b""
    return read_back(body, text, reading, query, terms)


def read_back(
    body: bytes,
    text: str,
    reading: str,
    query: Query | None = None,
    terms: Mapping[str, Any] | None = None,
) -> Answer:
    """Return the answer that an engine wrote as SPARQL 1.1 results JSON.

    Args:
        body: what it wrote.
        text: what it was asked.
        reading: the reading that it was asked of.
        query: the library query, if it was one.
        terms: what was bound to its parameters.
    """
    found: Any = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Answer(query, text, reading, (), (), body, bool(found), terms or {})
    variables = tuple(v.value for v in found.variables)
    rows = tuple(tuple(row[v] for v in variables) for row in found)
    return Answer(query, text, reading, variables, rows, body, None, terms or {})


def read_back_graph(ntriples: bytes, text: str, reading: str) -> Answer:
    """Return the answer to CONSTRUCT or DESCRIBE that an engine wrote as N-Triples."""
    quads = ox.parse(ntriples, ox.RdfFormat.N_TRIPLES)
    return Answer(None, text, reading, (), tuple(q.triple for q in quads), ntriples)


def prepare(
    dataset: Dataset, name: str, given: Mapping[str, str], reading: str | None
) -> tuple[Query, str, dict[str, Any]]:
    """Return a library query, the reading to ask, and the terms for its parameters.

    Raises:
        NotFound: no library query of that name; carries the nearest.
        BadValue: a parameter that is unknown, missing or of another type.
    """
    query = library(dataset).read(name)
    chosen = reading or query.default_reading
    return query, chosen, bind(dataset, query, given, chosen)
