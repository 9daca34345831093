"""Explain one check result: the rule, what it is about, what it read, and what it did not find."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from goldenthread.domain.description import Explanation
from goldenthread.domain.namespaces import PREFIXES, RDF
from goldenthread.domain.proof import Triple
from goldenthread.domain.readings import READING_NAMES
from goldenthread.domain.validation import Focus, Report, Result
from goldenthread.errors import Ambiguous, NotFound
from goldenthread.store import shapes
from goldenthread.store.dataset import Dataset
from goldenthread.store.terms import node, text
from goldenthread.store.view import View

_ID = re.compile(r"^(?:(?:https?://\S*/)?result/)?([0-9a-f]{8,16})$")
_PREFIXED = re.compile(r"\b([a-z][\w-]*):([\w-]+)")
_LOOKED_AT = {
    "reading": "the reading {reading}",
    "data": "what is written, before anything is derived",
    "ontology": "the ontology",
}


def find(report: Report, asked: str) -> Result | None:
    """Return the check result that an id means; None where it is no such id.

    Args:
        report: the check results of the reading.
        asked: `result/3f2a91c05d1e77aa`, its IRI, or its 16 digits or at least the first eight.

    Raises:
        NotFound: no result has that id in this reading.
        Ambiguous: several begin so.
    """
    given = _ID.match(asked.strip())
    if given is None:
        return None
    found = [r for r in report.results if r.id.startswith(given[1])]
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(
            f"{len(found)} check results begin with {given[1]}. Give more of the id.",
            [(f"result/{r.id}", f"{r.focus.name}: {r.message}") for r in found],
        )
    raise NotFound(
        f"There is no check result {given[1]} in this reading: ids depend on the reading, and what "
        "was mended is gone. `goldenthread check --all` lists ids; --reading chooses."
    )


def looks_like_id(asked: str) -> bool:
    """Return whether words are the id of a check result, here or not."""
    return _ID.match(asked.strip()) is not None


def explain(
    dataset: Dataset, result: Result, reading: str = "corrected"
) -> tuple[Explanation, list[Triple]]:
    """Return why there is a check result, and the statements that its rule read."""
    view = View(dataset, reading)
    named = _mentioned(result)
    read = [t for f in (result.rows or (result.focus,)) for t in _read(view, f, named)]
    parts = [_rule(result, reading)]
    if result.standing:
        parts.append(Explanation(result.focus.iri, result.standing))
    if result.rows:
        parts += [_about(view, f, result, named) for f in result.rows]
    else:
        parts.append(_about(view, result.focus, result, named))
        parts += _value(view, result)
    sentence = f"Check result {result.id}, {result.severity}: {result.focus.name}: {result.message}"
    return Explanation(f"{dataset.base}result/{result.id}", sentence, (), tuple(parts)), read


def _rule(result: Result, reading: str) -> Explanation:
    rule = result.rule
    name = READING_NAMES[reading]
    looked = _LOOKED_AT.get(rule.checks, rule.checks).format(reading=name)
    sentence = (
        f"Rule {rule.id} ({rule.group}) finds {rule.label or 'this'}. It looks at {looked}. "
        f"Why it matters: {rule.why} How to mend it: {rule.mend}"
    )
    return Explanation(rule.iri, sentence)


def _about(view: View, focus: Focus, result: Result, named: set[str]) -> Explanation:
    """Return what the rule found said of a node, and what it looked for and did not find."""
    said = sorted(
        {
            view.dataset.label_of_term(p)
            for _, p in _properties(view, focus, named)
            if p != RDF + "type"
        }
    )
    path = re.fullmatch("<([^<>]*)>", result.path or "")
    sentence = f"It is about {focus.name}"
    if path and not view.values(focus.iri, path[1]):
        sentence += f", of which nothing says: {view.dataset.label_of_term(path[1])}"
    if said:
        sentence += f". The rule read of it: {', '.join(said)}"
    itself = [view.entry(focus.iri)] if view.entry(focus.iri).quote else []
    return Explanation(focus.iri, sentence + ".", tuple(view.entries(focus.iri) or itself))


def _value(view: View, result: Result) -> Iterator[Explanation]:
    value = result.value or ""
    if not value or value in {q.quote for q in result.quotes}:
        return
    known = value.startswith("http") and view.exists(value)
    name = view.node(value).name if known else f"“{value}”"
    entry = view.entry(value) if known else None
    entries = view.entries(value) if known else []
    shown = tuple(entries or ([entry] if entry and entry.quote else []))
    yield Explanation(
        value if known else result.focus.iri, f"What it names beside that: {name}.", shown
    )


def _mentioned(result: Result) -> set[str]:
    """Return the IRIs that a rule's shape names, those in its queries too."""
    found: set[str] = set()
    for triple in shapes.of_rule(result.rule):
        value = triple.object
        if isinstance(value, ox.NamedNode):
            found.add(value.value)
        elif isinstance(value, ox.Literal):
            named = _PREFIXED.findall(value.value)
            found |= {PREFIXES[p] + local for p, local in named if p in PREFIXES}
    return found


def _properties(view: View, focus: Focus, named: set[str]) -> Iterator[tuple[ox.Quad, str]]:
    me = node(focus.iri)
    for ends in ((me, None), (None, me)):
        for quad in view.dataset.store.quads_for_pattern(ends[0], None, ends[1], view.graph):
            prop = text(quad.predicate)
            # What a rule finds by its class, it found by the statement of that class.
            if prop in named or (prop == RDF + "type" and text(quad.object) in named):
                yield quad, prop


def _read(view: View, focus: Focus, named: set[str]) -> list[Triple]:
    """Return the statements about a node that the rule's shape looks at."""
    found = {
        (str(q.subject), str(q.predicate), str(q.object))
        for q, _ in _properties(view, focus, named)
    }
    return sorted(found)
