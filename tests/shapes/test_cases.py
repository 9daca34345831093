"""Every rule is broken by its invalid case, by nothing else, and by no valid case."""

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

CASES = Path(__file__).parents[1] / "cases"
FOLDERS = {p.stem for p in resources.files("shapes", "*.ttl")} - {"shapes"}
VALID = sorted(p for f in FOLDERS for p in (CASES / f).glob("valid-*.ttl"))
INVALID = sorted(p for f in FOLDERS for p in (CASES / f).glob("invalid-*.ttl"))
RULES = rules()
KINDS = ("reading", "data", "ontology")


def name(path: Path) -> str:
    """Return the folder and name of a case."""
    return f"{path.parent.name}/{path.stem}"


@cache
def of_file(stem: str) -> tuple[Rule, ...]:
    """Return the rules of one shape file."""
    graph = Graph().parse(resources.root() / "shapes" / f"{stem}.ttl")
    return tuple(r for r in RULES if (URIRef(r.iri), RDF.type, None) in graph)


def expected(path: Path) -> str:
    """Return the IRI of the rule that an invalid case says it breaks."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# expect: shape:([A-Z]\w*-[\w-]+)", first)
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


def test_there_are_cases() -> None:
    """A glob that finds nothing would make every other test here pass."""
    assert len(RULES) > 80
    assert len(VALID) >= len(FOLDERS)
    assert len(INVALID) >= len(RULES)
    assert {p.parent.name for p in VALID} == {p.parent.name for p in INVALID} == FOLDERS


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_an_invalid_case_breaks_its_rule_alone(path: Path) -> None:
    """A rule that is never broken, or a case that breaks two, shows nothing."""
    rule = next(r for r in RULES if r.iri == expected(path))
    assert rule in of_file(path.parent.name)
    assert broken(path, rule.checks) == {rule.iri}


@pytest.mark.parametrize("path", VALID, ids=name)
def test_a_valid_case_breaks_nothing(path: Path) -> None:
    """A rule that is broken by what is right cries wolf."""
    rules_here = of_file(path.parent.name)
    kinds = [k for k in KINDS if any(r.checks == k and looked_at(path, r) for r in rules_here)]
    assert kinds
    # What an author writes is not yet derived, so each case is checked as the form that it is in:
    # the form in which it breaks nothing has to cover the rules that look at it.
    assert any(broken(path, k) == set() for k in kinds)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_rule_has_both_cases(rule: Rule) -> None:
    """Neither case alone shows where the rule draws its line."""
    assert rule.iri in {expected(p) for p in INVALID}
    folder = next(f for f in FOLDERS if rule in of_file(f))
    valid = [p for p in VALID if p.parent.name == folder and looked_at(p, rule)]
    assert valid
    assert any(broken(p, rule.checks) == set() for p in valid)


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
