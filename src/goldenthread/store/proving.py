"""Prove a plan's own query before anyone asks it: what would go wrong later is told with its line.

The query runs once over an empty store. That parses it, shows its variables and whether its
parameters can be bound, and costs nothing.
"""

import re
from collections.abc import Collection

import pyoxigraph as ox

from goldenthread.domain.query import Query
from goldenthread.errors import BadQuery, Unreadable
from goldenthread.store.guard import guard
from goldenthread.store.pinpointing import fault_of

_NOTHING = ox.NamedNode("urn:nothing")


def prove(query: Query, place: str, known: Collection[str]) -> None:
    """Return if a query can be asked.

    Args:
        query: the query.
        place: what errors call its file.
        known: names of queries that its pick-lists may come from.

    Raises:
        Unreadable: it is refused, cannot be parsed, or its header names what it does not give.
    """
    try:
        guard(query.text, ())
        found = _run(query.text, {p.name for p in query.parameters}, place)
    except BadQuery as error:
        raise Unreadable(str(error), place, error.line, error.column) from error
    except SyntaxError as error:
        fault = fault_of(str(error.msg), query.text)
        raise Unreadable(fault.detail, place, fault.line, fault.column) from error
    variables = {v.value for v in found.variables}
    named = dict.fromkeys(query.columns, "columns")
    named |= dict.fromkeys(query.chart.variables if query.chart else (), "chart")
    for name, key in named.items():
        if name not in variables:
            raise Unreadable(
                f"{key} names “{name}”, which the SELECT does not give. Add ?{name} to the SELECT, "
                "or take it out of the header.",
                place,
                _line(query.text, key),
            )
    for parameter in query.parameters:
        if parameter.options is not None and parameter.options not in known:
            raise Unreadable(
                f"“{parameter.name}” has its choices from “{parameter.options}”, and there is no "
                "such query. `goldenthread query --list` names them all.",
                place,
                _line(query.text, "options"),
            )


def _run(text: str, parameters: Collection[str], place: str) -> ox.QuerySolutions:
    store = ox.Store()
    found = store.query(text)
    if not isinstance(found, ox.QuerySolutions):
        raise Unreadable(
            "A query of the library gives rows. Write it as a SELECT.", place, _first(text)
        )
    given = {v.value for v in found.variables}
    if missing := sorted(set(parameters) - given):
        raise Unreadable(
            f"The SELECT does not give its parameter: a value reaches only what the outermost "
            f"SELECT names. Add ?{missing[0]} to it, and to GROUP BY if there is one.",
            place,
            _first(text),
        )
    store.query(text, substitutions={ox.Variable(p): _NOTHING for p in parameters})
    return found


def _first(text: str) -> int:
    """Return the first line of the query itself."""
    lines = text.splitlines()
    return next((n for n, t in enumerate(lines, 1) if t.strip() and not t.startswith("#")), 1)


def _line(text: str, key: str) -> int:
    """Return the first line of the header that has a key."""
    lines = text.splitlines()
    return next((n for n, t in enumerate(lines, 1) if re.match(rf"#\+[ \-]*{key}:", t)), 1)
