"""The namespaces and prefixes that the ontology, data, shapes, queries and pages share."""

BASE = "https://w3id.org/goldenthread/id/"
GT = "https://w3id.org/goldenthread/ontology/"
CONCEPT = GT + "concept/"
SHAPE = "https://w3id.org/goldenthread/shapes/"

DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES = {
    "cids": "https://ontology.commonapproach.org/cids#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": DCTERMS,
    "gt": GT,
    "gtc": CONCEPT,
    "oa": OA,
    "org": "http://www.w3.org/ns/org#",
    "owl": OWL,
    "pplan": "http://purl.org/net/p-plan#",
    "prov": PROV,
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "https://schema.org/",
    "sdgo": "http://metadata.un.org/sdg/ontology#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sh": SH,
    "shape": SHAPE,
    "skos": SKOS,
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": XSD,
}
# Known to people who type queries, and so not to be declared by them; what a query declares itself
# is never overruled.
WELL_KNOWN = PREFIXES | {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dct": DCTERMS,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


def prefixed(iri: str) -> str:
    """Return an IRI with the prefix of the longest namespace that fits; nothing where none does."""
    for prefix, namespace in sorted(PREFIXES.items(), key=lambda p: -len(p[1])):
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return ""
