"""What belongs together has the same name, and whoever adds one is told which other is missing."""

import re
from pathlib import Path

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from goldenthread.domain.namespaces import GT
from goldenthread.services.describing import list_class
from goldenthread.store import queries
from goldenthread.store.dataset import Dataset
from goldenthread.store.terms import text as text_of

ROOT = Path(__file__).parents[2]
# Shape files that are not named for one class: all things alike, the ontology's own rules, what is
# deprecated, and the header of the shapes.
NOT_A_CLASS = {"thing", "ontology", "deprecated", "shapes"}
# Classes that no rule looks at, each with its reason.
UNCHECKED = {
    "Profile": "chosen before anything is checked, so what reads one refuses what it lacks",
    "Reading": "two concepts of our own scheme, which the ontology's rules check",
}


def kebab(name: str) -> str:
    """Return `service-priority` for `ServicePriority`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def ontology() -> Graph:
    """Return the ontology."""
    return Graph().parse(ROOT / "ontology" / "goldenthread.ttl")


def classes() -> set[str]:
    """Return the local names of the ontology's classes."""
    found = {str(c).removeprefix(GT) for c in ontology().subjects(RDF.type, OWL.Class)}
    assert len(found) > 20
    return found


def test_each_shape_file_is_named_for_a_class_and_has_examples() -> None:
    """Guards class, shape file and examples: all three or none."""
    files = {p.stem for p in (ROOT / "shapes").glob("*.ttl")}
    assert len(files) > 15
    named = {kebab(c) for c in classes()}
    assert files - NOT_A_CLASS <= named
    examples = {p.name for p in (ROOT / "shapes" / "examples").iterdir()}
    for file in files - {"shapes"}:
        text = (ROOT / "shapes" / f"{file}.ttl").read_text(encoding="utf-8")
        rules = set(re.findall(r"^shape:([\w-]+) a sh:\w+Shape", text, flags=re.MULTILINE))
        assert rules & examples, file


def test_each_class_is_checked_by_a_shape_file() -> None:
    """Guards that a new class gets rules: a file of its own, or one of a class above it."""
    graph = ontology()
    files = {p.stem for p in (ROOT / "shapes").glob("*.ttl")}
    shapes = (ROOT / "shapes" / "thing.ttl").read_text(encoding="utf-8")
    covered = files | {kebab(c) for c in classes() if f"gt:{c}" in shapes}
    for name in sorted(classes() - set(UNCHECKED)):
        above = {
            str(s).removeprefix(GT)
            for s in graph.transitive_objects(URIRef(GT + name), RDFS.subClassOf)
        }
        assert {kebab(c) for c in above} & covered, f"shapes/{kebab(name)}.ttl is missing"


def test_each_class_can_be_listed(shipped: Dataset) -> None:
    """Guards that one query lists any class, and that the service lists the same things."""
    text = queries.text("things-of-class")
    counts = {}
    for name in sorted(classes()):
        bound = {"class": ox.NamedNode(GT + name)}
        found = {text_of(row["thing"]) for row in shipped.rows(text, bindings=bound)}
        assert found == {node.iri for node in list_class(shipped, name)}, name
        counts[name] = len(found)
    assert {"Action": 51, "Measure": 53, "Aim": 37, "Reading": 2}.items() <= counts.items()


def test_each_query_has_a_case_and_each_case_a_query() -> None:
    """Guards queries and their cases by name."""
    named = set(queries.names())
    assert len(named) >= 30
    cases = {
        re.split(r"--|\.", p.name)[0] for p in (ROOT / "tests" / "cases" / "queries").iterdir()
    }
    assert named == cases - {"README"}


def test_each_decision_says_context_decision_and_consequences() -> None:
    """Guards that decisions can be reviewed without digging through history."""
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert len(files) >= 5
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert re.fullmatch(r"\d{8}-[a-z0-9-]+\.md", file.name)
        for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
            assert part in text, (file.name, part)
