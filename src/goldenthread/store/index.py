"""Ask one reading's index directly: the values of a property, what stands above and below.

A trace asks some thousand such questions and the index answers each in a microsecond or two,
where a SPARQL query a node would cost a parse each.
"""

from collections.abc import Callable
from functools import cached_property

from goldenthread.domain.identifiers import local_name, natural
from goldenthread.domain.namespaces import DCTERMS, GT, PROV, RDF, RDFS, SKOS
from goldenthread.store.dataset import Dataset
from goldenthread.store.terms import node, text

UNSTATED = 99
"""The order of what stands on no level: after everything that does."""
# The only steps of a thread; cross-references and rows are shown beside it.
HOPS = ("supports", "measures")


class Index:
    """One reading of a data set, asked node by node."""

    def __init__(self, dataset: Dataset, reading: str = "corrected") -> None:
        """Look at `reading`, which is derived now if that has not been done."""
        self.dataset = dataset
        self.reading = reading
        self.graph = dataset.reading(reading)
        self._store = dataset.store

    def values(self, subject: str, prop: str) -> list[str]:
        """Return the objects of a property as strings, sorted naturally.

        Nothing where data have words in place of the subject's IRI: these have no statements.
        """
        try:
            about = node(subject)
        except ValueError:
            return []
        found = self._store.quads_for_pattern(about, node(prop), None, self.graph)
        values = [text(q.object) for q in found]
        # Most properties have one value, and a sort key costs more than the question.
        return sorted(values, key=natural) if len(values) > 1 else values

    def value(self, subject: str, prop: str) -> str | None:
        """Return the first object of a property, or None."""
        return next(iter(self.values(subject, prop)), None)

    def subjects(self, prop: str, value: str) -> list[str]:
        """Return the IRIs that have the IRI `value` under a property, sorted naturally."""
        found = self._store.quads_for_pattern(None, node(prop), node(value), self.graph)
        return sorted((text(q.subject) for q in found), key=natural)

    def exists(self, iri: str) -> bool:
        """Return whether anything is said of the IRI."""
        found = self._store.quads_for_pattern(node(iri), None, None, self.graph)
        return next(iter(found), None) is not None

    def label(self, iri: str) -> str:
        """Return the label of anything that has one, else its local name."""
        for prop in (GT + "shortTitle", RDFS + "label", SKOS + "prefLabel"):
            if (found := self.value(iri, prop)) is not None:
                return found
        return local_name(iri)

    @cached_property
    def levels(self) -> dict[str, tuple[int, str, str]]:
        """Return order, key and name of each level by its IRI, first level first."""
        found = {}
        for iri in self.subjects(RDF + "type", GT + "Level"):
            order = int(self.value(iri, GT + "order") or UNSTATED)
            found[iri] = (order, self.value(iri, GT + "key") or "", self.label(iri))
        return dict(sorted(found.items(), key=lambda item: item[1]))

    def below(self, iri: str) -> list[str]:
        """Return everything that stands under a node on some thread, without the node itself."""
        return self._reach(iri, lambda n: [s for p in HOPS for s in self.subjects(GT + p, n)])

    def above(self, iri: str) -> list[str]:
        """Return everything that a node serves on some thread, without the node itself."""
        return self._reach(iri, lambda n: [o for p in HOPS for o in self.values(n, GT + p)])

    @staticmethod
    def _reach(start: str, step: Callable[[str], list[str]]) -> list[str]:
        seen, waiting = {start: None}, [start]
        while waiting:
            for near in step(waiting.pop(0)):
                if near not in seen:
                    seen[near] = None
                    waiting.append(near)
        return list(seen)[1:]

    def at_level(self, level: str) -> list[str]:
        """Return the things that stand on a level, in the order of numbers and of print."""
        found = [
            iri
            for iri in self.subjects(GT + "atLevel", level)
            # Entries carry their level too; they are print, not things.
            if not self.value(iri, GT + "inDocument")
        ]
        return sorted(
            found,
            key=lambda i: (
                natural(self.value(i, SKOS + "notation") or "~"),
                natural(self.value(i, PROV + "wasDerivedFrom") or i),
            ),
        )

    def plan(self, iri: str) -> str | None:
        """Return the IRI of the plan that a node belongs to."""
        return self.value(iri, GT + "inPlan")

    def plans(self) -> list[str]:
        """Return the IRIs of the plans in this reading."""
        return self.subjects(RDF + "type", GT + "Plan")

    def plan_key(self, iri: str) -> str:
        """Return the key of a node's plan where several are loaded, else nothing.

        With one plan a short id needs no more; with several, two may have the same.
        """
        plans = self.dataset.kept(f"plans of {self.reading}")
        if not plans:
            plans |= {p: self.value(p, GT + "key") or "" for p in self.plans()}
        return str(plans.get(self.plan(iri) or "", "")) if len(plans) > 1 else ""

    def publisher(self, plan: str) -> str | None:
        """Return the name of the body that publishes the plan."""
        found = self.value(plan, DCTERMS + "publisher")
        return self.label(found) if found else None
