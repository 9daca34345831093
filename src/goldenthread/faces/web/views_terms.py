"""Pages of the terms that the data uses and of the rules that it is checked by."""

from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import FORM_NAMES, MEDIA, TERM_FORMS
from goldenthread.faces.web.paths import Links
from goldenthread.services import representing
from goldenthread.services.representing import Term

_KINDS = {
    "class": "Classes",
    "property": "Properties",
    "scheme": "Schemes",
    "concept": "Concepts",
}


def ontology(x: Explorer, links: Links) -> bytes:
    """Return the page of the ontology's terms."""
    intro = "The terms that the data uses, each with what it means."
    groups = _grouped(representing.terms(x.dataset), _KINDS)
    return _page(x, links, ("Ontology", "ontology", intro), groups)


def rules(x: Explorer, links: Links) -> bytes:
    """Return the page of the rules."""
    found = representing.rule_terms()
    headings = {t.kind: t.kind[:1].upper() + t.kind[1:] for t in found}
    intro = "What is checked: each rule in a sentence, why it matters, how to mend what breaks it."
    return _page(x, links, ("Rules", "shapes", intro), _grouped(found, headings))


def _grouped(terms: list[Term], headings: dict[str, str]) -> list[tuple[str, str, list[Term]]]:
    return [(k, h, [t for t in terms if t.kind == k]) for k, h in headings.items()]


def _page(
    x: Explorer, links: Links, said: tuple[str, str, str], groups: list[tuple[str, str, list[Term]]]
) -> bytes:
    title, page, intro = said
    names = {t.iri: t.label for _, _, terms in groups for t in terms}
    forms = [(links.terms(page, f), FORM_NAMES[f], MEDIA[f]) for f in TERM_FORMS if f != "html"]
    return x.render(
        "terms.html",
        links,
        title=title,
        intro=intro,
        crumbs=[("", title)],
        groups=groups,
        names=names,
        known=set(names),
        alternates=[(name, media, address) for address, name, media in forms],
        downloads=[(address, name) for address, name, _ in forms],
    )
