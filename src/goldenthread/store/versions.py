"""The versions and hashes of what a data set is read and checked with."""

import hashlib
from collections.abc import Iterator

import pyoxigraph as ox

from goldenthread.domain.namespaces import GT, OWL, SHAPE
from goldenthread.domain.table import About
from goldenthread.store import resources, seals
from goldenthread.store.dataset import Dataset
from goldenthread.store.terms import text


def versions(dataset: Dataset, about: About) -> Iterator[tuple[str, str]]:
    """Yield the versions and hashes of what reads and checks the data set, each with its name."""
    yield "Edition of the plan's data", about.edition or "none named"
    version = ox.NamedNode(OWL + "versionInfo")
    found = dataset.store.quads_for_pattern(ox.NamedNode(GT), version, None, dataset.ontology())
    yield "Ontology", ", ".join(text(q.object) for q in found) or "no version named"
    files = resources.files("shapes", "*.ttl")
    shapes = ox.Store()
    for path in files:
        shapes.load(path.read_bytes(), ox.RdfFormat.TURTLE)
    named = shapes.quads_for_pattern(ox.NamedNode(SHAPE), version, None)
    yield "Shapes", ", ".join(text(q.object) for q in named) or "no version named"
    yield "Tool", f"goldenthread {about.version}"
    yield "Ontology and rules of derivation (SHA-256)", seals.rules()
    made = hashlib.sha256()
    for path in files:
        made.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    yield "Shapes (SHA-256)", made.hexdigest()
