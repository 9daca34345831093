import pytest

from goldenthread.faces.web.negotiation import THING_FORMS, choose, split

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, "html"),
        ("", "html"),
        ("*/*", "html"),
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("text/turtle;q=0.5, application/ld+json", "jsonld"),
        ("application/rdf+xml, text/html;q=0.1", "rdf"),
        ("text/*;q=0.3, text/csv", "csv"),
        ("text/html;q=0, */*;q=0.1", "ttl"),
        ("image/png", None),
        ("text/turtle;q=zero, application/n-triples", "nt"),
        ("nonsense", None),
        (", ".join(["text/turtle"] + ["image/png"] * 500), "ttl"),
    ],
)
def test_accept_chooses_the_form_with_the_greatest_weight(
    accept: str | None, form: str | None
) -> None:
    """Guards content negotiation: weights, specificity, absence, and what cannot be read."""
    assert choose(accept, THING_FORMS) == form


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("plan/service-priority/1.4", ("plan/service-priority/1.4", None)),
        ("plan/service-priority/1.4.ttl", ("plan/service-priority/1.4", "ttl")),
        ("plan/entry/a.csv", ("plan/entry/a", "csv")),
        ("plan/entry/.ttl", ("plan/entry/.ttl", None)),
        (".ttl", (".ttl", None)),
        ("plan/entry/a.TTL", ("plan/entry/a.TTL", None)),
    ],
)
def test_only_listed_extensions_are_suffixes(path: str, found: tuple[str, str | None]) -> None:
    """Guards numbers in keys: `service-priority/1.4` has no suffix `.4`."""
    assert split(path, THING_FORMS) == found
