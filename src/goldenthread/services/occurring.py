"""Count how often the data uses each term: things of a class, statements of a property."""

from collections import Counter
from dataclasses import dataclass

import pyoxigraph as ox

from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import CONCEPT, GT, RDF
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Occurrence:
    """How often a reading uses a term, and the first who do."""

    count: int
    """Things of a class; statements of a property; statements whose value is a concept."""
    examples: tuple[tuple[str, str, str, str], ...] = ()
    """IRI and label of a subject; of what a property says of it, IRI (or nothing) and words."""


NEVER = Occurrence(0)


def occurrences(dataset: Dataset, reading: str = "corrected") -> dict[str, Occurrence]:
    """Return how often each class, property and concept of the ontology is used, by its IRI."""
    kept = dataset.kept(f"occurrences of {reading}")
    if not kept:
        kept |= _counted(dataset, reading)
    return kept


def _counted(dataset: Dataset, reading: str) -> dict[str, Occurrence]:
    count: Counter[str] = Counter()
    first: dict[str, list[tuple[str, ox.Quad]]] = {}
    a, graph = RDF + "type", dataset.reading(reading)
    for quad in dataset.store.quads_for_pattern(None, None, None, graph):
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        value = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
        used = [quad.predicate.value]
        if quad.predicate.value == a or value.startswith(CONCEPT):
            used.append(value)
        for iri in used:
            # A term of the ontology that stands in a reading says nothing of a plan.
            if iri.startswith(GT) and not quad.subject.value.startswith(GT):
                count[iri] += 1
                first.setdefault(iri, []).append((quad.subject.value, quad))
    view = View(dataset, reading)
    return {iri: Occurrence(n, _examples(view, iri, first[iri])) for iri, n in count.items()}


def _examples(
    view: View, iri: str, found: list[tuple[str, ox.Quad]]
) -> tuple[tuple[str, str, str, str], ...]:
    shown = sorted(found, key=lambda f: (natural(f[0]), str(f[1].object)))[:_SHOWN]
    made = []
    for subject, quad in shown:
        value, words = "", ""
        if quad.predicate.value == iri:
            if isinstance(quad.object, ox.NamedNode):
                value, words = quad.object.value, view.label(quad.object.value)
            elif isinstance(quad.object, ox.Literal):
                words = quad.object.value
        made.append((subject, view.label(subject), value, words))
    return tuple(made)
