"""See one reading thing by thing: a node with its words, a link with its evidence."""

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox

from goldenthread.domain.identifiers import local_name, natural, short_id
from goldenthread.domain.namespaces import GT, OA, PROV, RDF, RDFS, SKOS
from goldenthread.domain.node import together
from goldenthread.domain.thread import Entry, Evidence, Link, Node, Schedule, rank
from goldenthread.store.dataset import Dataset
from goldenthread.store.index import HOPS, UNSTATED, Index
from goldenthread.store.terms import node, text

__all__ = ["HOPS", "View"]


class View(Index):
    """One reading of a data set, as the things, entries and links that people read."""

    def __init__(self, dataset: Dataset, reading: str = "corrected") -> None:
        """Look at `reading`, which is derived now if that has not been done."""
        super().__init__(dataset, reading)
        # A data set does not change once it is open, so what was put together once is kept.
        self._nodes: dict[str, Node] = dataset.kept(f"nodes of {reading}")
        self._entries: dict[str, Entry] = dataset.kept(f"entries of {reading}")

    def node(self, iri: str) -> Node:
        """Return a thing with its level, themes, schedule and entries."""
        if iri not in self._nodes:
            self._nodes[iri] = self._node(iri)
        return self._nodes[iri]

    def _node(self, iri: str) -> Node:
        level = self.value(iri, GT + "atLevel")
        order, key, name = self.levels.get(level or "", (UNSTATED, "", ""))
        cls = self._class(iri, level)
        return Node(
            iri=iri,
            label=self.label(iri),
            cls=local_name(cls),
            level=key,
            level_name=name or self.dataset.label_of_term(cls),
            order=order,
            notation=self.value(iri, SKOS + "notation"),
            themes=tuple(self.label(t) for t in self._themes(iri)),
            schedule=tuple(self.schedules(iri)),
            entries=tuple(self.entries(iri)),
            namesakes=tuple(self._namesakes(iri, level)),
            plan_key=self.plan_key(iri),
        )

    def _themes(self, iri: str) -> list[str]:
        """Return the themes of a thing in the plan's own order."""
        found = self.values(iri, GT + "inTheme")
        return sorted(found, key=lambda t: natural(self.value(t, GT + "order") or "~"))

    def _namesakes(self, iri: str, level: str | None) -> Iterator[tuple[str, str]]:
        """Yield where the number of a thing is printed for another thing of its level."""
        number = self.value(iri, SKOS + "notation")
        if number is None or level is None:
            return
        prop, printed = node(GT + "printedNumber"), ox.Literal(number)
        for quad in self._store.quads_for_pattern(None, prop, printed, self.graph):
            entry = text(quad.subject)
            other = self.value(entry, GT + "entryOf")
            if other and other != iri and level in self.values(entry, GT + "atLevel"):
                yield self.label(self.value(entry, GT + "inDocument") or ""), short_id(other)

    def _class(self, iri: str, level: str | None) -> str:
        if level and (cls := self.value(level, GT + "levelClass")):
            return cls
        types = self.values(iri, RDF + "type")
        # Of several classes the most telling is the one that is no other's superclass here.
        general = {GT + "Aim", GT + "Entry", GT + "Excerpt", SKOS + "Concept"}
        return next(
            (t for t in types if t not in general), types[0] if types else RDFS + "Resource"
        )

    def entries(self, iri: str) -> list[Entry]:
        """Return the entries that print a thing, its defining entry first."""
        model = self.value(iri, PROV + "wasDerivedFrom")
        found = self.subjects(GT + "entryOf", iri)
        return [self.entry(e) for e in sorted(found, key=lambda e: (e != model, natural(e)))]

    def entry(self, iri: str) -> Entry:
        """Return one entry with its quote and spans."""
        if iri not in self._entries:
            self._entries[iri] = self._entry(iri)
        return self._entries[iri]

    def _entry(self, iri: str) -> Entry:
        parts = []
        for excerpt in self.values(iri, GT + "excerpt"):
            order, start, end, exact = (
                self.value(excerpt, p)
                for p in (GT + "order", OA + "start", OA + "end", OA + "exact")
            )
            parts.append((int(order or 1), int(start or 0), int(end or 0), exact or ""))
        parts.sort()
        document = self.value(iri, GT + "inDocument")
        return Entry(
            iri=iri,
            document=self.label(document) if document else "",
            place=self.value(iri, GT + "place") or "",
            quote="\n".join(p[3] for p in parts),
            spans=tuple((p[1], p[2]) for p in parts),
            number=self.value(iri, GT + "printedNumber"),
            plain=self.value(iri, GT + "words") or "",
        )

    def schedules(self, iri: str) -> Iterator[Schedule]:
        """Yield the timescales of an action in the order of their documents."""
        for schedule in self.subjects(GT + "schedules", iri):
            link = self.link(schedule, "schedules", iri)
            document = self.value(schedule, GT + "inDocument")
            yield Schedule(
                iri=schedule,
                words=self.label(schedule),
                document=self.label(document) if document else "",
                place=self.value(schedule, GT + "place") or "",
                basis=link.basis,
            )

    def link(self, source: str, prop: str, target: str) -> Link:
        """Return a link with the alignments that carry it, the surest first."""
        carrying = [
            a
            for a in self.subjects(GT + "from", source)
            # A judgement that adds a link names its ends too; only the alignment carries it.
            if GT + "Alignment" in self.values(a, RDF + "type")
            and target in self.values(a, GT + "to")
            and self.value(a, GT + "property") == GT + prop
            and not self.values(a, GT + "withdrawnBy")
        ]
        evidence = sorted(
            (self.evidence(a) for a in carrying),
            key=lambda e: (rank(e.basis), len(e.judgements), e.iri),
        )
        return Link(source, target, prop, tuple(evidence))

    def evidence(self, alignment: str) -> Evidence:
        """Return one alignment with its two entries and the judgements it rests on."""
        basis = self.value(alignment, GT + "basis")
        who = self.value(alignment, GT + "assertedBy")
        where = self.value(alignment, GT + "statedIn")
        source, target = (self.value(alignment, GT + p) for p in ("fromEntry", "toEntry"))
        return Evidence(
            iri=alignment,
            basis=self.label(basis) if basis else "not recorded",
            asserted_by=self.label(who) if who else "not recorded",
            stated_in=self.label(where) if where else "",
            from_entry=self.entry(source) if source else None,
            to_entry=self.entry(target) if target else None,
            judgements=tuple((j, self.label(j)) for j in self.values(alignment, GT + "restsOn")),
            moved=self._apart(source, target),
        )

    def references(self, iri: str) -> list[tuple[Node, Entry | None]]:
        """Return what a thing points the reader to in print, with the whole remark that does."""
        found = []
        for target in self.values(iri, GT + "refersTo"):
            best = self.link(iri, "refersTo", target).best
            entry = best.from_entry if best else None
            found.append((self.node(target), self._remark(entry) if entry else None))
        return found

    def _remark(self, entry: Entry) -> Entry:
        """Return an entry with the remarks that follow it in its cell: a part may mislead."""
        cell = self.value(entry.iri, GT + "inCell")
        if cell is None or not self._remarks(entry.iri):
            return entry
        notes = [e for e in self.subjects(GT + "inCell", cell) if self._remarks(e)]
        notes.sort(key=lambda e: int(self.value(e, GT + "order") or 0))
        parts = [self.entry(e) for e in notes[notes.index(entry.iri) :]]
        return replace(
            entry,
            place=together([e.place for e in parts]),
            quote="\n".join(e.quote for e in parts),
            spans=tuple(span for e in parts for span in e.spans),
        )

    def _remarks(self, entry: str) -> bool:
        return GT + "Note" in self.values(entry, RDF + "type")

    def _apart(self, source: str | None, target: str | None) -> bool:
        """Return whether two entries are read in different rows before any correction."""
        here, there = (self.value(e, GT + "readInRow") if e else None for e in (source, target))
        return here is not None and there is not None and here != there
