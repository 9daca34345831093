"""Every rule is broken by its invalid example, by nothing else, and by no valid one."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SH

from goldenthread.domain.namespaces import SHAPE
from goldenthread.domain.validation import Broken, Rule
from goldenthread.store import quotes, resources, shacl, sources
from goldenthread.store.dataset import Dataset
from goldenthread.store.rules import rules

EXAMPLES = resources.root() / "shapes" / "examples"
# Where a rule draws its line, beyond what its two examples show.
CASES = Path(__file__).parents[1] / "cases"
LINES = sorted(p for p in CASES.glob("*/*.ttl") if p.name.startswith(("valid-", "invalid-")))
LINES = [p for p in LINES if p.parent.name not in {"queries", "plan-four-levels"}]
VALID = sorted(EXAMPLES.glob("*/valid.ttl")) + [p for p in LINES if p.name.startswith("valid-")]
INVALID = sorted(EXAMPLES.glob("*/invalid.ttl"))
INVALID += [p for p in LINES if p.name.startswith("invalid-")]
RULES = rules()
KINDS = ("reading", "data", "ontology")


def name(path: Path) -> str:
    """Return the folder and name of a case."""
    return f"{path.parent.name}/{path.stem}"


def expected(path: Path) -> str:
    """Return the IRI of the rule that an example is about, or that a case says it breaks."""
    if path.is_relative_to(EXAMPLES):
        return SHAPE + path.parent.name
    first = path.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# (?:expect|about): shape:([A-Z]\w*-[\w-]+)", first)
    assert found, f"{path} does not begin with # expect: shape:Some-rule"
    return SHAPE + found[1]


def broken(path: Path, kind: str) -> set[str]:
    """Return the rules of a kind that a case breaks."""
    dataset = Dataset.open([path])
    of_kind = [r for r in RULES if r.checks == kind]
    found: list[Broken] = shacl.broken(dataset.store, sources.graphs(dataset), of_kind)
    if kind == "data":
        found += quotes.misquoted(dataset)
    return {b.rule for b in found}


@cache
def broken_once(path: Path, kind: str) -> set[str]:
    """Return the rules of a kind that a file breaks, looked for once."""
    return broken(path, kind)


def looked_at(path: Path, rule: Rule) -> bool:
    """Return whether a case holds something that the rule targets."""
    data, shapes, node = Graph().parse(path), shacl._shapes(), URIRef(rule.iri)
    of_class = {s for c in shapes.objects(node, SH.targetClass) for s in data.subjects(RDF.type, c)}
    subjects = {s for p in shapes.objects(node, SH.targetSubjectsOf) for s in data.subjects(p)}
    objects = {o for p in shapes.objects(node, SH.targetObjectsOf) for o in data.objects(None, p)}
    named = {
        n
        for n in shapes.objects(node, SH.targetNode)
        if (None, n, None) in data or (None, None, n) in data
    }
    return bool(of_class | subjects | objects | named)


def test_each_rule_has_its_two_examples_and_no_folder_is_left_over() -> None:
    """Guards against a glob that finds nothing, and against examples of a rule that is gone."""
    names = {r.name for r in RULES}
    assert len(names) > 80
    assert {p.name for p in EXAMPLES.iterdir()} == names
    assert {p.parent.name for p in VALID if p.is_relative_to(EXAMPLES)} == names
    assert {p.parent.name for p in INVALID if p.is_relative_to(EXAMPLES)} == names
    assert {p.name.split("-")[0] for p in LINES} == {"valid", "invalid"}


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_an_invalid_case_breaks_its_rule_alone(path: Path) -> None:
    """Guards each rule: one that is never broken, or a case that breaks two, shows nothing."""
    rule = next(r for r in RULES if r.iri == expected(path))
    assert broken(path, rule.checks) == {rule.iri}


@pytest.mark.parametrize("path", VALID, ids=name)
def test_a_valid_case_breaks_nothing(path: Path) -> None:
    """Guards against a rule that cries wolf, or that looks at nothing in its valid example."""
    rule = next(r for r in RULES if r.iri == expected(path))
    assert looked_at(path, rule)
    assert broken_once(path, rule.checks) == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_rule_speaks_to_people(rule: Rule) -> None:
    """Each rule says in one plain sentence what is wrong, and why it matters and how to mend it."""
    graph = shacl._shapes()
    node = URIRef(rule.iri)
    for prop in (SH.message, SH.severity):
        assert len(list(graph.objects(node, prop))) == 1
    assert rule.checks in KINDS
    assert rule.group in {
        "completeness",
        "measurability",
        "consistency",
        "evidence",
        "vocabulary",
    }
    for text in (rule.message, rule.whole or rule.message):
        assert text.endswith(".")
        assert ". " not in text
        assert text[0].isupper()
    assert rule.why.endswith(".")
    assert rule.mend.endswith(".")
    assert rule.label
    assert "not aligned" not in rule.message + rule.why + rule.mend
    assert "{?" not in rule.why + rule.mend
    if rule.whole:
        assert "{count}" in rule.whole


def test_names_are_unique_and_follow_one_pattern() -> None:
    """Rules are named for what they look at: Measure-target, Expectation-below."""
    names = [r.iri.removeprefix(SHAPE) for r in RULES]
    assert all(re.fullmatch(r"[A-Z][a-z]+(-[a-z]+)+", n) for n in names)
    sentences: dict[str, list[str]] = defaultdict(list)
    for rule in RULES:
        sentences[rule.message].append(rule.id)
    assert [ids for ids in sentences.values() if len(ids) > 1] == []
