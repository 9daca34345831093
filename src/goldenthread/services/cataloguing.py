"""Describe the data set for catalogues (DCAT) and for linked data (VoID), with its counts."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import DCTERMS, GT, OWL, PREFIXES, PROV, RDF, RDFS, SKOS
from goldenthread.domain.readings import READING_NAMES, READINGS
from goldenthread.domain.table import About
from goldenthread.store.dataset import Dataset
from goldenthread.store.statements import FOAF, Sheet, graph_sizes, iris
from goldenthread.store.terms import text
from goldenthread.store.view import View

DCAT, VOID = PREFIXES["dcat"], PREFIXES["void"]
_FORMATS = "http://www.w3.org/ns/formats/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
_THEME = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
_LANGUAGES = {"en": "ENG", "cy": "CYM", "ga": "GLE", "gd": "GLA", "fr": "FRA", "de": "DEU"}
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"
_CLASSES = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c"
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(ISIRI(?s)) }"


@dataclass(frozen=True, slots=True)
class Form:
    """One form in which the whole data set can be taken away."""

    name: str
    """Suffix of its address: `ttl`."""
    label: str
    media: str
    file_type: str
    """Name in the EU's table of file types."""
    rdf: bool = True


FORMS = (
    Form("ttl", "Turtle", "text/turtle", "RDF_TURTLE"),
    Form("nt", "N-Triples", "application/n-triples", "RDF_N_TRIPLES"),
    Form("jsonld", "JSON-LD", "application/ld+json", "JSON_LD"),
    Form("rdf", "RDF/XML", "application/rdf+xml", "RDF_XML"),
    Form("csv", "CSV, one row a recorded link", "text/csv", "CSV", rdf=False),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A document that was read."""

    iri: str
    title: str
    publisher: str
    rights: tuple[str, ...]
    language: str
    sha256: tuple[str, ...]
    """Hashes of its text as it was received."""


def sources(dataset: Dataset) -> list[Source]:
    """Return the documents that were read, with what is known of their licence."""
    view = View(dataset, "corrected")
    found = []
    for iri in sorted(view.subjects(RDF + "type", GT + "Document"), key=natural):
        publisher = view.value(iri, DCTERMS + "publisher") or ""
        texts = view.subjects(GT + "extractionOf", iri)
        found.append(
            Source(
                iri,
                view.label(iri),
                view.label(publisher) if publisher else "",
                tuple(view.values(iri, DCTERMS + "license") or view.values(iri, DCTERMS + "rights"))
                or ("Licence not known.",),
                view.value(iri, DCTERMS + "language") or "",
                tuple(h for t in texts for h in view.values(t, GT + "sha256")),
            )
        )
    return found


def counts(dataset: Dataset) -> list[tuple[str, int]]:
    """Return IRI and number of things of each class in the reading with corrections."""
    return _counted(dataset, _CLASSES, "c")


def _counted(dataset: Dataset, query: str, variable: str) -> list[tuple[str, int]]:
    kept = dataset.kept(f"counts of {variable}")
    if not kept:
        kept |= {text(row[variable]): int(text(row["n"])) for row in dataset.rows(query)}
    return sorted(kept.items())


def catalog(dataset: Dataset, facts: About, root: str, form: str) -> bytes:
    """Return the description of what is served.

    Args:
        dataset: the data set.
        facts: where its answers come from.
        root: address of the server, without a slash at the end.
        form: `ttl`, `nt`, `jsonld` or `rdf`.
    """
    sheet, page = Sheet(), f"{root}/catalog"
    me = f"{page}#dataset"
    _say_catalog(sheet, page, root, facts)
    _say_dataset(sheet, me, page, facts)
    _say_sources(sheet, me, sources(dataset))
    for each, reading in ((f, r) for r in READINGS for f in FORMS):
        _say_distribution(sheet, me, root, each, reading)
    _say_services(sheet, me, root)
    _say_counts(sheet, me, page, dataset)
    sheet.say(me, VOID + "sparqlEndpoint", ox.NamedNode(f"{root}/sparql"))
    sheet.say(me, VOID + "uriSpace", dataset.base)
    return sheet.written(form)


def _say_catalog(sheet: Sheet, page: str, root: str, facts: About) -> None:
    project = f"{page}#publisher"
    sheet.say(page, RDF + "type", *iris("", DCAT + "Catalog", VOID + "DatasetDescription"))
    sheet.say(page, DCTERMS + "title", _english("What goldenthread serves here"))
    sheet.say(
        page,
        DCTERMS + "description",
        _english("One data set, and the services that answer questions about it."),
    )
    sheet.say(page, DCTERMS + "publisher", ox.NamedNode(project))
    sheet.say(page, DCTERMS + "license", ox.NamedNode(_CC_BY))
    sheet.say(page, DCTERMS + "language", ox.NamedNode(_LANGUAGE + "ENG"))
    sheet.say(page, FOAF + "homepage", ox.NamedNode(root + "/"))
    sheet.say(page, FOAF + "primaryTopic", ox.NamedNode(page + "#dataset"))
    sheet.say(page, DCAT + "dataset", ox.NamedNode(page + "#dataset"))
    sheet.say(page, DCAT + "service", *iris(root, "/sparql", "/api/v1"))
    sheet.say(project, RDF + "type", ox.NamedNode(FOAF + "Agent"))
    sheet.say(project, FOAF + "name", _english("Whoever serves this with goldenthread"))
    sheet.say(_CC_BY, RDF + "type", ox.NamedNode(DCTERMS + "LicenseDocument"))
    sheet.say(_CC_BY, DCTERMS + "title", "CC BY 4.0")
    _say_rights(sheet, page, facts.rights)


def _say_rights(sheet: Sheet, page: str, rights: tuple[str, ...]) -> None:
    for number, words in enumerate(rights, 1):
        statement = f"{page}#rights-{number}"
        sheet.say(statement, RDF + "type", ox.NamedNode(DCTERMS + "RightsStatement"))
        sheet.say(statement, RDFS + "label", words)


def _say_dataset(sheet: Sheet, me: str, page: str, facts: About) -> None:
    sheet.say(me, RDF + "type", *iris("", DCAT + "Dataset", VOID + "Dataset"))
    sheet.say(me, DCTERMS + "title", "; ".join(facts.plans))
    sheet.say(
        me,
        DCTERMS + "description",
        _english(
            "An independent reading of published documents; not a council service. Each statement "
            "rests on the words of a document or on a recorded judgement."
        ),
    )
    sheet.say(me, DCTERMS + "identifier", facts.sha256)
    sheet.say(me, OWL + "versionInfo", facts.edition or facts.sha256[:12])
    sheet.say(me, DCAT + "version", facts.edition or facts.sha256[:12])
    sheet.say(me, DCAT + "keyword", _english("strategic alignment"), _english("golden thread"))
    sheet.say(me, DCAT + "theme", ox.NamedNode(_THEME))
    sheet.say(me, DCAT + "landingPage", ox.NamedNode(page))
    sheet.say(me, DCTERMS + "publisher", ox.NamedNode(f"{page}#publisher"))
    sheet.say(me, DCTERMS + "conformsTo", ox.NamedNode(GT))
    sheet.say(me, PROV + "wasGeneratedBy", ox.NamedNode(f"{page}#making"))
    sheet.say(f"{page}#making", RDF + "type", ox.NamedNode(PROV + "Activity"))
    sheet.say(f"{page}#making", RDFS + "label", f"goldenthread {facts.version}")
    rights = [f"{page}#rights-{number}" for number, _ in enumerate(facts.rights, 1)]
    sheet.say(me, DCTERMS + "rights", *iris("", *rights))
    sheet.say(me, VOID + "feature", *iris(_FORMATS, "Turtle", "N-Triples", "JSON-LD", "RDF_XML"))
    sheet.say(me, VOID + "vocabulary", *iris("", GT, SKOS, PROV))


def _say_sources(sheet: Sheet, me: str, found: list[Source]) -> None:
    for source in found:
        sheet.say(me, DCTERMS + "source", ox.NamedNode(source.iri))
        sheet.say(me, PROV + "wasDerivedFrom", ox.NamedNode(source.iri))
        sheet.say(source.iri, RDF + "type", ox.NamedNode(FOAF + "Document"))
        sheet.say(source.iri, DCTERMS + "title", source.title)
        sheet.say(source.iri, DCTERMS + "identifier", *(f"sha256:{h}" for h in source.sha256))
        # As words: what a document says of its licence, or that it says nothing.
        sheet.say(source.iri, RDFS + "comment", *source.rights)
        if source.publisher:
            sheet.say(source.iri, DCTERMS + "creator", source.publisher)
        if language := _LANGUAGES.get(source.language.partition("-")[0]):
            sheet.say(me, DCTERMS + "language", ox.NamedNode(_LANGUAGE + language))


def _say_distribution(sheet: Sheet, me: str, root: str, form: Form, reading: str) -> None:
    address = f"{root}/data.{form.name}" + ("" if reading == "corrected" else f"?reading={reading}")
    it = f"{root}/catalog#{reading}-{form.name}"
    sheet.say(me, DCAT + "distribution", ox.NamedNode(it))
    sheet.say(it, RDF + "type", ox.NamedNode(DCAT + "Distribution"))
    sheet.say(it, DCTERMS + "title", _english(f"The plan {READING_NAMES[reading]}: {form.label}"))
    sheet.say(it, DCAT + "accessURL", ox.NamedNode(address))
    sheet.say(it, DCAT + "downloadURL", ox.NamedNode(address))
    sheet.say(it, DCAT + "mediaType", ox.NamedNode(_MEDIA + form.media))
    sheet.say(it, DCTERMS + "format", ox.NamedNode(_FILE_TYPE + form.file_type))
    sheet.say(it, DCTERMS + "rights", ox.NamedNode(f"{root}/catalog#rights-1"))
    if form.rdf and reading == "corrected":
        sheet.say(me, VOID + "dataDump", ox.NamedNode(address))


def _say_services(sheet: Sheet, me: str, root: str) -> None:
    sparql, api = f"{root}/sparql", f"{root}/api/v1"
    for service, title, description in (
        (sparql, "SPARQL endpoint", sparql),
        (api, "JSON interface", f"{api}/openapi.json"),
    ):
        sheet.say(service, RDF + "type", ox.NamedNode(DCAT + "DataService"))
        sheet.say(service, DCTERMS + "title", _english(title))
        sheet.say(service, DCAT + "endpointURL", ox.NamedNode(service))
        sheet.say(service, DCAT + "endpointDescription", ox.NamedNode(description))
        sheet.say(service, DCAT + "servesDataset", ox.NamedNode(me))
    protocol = ox.NamedNode("https://www.w3.org/TR/sparql11-protocol/")
    sheet.say(sparql, DCTERMS + "conformsTo", protocol)


def _say_counts(sheet: Sheet, me: str, page: str, dataset: Dataset) -> None:
    sheet.say(me, VOID + "triples", graph_sizes(dataset)[dataset.reading().value])
    sheet.say(me, VOID + "entities", int(text(dataset.rows(_SUBJECTS)[0]["n"])))
    sheet.say(me, VOID + "documents", len(sources(dataset)))
    for part, kind, iri, counted, number in _parts(dataset, page):
        sheet.say(me, VOID + f"{kind}Partition", ox.NamedNode(part))
        sheet.say(part, VOID + kind, ox.NamedNode(iri))
        sheet.say(part, VOID + counted, number)


def _parts(dataset: Dataset, page: str) -> Iterator[tuple[str, str, str, str, int]]:
    for kind, query, variable, counted in (
        ("class", _CLASSES, "c", "entities"),
        ("property", _PROPERTIES, "p", "triples"),
    ):
        for number, (iri, count) in enumerate(_counted(dataset, query, variable), 1):
            yield f"{page}#{kind}-{number}", kind, iri, counted, count


def _english(words: str) -> ox.Literal:
    return ox.Literal(words, language="en")
