"""The house stands as docs/decisions and the design say: layers, names, one layout, line-up."""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.namespace import SKOS

from goldenthread.domain.namespaces import GT, PREFIXES
from goldenthread.store import resources
from goldenthread.store.turtle import layout

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "goldenthread"
LAYERS = ("errors", "domain", "store", "services", "faces")
MODULES = sorted(SOURCE.rglob("*.py"))
TURTLE = sorted(p for f in ("ontology", "shapes", "data") for p in (ROOT / f).rglob("*.ttl"))


def layer(module: str) -> int | None:
    """Return the place of a goldenthread module's layer, or None for the package itself."""
    parts = module.split(".")
    return LAYERS.index(parts[1]) if len(parts) > 1 and parts[1] in LAYERS else None


def imports(path: Path) -> set[str]:
    """Return every goldenthread module that a file imports, at the top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{a.name}" for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
    return {f for f in found if f.startswith("goldenthread.")}


def test_there_are_modules_and_turtle_files() -> None:
    """Guards the tests below against looking at nothing."""
    assert len(MODULES) > 20
    assert len(TURTLE) > 10


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_module_imports_its_own_layer_or_lower(path: Path) -> None:
    """Guards errors < domain < store < services < faces, for lazy imports too."""
    own = layer("goldenthread." + ".".join(path.relative_to(SOURCE).with_suffix("").parts))
    if own is None:
        return
    higher = {m for m in imports(path) if (other := layer(m)) is not None and other > own}
    assert not higher


# The package itself is no service: it hands the store what makes check results.
SERVICES = sorted(p for p in (SOURCE / "services").glob("*.py") if p.stem != "__init__")


@pytest.mark.parametrize("path", SERVICES, ids=lambda p: p.stem)
def test_services_do_not_import_each_other(path: Path) -> None:
    """Guards that what two services need is moved lower."""
    others = {m for m in imports(path) if m.startswith("goldenthread.services.")}
    assert not others


# A module beside the faces puts together what several services answer, for all of them.
FACES = {p.name for p in (SOURCE / "faces").iterdir() if p.is_dir()}
# A command starts the explorer or writes it as files; the manual describes the Python face.
FACES_THAT_SHOW_ANOTHER = {
    ("cli/commands/serve.py", "web"),
    ("cli/manual.py", "python"),
}


@pytest.mark.parametrize(
    "path",
    sorted((SOURCE / "faces").rglob("*.py")),
    ids=lambda p: str(p.relative_to(SOURCE / "faces")),
)
def test_faces_do_not_import_each_other(path: Path) -> None:
    """Guards that what two faces need is moved lower: the same answer, made in one place."""
    where = path.relative_to(SOURCE / "faces")
    others = {
        m.split(".")[2]
        for m in imports(path)
        if m.startswith("goldenthread.faces.") and m.split(".")[2] in FACES - {where.parts[0]}
    }
    assert {(where.as_posix(), o) for o in others} <= FACES_THAT_SHOW_ANOTHER


@pytest.mark.parametrize("path", TURTLE, ids=lambda p: str(p.relative_to(ROOT)))
def test_turtle_has_the_one_layout(path: Path) -> None:
    """Guards small diffs: every Turtle file is as store/turtle.py writes it."""
    graph = Graph(bind_namespaces="none")
    text = path.read_text(encoding="utf-8")
    graph.parse(data=text, format="turtle")
    assert layout(graph) == text


def test_nothing_names_the_shipped_plan() -> None:
    """Guards that no code, query or shape knows the shipped plan, its body or its levels' names."""
    names = re.compile(
        r"oxfordshire|\bOCC\b|L&H|libraries and heritage|annex[- ]3|appendix[- ]3", re.IGNORECASE
    )
    checked = [*MODULES, *(ROOT / "queries").rglob("*.rq"), *(ROOT / "shapes").rglob("*.ttl")]
    checked += [p for p in SOURCE.rglob("*") if p.suffix in {".html", ".js", ".css", ".jinja"}]
    assert len(checked) > 60
    named = {
        str(p)
        for p in checked
        if "built" not in p.parts and names.search(p.read_text(encoding="utf-8"))
    }
    assert not named


def test_rules_read_only_lower_strata() -> None:
    """Guards the order of derivation: each rule says what it reads, and it is numbered lower."""
    rules = resources.files("queries/derive", "*.rq")
    assert len(rules) > 15
    for rule in rules:
        header = re.search(r"#\+ reads: (.+)", rule.read_text(encoding="utf-8"))
        assert header, rule.name
        read = [int(n) for n in re.findall(r"\b\d\d\b", header[1])]
        assert all(n < int(rule.name[:2]) for n in read), rule.name


def test_the_context_has_every_term_of_the_ontology() -> None:
    """Guards that JSON-LD written with our context loses no term and no datatype."""
    ontology = Graph().parse(ROOT / "ontology" / "goldenthread.ttl")
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8"))
    terms = context["@context"]
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    declared = [s for k in kinds for s in ontology.subjects(RDF.type, k)]
    assert len(declared) > 100
    for term in declared:
        name = str(term).removeprefix(GT)
        entry = terms[name]
        assert (entry["@id"] if isinstance(entry, dict) else entry) == f"gt:{name}"
        if (term, RDF.type, OWL.ObjectProperty) in ontology:
            assert entry["@type"] == "@id", name


def test_every_class_has_label_definition_and_example() -> None:
    """Guards the ontology's documentation, which people read on screen."""
    ontology = Graph().parse(ROOT / "ontology" / "goldenthread.ttl")
    classes = list(ontology.subjects(RDF.type, OWL.Class))
    assert classes
    for term in classes:
        for prop in (RDFS.label, SKOS.definition, RDFS.isDefinedBy):
            assert len(list(ontology.objects(term, prop))) == 1, (term, prop)
        assert list(ontology.objects(term, SKOS.example)), term


def test_terms_used_in_data_and_rules_are_declared() -> None:
    """Guards against a misspelt term: every gt: name in data and queries is in the ontology."""
    ontology = Graph()
    for file in (ROOT / "ontology").glob("*.ttl"):
        ontology.parse(file)
    used: set[str] = set()
    for path in (*(ROOT / "queries").rglob("*.rq"), *TURTLE):
        used |= set(re.findall(r"(?<![\w:])gt:([A-Za-z][\w-]*)", path.read_text(encoding="utf-8")))
    assert len(used) > 60
    unknown = {u for u in used if (URIRef(GT + u), None, None) not in ontology}
    assert not unknown - {"0"}


def test_prefixes_agree_between_files() -> None:
    """Guards that one prefix means one namespace in every query and Turtle file."""
    found = 0
    for path in (*(ROOT / "queries").rglob("*.rq"), *TURTLE):
        text = path.read_text(encoding="utf-8")
        for prefix, namespace in re.findall(r"(?i)@?prefix\s+([\w-]+):\s+<([^>]+)>", text):
            if prefix in PREFIXES:
                found += 1
                assert PREFIXES[prefix] == namespace, path
    assert found > 100


def test_warnings_are_errors() -> None:
    """Guards the setting that keeps deprecations from piling up."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["pytest"]["ini_options"]["filterwarnings"][0] == "error"
