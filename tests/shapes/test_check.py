"""The check of the shipped plan: what it finds, how it says so, and that both engines agree."""

from pathlib import Path

import pytest
from rdflib import BNode, URIRef

from goldenthread.domain.namespaces import SH
from goldenthread.domain.validation import Broken, Report
from goldenthread.errors import BadValue, NotFound
from goldenthread.services.validation import check, fails, to_graph
from goldenthread.store import shacl, sources
from goldenthread.store.dataset import Dataset
from goldenthread.store.rules import rules

ELSEWHERE = """
@prefix gt: <https://w3id.org/goldenthread/ontology/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/> .
:judgement a gt:Judgement ; rdfs:label "A hunch" .
:entry a gt:Entry ; rdfs:label "Lay pipes" .
"""


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """Return the shipped plan."""
    return Dataset.open()


@pytest.fixture(scope="module")
def reports(dataset: Dataset) -> dict[str, Report]:
    """Return the check of both readings."""
    return {r: check(dataset, r) for r in ("corrected", "printed")}


def about(report: Report, rule: str) -> set[str]:
    """Return the short ids that the results of a rule are about."""
    return {r.focus.id for r in report.results if r.rule.id == f"shape:{rule}"}


def test_the_known_traps_are_found(reports: dict[str, Report]) -> None:
    """The faults that two readers found by hand are found by the rules."""
    report = reports["corrected"]
    assert about(report, "Thing-numbers") == {"service-priority/1.4"}
    assert about(report, "Level-number") == {"service-priority/1.5"}
    assert about(report, "Level-undefined") == {"service-priority/4.6", "service-priority/4.7"}
    assert about(report, "Expectation-above") == {"service-priority/1.5"}
    assert about(report, "Entry-truncated") == {"entry/annex-3-2626"}
    assert about(report, "Action-measure") == {"action/increased-diversity-across-the-volunteer"}
    assert len(about(report, "Column-uneven")) == 3
    assert len(about(report, "Theme-undelivered")) == 2


def test_corrections_move_the_gaps(reports: dict[str, Report]) -> None:
    """Priority 5 has actions as printed and none with corrections; priority 6 never has one."""
    found = {
        name: {
            r.focus.id
            for r in report.results
            if r.rule.id == "shape:Expectation-below"
            and (r.value or "").endswith("corporate-priority-action")
        }
        for name, report in reports.items()
    }
    assert found == {
        "corrected": {"corporate-priority/5", "corporate-priority/6"},
        "printed": {"corporate-priority/6"},
    }


def test_what_a_whole_plan_lacks_is_one_result(reports: dict[str, Report]) -> None:
    """53 results that say the same thing would bury the others."""
    targets = [r for r in reports["corrected"].results if r.rule.id == "shape:Measure-target"]
    assert len(targets) == 1
    assert targets[0].message == "None of the 53 measures states a target."
    assert len(targets[0].rows) == 53
    assert targets[0].focus.id.endswith("occ-libraries-heritage")


def test_no_result_asks_for_what_the_tables_cannot_state(reports: dict[str, Report]) -> None:
    """No table ties a promise to a priority of the service, or a measure to an action."""
    impossible = {("Promise", "service-priority"), ("Action", "measure"), ("Promise", "action")}
    asked = [
        (r.focus.cls, (r.value or "").rsplit("/", 1)[-1].removeprefix(r.focus.cls.lower() + "-"))
        for report in reports.values()
        for r in report.results
        if r.rule.id.startswith("shape:Expectation-")
    ]
    assert asked
    assert not impossible & set(asked)


def test_the_evidence_rules_find_nothing_wrong(reports: dict[str, Report]) -> None:
    """Every quote is in its source, and every link has an alignment that carries it."""
    bad = [
        r.rule.id
        for report in reports.values()
        for r in report.results
        if r.rule.group in ("evidence", "vocabulary") and r.severity == "must fix"
    ]
    assert bad == []


def test_a_result_shows_the_words_of_the_documents(reports: dict[str, Report]) -> None:
    """An auditor looks a result up on paper."""
    result = next(r for r in reports["corrected"].results if r.rule.id == "shape:Thing-numbers")
    assert {q.document for q in result.quotes} == {"Annex 3", "Appendix 3"}
    assert all(q.place and q.quote for q in result.quotes)


def test_ids_are_stable_and_unique(dataset: Dataset, reports: dict[str, Report]) -> None:
    """A result keeps its id from run to run, and another reading has ids of its own."""
    ids = {name: [r.id for r in report.results] for name, report in reports.items()}
    assert [r.id for r in check(dataset).results] == ids["corrected"]
    assert all(len(i) == 16 for i in ids["corrected"])
    both = ids["corrected"] + ids["printed"]
    assert len(set(both)) == len(both)


