"""What anything rests on: a node, a statement, a check result or a number, down to the words."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from goldenthread.domain.grounds import KINDS, Grounds
from goldenthread.errors import Ambiguous, NotFound
from goldenthread.faces.grounds import grounds
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import CSV, FORM_NAMES, HTML, JSON, MEDIA, XLSX
from goldenthread.faces.web.page import Pages, data
from goldenthread.faces.web.paths import Links
from goldenthread.services import exporting, finding
from goldenthread.services.derivation import to_rdf

RDF_FORMS = ("ttl", "jsonld")
_FORMS = (CSV, XLSX, JSON, *RDF_FORMS)
_KEPT = 4


def thing(x: Explorer, focus: str, reading: str) -> bool:
    """Return whether an address means a thing of the plan, which has an account of its own.

    What nothing here is called is left to whoever tells what is near it.
    """
    if len(focus.split()) > 1 or focus.startswith(("/", "result/")):
        return False
    try:
        iri = finding.resolve(x.dataset, focus, reading)
    except (NotFound, Ambiguous, ValueError):
        return False
    return iri in {n.iri for n in exporting.things(x.dataset, reading)}


async def evidence(pages: Pages, request: Request, links: Links, focus: str) -> Response:
    """Return what `focus` rests on, as a page or as data."""
    x = pages.x
    found = await run_in_threadpool(_grounds, x, focus, links.reading)
    made = data(x, links, found.to_json, found.sheets)
    made[HTML] = lambda: evidence_page(x, links, found)
    for form in RDF_FORMS:
        made[form] = lambda f=form: to_rdf(x.dataset, found.proof, f, x.about(links.reading))  # type: ignore[misc]
    return pages.answer(request, made)


def _grounds(x: Explorer, focus: str, reading: str) -> Grounds:
    """Return what `focus` rests on; the last few are kept for those who then take it away."""
    kept: dict[str, Grounds] = x.dataset.kept("grounds")
    # Acceptances of check results expire: the day is part of what is asked.
    asked = f"{reading} {x.dated} {focus}"
    found = kept.get(asked)
    if found is None:
        found = grounds(x.dataset, focus, reading, x.report)
        if len(kept) >= _KEPT:
            kept.clear()
        kept[asked] = found
    return found


def headline(found: Grounds) -> tuple[str, str]:
    """Return what is proved as a line to read, and the rule that says so; nothing if none does.

    An account of a statement writes things in brackets, and its rule in the same line.
    """
    sentence = found.explanation.sentence
    if found.kind != "statement":
        return sentence, ""
    said, _, rule = sentence.partition(": rule ")
    return said.replace("[", "“").replace("]", "”"), rule


def evidence_page(x: Explorer, links: Links, found: Grounds) -> bytes:
    """Return the page of what something rests on."""
    asked, about = found.asked, found.explanation.subject
    query = {"focus": asked, "statements": "all"}
    forms = [(links.download(f"why.{f}", **query), FORM_NAMES[f], MEDIA[f]) for f in _FORMS]
    said, rule = headline(found)
    back = links.asked(asked) if found.kind == "number" else links.thing(about)
    return x.render(
        "evidence.html",
        links,
        title=f"Evidence: {said}"[:200],
        crumbs=[("", "Evidence")],
        here={r: links.in_reading(r).page("why", **query) for r in ("printed", "corrected")}
        if found.kind in ("node", "statement")
        else {},
        g=found,
        said=said,
        rule=rule,
        kind=KINDS[found.kind],
        back=back if not about.startswith(f"{x.dataset.base}result/") else "",
        lines=list(found.proof.lines()),
        numbers=found.proof.numbers,
        command=f"goldenthread why {_quoted(asked)}",
        alternates=[(words, media, address) for address, words, media in forms],
        downloads=[(address, words) for address, words, _ in forms],
    )


def _quoted(asked: str) -> str:
    plain = all(c.isalnum() or c in "/.-_:" for c in asked)
    return asked if plain else "'" + asked.replace("'", "'\\''") + "'"
