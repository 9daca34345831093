"""Every IRI of the plan answers, in each form that it names, in media types that are registered."""

import re
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from goldenthread.domain.namespaces import BASE
from goldenthread.faces.web import sparql_forms
from goldenthread.faces.web.negotiation import MEDIA
from goldenthread.services import representing

# As IANA has them registered; a format without a type of its own goes by that of its syntax.
REGISTERED = {
    "text/html",
    "text/turtle",
    "text/csv",
    "text/tab-separated-values",
    "text/plain",
    "text/xml",
    "text/css",
    "text/javascript",
    "text/markdown",
    "application/json",
    "application/ld+json",
    "application/n-triples",
    "application/pdf",
    "application/problem+json",
    "application/rdf+xml",
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/xml",
    "application/zip",
    "image/png",
    "image/svg+xml",
}
LINK = re.compile(r'<([^>]*)>; rel="alternate"; type="([^"]*)"')


def test_every_media_type_is_registered() -> None:
    """Guards names of our own making: what IANA does not know, no client knows."""
    said = {m.partition(";")[0] for m in MEDIA.values()}
    said |= {t for types in sparql_forms.TYPES.values() for t in types}
    assert len(said) > 10
    assert said <= REGISTERED


def _sample(dataset: Any) -> list[str]:
    """Return one IRI of each class of things that have one under our base."""
    rows = dataset.rows("SELECT ?c (MIN(?s) AS ?one) { ?s a ?c FILTER(ISIRI(?s)) } GROUP BY ?c")
    return sorted({r["one"].value for r in rows if r["one"].value.startswith(BASE)})


@pytest.mark.parametrize("plan", ["shipped", "four_levels"])
def test_what_an_iri_leads_to_says_where_its_other_forms_are(
    plan: str, request: pytest.FixtureRequest
) -> None:
    """Guards each class of node: 303, Link headers that hold, the type that each link names."""
    data = request.getfixturevalue(plan)
    server = request.getfixturevalue("explorer" if plan == "shipped" else "four_level_explorer")
    found = _sample(data)
    assert len(found) > 15
    for iri in found:
        led = server.ask("/id/" + quote(iri.removeprefix(BASE)))
        assert led.status == 303, iri
        assert led.headers["vary"] == "Accept"
        page = server.ask(led.headers["location"])
        assert page.status == 200, iri
        for answer in (led, page):
            assert answer.headers["access-control-allow-origin"] == "*"
            links = LINK.findall(answer.headers["link"])
            assert len(links) == 7
        for address, media in links:
            other = server.ask(address)
            assert other.status == 200, address
            assert other.headers["content-type"].partition(";")[0] == media


def test_what_is_not_there_is_404_in_every_form(explorer: Any) -> None:
    """Guards true 404s: by path, by suffix, by Accept, for things, terms and rules."""
    paths = [f"/{kind}/no-plan/no/thing{s}" for kind in ("id", "doc") for s in ("", ".ttl", ".csv")]
    paths += ["/ontology/Nothing", "/ontology/Nothing.ttl", "/shapes/None", "/catalog.xyz", "/data"]
    for path in paths:
        for accept in ("text/html", "text/turtle", "*/*", "application/json"):
            answer = explorer.ask(path, Accept=accept)
            assert answer.status == 404, (path, accept)
            kind = answer.headers["content-type"].partition(";")[0]
            assert kind in ("text/html", "application/problem+json")
            assert "link" not in answer.headers


def test_no_address_leads_to_another_host(explorer: Any, shipped: Any) -> None:
    """Guards redirects: a path here, whatever the Host header says."""
    for iri in representing.subjects(shipped)[:40]:
        if iri.startswith(BASE):
            led = explorer.ask("/id/" + quote(iri.removeprefix(BASE)), Host="evil.example")
            assert urlsplit(led.headers["location"]).netloc == ""