def test_the_report_as_json(reports: dict[str, Report]) -> None:
    """The form is the one that surfaces.md fixes, worst results first."""
    answer = reports["corrected"].to_json()
    assert answer["conforms"] is False
    assert answer["dataset"]["sha256"]
    order = ["must fix", "should fix", "note"]
    severities = [order.index(r["severity"]) for r in answer["results"]]
    assert severities == sorted(severities)
    assert sum(answer["counts"].values()) == len(severities) > 0
    keys = {"id", "rule", "group", "severity", "focus", "message", "why", "mend", "quotes"}
    assert keys <= answer["results"][0].keys()


def test_the_report_as_a_graph(reports: dict[str, Report]) -> None:
    """The standard's vocabulary, without blank nodes, one node a result."""
    report = reports["corrected"]
    graph = to_graph(report)
    assert not [t for triple in graph for t in triple if isinstance(t, BNode)]
    results = set(graph.objects(None, URIRef(SH + "result")))
    assert len(results) == len(report.results)
    for prop in ("focusNode", "sourceShape", "resultSeverity", "resultMessage"):
        assert set(graph.subjects(URIRef(SH + prop))) == results


def test_what_fails(reports: dict[str, Report]) -> None:
    """The exit code follows the severity asked for, and one that there is not is an error."""
    report = reports["corrected"]
    assert fails(report)
    assert fails(report, "must-fix")
    assert fails(report, "note")
    assert not fails(report, "never")
    only_notes = Report("corrected", report.results[-1:], "", "", 1)
    assert only_notes.results[0].severity == "note"
    assert not fails(only_notes, "should fix")
    with pytest.raises(BadValue):
        fails(report, "catastrophe")


def test_some_rules_alone(dataset: Dataset) -> None:
    """Rules can be named with or without their prefix; a wrong name says which come near."""
    report = check(dataset, rules=["Measure-target", "shape:Theme-empty"])
    assert {r.rule.id for r in report.results} == {"shape:Measure-target"}
    assert report.checked == 2
    with pytest.raises(NotFound) as error:
        check(dataset, rules=["Measure-targets"])
    assert "shape:Measure-target" in dict(error.value.nearest)


def test_data_without_a_plan_is_checked(tmp_path: Path) -> None:
    """Somebody else's RDF is checked as far as the rules find their classes in it."""
    path = tmp_path / "elsewhere.ttl"
    path.write_text(ELSEWHERE, encoding="utf-8")
    found = {r.rule.id for r in check(Dataset.open([path])).results}
    assert {"shape:Judgement-reason", "shape:Entry-excerpt"} <= found
    assert not {r for r in found if r.startswith(("shape:Measure", "shape:Term"))}


def test_a_quote_that_was_changed_is_found(tmp_path: Path, dataset: Dataset) -> None:
    """One changed letter of a source, and an auditor would find other words on paper."""
    shipped = dataset.folders[0]
    for path in [*shipped.glob("*.ttl"), *shipped.glob("sources/*")]:
        copy = tmp_path / path.relative_to(shipped)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    source = min(tmp_path.glob("sources/*"))
    source.write_bytes(source.read_bytes().replace(b"Tackle", b"Tickle", 1))
    changed = check(Dataset.open([tmp_path]), rules=["Excerpt-quote", "Extraction-file"])
    assert sorted(r.rule.id for r in changed.results) == [
        "shape:Excerpt-quote",
        "shape:Extraction-file",
    ]


def test_both_engines_agree(dataset: Dataset) -> None:
    """PySHACL on its own, with rdflib's SPARQL, reports exactly what the store's SPARQL gives."""

    def key(broken: Broken) -> tuple[str, ...]:
        parts = (broken.rule, broken.focus, broken.path, broken.value, broken.message)
        return tuple(p or "" for p in parts)

    graphs = {
        "reading": [dataset.reading("corrected")],
        "data": sources.graphs(dataset),
        "ontology": [dataset.ontology()],
    }
    for kind, names in graphs.items():
        of_kind = [r for r in rules() if r.checks == kind]
        assert of_kind
        quads = (q for g in names for q in dataset.store.quads_for_pattern(None, None, None, g))
        alone = {key(b) for b in shacl.report(shacl.to_rdflib(quads), of_kind)}
        assert alone == {key(b) for b in shacl.broken(dataset.store, names, of_kind)}


def test_one_document_cannot_make_up_for_another(tmp_path: Path) -> None:
    """An entry keeps its evidence in its own document's graph; another's reason does not count."""
    for name, words in {"a": "", "b": ':judgement gt:reason "Alike in all words" .'}.items():
        (tmp_path / f"{name}.ttl").write_text(
            "@prefix gt: <https://w3id.org/goldenthread/ontology/> .\n"
            "@prefix : <https://example.org/> .\n" + (words or ":judgement a gt:Judgement .")
        )
    rule = ["Judgement-reason"]
    apart = check(Dataset.open([tmp_path]), rules=rule)
    assert about(apart, "Judgement-reason") == {"https://example.org/judgement"}
    joined = tmp_path / "joined.ttl"
    joined.write_text((tmp_path / "a.ttl").read_text() + (tmp_path / "b.ttl").read_text())
    assert not check(Dataset.open([joined]), rules=rule).results
