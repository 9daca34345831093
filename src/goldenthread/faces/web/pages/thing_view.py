"""What the page of a thing shows beside its words: its place, its wordings, its history."""

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.domain.assessment import Assessment
from goldenthread.domain.description import Description, JudgementCard, Step
from goldenthread.domain.lacking import concerning
from goldenthread.domain.portrait import Portrait, portrait, results_about
from goldenthread.domain.thread import Node
from goldenthread.domain.validation import Result
from goldenthread.domain.wordings import beside
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.paths import Links
from goldenthread.services import attesting, describing, judging, naming, sampling
from goldenthread.services.contrasting import contrast
from goldenthread.services.tracing import trace

# So many things of a level are named in the miniature; the rest are counted.
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One level of the plan, with what the threads through the thing pass there."""

    name: str
    nodes: tuple[Node, ...]
    more: int
    here: bool
    """Whether the thing itself stands here."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a thing's history."""

    date: str
    what: str
    role: str
    status: str
    card: JudgementCard
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One check result, and of how many rows it is one where it is about a whole plan."""

    result: Result
    rows: int


def told(x: Explorer, iri: str, reading: str) -> Portrait:
    """Return all that a page tells of a node, for files and programs."""
    d = describing.describe(x.dataset, iri, reading)
    return portrait(d, contrast(x.dataset, iri), results_about(x.report(reading), d))


def extras(x: Explorer, links: Links, d: Description, *, is_thing: bool) -> dict[str, object]:
    """Return what the template of a thing shows beside its description."""
    iri, node = d.node.iri, d.node
    columns, absent = _miniature(x, links, node) if is_thing else ((), ())
    return {
        "columns": columns,
        "absent": absent,
        "wordings": beside(node.entries),
        "results": _results(x, links, node),
        "assessed": _assessed(x, links, d),
        "events": _events(d.judgements),
        "changes": contrast(x.dataset, iri) if is_thing else (),
        "clash": _clash(x, links, node),
        "up": by_level(d.up),
        "down": by_level(d.down),
        "cards": _cards(x, links, node),
    }


def by_level(steps: Sequence[Step]) -> list[tuple[str, list[Step]]]:
    """Return steps in groups by the names of the levels at their ends."""
    found: dict[str, list[Step]] = {}
    for step in steps:
        found.setdefault(step.node.level_name, []).append(step)
    return list(found.items())


def _miniature(x: Explorer, links: Links, node: Node) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """Return the levels that its threads pass with what stands there, and those they do not."""
    reading = links.reading
    near = [
        n
        for direction in ("up", "down")
        for n in trace(x.dataset, node.iri, direction, reading, most=1).nodes
        if n.iri != node.iri
    ]
    plurals = naming.plurals(x.dataset, reading)
    columns, absent = [], []
    for key, plural in plurals.items():
        nodes = [n for n in near if n.level == key]
        here = key == node.level
        if not nodes and not here:
            absent.append(plural)
            continue
        named = tuple(nodes[:_NAMED])
        columns.append(Column(plural, named, len(nodes) - len(named), here))
    return tuple(columns), tuple(absent)


def _results(x: Explorer, links: Links, node: Node) -> list[Found]:
    mine = {node.iri, *(e.iri for e in node.entries)}
    return [
        Found(r, 0 if r.focus.iri in mine else len(r.rows))
        for r in concerning(x.report(links.reading).results, mine, accepted=True)
    ]


def _assessed(x: Explorer, links: Links, d: Description) -> tuple[Assessment, ...]:
    """Return what samples found of a node, of its entries and of the links from it."""
    mine = {d.node.iri, *(e.iri for e in d.node.entries)}
    mine |= {e.iri for step in d.up for e in step.link.evidence}
    every = attesting.results(x.dataset, sampling.population(x.dataset, links.reading))
    return every.about(mine)


def _events(cards: Sequence[JudgementCard]) -> list[Event]:
    """Return what was judged of it and decided since, by date; the first known first."""
    found = []
    for card in cards:
        status = "proposed" if card.decisions else card.status
        found.append(Event(card.date, card.label, card.role, status, card))
        found += [
            Event(d.date, card.label, d.role, d.status, card, d.reason) for d in card.decisions
        ]
    return sorted(found, key=lambda e: e.date)


def _cards(x: Explorer, links: Links, node: Node) -> list[JudgementCard]:
    """Return the card of what is itself a judgement or repair."""
    if node.cls not in ("Judgement", "Repair"):
        return []
    found = judging.judgements(x.dataset, links.reading) + judging.repairs(x.dataset)
    return [c for c in found if c.iri == node.iri]


def _clash(x: Explorer, links: Links, node: Node) -> dict[str, str]:
    """Return what else bears a number that a document prints for this thing."""
    if not node.other_numbers:
        return {}
    same = describing.list_class(x.dataset, node.level or node.cls, links.reading)
    names = {n.notation: n.name for n in same if n.iri != node.iri}
    return {number: names[number] for number, _ in node.other_numbers if number in names}
