"""A plan's own rules and profiles: held to what ours are, refused with their place, and safe."""

import socket
from pathlib import Path
from typing import NoReturn

import pytest

from goldenthread.domain.validation import Report
from goldenthread.errors import BadQuery, NotFound, Unreadable
from goldenthread.services.rulebook import explain
from goldenthread.services.validation import check, rulebook
from goldenthread.store import shacl
from goldenthread.store.dataset import Dataset
from goldenthread.store.rulebook import Rulebook
from goldenthread.store.rules import rules

HEAD = """@prefix gt: <https://w3id.org/goldenthread/ontology/> .
@prefix gtc: <https://w3id.org/goldenthread/ontology/concept/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rule: <https://rules.example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/goldenthread/shapes/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SAID = {
    "rdfs:label": '"an action in other words"',
    "gt:group": "gtc:measurability",
    "gt:why": '"Because."',
    "gt:mend": '"Say it otherwise."',
    "sh:message": '"It is said so."',
    "sh:severity": "sh:Warning",
}
CORE = "sh:targetClass gt:Action ; sh:property [ sh:path rdfs:label ; sh:maxLength 3 ]"
SPARQL = 'sh:targetClass gt:Action ; sh:sparql [ sh:prefixes shape: ; sh:select """{}""" ]'
FINDS = "SELECT $this WHERE { $this rdfs:label ?label }"


def shape(does: str = CORE, name: str = "Action-words", **said: str) -> str:
    """Return a file with one rule; `said` replaces what it says, empty takes it out."""
    kept = {k: said.get(k.split(":")[1], v) for k, v in SAID.items()}
    lines = " ;\n    ".join(f"{k} {v}" for k, v in kept.items() if v)
    return f"{HEAD}rule:{name} a sh:NodeShape ;\n    {lines} ;\n    {does} .\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Return a folder with a plan of one action, and an empty folder of rules."""
    (tmp_path / "plan.ttl").write_text(
        HEAD
        + """@prefix id: <https://w3id.org/goldenthread/id/> .
id:mine a gt:Plan ; rdfs:label "Mine" ; gt:key "mine" .
<https://w3id.org/goldenthread/id/mine/level/work> a gt:Level ; gt:key "work" ; gt:inPlan id:mine ;
    rdfs:label "work" ; skos:prefLabel "work" ; gt:order 1 ; gt:levelClass gt:Action .
<https://w3id.org/goldenthread/id/mine/work/1> a gt:Action ; rdfs:label "Lay pipes" ;
    gt:inPlan id:mine ; gt:atLevel <https://w3id.org/goldenthread/id/mine/level/work> .
""",
        encoding="utf-8",
    )
    (tmp_path / "rules").mkdir()
    return tmp_path


def checked(plan: Path, text: str, name: str = "ours.ttl") -> Report:
    """Return the check of a plan by its own rules alone."""
    (plan / "rules" / name).write_text(text, encoding="utf-8")
    dataset = Dataset.open([plan])
    own = [r.iri for r in rulebook(dataset).rules if r.own]
    return check(dataset, rules=own)


def refused(plan: Path, text: str) -> str:
    """Return why a file is refused; the message names the file."""
    with pytest.raises(Unreadable) as caught:
        checked(plan, text)
    assert str(plan / "rules" / "ours.ttl") in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("does", [CORE, SPARQL.format(FINDS)], ids=["core", "sparql"])
def test_an_own_rule_is_checked_and_told_as_its_own(plan: Path, does: str) -> None:
    """Guards the way in: a file beside the plan finds what it looks for, with all it says."""
    report = checked(plan, shape(does))
    assert [r.focus.label for r in report.results] == ["Lay pipes"]
    rule = report.results[0].rule
    assert (rule.id, rule.own, rule.severity) == ("own:Action-words", True, "should fix")
    assert report.results[0].to_json()["rule"] == "own:Action-words"
    assert report.checked == 1


def test_an_inner_shape_speaks_for_its_rule(plan: Path) -> None:
    """Guards sh:property: its results are the rule's, in its words or in those of the rule."""
    assert [r.message for r in checked(plan, shape()).results] == ["It is said so."]
    inner = "sh:targetClass gt:Action ; sh:property rule:inner"
    text = shape(inner) + 'rule:inner sh:path rdfs:label ; sh:maxLength 3 ; sh:message "Long." .'
    (plan / "rules" / "ours.ttl").unlink()
    found = checked(plan, text, "more.ttl").results
    assert [(r.rule.name, r.message) for r in found] == [("Action-words", "Long.")]


