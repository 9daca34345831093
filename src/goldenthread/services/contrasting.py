"""Tell what corrections change: of one thing, and in what a trace holds.

`as_printed` tells it of a trace from the graph with corrections alone, without deriving both.
Deriving the other reading takes longer than the trace itself. Corrections that move an entry,
withdraw an alignment or pair a timescale leave every printed alignment in the graph, marked, so
what is printed can be read off it. Other corrections cannot be undone so: then the caller traces
the other reading. A test compares the two ways for every thing of every plan.
"""

from goldenthread.domain.description import Change
from goldenthread.domain.english import capital, quoted
from goldenthread.domain.namespaces import CONCEPT, GT, RDF
from goldenthread.domain.thread import Node, Trace
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import HOPS, View

_PRINTED = CONCEPT + "printed"
# What a correction may do so that the alignments as printed can still be told.
_TRACEABLE = (GT + "moves", GT + "pairs", GT + "withdraws", GT + "assumes")


def as_printed(dataset: Dataset, trace: Trace) -> list[Node] | None:
    """Return what a trace with corrections would hold as printed, its focus left out.

    Returns None where the graph with corrections cannot tell.
    """
    view = View(dataset, "corrected")
    undone = _corrections(view)
    if any(not any(view.values(j, p) for p in _TRACEABLE) for j in undone):
        return None
    near, far = ("to", "from") if trace.direction == "down" else ("from", "to")
    focus = trace.focus.iri
    seen, waiting = {focus}, [focus]
    while waiting:
        here = waiting.pop()
        for alignment in view.subjects(GT + near, here):
            if view.value(alignment, GT + "property") not in {GT + h for h in HOPS}:
                continue
            rests = view.values(alignment, GT + "restsOn")
            withdrawn = view.values(alignment, GT + "withdrawnBy")
            if undone & set(rests) or set(withdrawn) - undone:
                continue
            for there in view.values(alignment, GT + far):
                if there not in seen:
                    seen.add(there)
                    waiting.append(there)
    known = {n.iri: n for n in trace.nodes}
    return [known.get(i) or view.node(i) for i in sorted(seen - {focus})]


def _corrections(view: View) -> set[str]:
    """Return the judgements in force here that are not in force as printed."""
    return {
        j
        for j in view.subjects(RDF + "type", GT + "Judgement")
        if view.value(j, GT + "inForce") == "true"
        and not any(
            _PRINTED in view.values(k, GT + "appliesIn") for k in view.values(j, GT + "kind")
        )
    }


_UP = {"supports": "It serves {}", "measures": "It measures {}"}
_DOWN = {"supports": "{} stands under it", "measures": "{} measures it"}


def contrast(dataset: Dataset, iri: str) -> tuple[Change, ...]:
    """Return what is said of a node in one reading and not in the other.

    Args:
        dataset: the data set; both readings are derived.
        iri: full IRI of the node.
    """
    here, there = View(dataset, "corrected"), View(dataset, "printed")
    mine, other = _said(here, iri), _said(there, iri)
    found = [
        Change(text, about, gained=True) for (about, text) in mine if (about, text) not in other
    ]
    found += [
        Change(text, about, gained=False) for (about, text) in other if (about, text) not in mine
    ]
    return tuple(found)


def _said(view: View, iri: str) -> dict[tuple[str, str], None]:
    """Return the links, entries and timescales of a node, each with its sentence."""
    found: dict[tuple[str, str], None] = {}
    for hop in HOPS:
        for end in view.values(iri, GT + hop):
            found[end, f"{_UP[hop].format(view.node(end).name)}."] = None
        for end in view.subjects(GT + hop, iri):
            found[end, f"{capital(_DOWN[hop].format(view.node(end).name))}."] = None
    for entry in view.subjects(GT + "entryOf", iri):
        words = quoted(view.entry(entry).quote)
        found[entry, f"{view.entry(entry).place} prints it as {words}."] = None
    for schedule in view.schedules(iri):
        found[schedule.iri, f"Its timescale is {quoted(schedule.words)} ({schedule.place})."] = None
    return found
