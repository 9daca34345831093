"""Numbers of lists: on the overview, in coverage, gaps and the timeline."""

from collections.abc import Callable, Iterator
from functools import partial

from goldenthread.domain import gap
from goldenthread.domain.english import capital, counted
from goldenthread.domain.matrix import Matrix
from goldenthread.domain.readings import the_other
from goldenthread.domain.timeline import Timeline
from goldenthread.errors import BadValue
from goldenthread.faces.numbers import Asked, Counted
from goldenthread.services import covering, timing
from goldenthread.services.gaps import gaps, meeting
from goldenthread.services.overview import overview

Known = dict[str, Callable[[], Counted]]


def on_overview(a: Asked) -> Counted:
    """Return a number of the overview's sentences: `/#sentence-1-2`."""
    known: Known = {}
    for plan, found in enumerate(overview(a.dataset, a.reading), start=1):
        for number, said in enumerate(found.sentences, start=1):
            if said.rows:
                name = f"sentence-{plan}-{number}"
                known[name] = partial(a.nodes, f"Overview: {said.text}", said.rows)
    if a.name not in known:
        names = ", ".join(f"/#{name}" for name in known)
        raise BadValue(f"The overview has no such sentence with rows. There are: {names}.")
    return known[a.name]()


def in_coverage(a: Asked) -> Counted:
    """Return a number of a matrix: a cell, a total, what is empty, what counts nowhere."""
    query = a.query
    wanted = (query.get("rows") or None, query.get("columns") or None)
    matrix = covering.coverage(a.dataset, *wanted, a.reading, query.get("count") or None)
    row, column = (
        None if query.get(k, "all") in ("", "all") else covering.head(matrix, query[k], of_rows=r)
        for k, r in (("row", True), ("column", False))
    )
    part = matrix.only(row.iri if row else None, column.iri if column else None)
    via = {k for k, found in part.cells.items() if found} - part.direct

    def cells(said: str, pairs: set[tuple[str, str]]) -> Counted:
        return a.rows(said, (i for pair in sorted(pairs) for i in pair), len(pairs))

    known: Known = {
        "": lambda: _cells(a, part, f"Coverage: {part.part_name(row, column)}."),
        "direct": lambda: cells("Coverage: pairs with a recorded link.", set(part.direct)),
        "via": lambda: cells("Coverage: pairs joined only through things between.", via),
        "outside": lambda: a.nodes("Coverage: counted nowhere here.", part.outside),
    }
    for words, heads in (("rows", part.empty_rows), ("columns", part.empty_columns)):
        said = f"Coverage: {words} without anything recorded."
        known[f"empty-{words}"] = partial(a.rows, said, [h.iri for h in heads])
        every = [h.iri for h in (part.rows if words == "rows" else part.columns)]
        known[f"all-{words}"] = partial(a.rows, f"Coverage: all {words}.", every)
    return a.choose(known)


def _cells(a: Asked, part: Matrix, said: str) -> Counted:
    pairs = [(r, c, part.cell(r.iri, c.iri)) for r in part.rows for c in part.columns]
    if not part.pairing:
        return a.nodes(said, (n for _, _, nodes in pairs for n in nodes))
    # A cell only says that its row and column are joined: both ends tell how.
    joined = [(r, c) for r, c, nodes in pairs if nodes]
    total = len(joined) if part.joins or 1 in (len(part.rows), len(part.columns)) else part.total
    return a.rows(said, (i for r, c in joined for i in (r.iri, c.iri)), total)


def of_gaps(a: Asked) -> Counted:
    """Return a number of gaps, or of what meets an expectation: `#found-PLACE`, `#other-PLACE`."""
    every = gaps(a.dataset, a.reading)
    kept, narrowed = gap.choose(every, a.query)
    foci = [g.focus.iri for g in kept.gaps]
    lacking = counted(len(foci), "expected link is", "expected links are")
    said = f"{lacking} not recorded, for {counted(len(set(foci)), 'thing', 'things')}."
    said = f"{capital(said)} {narrowed.sentence('gap', 'gaps')}".strip()
    known: Known = {"": lambda: a.rows(said, foci, len(foci))}
    for g in kept.gaps:
        for name, reading in (("found", a.reading), ("other", the_other(a.reading))):
            words = f"{capital(g.missing_name)} {g.relation}: {g.focus.name}."
            known[f"{name}-{g.focus.id}-{g.missing}"] = partial(
                _meeting, a, words, g.focus.iri, g.missing, reading
            )
    return a.choose(known)


def _meeting(a: Asked, said: str, iri: str, missing: str, reading: str) -> Counted:
    there = Asked(a.dataset, reading, a.path, a.query, a.every, a.name, a.checked)
    return there.rows(said, meeting(a.dataset, iri, missing, reading))


def on_timeline(a: Asked) -> Counted:
    """Return a number of the timeline: all, by period and how it falls there, without any."""
    found = timing.timeline(a.dataset, a.reading, dict(a.query))
    rows = [d.node for d in (*found.rows, *found.unscheduled)]
    said = f"Timeline: {counted(len(rows), found.one, found.many)}. {found.sentence}".strip()
    scales = [t.iri for d in found.rows for t in d.timescales]
    known: Known = {
        "": lambda: a.rows(said, [*(n.iri for n in rows), *scales], len(rows)),
        "scheduled": lambda: a.nodes("Timeline: with a timescale.", (d.node for d in found.rows)),
        "unscheduled": lambda: a.nodes(
            "Timeline: no timescale recorded.", (d.node for d in found.unscheduled)
        ),
        "loose": lambda: a.rows(
            "Timeline: timescales that go with nothing.", (t.iri for t in found.loose)
        ),
    }
    return a.choose(known | dict(_in_periods(a, found)))


def _in_periods(a: Asked, found: Timeline) -> Iterator[tuple[str, Callable[[], Counted]]]:
    for slot in found.slots:
        for how, rows in found.falling(slot).items():
            words = {"named": "named", "ongoing": "goes on from here", "before": "goes on to here"}
            said = f"Timeline: {slot.label}, {words.get(how, how)}."
            iris = [i for d in rows for i in (d.node.iri, *(t.iri for t in d.timescales))]
            yield f"{how}-{slot.id}", partial(a.rows, said, iris, len(rows))
