"""Read what came back of samples from the files of a data set: Web Annotations that assess."""

from goldenthread.domain.assessment import Assessment
from goldenthread.domain.namespaces import DCTERMS, GT, OA, PROV, RDFS
from goldenthread.store.dataset import Dataset
from goldenthread.store.sources import asserted, objects

FILE = "samples.ttl"


def assessments(dataset: Dataset) -> list[tuple[Assessment, str]]:
    """Return every assessment that is written down, with the mark of what the sheet showed."""
    kept = dataset.kept("assessments")
    if "all" not in kept:
        found = asserted(dataset, OA + "motivatedBy", OA + "assessing")
        kept["all"] = [_assessment(dataset, iri) for iri in found]
    all_: list[tuple[Assessment, str]] = kept["all"]
    return all_


def about(dataset: Dataset, target: str) -> list[Assessment]:
    """Return the assessments of a link's record or an entry."""
    return [a for a, _ in assessments(dataset) if a.target == target]


def _assessment(dataset: Dataset, iri: str) -> tuple[Assessment, str]:
    def value(prop: str, subject: str = iri) -> str:
        return next(iter(objects(dataset, subject, prop)), "")

    role, sample = value(GT + "byRole"), value(PROV + "wasGeneratedBy")
    made = Assessment(
        iri=iri,
        target=value(OA + "hasTarget"),
        verdict=value(OA + "bodyValue"),
        role=value(RDFS + "label", role) if role else "",
        on=value(DCTERMS + "date"),
        remarks=value(RDFS + "comment"),
        claim=value(DCTERMS + "description"),
        sample=value(RDFS + "label", sample) if sample else "sample",
    )
    return made, value(DCTERMS + "identifier")
