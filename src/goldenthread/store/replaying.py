"""Replay a derivation and keep, for each statement, which rule gave it and what the rule read.

The readings are derived fast and without a record, see `dataset.py`. Whoever asks why a statement
is there gets the record, made once: each rule runs again over what was there before it, this time
for every way in which it applies.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from goldenthread.domain.identifiers import local_name
from goldenthread.domain.namespaces import CONCEPT
from goldenthread.domain.proof import Rule, Step, Triple
from goldenthread.store import resources, ruletext
from goldenthread.store.dataset import ONTOLOGY_GRAPH, Dataset
from goldenthread.store.ruletext import Pattern, RuleText
from goldenthread.store.sources import graphs

if TYPE_CHECKING:
    from goldenthread.store.terms import Term

_READING = "?reading"
_HERE = ox.NamedNode("urn:here")
_CONCEPTS = "concepts.ttl"
Head = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class _Applied:
    """A rule with its solutions, by what each concludes; None for a value that is counted."""

    rule: RuleText
    stage: int
    names: tuple[str, ...]
    ways: dict[Head, list[tuple[str | None, ...]]]
    counts: bool


class Replay:
    """How each statement of a reading came about."""

    def __init__(self, dataset: Dataset, reading: str) -> None:
        """Derive the reading once more, rule by rule, and keep how each rule applied."""
        self.files: dict[Triple, list[str]] = defaultdict(list)
        self._stage: dict[Triple, int] = {}
        self._dataset = dataset
        self._applied: list[_Applied] = []
        store = ox.Store()
        for graph in graphs(dataset):
            self._write(store, graph, f"{local_name(graph.value)}.ttl")
        concepts = resources.root() / "ontology" / _CONCEPTS
        for quad in ox.parse(concepts.read_bytes(), ox.RdfFormat.TURTLE):
            self._add(store, quad.triple, _CONCEPTS)
        ontology = dataset.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=dataset.ontology())
        store.load(ontology or b"", ox.RdfFormat.N_TRIPLES, to_graph=ONTOLOGY_GRAPH)
        self._store = store
        for stage, path in enumerate(resources.files("queries/derive", "*.rq"), start=1):
            self._apply(ruletext.read(path), stage, CONCEPT + reading)

    def _write(self, store: ox.Store, graph: ox.NamedNode, file: str) -> None:
        for quad in self._dataset.store.quads_for_pattern(None, None, None, graph):
            self._add(store, quad.triple, file)

    def _add(self, store: ox.Store, triple: ox.Triple, file: str) -> None:
        store.add(ox.Quad(triple.subject, triple.predicate, triple.object, _HERE))
        said = _said(triple)
        self._stage[said] = 0
        if file not in self.files[said]:
            self.files[said].append(file)

    def _apply(self, rule: RuleText, stage: int, reading: str) -> None:
        closed, here = "subClassOf" in rule.text, ox.Variable("reading")
        substitutions: dict[ox.Variable, Term] = {here: ox.NamedNode(reading)}

        def ask(sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
            return self._store.query(
                sparql,
                default_graph=[_HERE, ONTOLOGY_GRAPH] if closed else [_HERE],
                named_graphs=[],
                substitutions=substitutions if _READING in rule.text else {},
            )

        # What is derived comes from the rule as it stands; its ways only say how.
        ways = self._ways(rule, ask(rule.solutions), reading)
        self._applied.append(_Applied(rule, stage, *ways))
        found = ask(rule.text)
        for triple in list(found) if isinstance(found, ox.QueryTriples) else ():
            said = _said(triple)
            if said not in self._stage:
                self._stage[said] = stage
                self._store.add(ox.Quad(triple.subject, triple.predicate, triple.object, _HERE))

    def _ways(
        self, rule: RuleText, found: object, reading: str
    ) -> tuple[tuple[str, ...], dict[Head, list[tuple[str | None, ...]]], bool]:
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - a SELECT gives solutions
        names = tuple(str(v) for v in found.variables)
        ways: dict[Head, list[tuple[str | None, ...]]] = defaultdict(list)
        all_names = (*(n for n in names if n != _READING), _READING)
        counted = any(o.startswith("?") and o not in names for *_, o in rule.concludes)
        for row in found:
            values = dict(zip(names, (None if t is None else str(t) for t in row), strict=True))
            values[_READING] = f"<{reading}>"
            solution = tuple(values[n] for n in all_names)
            for head in rule.concludes:
                subject, prop, value = (_bound(t, values) for t in head)
                if subject and prop and (value or head[2] not in values):
                    ways[subject, prop, value].append(solution)
        return all_names, dict(ways), counted or "GROUP BY" in rule.text

    def holds(self, triple: Triple) -> bool:
        """Return whether the reading has the statement."""
        return triple in self._stage

    def steps(self, triple: Triple) -> list[Step]:
        """Return every way in which the first rule that gives a statement does so."""
        stage = self._stage.get(triple, 0)
        if stage == 0:
            return []
        applied = self._applied[stage - 1]
        subject, prop, value = triple
        rows = applied.ways.get((subject, prop, value)) or applied.ways.get((subject, prop, None))
        rule = Rule(applied.rule.name, applied.rule.summary)
        found: dict[tuple[Triple, ...], tuple[str, ...]] = {}
        gathered: dict[Triple, None] = {}
        for row in rows or ():
            values = dict(zip(applied.names, row, strict=True))
            premises = tuple(dict.fromkeys(self._premises(applied, values)))
            found.setdefault(premises, tuple(_absent(applied.rule.absent, values)))
            gathered |= dict.fromkeys(premises)
        if applied.counts and found:
            # What is counted are all of them together.
            return [Step(rule, tuple(gathered), next(iter(found.values())))]
        return [Step(rule, p, found[p]) for p in sorted(found, key=lambda p: (len(p), p))]

    def _premises(self, applied: _Applied, values: dict[str, str | None]) -> Iterator[Triple]:
        """Yield what was there before the rule ran, of what it looks at in one solution."""
        for pattern in applied.rule.reads:
            path = pattern[1].endswith(">+")
            subject, prop, value = (_bound(t.removesuffix("+"), values) for t in pattern)
            if not (subject and prop and value):
                continue
            if path:
                yield from self._chain(subject, prop, value)
            elif self._stage.get((subject, prop, value), applied.stage) < applied.stage:
                yield subject, prop, value

    def _chain(self, start: str, prop: str, end: str) -> Iterator[Triple]:
        """Yield the shortest way from one class to another, in the ontology."""
        before: dict[str, str] = {start: ""}
        waiting = [start]
        while waiting and end not in before:
            here = waiting.pop(0)
            for above in self._above.get((here, prop), ()):
                if above not in before:
                    before[above] = here
                    waiting.append(above)
        way = [end] if end in before else []
        while way and before[way[-1]]:
            way.append(before[way[-1]])
        for low, high in zip(way[:0:-1], way[-2::-1], strict=True):
            if "ontology" not in self.files[low, prop, high]:
                self.files[low, prop, high] = ["ontology"]
            yield low, prop, high

    @cached_property
    def _above(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for quad in self._store.quads_for_pattern(None, None, None, ONTOLOGY_GRAPH):
            found[str(quad.subject), str(quad.predicate)].append(str(quad.object))
        return {k: sorted(v) for k, v in found.items()}


def replay(dataset: Dataset, reading: str) -> Replay:
    """Return how each statement of a reading came about; made once."""
    kept = dataset.kept(f"replay of {reading}")
    if "replay" not in kept:
        kept["replay"] = Replay(dataset, reading)
    found: Replay = kept["replay"]
    return found


def _said(triple: ox.Triple) -> Triple:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _bound(term: str, values: dict[str, str | None]) -> str | None:
    return values.get(term) if term.startswith("?") else term


def _absent(patterns: Sequence[Pattern], values: dict[str, str | None]) -> Iterator[str]:
    """Yield what must not be said, with what is known put in, as N-Triples but for variables."""
    for pattern in patterns:
        yield " ".join(_bound(t, values) or t for t in pattern)
