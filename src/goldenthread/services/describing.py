"""Describe one node: what it is, its words, and what stands around it."""

import pyoxigraph as ox

from goldenthread.domain.description import Description, Fact, Step
from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import GT, RDF, RDFS, SKOS
from goldenthread.domain.thread import Node
from goldenthread.errors import NotFound
from goldenthread.store import dating, judged
from goldenthread.store.dataset import Dataset
from goldenthread.store.terms import node, text
from goldenthread.store.view import HOPS, View

# Shown in places of their own, or the same for everything.
_SHOWN_ELSEWHERE = {
    RDF + "type",
    RDFS + "label",
    SKOS + "prefLabel",
    SKOS + "notation",
    GT + "inPlan",
    GT + "words",
    *(GT + hop for hop in HOPS),
}


def describe(dataset: Dataset, iri: str, reading: str = "corrected") -> Description:
    """Return everything that the reading says of one node of any kind.

    Args:
        dataset: the data set.
        iri: full IRI of a thing, an entry, an alignment, a judgement, a row ...
        reading: `corrected` or `printed`.

    Raises:
        NotFound: nothing is said of the IRI in this reading.
    """
    view = View(dataset, reading)
    if not view.exists(iri):
        raise NotFound(f"Nothing here has the IRI {iri}. Search for its words.")
    thing = view.node(iri)
    return Description(
        node=thing,
        kind=thing.level_name,
        facts=tuple(_facts(view, iri)),
        up=tuple(_steps(view, iri, up=True)),
        down=tuple(_steps(view, iri, up=False)),
        listed_with=tuple(_listed_with(view, iri)),
        judgements=tuple(judged.about(view, iri)),
        references=tuple(view.references(iri)),
        dates_differ=dating.differs(view, iri) if thing.level else (),
    )


def _facts(view: View, iri: str) -> list[Fact]:
    quads = view.dataset.store.quads_for_pattern(node(iri), None, None, view.graph)
    found = []
    for quad in quads:
        prop, value = quad.predicate.value, text(quad.object)
        if prop in _SHOWN_ELSEWHERE:
            continue
        named = isinstance(quad.object, ox.NamedNode)
        words = view.label(value) if named else value
        found.append(Fact(view.dataset.label_of_term(prop), words, value if named else None))
    return sorted(found, key=lambda f: (f.label, natural(f.text)))


def _steps(view: View, iri: str, *, up: bool) -> list[Step]:
    found = []
    for hop in HOPS:
        ends = view.values(iri, GT + hop) if up else view.subjects(GT + hop, iri)
        for end in ends:
            link = view.link(iri, hop, end) if up else view.link(end, hop, iri)
            found.append(Step(link, view.node(end)))
    if not up:
        found += _grouped(view, iri)
    return sorted(
        found, key=lambda s: (s.node.order, natural(s.node.notation or "~"), natural(s.node.iri))
    )


def _grouped(view: View, iri: str) -> list[Step]:
    """Return what a theme groups, or what is scheduled in a period: no steps of a thread."""
    found = [
        Step(view.link(s, "inTheme", iri), view.node(s)) for s in view.subjects(GT + "inTheme", iri)
    ]
    return found + [
        Step(view.link(schedule, "schedules", done), view.node(done))
        for schedule in view.subjects(GT + "inPeriod", iri)
        for done in view.values(schedule, GT + "schedules")
    ]


def _listed_with(view: View, iri: str) -> list[Node]:
    """Return what stands in other cells of the rows that print the thing: never a link."""
    entries = view.subjects(GT + "entryOf", iri) or [iri]
    found: dict[str, None] = {}
    for entry in entries:
        own = view.value(entry, GT + "readInColumn")
        for row in view.values(entry, GT + "listedInRow"):
            for other in view.subjects(GT + "listedInRow", row):
                thing = view.value(other, GT + "entryOf")
                if thing and thing != iri and view.value(other, GT + "readInColumn") != own:
                    found[thing] = None
    linked = {iri, *view.above(iri), *view.below(iri)}
    nodes = [view.node(t) for t in found if t not in linked]
    return sorted(nodes, key=lambda n: (n.order, natural(n.notation or "~"), natural(n.iri)))


def list_class(dataset: Dataset, name: str, reading: str = "corrected") -> list[Node]:
    """Return all things of a class or level, in the order of numbers and of print.

    Args:
        dataset: the data set.
        name: the local name of a class, the key of a level, or a level's name or plural.
        reading: `corrected` or `printed`.

    Raises:
        NotFound: no class or level has that name; carries those there are.
    """
    view = View(dataset, reading)
    wanted = name.casefold().strip()
    known: list[tuple[str, str]] = []
    for iri, (_, key, label) in view.levels.items():
        plural = view.value(iri, GT + "pluralLabel") or label
        cls = view.value(iri, GT + "levelClass") or ""
        names = {key, label, plural, cls, cls.rsplit("/", 1)[-1]}
        known.append((key, plural))
        if wanted in {n.casefold() for n in names}:
            return [view.node(i) for i in view.at_level(iri)]
    for cls in view.dataset.classes():
        local = cls.rsplit("/", 1)[-1]
        if wanted in {local.casefold(), view.dataset.label_of_term(cls).casefold()}:
            found = view.subjects(RDF + "type", cls)
            return [view.node(i) for i in found]
    raise NotFound(f"There is no class or level “{name}”. The levels are listed below.", known)


def of_class(dataset: Dataset, iri: str, reading: str = "corrected") -> list[str]:
    """Return the IRIs of everything of a class, by the IRI of the class."""
    return sorted(View(dataset, reading).subjects(RDF + "type", iri), key=natural)
