"""Read the acceptances of check results from the files of a data set."""

from goldenthread.domain.acceptance import Acceptance
from goldenthread.domain.identifiers import local_name
from goldenthread.domain.namespaces import DCTERMS, GT, RDF, RDFS
from goldenthread.store.dataset import Dataset
from goldenthread.store.sources import asserted, objects


def acceptances(dataset: Dataset) -> list[Acceptance]:
    """Return every acceptance that is written down, in order of IRI."""
    return [_acceptance(dataset, i) for i in asserted(dataset, RDF + "type", GT + "Acceptance")]


def _acceptance(dataset: Dataset, iri: str) -> Acceptance:
    def value(prop: str, subject: str = iri) -> str:
        return next(iter(objects(dataset, subject, prop)), "")

    role = value(GT + "byRole")
    return Acceptance(
        iri=iri,
        results=tuple(objects(dataset, iri, DCTERMS + "identifier")),
        readings=tuple(local_name(r) for r in objects(dataset, iri, GT + "acceptsIn")),
        rule=value(GT + "acceptsRule"),
        about=value(GT + "acceptsFor"),
        label=value(RDFS + "label"),
        reason=value(GT + "reason"),
        role=value(RDFS + "label", role) if role else "",
        on=value(DCTERMS + "date"),
        until=value(GT + "until"),
    )
