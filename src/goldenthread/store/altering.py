"""Which judgements join a thing to another in one reading, or part the two in the other."""

from goldenthread.domain.namespaces import GT, RDF
from goldenthread.store import judged
from goldenthread.store.view import HOPS, View


def altering(view: View, other: View, seen_in: View, iri: str, mine: set[str]) -> set[str]:
    """Return the applied judgements by which a thing hangs under some things in one reading alone.

    Args:
        view: the reading that is shown.
        other: the other reading.
        seen_in: that of the two in which the thing hangs under them.
        iri: the thing.
        mine: the things that it may hang under.
    """
    found = set()
    for prop in HOPS:
        for above in seen_in.values(iri, GT + prop):
            if above not in mine:
                continue
            for evidence in seen_in.link(iri, prop, above).evidence:
                found |= {j for j, _ in evidence.judgements}
                entries = [e.iri for e in (evidence.from_entry, evidence.to_entry) if e]
                for reading in (view, other):
                    found |= {j for e in entries for j in reading.subjects(GT + "moves", e)}
                    found |= set(reading.values(evidence.iri, GT + "withdrawnBy"))
    types = GT + "Judgement"
    return {
        j
        for j in found
        if types in view.values(j, RDF + "type") and judged.card(view, j).status == "applied"
    }