def test_own_rules_stand_beside_ours_and_nowhere_else(plan: Path, shipped: Dataset) -> None:
    """Guards the rulebook: ours are all there, and another plan knows nothing of these."""
    (plan / "rules" / "ours.ttl").write_text(shape(), encoding="utf-8")
    book = rulebook(Dataset.open([plan]))
    assert len(book.rules) == len(rules()) + 1
    assert set(rules()) < set(book.rules)
    assert rulebook(shipped).rules == rules()
    for name in ("Action-words", "action-words", "own:Action-words", book.rule("Action-words").iri):
        assert book.rule(name).own
    with pytest.raises(NotFound) as caught:
        book.rule("Action-wrods")
    assert ("own:Action-words", "an action in other words") in caught.value.nearest


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ("label", "rdfs:label"),
        ("message", "sh:message"),
        ("severity", "sh:severity"),
        ("why", "gt:why"),
        ("mend", "gt:mend"),
        ("group", "gt:group"),
    ],
)
def test_what_a_rule_lacks_is_told_with_its_line(plan: Path, said: str, lacks: str) -> None:
    """Guards metadata: a rule without its reason or remedy is told, not run."""
    message = refused(plan, shape(**{said: ""}))
    assert f"The rule Action-words lacks {'' if said != 'mend' else 'how to mend it'}" in message
    assert lacks in message
    assert "ours.ttl:10:" in message


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("rubbish", "ours.ttl:1"),
        (HEAD, "holds no rule"),
        (shape(severity="sh:Debug"), "none of sh:Violation, sh:Warning and sh:Info"),
        (shape(group="rule:mine"), "has no label"),
        (shape(name="Action_words"), "letters, digits and hyphens"),
        (shape(name="Measure-target"), "is also in the rules that ship"),
        (shape(name="measure-TARGET"), "is also in the rules that ship"),
        (shape() + "shape:Measure-target sh:deactivated true .", "speaks of shape:Measure-target"),
        (shape() + "gt:Action rdfs:subClassOf gt:Measure .", "ships and is not changed"),
        (shape(CORE + " ; gt:checks rule:nothing"), "gt:checks"),
        (shape(CORE + " ; sh:property shape:Measure-target"), "made of shape:Measure-target"),
        (shape(CORE + " ; sh:js [ sh:jsFunctionName 'f' ]"), "sh:js is refused"),
        (shape(CORE + " ; sh:rule [ a sh:TripleRule ]"), "sh:rule is refused"),
        (shape(CORE + " ; sh:target [ a sh:SPARQLTarget ]"), "is refused"),
        (HEAD + "[] a sh:NodeShape ; sh:targetClass gt:Action .", "without an IRI"),
        (shape(SPARQL.format("SELECT $this WHERE { SERVICE <http://x> { ?a ?b ?c } }")), "SERVICE"),
        (shape(SPARQL.format("SELECT $this FROM <http://x> WHERE { ?a ?b ?c }")), "FROM"),
        (shape(SPARQL.format("SELECT $this WHERE { rubbish")), "cannot be read"),
        (shape(SPARQL.format("INSERT DATA { <a:> <b:> <c:> }")), "only read"),
    ],
)
def test_what_cannot_be_used_is_refused(plan: Path, text: str, why: str) -> None:
    """Guards what ships, and the machine: each refusal says the file, why and what to do."""
    assert why in refused(plan, text)


