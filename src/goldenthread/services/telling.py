"""Tell why a thing exists and how we will know that it worked, from its thread and nothing else."""

from collections.abc import Iterator, Sequence

from goldenthread.domain.account import Account, Clause
from goldenthread.domain.certainty import (
    called,
    how,
    known,
    titled,
    weakest,
    whole_sentence,
)
from goldenthread.domain.english import article, capital, counted, listed, quoted
from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import DCTERMS, GT
from goldenthread.domain.outline import Branch, outline
from goldenthread.domain.thread import BASES, Entry, Link, Node, Trace
from goldenthread.errors import BadValue
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View

_MEASURE = "Measure"
# What a measure needs before anyone can say whether it was met.
_DATED = (DCTERMS + "date", DCTERMS + "temporal", GT + "inPeriod")
_JUDGED_BY = ("a target", "a baseline", "a date")
# So many measures are named with their words; the rest are counted.
_NAMED = 6


def tell(dataset: Dataset, upward: Trace) -> Account:
    """Return why the focus of a trace exists, and how we will know that it worked.

    Args:
        dataset: the data set.
        upward: the threads from the thing to what it serves.

    Raises:
        BadValue: the thing stands on no level of a plan, so no thread goes through it.
    """
    view = View(dataset, upward.reading)
    focus = upward.focus
    if not focus.level:
        raise BadValue(
            f"“{focus.label}” stands on no level of a plan, so nobody can say what it is for. "
            "Ask about a thing of the plan."
        )
    measure = focus.cls == _MEASURE
    end = "what does it show" if measure else "how will we know it worked"
    return Account(
        focus=focus,
        reading=upward.reading,
        question=f"Why does this {focus.level_name} exist, and {end}?",
        why=(_words(focus), *_why(view, upward)),
        known=() if measure else (*_when(focus), *_known(view, upward)),
        sure=tuple(_sure(view, upward)),
    )


def _words(focus: Node) -> Clause:
    """Return what it is and where it is printed."""
    name = article(focus.level_name) + (f", numbered {focus.notation}" if focus.notation else "")
    if not focus.entries:
        text = f"“{focus.label}” is {name}; no document prints it, the plan's data alone names it."
        return Clause(text, about=(focus,))
    first, others = focus.entries[0], focus.entries[1:]
    text = f"This is {name}: {first.place} prints {quoted(first.quote)}"
    if others:
        text += f", and it is printed {counted(len(others), 'more time', 'more times')}"
    # A number that is printed for something else misleads whoever holds the other document.
    said = " ".join((text + ".", *focus.number_notes))
    return Clause(said, quotes=focus.entries, about=(focus,))


def _why(view: View, trace: Trace) -> Iterator[Clause]:
    """Yield what it serves, step by step, the nearest first."""
    root = outline(trace)
    if not root.children:
        yield Clause(_serves_nothing(view, trace.focus))
        return
    for child in root.children:
        yield _step(child)
        yield from _further(child, {trace.focus.iri})
    by_how: dict[str, list[tuple[Node, Link]]] = {}
    for branch in root.walk():
        for node, link in branch.beside:
            if node.iri == trace.focus.iri and not branch.repeated:
                by_how.setdefault(how(link), []).append((branch.node, link))
    for manner, some in by_how.items():
        nodes, links = [n for n, _ in some], [li for _, li in some]
        which = "itself" if len(nodes) == 1 else "themselves"
        text = f"It is also listed with {listed(map(called, nodes))} {which}, {manner}."
        yield Clause(text, links[0].basis, _quotes(links), tuple(nodes))


def _serves_nothing(view: View, focus: Node) -> str:
    plan = view.plan(focus.iri)
    first = next((level for level in view.levels if view.plan(level) == plan), None)
    if first in view.values(focus.iri, GT + "atLevel"):
        return "It stands on the plan's first level, so nothing above it is looked for."
    return "No link recorded to anything that it serves."


def _further(branch: Branch, told: set[str]) -> Iterator[Clause]:
    """Yield what the thing above serves in turn; what was told once is not told again."""
    if branch.node.iri in told or not branch.children:
        return
    told.add(branch.node.iri)
    by_how: dict[str, list[Branch]] = {}
    for child in branch.children:
        if child.link:
            by_how.setdefault(how(child.link), []).append(child)
    for manner, some in by_how.items():
        links = [c.link for c in some if c.link]
        ends = listed(titled(c.node) for c in some)
        text = f"{capital(called(branch.node))} in turn serves {ends}, {manner}."
        nodes = (branch.node, *(c.node for c in some))
        yield Clause(text, links[0].basis, _quotes(links), nodes)
    for child in branch.children:
        yield from _further(child, told)


def _step(above: Branch) -> Clause:
    link = above.link
    verb = "measures" if link and link.predicate == "measures" else "is there for"
    where = _row(link)
    manner = how(link) if link else known("not recorded")
    text = f"It {verb} {titled(above.node)}, {manner}{where}."
    return Clause(text, link.basis if link else "", _quotes([link] if link else []), (above.node,))


def _row(link: Link | None) -> str:
    """Return the words under which the document lists it."""
    best = link.best if link else None
    if best is None or best.to_entry is None or best.from_entry is None:
        return ""
    return f", where {best.to_entry.place} prints {quoted(best.to_entry.quote)}"


