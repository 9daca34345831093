"""Numbers of a thread: its things by level, its threads, its steps, and where one begins."""

from collections.abc import Callable, Iterator
from functools import partial

from goldenthread.domain.certainty import alike, by_level, ends, positioned, steps
from goldenthread.domain.description import Explanation
from goldenthread.domain.english import capital
from goldenthread.domain.thread import Link, Node, Thread, Trace
from goldenthread.faces.numbers import Asked, Counted, many
from goldenthread.services import (
    chaining,
    derivation,
    exporting,
    finding,
    naming,
    tracing,
)

_THING = ("thing", "things")
_ENDS = {
    "whole": "one document states the whole way",
    "stated": "each step is stated",
    "other": "not every step is stated",
}
_FACETS = ("class", "theme", "period", "basis")
Known = dict[str, Callable[[], Counted]]


def of_thread(a: Asked) -> Counted:
    """Return a number of a thread's page: things by level, threads, steps; or where one begins."""
    if not a.query.get("focus"):
        return _beginnings(a)
    focus = finding.resolve(a.dataset, a.query["focus"], a.reading)
    direction = a.query.get("direction", "down")
    facets = {k: a.every[k] for k in _FACETS if a.query.get(k)}
    found = tracing.trace(a.dataset, focus, direction, a.reading, only=facets or None)
    rest = [n for n in found.nodes if n.iri != focus]
    where = "under" if direction == "down" else "above"
    plurals = naming.plurals(a.dataset, a.reading)

    def told(nodes: list[Node], how: str = "") -> Counted:
        one, more = _THING
        if len({n.level for n in nodes}) == 1 and nodes[0].level:
            one, more = nodes[0].level_name, plurals.get(nodes[0].level, nodes[0].level_name)
        said = f"Thread: {many(len(nodes), one, more)} {where} {found.focus.name}{how}."
        return a.nodes(said, nodes)

    passing = found.narrowed.passing if found.narrowed else frozenset()
    known: Known = {
        "": lambda: told(_of_class(rest, a.query.get("class", ""))),
        "fitting": lambda: told([n for n in rest if n.iri not in passing]),
    }
    for level in dict.fromkeys(n.level for n in rest):
        some = [n for n in rest if n.level == level]
        known[f"level-{level}"] = partial(told, some)
        for how, (nodes, words) in _tied(found, some).items():
            known[f"{how}-{level}"] = partial(told, nodes, words)
    return a.choose(known | dict(_threads(a, found)))


def _tied(found: Trace, nodes: list[Node]) -> dict[str, tuple[list[Node], str]]:
    """Return which nodes are tied to the focus itself, by a document or a judgement, or not."""
    ties = found.ties
    known = {n.iri: li.best for n in nodes if (li := ties.get(n.iri))}
    listed = [n for n in nodes if (b := known.get(n.iri)) and not b.judgements]
    judged = [n for n in nodes if n.iri in known and n not in listed]
    through = [n for n in nodes if n.iri not in known]
    return {
        "listed": (listed, ", listed with it in a document"),
        "judged": (judged, ", read as its own by a judgement"),
        "through": (through, ", only through things between"),
    }


def _of_class(nodes: list[Node], level: str) -> list[Node]:
    return [n for n in nodes if level in ("", n.level, n.cls)]


def _beginnings(a: Asked) -> Counted:
    """Return how many things of a level there are: `/trace#level-action`."""
    plurals = naming.plurals(a.dataset, a.reading)
    known: Known = {}
    for node in exporting.things(a.dataset, a.reading):
        level = node.level
        if f"level-{level}" not in known:
            every = [n for n in exporting.things(a.dataset, a.reading) if n.level == level]
            said = f"The plan: {many(len(every), node.level_name, plurals.get(level, level))}."
            known[f"level-{level}"] = partial(a.nodes, said, every)
    return a.choose(known)


def _threads(a: Asked, found: Trace) -> Iterator[tuple[str, Callable[[], Counted]]]:
    whole = [t for t in found.threads if t.ends == "printed"]
    inferred = [t for t in found.threads if t.ends != "printed"]
    kinds = {
        "threads": (list(found.threads), "threads", found.omitted),
        "printed": (whole, "threads whose two ends one document pairs", 0),
        "moved": ([t for t in found.threads if t.moved], "threads paired by a correction", 0),
        "inferred": (inferred, "threads whose whole no document states", found.omitted),
    }
    for name, (some, words, more) in kinds.items():
        said = f"{capital(words)} of {found.focus.name}."
        told = partial(_told, a, found, some)
        yield name, partial(_counted_threads, said, some, told, more)
    for how, iris in ends(found).items():
        for level, nodes in by_level(found, iris):
            said = f"Ends of threads of {found.focus.name}: {_ENDS[how]}."
            yield f"ends-{how}-{level}", partial(a.nodes, said, nodes)
    paired = [s.iri for s in positioned(found)]
    said = f"Timescales paired by position alone, of {found.focus.name}."
    yield "paired", partial(a.rows, said, paired, len(paired))
    said = f"Other steps of {found.focus.name} that are known no better than the least certain."
    yield "least", partial(of_links, a, said, alike(found))
    every = steps(found)
    yield "steps", partial(of_links, a, f"Steps of {found.focus.name}.", every)
    for basis in dict.fromkeys(s.basis for s in every):
        some_steps = [s for s in every if s.basis == basis]
        name = "steps-" + basis.replace(" ", "-")
        said = f"Steps of {found.focus.name}: {basis}."
        yield name, partial(of_links, a, said, some_steps)


def _counted_threads(
    said: str,
    some: list[Thread],
    told: Callable[[], tuple[Explanation, ...]],
    more: int,
) -> Counted:
    if more:
        said += f" {more} more were left out of this list: there are too many to show."
    links = {(li.source, li.predicate, li.target): li for t in some for li in t.links}
    return Counted(said, len(some) + more, told(), tuple(map(triple_of, links.values())))


def _told(a: Asked, found: Trace, some: list[Thread]) -> tuple[Explanation, ...]:
    made: dict[tuple[str, str, str], Explanation] = {}
    for link in (li for t in some for li in t.links):
        key = triple_of(link)
        if key not in made:
            made[key] = _step(a, link)
    return tuple(
        Explanation(
            t.nodes[-1],
            " → ".join(found.node(i).name for i in t.nodes),
            (),
            tuple(made[triple_of(li)] for li in t.links),
        )
        for t in some
    )


def of_links(a: Asked, said: str, links: list[Link], number: int | None = None) -> Counted:
    """Return a number of links, each with the records that carry it."""
    parts = tuple(_step(a, li) for li in links)
    shown = len(links) if number is None else number
    return Counted(said, shown, parts, tuple(map(triple_of, links)))


def _step(a: Asked, link: Link) -> Explanation:
    triple = triple_of(link)
    said = derivation.in_words(a.dataset, triple, a.reading)
    ways = chaining.why_statement(a.dataset, triple, a.reading)
    return Explanation(link.source, f"{said}: {link.basis}.", (), ways)


def triple_of(link: Link) -> tuple[str, str, str]:
    """Return a link as the statement that it is."""
    return derivation.statement(link)
