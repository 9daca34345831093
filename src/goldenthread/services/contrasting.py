"""Tell what a trace would hold as printed, from the graph with corrections, without deriving both.

Deriving the other reading takes longer than the trace itself. Corrections that move an entry,
withdraw an alignment or pair a timescale leave every printed alignment in the graph, marked, so
what is printed can be read off it. Other corrections cannot be undone so: then the caller traces
the other reading. A test compares the two ways for every thing of every plan.
"""

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
