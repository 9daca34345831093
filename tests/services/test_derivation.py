"""Proofs: every derived statement has its rule and what the rule read, back to what is written."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from goldenthread.domain.namespaces import CONCEPT, GT, PROV
from goldenthread.domain.readings import READINGS
from goldenthread.errors import NotFound
from goldenthread.services import derivation
from goldenthread.store import resources, ruletext
from goldenthread.store.dataset import ONTOLOGY_GRAPH, Dataset
from goldenthread.store.replaying import replay

FOUR = Path(__file__).parents[1] / "cases" / "plan-four-levels"
PLANS = {"shipped": (), "four levels": (FOUR,)}
# So many statements of each rule are derived again from their premises; of the small plan, all.
MOST = 40


@pytest.fixture(scope="module", params=sorted(PLANS))
def dataset(request: pytest.FixtureRequest) -> Dataset:
    """Return each plan in turn."""
    return Dataset.open(PLANS[request.param])


def said(dataset: Dataset, reading: str) -> list[tuple[str, str, str]]:
    """Return what a reading says, as the proofs name it."""
    found = dataset.store.quads_for_pattern(None, None, None, dataset.reading(reading))
    return sorted((str(q.subject), str(q.predicate), str(q.object)) for q in found)


@pytest.mark.parametrize("reading", READINGS)
def test_replay_is_the_reading(dataset: Dataset, reading: str) -> None:
    """Guards that the replay has each statement of a reading, and no other."""
    made, statements = replay(dataset, reading), said(dataset, reading)
    assert statements
    assert [t for t in statements if not made.holds(t)] == []
    assert len(made._stage) == len(statements)


@pytest.mark.parametrize("reading", READINGS)
def test_nothing_comes_from_nowhere(dataset: Dataset, reading: str) -> None:
    """Guards that what no file says has a rule, and that the rule read something."""
    made = replay(dataset, reading)
    derived = [t for t in said(dataset, reading) if not made.files.get(t)]
    assert derived
    assert [t for t in derived if not made.steps(t) or not made.steps(t)[0].premises] == []


@pytest.mark.parametrize("reading", READINGS)
def test_premises_alone_derive_it(dataset: Dataset, reading: str) -> None:
    """Guards that a rule, given only what a proof says it read, derives the statement again."""
    made = replay(dataset, reading)
    rules = {p.stem: p for p in resources.files("queries/derive", "*.rq")}
    done: dict[str, int] = dict.fromkeys(rules, 0)
    ontology = list(dataset.store.quads_for_pattern(None, None, None, dataset.ontology()))
    wrong = []
    for triple in said(dataset, reading):
        steps = made.steps(triple)
        if not steps or done[steps[0].rule.name] >= MOST:
            continue
        name = steps[0].rule.name
        done[name] += 1
        if triple not in again(rules[name], steps[0].premises, reading, ontology):
            wrong.append((name, triple, steps[0].premises))
    assert sum(done.values()) > MOST
    assert wrong == []


def again(
    path: Path, premises: tuple[tuple[str, str, str], ...], reading: str, ontology: list[ox.Quad]
) -> set[tuple[str, str, str]]:
    """Return what a rule derives from some statements alone."""
    text = path.read_text(encoding="utf-8")
    store, here = ox.Store(), ox.NamedNode("urn:here")
    lines = "\n".join(f"{' '.join(t)} ." for t in premises).encode()
    store.load(lines, ox.RdfFormat.N_TRIPLES, to_graph=here)
    closed = "subClassOf" in text
    if closed:
        store.extend(ontology)
    found = store.query(
        text,
        default_graph=[here, ONTOLOGY_GRAPH] if closed else [here],
        named_graphs=[],
        substitutions={ox.Variable("reading"): ox.NamedNode(CONCEPT + reading)}
        if "?reading" in text
        else {},
    )
    assert isinstance(found, ox.QueryTriples)
    return {(str(t.subject), str(t.predicate), str(t.object)) for t in found}


def test_rules_are_read_whole() -> None:
    """Guards that each rule's file is understood: summary, conclusions and what it reads."""
    paths = resources.files("queries/derive", "*.rq")
    assert paths
    for path in paths:
        rule = ruletext.read(path)
        assert all((rule.summary, rule.concludes, rule.reads)), path.name
        assert ("NOT EXISTS" in rule.text) == bool(rule.absent) or "||" in rule.text, path.name


def a_link(dataset: Dataset) -> tuple[str, str, str]:
    """Return a link of the reading with corrections."""
    return next(t for t in said(dataset, "corrected") if t[1] == f"<{GT}supports>")


def test_a_proof_reads_from_the_top(dataset: Dataset) -> None:
    """Guards that each statement stands after all that it rests on, what is proved last."""
    link = a_link(dataset)
    proof = derivation.prove(dataset, [link])
    numbers = proof.numbers
    assert proof.statements[-1].triple == link
    assert len(numbers) == len(proof.statements) > 2
    for s in proof.statements:
        assert all(numbers[p] < numbers[s.triple] for p in (s.step.premises if s.step else ()))
        assert s.step or s.written, s.text
    assert any(s.entry and s.entry.quote for s in proof.statements)
    assert {r.name for r in proof.rules} >= {"60-links", "01-place"}


def test_a_proof_in_prov(dataset: Dataset) -> None:
    """Guards the proof's RDF: statements derived from statements, by a rule as the plan."""
    proof = derivation.prove(dataset, [a_link(dataset)])
    store = ox.Store()
    store.load(derivation.to_rdf(dataset, proof, "ttl"), ox.RdfFormat.TURTLE)
    asked = f"""PREFIX prov: <{PROV}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    SELECT ?rule {{ ?s rdf:predicate <{GT}supports> ; prov:wasDerivedFrom ?from ;
      prov:wasGeneratedBy/prov:qualifiedAssociation/prov:hadPlan ?rule . ?rule a prov:Plan .
      ?from a rdf:Statement }}"""
    rows = store.query(asked)
    assert isinstance(rows, ox.QuerySolutions)
    assert {str(r["rule"]).rsplit("/", 1)[-1] for r in rows} == {"60-links>"}
    words = store.query("ASK { ?e <http://www.w3.org/ns/oa#exact> ?words }")
    assert bool(words)


def test_statements_in_three_words(dataset: Dataset) -> None:
    """Guards that a statement is found by its three parts, and that others are said not to be."""
    subject, prop, value = (t.strip("<>") for t in a_link(dataset))
    assert derivation.parse(dataset, f"{subject} supports {value}") == a_link(dataset)
    assert derivation.parse(dataset, f"{subject} gt:supports {value}") == a_link(dataset)
    assert derivation.parse(dataset, f"<{subject}> <{prop}> <{value}>") == a_link(dataset)
    assert derivation.parse(dataset, "rural isolation matters") is None
    with pytest.raises(NotFound, match="points up"):
        derivation.parse(dataset, f"{value} supports {subject}")