def test_nothing_is_fetched(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards the network: an import, a prefix that hides a query, an address as a path."""

    def never(*_: object, **__: object) -> NoReturn:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket, "create_connection", never)
    monkeypatch.setattr(socket.socket, "connect", never)
    imports = "rule: a owl:Ontology ; owl:imports <http://127.0.0.1:9/more.ttl> .\n"
    report = checked(plan, shape(CORE + " ; rdfs:isDefinedBy rule:") + imports)
    assert len(report.results) == 1


def test_a_prefix_cannot_hide_a_query(plan: Path) -> None:
    """Guards what the validator puts together: a namespace is written into the query as it is."""
    hidden = "http://x> SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } } #"
    text = shape(
        f'sh:targetClass gt:Action ; sh:sparql [ sh:prefixes rule: ; sh:select "{FINDS}" ]'
    )
    text += 'rule: sh:declare [ sh:prefix "rdfs" ; '
    text += f'sh:namespace "{hidden}"^^xsd:anyURI ] .\n'
    assert "cannot be read" in refused(plan, text)
    with pytest.raises(BadQuery, match="SERVICE"):
        shacl._guarded(f"PREFIX rdfs: <{hidden}>\n{FINDS}")


def test_a_shape_that_the_validator_refuses_is_named(plan: Path) -> None:
    """Guards the message for what is no valid SHACL: the rule, its file, and what is wrong."""
    message = refused(plan, shape("sh:targetClass gt:Action ; sh:minCount 1"))
    assert "own:Action-words cannot be run" in message


def test_two_files_may_not_have_one_name(plan: Path) -> None:
    """Guards names between files: the second is refused and the first named."""
    (plan / "rules" / "a.ttl").write_text(shape(), encoding="utf-8")
    assert "is also in " + str(plan / "rules" / "a.ttl") in refused(plan, shape())


def test_an_own_example_is_shown_with_what_the_rule_says(plan: Path) -> None:
    """Guards examples: those beside a rule are checked by it; a rule without them is explained."""
    (plan / "rules" / "ours.ttl").write_text(shape(), encoding="utf-8")
    told = explain(Rulebook([plan]), "Action-words")
    assert (told.invalid, told.valid) == (None, None)
    folder = plan / "rules" / "examples" / "Action-words"
    folder.mkdir(parents=True)
    for kind, label in (("invalid", "Lay pipes"), ("valid", "Lay")):
        text = f'{HEAD}rule:it a gt:Action ; rdfs:label "{label}" .\n'
        (folder / f"{kind}.ttl").write_text(text, encoding="utf-8")
    told = explain(Rulebook([plan]), "Action-words")
    assert told.invalid is not None
    assert told.valid is not None
    assert told.invalid.says == (("it", "It is said so."),)
    assert told.valid.says == ()


def profile(says: str, name: str = "committee") -> str:
    """Return a file with one profile."""
    note = 'skos:scopeNote "For the clerk." ; rdfs:label "a plan for committee"'
    return f"{HEAD}<https://rules.example.org/{name}> a gt:Profile ; {note} ; {says} .\n"


def profiled(plan: Path, text: str) -> Rulebook:
    """Return the rulebook of a plan with a profile of its own."""
    folder = plan / "rules" / "profiles"
    folder.mkdir(exist_ok=True)
    (folder / "mine.ttl").write_text(text, encoding="utf-8")
    (plan / "rules" / "ours.ttl").write_text(shape(), encoding="utf-8")
    return Rulebook([plan])


def test_an_own_profile_chooses_rules_and_severities(plan: Path) -> None:
    """Guards profiles as data: what is left out is not checked, what is changed is as it says."""
    book = profiled(
        plan, profile("gt:leavesOutRule shape:Thing-entry ; gt:mustFix rule:Action-words")
    )
    assert next(iter(book.profiles)) == "published"
    report = check(Dataset.open([plan]), profile="committee", book=book)
    assert (report.left_out, report.checked) == (1, len(book.rules) - 1)
    severities = {r.rule.name: r.severity for r in report.results}
    assert severities["Action-words"] == "must fix"
    assert "Thing-entry" not in severities
    whole = {r.rule.name: r.severity for r in check(Dataset.open([plan]), book=book).results}
    assert whole["Action-words"] == "should fix"
    assert "Thing-entry" in whole


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (profile("gt:mustFix shape:Measure-tarket"), "Did you mean shape:Measure-target"),
        (profile("gt:mustFix rule:Action-word"), "Did you mean own:Action-words"),
        (
            profile("gt:mustFix shape:Measure-target ; gt:asNote shape:Measure-target"),
            "says two things of shape:Measure-target",
        ),
        (profile("gt:asNote shape:Measure-target", name="draft"), "a profile draft already"),
        (HEAD, "holds no profile"),
        ("rubbish", "mine.ttl:1"),
        (profile("gt:asNote shape:Measure-target").replace("skos:scopeNote", "gt:reason"), "when"),
    ],
)
def test_a_profile_that_cannot_be_used_is_told(plan: Path, text: str, why: str) -> None:
    """Guards profiles: one that names an unknown rule is an error with file and nearest id."""
    with pytest.raises(Unreadable) as caught:
        profiled(plan, text).profile("committee")
    assert str(plan / "rules" / "profiles" / "mine.ttl") in str(caught.value)
    assert why in str(caught.value)


def test_each_profile_that_ships_says_something(shipped: Dataset) -> None:
    """Guards the three: whom they are for, and that what they say of a rule differs from it."""
    book = rulebook(shipped)
    assert list(book.profiles) == ["published", "draft", "monitored"]
    for found in book.profiles.values():
        assert len(found.use) > 60
        changed = found.severities or {}
        assert all(book.rule(iri).severity != severity for iri, severity in changed.items())
        assert bool(found.without or changed) == (found.name != "published")
