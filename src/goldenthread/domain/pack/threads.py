"""The threads of an assurance pack: what stands under each aim of the first level, drawn."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from goldenthread.domain.certainty import (
    bases_sentence,
    by_basis,
    called,
    in_quotes,
    weakest_sentence,
    whole_sentence,
)
from goldenthread.domain.english import capital, counted, listed, quoted
from goldenthread.domain.outline import Branch, outline
from goldenthread.domain.pack.parts import (
    Figure,
    Grid,
    Line,
    Paragraph,
    Part,
    Quotation,
    Row,
    Section,
    heads,
    lines,
    references,
)
from goldenthread.domain.thread import Link, Node, Trace

FIRST, FURTHER = 5, 9
"""Rows of a drawing that a landscape page has room for: under a heading, and on a page alone."""
Draw = Callable[[Trace, str], str]
"""Draws a trace with a sentence under it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the threads are drawn with."""

    draw: Draw
    plurals: Mapping[str, str]
    """Plural names of levels by their keys."""
    entries: Mapping[str, str]
    """Numbers of entries in the appendix, by IRI."""


def threads(name: str, traces: Sequence[Trace], using: Drawn) -> Section:
    """Return a section for each aim of the first level.

    Args:
        name: the plan's name of the first level.
        traces: the threads below each.
        using: what they are drawn with.
    """
    return Section(
        "threads",
        f"Threads by {name}",
        (
            Paragraph(
                "What stands under each, drawn and in a table that says the same. A line's style "
                "says how we know the step, and the least certain step is named. Numbers such as "
                "E12 lead to the entry in the appendix.",
                "lead",
            ),
            *((_glance(name, traces, using),) if traces else ()),
        ),
        tuple(_thread(trace, using, n) for n, trace in enumerate(traces, 1)),
        wide=True,
    )


def _glance(name: str, traces: Sequence[Trace], using: Drawn) -> Grid:
    """Return how much of each level stands under each, and how the steps are known."""
    below = {n.level: n for t in traces for n in t.nodes if n.iri != t.focus.iri}
    levels = sorted(below.values(), key=lambda n: n.order)
    rows = []
    for number, trace in enumerate(traces, 1):
        focus = trace.focus
        words = f"{focus.notation} {focus.label}" if focus.notation else focus.label
        held = Counter(n.level for n in trace.nodes if n.iri != focus.iri)
        known = [f"{n} {basis}" for basis, n in by_basis(trace.links)]
        cells = (lines(str(held[n.level])) for n in levels)
        head = (Line(words, "strong", f"thread-{number}"),)
        rows.append(Row((head, *cells, lines(*known) or lines("No link recorded"))))
    counted_levels = ((capital(using.plurals.get(n.level, n.level_name)), 2) for n in levels)
    columns = heads((capital(name), 8), *counted_levels, ("How the links are known", 4))
    return Grid("What stands under each", columns, tuple(rows), "At a glance")


def _thread(trace: Trace, using: Drawn, number: int) -> Section:
    focus = trace.focus
    parts: list[Part] = [Quotation(" ".join(e.quote.split()), e.place) for e in focus.entries[:1]]
    counts = Counter(n.level for n in trace.nodes if n.iri != focus.iri)
    names = {n.level: n.level_name for n in trace.nodes}
    said = [*focus.number_notes]
    if counts:
        held = (counted(k, names[lv], using.plurals.get(lv, names[lv])) for lv, k in counts.items())
        said.append(f"Under it stand {listed(held)}.")
        said += [bases_sentence(trace), weakest_sentence(trace)]
        said.append(whole_sentence(trace, dict(using.plurals)))
    else:
        said.append("No link is recorded to anything under it, so there is nothing to draw.")
    for node, entry in trace.references:
        words = quoted(entry.quote) if entry else node.label
        said.append(f"Its row says {words}: a cross-reference, shown here and counted nowhere.")
    parts.append(Paragraph(" ".join(s for s in said if s)))
    if counts:
        parts += _figures(trace, using)
        parts.append(_table(trace, using))
    return Section(f"thread-{number}", capital(focus.name), tuple(parts))


def _figures(trace: Trace, using: Drawn) -> Iterator[Figure]:
    found = list(pages(trace))
    for n, part in enumerate(found, start=1):
        of = f", part {n} of {len(found)}" if len(found) > 1 else ""
        svg = using.draw(part, "Long words are cut short here; the table has them whole.")
        width, height = size(svg)
        title = f"{capital(called(trace.focus))} and what stands under it{of}"
        yield Figure(title, svg, _alternative(part, using, of), width, height)


def size(svg: str) -> tuple[int, int]:
    """Return width and height of a drawing, as its first tag says them."""
    tag = svg[: svg.index(">")]
    width, height = (
        int(tag.split(f' {name}="', 1)[1].split('"', 1)[0]) for name in ("width", "height")
    )
    return width, height


def pages(trace: Trace) -> Iterator[Trace]:
    """Yield a trace in parts that a page has room for; every step of it is in one of them."""
    leaves = list(_leaves(outline(trace), ()))
    taken, room = 0, FIRST
    while taken < len(leaves):
        some = leaves[taken : taken + _fits(leaves[taken:], room)]
        taken += len(some)
        room = FURTHER
        kept = {b.node.iri for path in some for b in path}
        yield replace(
            trace,
            nodes=tuple(n for n in trace.nodes if n.iri in kept),
            links=tuple(li for li in trace.links if {li.source, li.target} <= kept),
            threads=(),
        )


def _leaves(branch: Branch, above: tuple[Branch, ...]) -> Iterator[tuple[Branch, ...]]:
    """Yield the way to each foot of an outline."""
    way = (*above, branch)
    if not branch.children:
        yield way
    for child in branch.children:
        yield from _leaves(child, way)


def _fits(leaves: Sequence[tuple[Branch, ...]], room: int) -> int:
    """Return how many feet go on a page: whole branches where that leaves no page half empty."""
    if len(leaves) <= room:
        return len(leaves)
    tops = [way[1].node.iri for way in leaves[: room + 1]]
    ends = [n for n in range(1, room + 1) if tops[n] != tops[n - 1]]
    return ends[-1] if ends and ends[-1] > room // 2 else room


def _alternative(trace: Trace, using: Drawn, of: str) -> str:
    by_level: dict[str, list[Node]] = {}
    for node in trace.nodes:
        if node.iri != trace.focus.iri:
            by_level.setdefault(node.level, []).append(node)
    held = []
    for level, nodes in by_level.items():
        one = nodes[0].level_name
        numbers = [n.notation for n in nodes if n.notation]
        which = f" ({', '.join(numbers)})" if len(numbers) == len(nodes) else ""
        held.append(counted(len(nodes), one, using.plurals.get(level, one)) + which)
    steps = listed(f"{n} {basis}" for basis, n in by_basis(trace.links))
    return (
        f"Drawing{of}: {called(trace.focus)} at the left, then {listed(held)}, a column for each "
        f"level. {capital(counted(len(trace.links), 'link', 'links'))}: {steps}. The table that "
        "follows says the same in words."
    )


def _table(trace: Trace, using: Drawn) -> Grid:
    rows = tuple(_rows(outline(trace), using))
    return Grid(
        f"Everything under {called(trace.focus)}",
        heads(("Level", 3), ("Words", 9), ("Stands under", 5), ("How we know", 5), ("Entries", 2)),
        rows,
        "Threads",
    )


def _rows(root: Branch, using: Drawn) -> Iterable[Row]:
    def rows(branch: Branch) -> Iterator[Row]:
        for child in branch.children:
            yield _row(child, branch.node, using)
            yield from rows(child)

    return rows(root)


def _row(branch: Branch, above: Node, using: Drawn) -> Row:
    node, link = branch.node, branch.link
    known: list[Line] = list(_known(link)) if link else []
    if not branch.repeated:
        for other, beside in branch.beside:
            known.append(Line(f"Also listed with {called(other)} itself, {beside.basis}", "small"))
    when = "; ".join(f"{s.words} ({s.basis}, {s.document})" for s in node.schedule)
    words = [Line(node.label)]
    if when and not branch.repeated:
        words.append(Line(f"When: {when}", "small"))
    if branch.repeated:
        words.append(Line("What stands under it is listed above.", "small"))
    carried = [e for li in (link, *(b for _, b in branch.beside)) if li for e in li.evidence]
    both = [x.iri for e in carried for x in (e.from_entry, e.to_entry) if x]
    return Row(
        (
            (Line(" ".join(filter(None, (capital(node.level_name), node.notation))), "strong"),),
            tuple(words),
            lines(capital(called(above))),
            tuple(known),
            references(both, using.entries, "E"),
        )
    )


def _known(link: Link) -> Iterator[Line]:
    best = link.best
    yield Line(capital(link.basis), "strong")
    if best and best.stated_in:
        yield Line(best.stated_in, "small")
    if best and best.moved:
        yield Line("Brought together by a correction", "small")
    for _, label in best.judgements if best else ():
        yield Line(f"Rests on {in_quotes(label)}", "small")
