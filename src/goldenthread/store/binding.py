"""Bind the parameters of a library query: from what people type to terms of the graph.

Terms go in through pyoxigraph's substitutions, never by splicing text. What substitutions do was
tried out with pyoxigraph 0.5.13:

- Only a variable that the outermost SELECT projects can be substituted; for any other the engine
  raises RuntimeError. So every library query projects its parameters, and `Answer.columns`
  leaves them out again. A query that groups has to group by its parameters too.
- The value reaches all of the outer query: OPTIONAL, UNION, MINUS, BIND, property paths, FILTER,
  and EXISTS and NOT EXISTS however deep, one inside the other.
- It reaches a subquery only through a variable that the subquery itself projects (and groups by).
  A parameter used inside a subquery that doesn't project it stays unbound there, silently.
- A parameter that is not given stays an ordinary variable: a pattern then matches anything, and
  BOUND tells. A literal where only an IRI can stand matches nothing and is no error.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pyoxigraph as ox

from goldenthread.domain.identifiers import natural, short_id
from goldenthread.domain.namespaces import GT, XSD
from goldenthread.domain.query import Choice, Parameter, Query
from goldenthread.errors import BadValue
from goldenthread.store import queries
from goldenthread.store.dataset import Dataset
from goldenthread.store.terms import Term, text
from goldenthread.store.view import View

_MOST_TOLD = 20
_BY_TAIL = f"""PREFIX gt: <{GT}>
SELECT DISTINCT ?node ?tail
WHERE {{
  ?node a ?class .
  FILTER(STRENDS(STR(?node), ?tail))
  FILTER(CONTAINS(SUBSTR(?tail, 2), "/") || NOT EXISTS {{ ?node gt:atLevel ?level }})
}}"""
_EXISTS = "SELECT ?node WHERE { ?node ?property ?value } LIMIT 1"
_CLASSES = "SELECT DISTINCT ?class WHERE { ?node a ?class }"
_DATE = ox.NamedNode(XSD + "date")
_LONGEST_LABEL = 90


def bind(
    dataset: Dataset, query: Query, given: Mapping[str, str], reading: str
) -> dict[str, ox.NamedNode | ox.Literal]:
    """Return the terms for the parameters of a query, defaults filled in.

    Raises:
        BadValue: a parameter that is unknown, missing or of another type; says what is known.
    """
    if unknown := sorted(set(given) - {p.name for p in query.parameters}):
        raise BadValue(f"“{query.name}” has no parameter “{unknown[0]}”. {_known(query)}")
    terms = {}
    for parameter in query.parameters:
        value = given.get(parameter.name) or parameter.default
        if value is None:
            if parameter.required:
                choices = _choices(dataset, parameter, reading)
                raise BadValue(
                    f"“{query.name}” needs “{parameter.name}” ({parameter.label}).{choices} "
                    f"{_known(query)}"
                )
            continue
        terms[parameter.name] = _term(dataset, parameter, value.strip(), reading)
    return terms


def _known(query: Query) -> str:
    if not query.parameters:
        return "It has none."
    told = (
        f"{p.name} ({p.label}{'' if p.required else ', may be left out'})" for p in query.parameters
    )
    return f"It has: {'; '.join(told)}."


def _choices(dataset: Dataset, parameter: Parameter, reading: str, near: str = "") -> str:
    """Return a sentence that names the values to choose from, those with `near` in them first."""
    if parameter.options is None:
        return ""
    found = options(dataset, parameter, reading)
    found.sort(key=lambda pair: near.lower() not in " ".join(pair).lower())
    told = ", ".join(short for short, _ in found[:_MOST_TOLD])
    more = f" and {len(found) - _MOST_TOLD} more" if len(found) > _MOST_TOLD else ""
    return f" Choose one of: {told}{more}." if told else ""


def options(dataset: Dataset, parameter: Parameter, reading: str) -> list[tuple[str, str]]:
    """Return the pick-list of a parameter: pairs of a short id (or value) and a label."""
    pairs: dict[str, str] = {}
    for term, label in _offers(dataset, parameter, reading):
        key = short_id(term.value) if isinstance(term, ox.NamedNode) else text(term)
        pairs.setdefault(key, label or key)
    return list(pairs.items())


def _offers(dataset: Dataset, parameter: Parameter, reading: str) -> list[tuple[Term, str]]:
    """Return the terms to choose from with their labels, in the order of the query they are of."""
    if parameter.options is None:
        return []
    found: dict[Term, str] = {}
    library = queries.library(dataset.folders)
    for row in dataset.rows(library.text(parameter.options), reading):
        first = next(iter(row.values()))
        label = next((text(t) for v, t in row.items() if v.lower().endswith("label")), "")
        found.setdefault(first, label)
    return list(found.items())


def choices(dataset: Dataset, parameter: Parameter, reading: str) -> list[Choice]:
    """Return the pick-list of a parameter for a form: labels to show, values to send.

    Things are grouped by their levels. Where two have the same label, their ids tell them apart.
    """
    if parameter.type == "class":
        rows = dataset.rows(_CLASSES, reading)
        names = sorted(v for row in rows if (v := text(row["class"])).startswith(GT))
        return [Choice(v, v.removeprefix(GT), dataset.label_of_term(v)) for v in names]
    view = View(dataset, reading)
    found = []
    for term, label in _offers(dataset, parameter, reading):
        value = text(term)
        if not isinstance(term, ox.NamedNode):
            found.append(Choice(value, value, label or value))
            continue
        node = view.node(value)
        words = " ".join(filter(None, (node.notation, label or node.label)))
        group = node.level_name if node.level else ""
        short = words if len(words) <= _LONGEST_LABEL else words[:_LONGEST_LABEL].rstrip() + "…"
        found.append(Choice(value, short_id(value), short, group))
    often = Counter((c.group, c.label) for c in found)
    return [
        replace(c, label=f"{c.label} ({c.short})") if often[c.group, c.label] > 1 else c
        for c in found
    ]


def _term(
    dataset: Dataset, parameter: Parameter, value: str, reading: str
) -> ox.NamedNode | ox.Literal:
    if parameter.type == "string":
        return ox.Literal(value)
    if parameter.type == "integer":
        try:
            return ox.Literal(int(value))
        except ValueError:
            raise _bad(parameter, value, "a whole number, such as 2.") from None
    if parameter.type == "date":
        try:
            return ox.Literal(date.fromisoformat(value).isoformat(), datatype=_DATE)
        except ValueError:
            raise _bad(parameter, value, "a date, such as 2026-11-21.") from None
    if parameter.type == "class":
        return _class(dataset, parameter, value, reading)
    return _node(dataset, parameter, value, reading)


def _bad(parameter: Parameter, value: str, wanted: str) -> BadValue:
    return BadValue(f"“{parameter.name}” ({parameter.label}) cannot be “{value}”: give {wanted}")


def _class(dataset: Dataset, parameter: Parameter, value: str, reading: str) -> ox.NamedNode:
    """Return the class of that name that has members: `Action`, `gt:Action` or an IRI."""
    found = {text(row["class"]) for row in dataset.rows(_CLASSES, reading)}
    for iri in (value, GT + value.removeprefix("gt:")):
        if iri in found:
            return ox.NamedNode(iri)
    known = sorted(iri.removeprefix(GT) for iri in found if iri.startswith(GT))
    raise _bad(parameter, value, f"a class that something here belongs to: {', '.join(known)}.")


def _node(dataset: Dataset, parameter: Parameter, value: str, reading: str) -> ox.NamedNode:
    """Return the node of that IRI or short id.

    A short id is the end of an IRI after a slash: `corporate-priority/4`, `level/action`. The key
    alone is enough for a level, theme, period or document (`action`), and never for a thing of a
    level: `1.5` is one priority in one document and another in the next.
    """
    offers = options(dataset, parameter, reading)
    # The words that the pick-list shows stand for what it offers, where only one thing has them.
    named = [short for short, label in offers if label.casefold() == value.strip().casefold()]
    value = named[0] if len(named) == 1 else value
    choices = _choices(dataset, parameter, reading, value)
    wanted = f"a short id or IRI that is in the data.{choices}"
    try:
        node = ox.NamedNode(value)
        if dataset.rows(_EXISTS, reading, {"node": node}):
            return node
    except ValueError:
        node = None
    tail = ox.Literal("/" + value)
    found = sorted({text(r["node"]) for r in dataset.rows(_BY_TAIL, reading, {"tail": tail})})
    # A document and its text may share a key: what the pick-list offers is meant.
    offered = {short for short, _ in offers}
    found = [iri for iri in found if short_id(iri) in offered] or found
    if len(found) == 1:
        return ox.NamedNode(found[0])
    if found:
        told = ", ".join(sorted(found, key=natural)[:_MOST_TOLD])
        raise _bad(parameter, value, f"one of the things that end so: {told}.")
    raise _bad(parameter, value, wanted)
