"""Count how often the data uses each term: things of a class, statements of a property."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import CONCEPT, GT, RDF
from goldenthread.domain.proof import Triple
from goldenthread.store.dataset import Dataset
from goldenthread.store.terms import text
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
    first: dict[str, list[tuple[str, ox.Quad]]] = {}
    for iri, quad in _uses(dataset, reading):
        first.setdefault(iri, []).append((text(quad.subject), quad))
    view = View(dataset, reading)
    return {iri: Occurrence(len(f), _examples(view, iri, f)) for iri, f in first.items()}


def statements(dataset: Dataset, iri: str, reading: str = "corrected") -> list[Triple]:
    """Return the statements by which a reading uses a term."""
    found = (q for used, q in _uses(dataset, reading) if used == iri)
    return sorted((str(q.subject), str(q.predicate), str(q.object)) for q in found)


def _uses(dataset: Dataset, reading: str) -> Iterator[tuple[str, ox.Quad]]:
    """Yield each statement of a reading with each term of the ontology that it uses."""
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
                yield iri, quad


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
