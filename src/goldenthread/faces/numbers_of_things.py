"""Numbers about things: on a thing's page, in a briefing, between two, around one in the graph."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from goldenthread.domain.comparison import Comparison, Pair
from goldenthread.domain.description import Description, Step
from goldenthread.domain.english import capital
from goldenthread.domain.lacking import concerning
from goldenthread.domain.namespaces import prefixed
from goldenthread.domain.picture import Picture
from goldenthread.domain.thread import Link, Node
from goldenthread.errors import BadValue, NotFound
from goldenthread.faces.numbers import Asked, Counted, many
from goldenthread.faces.numbers_of_threads import of_links
from goldenthread.services import (
    cataloguing,
    comparing,
    describing,
    finding,
    pairing,
    projecting,
    representing,
    supporting,
    tallying,
    tracing,
)

Known = dict[str, Callable[[], Counted]]


def of_thing(a: Asked) -> Counted:
    """Return a number on the page of a thing: `/doc/PLAN/action/sow#up-aim`, `#listed`."""
    path = "/".join(a.path)
    iri = a.query.get("iri") or a.dataset.base + path
    if not representing.exists(a.dataset, iri, a.reading):
        raise NotFound(f"Nothing here has the IRI {iri}.")
    d = describing.describe(a.dataset, iri, a.reading)
    name = d.node.name
    mine = {iri, *(e.iri for e in d.node.entries)}
    known: Known = {
        "listed": lambda: a.nodes(f"Listed in a row with {name}.", d.listed_with),
        "words": lambda: a.rows(f"Printings of {name}.", (e.iri for e in d.node.entries)),
        "checks": lambda: a.results(
            f"Check results about {name}.",
            concerning(a.report.results, mine, accepted=True),
        ),
    }
    for way, found in (("up", d.up), ("down", d.down)):
        known |= _steps(a, d, way, found)
    return a.choose(known)


def _steps(a: Asked, d: Description, way: str, found: Sequence[Step]) -> Known:
    where = "What it serves" if way == "up" else "What stands under it"
    known: Known = {}
    for level in dict.fromkeys(s.node.level or s.node.level_name for s in found):
        some = [s.link for s in found if (s.node.level or s.node.level_name) == level]
        said = f"{where}: {d.node.name}."
        known[f"{way}-{level}"] = partial(of_links, a, said, some)
    return known


def of_briefing(a: Asked) -> Counted:
    """Return a number of a briefing: `/briefing?focus=...#printed-action`."""
    focus = finding.resolve(a.dataset, a.query.get("focus", ""), a.reading)
    trace = tracing.trace(a.dataset, focus, "down", a.reading)
    known: Known = {}
    for (how, level), (reading, iris) in tallying.lists(a.dataset, trace).items():
        there = Asked(a.dataset, reading, a.path, a.query, a.every, a.name, a.checked)
        said = f"Briefing on {trace.focus.name}: {tallying.WORDS[how]}."
        known[f"{how}-{level}"] = partial(there.rows, said, iris)
    return a.choose(known)


def of_comparison(a: Asked) -> Counted:
    """Return a number of two readings, or of two things, beside each other."""
    if a.query.get("first") and a.query.get("second"):
        iris = [finding.resolve(a.dataset, a.query[k], a.reading) for k in ("first", "second")]
        return a.choose(dict(_shared(a, pairing.pair(a.dataset, iris[0], iris[1], a.reading))))
    found = comparing.readings(a.dataset)
    return a.choose(dict(_changes(a, found)) | dict(_sides(a, found)))


def _shared(a: Asked, found: Pair) -> Iterator[tuple[str, Callable[[], Counted]]]:
    for number, s in enumerate(found.shared, start=1):
        first, second = found.first.name, found.second.name
        for name, nodes, of in (
            ("first", s.first, f"of {first} only"),
            ("both", s.both, f"of {first} and {second}"),
            ("second", s.second, f"of {second} only"),
        ):
            said = f"{capital(s.level)} {s.where}, {of}."
            yield f"{name}-{s.where}-{number}", partial(a.nodes, said, nodes)


def _changes(a: Asked, found: Comparison) -> Iterator[tuple[str, Callable[[], Counted]]]:
    for what in ("thing", "link"):
        for kind in dict.fromkeys(c.kind for c in found.changes if c.what == what):
            some = [c for c in found.changes if (c.what, c.kind) == (what, kind)]
            ends = [(c.subject, *((c.target,) if c.target else ())) for c in some]
            said = f"{capital(what)}s {kind}: {found.before}, against {found.after}."
            iris = [n.iri for pair in ends for n in pair]
            reading = "printed" if kind == "removed" else "corrected"
            there = Asked(a.dataset, reading, a.path, a.query, a.every, a.name, a.checked)
            yield f"{what}-{kind.replace(' ', '-')}", partial(there.rows, said, iris, len(some))


def _sides(a: Asked, found: Comparison) -> Iterator[tuple[str, Callable[[], Counted]]]:
    for reading, side in (("printed", "before"), ("corrected", "after")):
        there = Asked(a.dataset, reading, a.path, a.query, a.every, a.name, a.checked)
        things, links, tied = comparing.behind(a.dataset, reading)
        for number, count in enumerate(found.counts, start=1):
            said = f"{capital(count.name)}, {getattr(found, side)}."
            if count.links:
                yield f"{side}-{number}", partial(of_links, there, said, links.get(count.name, []))
            else:
                yield f"{side}-{number}", partial(there.nodes, said, things.get(count.name, []))
        for number, t in enumerate(found.tied, start=1):
            said = f"{capital(t.level)}s linked to {t.node.name}, {getattr(found, side)}."
            some = tied.get((t.node.iri, t.level), [])
            yield f"tied-{side}-{number}", partial(of_links, there, said, some)


def of_graph(a: Asked) -> Counted:
    """Return a number of the picture around a thing, or of what rests on what."""
    focus, opened = a.query.get("focus", ""), a.every.get("open", [])
    shown = projecting.picture(
        a.dataset,
        finding.resolve(a.dataset, focus, a.reading) if focus else "",
        [finding.resolve(a.dataset, o, a.reading) for o in opened],
        a.reading,
    )
    known: Known = {
        "things": lambda: a.nodes("Things shown in the graph.", (s.node for s in shown.things)),
        "links": lambda: of_links(a, "Links between them.", list(shown.links)),
    }
    known |= dict(_in_picture(a, shown))
    for s in supporting.supports(a.dataset, a.reading):
        said = f"Would lose their last thread to the first level without {s.node.name}."
        known[f"falls-{s.node.id}"] = partial(a.nodes, said, s.falls)
        said = f"The nearest that would show whether {s.node.name} is met."
        known[f"nearest-{s.node.id}"] = partial(a.nodes, said, s.nearest)
        if s.steps:
            known[f"steps-{s.node.id}"] = partial(_way, a, s.node, s.nearest, s.steps)
    return a.choose(known)


def _in_picture(a: Asked, shown: Picture) -> Iterator[tuple[str, Callable[[], Counted]]]:
    levels: dict[str, list[Node]] = {}
    for s in shown.things:
        levels.setdefault(s.node.level_name, []).append(s.node)
        links = [li for li, _ in s.links]
        yield f"up-{s.node.id}", partial(of_links, a, f"Links up from {s.node.name}.", links)
        said = f"Neighbours of {s.node.name} that are not shown."
        yield f"hidden-{s.node.id}", partial(a.nodes, said, s.hidden)
    for number, nodes in enumerate(levels.values(), start=1):
        yield f"level-{number}", partial(a.nodes, "Shown of this level.", nodes)


def _way(a: Asked, node: Node, nearest: Sequence[Node], number: int) -> Counted:
    """Return the links of the shortest ways down to a measure: as many as the page says."""
    found = tracing.trace(a.dataset, node.iri, "down", a.reading)
    ends = {n.iri for n in nearest}
    ways: list[tuple[Link, ...]] = [
        t.links[: t.nodes.index(n)] for t in found.threads for n in ends if n in t.nodes
    ]
    links = {(li.source, li.target): li for w in ways if len(w) == number for li in w}
    said = f"{many(number, 'link', 'links')} down from {node.name} to the nearest measure."
    return of_links(a, said, list(links.values()), number)


def of_catalog(a: Asked) -> Counted:
    """Return how many things of a class there are: `/catalog#class-Action`."""
    known: Known = {}
    for iri, number in cataloguing.counts(a.dataset):
        said = f"{capital(a.dataset.label_of_term(iri))}: {many(number, 'thing', 'things')}."
        known[f"class-{prefixed(iri) or iri}"] = partial(_of_class, a, said, iri, number)
    return a.choose(known)


def _of_class(a: Asked, said: str, iri: str, number: int) -> Counted:
    found = describing.of_class(a.dataset, iri)
    if not found:
        raise BadValue(f"Nothing here is of the class {iri}.")
    there = Asked(a.dataset, "corrected", a.path, a.query, a.every, a.name, a.checked)
    return there.rows(said, found, number)