def _quotes(links: Sequence[Link]) -> tuple[Entry, ...]:
    found: dict[str, Entry] = {}
    for link in links:
        best = link.best
        for entry in (best.from_entry, best.to_entry) if best else ():
            if entry:
                found[entry.iri] = entry
    return tuple(found.values())


def _when(focus: Node) -> Iterator[Clause]:
    if focus.cls == "Action" and not focus.schedule:
        yield Clause("No timescale is recorded for it.")
    for one in focus.schedule:
        place = one.place or one.document
        yield Clause(
            f"Its timescale is {quoted(one.words)}, {known(one.basis)} ({place}).", one.basis
        )


def _known(view: View, trace: Trace) -> Iterator[Clause]:
    """Yield what measures it, or what measures the nearest aims above where nothing does."""
    focus = trace.focus
    own = _measures(view, focus.iri)
    plural = _plural(view)
    if own:
        yield _measured(view, focus, own, plural, "it")
        return
    below = [i for i in view.below(focus.iri) if view.node(i).cls == _MEASURE]
    if below:
        nodes = [view.node(i) for i in below]
        text = f"{capital(counted(len(nodes), *plural))} stand further down its threads"
        yield Clause(f"{text}, none recorded for it directly.{_lacking(view, nodes, plural)}")
        return
    yield Clause(f"No link recorded: no {plural[0]} is tied to it itself.")
    for child in outline(trace).children:
        found = _measures(view, child.node.iri)
        if found:
            yield _measured(view, child.node, found, plural, called(child.node))
            yield Clause(
                f"They are recorded for {called(child.node)}; nothing says which of them, if any, "
                f"would show that this {focus.level_name} worked."
                if len(found) > 1
                else f"It is recorded for {called(child.node)}; nothing says that it would show "
                f"whether this {focus.level_name} worked."
            )
        else:
            yield Clause(f"No link recorded: no {plural[0]} is tied to {called(child.node)}.")


def _measured(
    view: View, aim: Node, found: Sequence[Link], plural: tuple[str, str], whom: str
) -> Clause:
    nodes = [view.node(link.source) for link in found]
    named = listed(
        [quoted(n.label) for n in nodes[:_NAMED]]
        + ([f"{len(nodes) - _NAMED} more"] if len(nodes) > _NAMED else [])
    )
    manners = list(dict.fromkeys(how(link) for link in found))
    text = f"{capital(whom)} has {counted(len(nodes), *plural)}, {listed(manners)}: {named}."
    best = [link.best for link in found[:_NAMED]]
    quotes = tuple(b.from_entry for b in best if b and b.from_entry)
    return Clause(
        text + _lacking(view, nodes, plural), found[0].basis, quotes, (aim, *nodes[:_NAMED])
    )


def _measures(view: View, iri: str) -> list[Link]:
    nodes = [view.node(s) for s in view.subjects(GT + "measures", iri)]
    # In the order of print, as a reader of the paper meets them.
    nodes.sort(key=lambda n: natural(n.entries[0].iri if n.entries else n.iri))
    return [view.link(n.iri, "measures", iri) for n in nodes if n.cls == _MEASURE]


def _lacking(view: View, nodes: Sequence[Node], plural: tuple[str, str]) -> str:
    """Return what none of the measures says; empty where each is said of some."""
    lacked = [w for w in _JUDGED_BY if not any(_states(view, n.iri, w) for n in nodes)]
    if not lacked:
        return ""
    who = f"This {plural[0]} states no" if len(nodes) == 1 else f"None of these {plural[1]} states"
    parts = [w.removeprefix("a ") if len(nodes) == 1 else w for w in lacked]
    return f" {who} {listed(parts, 'or')}."


def _states(view: View, iri: str, what: str) -> bool:
    targets = view.values(iri, GT + "target")
    if what == "a date":
        return any(view.value(i, p) for i in (iri, *targets) for p in _DATED)
    return bool(targets) if what == "a target" else bool(view.value(iri, GT + "baseline"))


def _plural(view: View) -> tuple[str, str]:
    levels = [i for i in view.levels if view.value(i, GT + "levelClass") == GT + _MEASURE]
    if not levels:
        return "measure", "measures"
    many = [view.value(i, GT + "pluralLabel") or view.levels[i][2] for i in levels]
    return listed((view.levels[i][2] for i in levels), "or"), listed(many)


def _sure(view: View, trace: Trace) -> Iterator[Clause]:
    plurals = {k: view.value(i, GT + "pluralLabel") or n for i, (_, k, n) in view.levels.items()}
    step = weakest(trace)
    if step is None:
        return
    low, high = called(trace.node(step.source)), called(trace.node(step.target))
    judged = bool(step.best and step.best.judgements)
    if step.basis == BASES[0] and not judged:
        text = "No step of this is less certain than another."
    else:
        rests = ", and resting on a judgement" if judged else ""
        text = f"The least certain step is from {low} to {high}: {known(step.basis)}{rests}."
    yield Clause(text, step.basis, _quotes([step]))
    yield Clause(whole_sentence(trace, plurals))
