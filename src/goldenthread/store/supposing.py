"""Suppose that a judgement had another status: the data set as it would then be."""

import pyoxigraph as ox

from goldenthread.domain.namespaces import CONCEPT, GT
from goldenthread.store.dataset import Dataset
from goldenthread.store.sources import quads


def supposing(dataset: Dataset, judgement: str, status: str) -> Dataset:
    """Return a data set of its own in which a judgement has a status; nothing is written.

    Args:
        dataset: the data set, which stays as it is.
        judgement: IRI of the judgement.
        status: `applied`, `proposed`, `disputed` or `withdrawn`.
    """
    subject, prop = ox.NamedNode(judgement), ox.NamedNode(GT + "status")
    found = [
        ox.Quad(q.subject, prop, ox.NamedNode(CONCEPT + status), q.graph_name)
        if q.subject == subject and q.predicate == prop
        else q
        for q in quads(dataset)
    ]
    return Dataset([], ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b"")
