"""Why anything is shown: nodes, statements, check results and numbers, for every face.

A number has no name of its own: it is asked about by an address, see numbers.py.
"""

from collections.abc import Callable
from urllib.parse import SplitResult, parse_qs, parse_qsl, unquote, urlsplit

from goldenthread.domain.description import Explanation
from goldenthread.domain.grounds import Grounds
from goldenthread.domain.proof import Triple
from goldenthread.errors import BadValue
from goldenthread.faces.numbers import Asked, Checked, Counted
from goldenthread.faces.numbers_of_checks import of_checks, of_rules, of_rulings, of_samples
from goldenthread.faces.numbers_of_lists import in_coverage, of_gaps, on_overview, on_timeline
from goldenthread.faces.numbers_of_things import (
    of_briefing,
    of_catalog,
    of_comparison,
    of_graph,
    of_thing,
)
from goldenthread.faces.numbers_of_threads import of_thread
from goldenthread.faces.numbers_of_words import of_library, of_search, of_sources, of_terms
from goldenthread.services import chaining, derivation, finding, grounding
from goldenthread.store.dataset import Dataset

_SIGNS = ("/", "http://", "https://")


def grounds(dataset: Dataset, asked: str, reading: str, checked: Checked) -> Grounds:
    """Return what something rests on, back to the words.

    Args:
        dataset: the data set.
        asked: a short id, IRI or words; `result/` with the id of a check result; a statement
            (`ID property ID`); the address of a number: of the list that it counts, or of the
            page that shows it with the number's name behind a hash.
        reading: `corrected` or `printed`; an address that names one has its own.
        checked: gives the check results of a reading.

    Raises:
        NotFound: nothing here is called so.
        Ambiguous: words that fit several things.
        BadValue: an address that counts nothing.
    """
    asked = " ".join(asked.split())
    if address := _address(dataset, asked):
        return _number(dataset, asked, address[1], reading, checked)
    if grounding.looks_like_id(asked):
        result = grounding.find(checked(reading), asked)
        if result is not None:
            told, read = grounding.explain(dataset, result, reading)
            return _made(dataset, f"result/{result.id}", "result", reading, told, read)
    if triple := derivation.parse(dataset, asked, reading):
        return _statement(dataset, asked, triple, reading)
    iri = finding.resolve(dataset, asked, reading)
    told = chaining.why(dataset, iri, reading)
    return _made(dataset, asked, "node", reading, told, derivation.about(dataset, iri, reading))


def _made(
    dataset: Dataset, asked: str, kind: str, reading: str, told: Explanation, read: list[Triple]
) -> Grounds:
    proof = derivation.prove(dataset, read, reading)
    return Grounds(asked, kind, reading, told, proof)


def _statement(dataset: Dataset, asked: str, triple: Triple, reading: str) -> Grounds:
    proof = derivation.prove(dataset, [triple], reading)
    said = proof.statements[-1]
    subject = triple[0].strip("<>")
    ways = chaining.why_statement(dataset, triple, reading)
    rule = f"rule {said.step.rule.name}: {said.step.rule.summary}" if said.step else ""
    how = rule or f"written in {' and '.join(said.written)}."
    return Grounds(
        asked, "statement", reading, Explanation(subject, f"{said.text}: {how}", (), ways), proof
    )


def _address(dataset: Dataset, asked: str) -> tuple[str, SplitResult] | None:
    """Return name and parts of a page's address that a number has; None where it is no such."""
    if not asked.startswith(_SIGNS) or asked.startswith(dataset.base):
        return None
    parts = urlsplit(asked)
    name = parts.path.strip("/").partition("/")[0].partition(".")[0]
    if name == _EVIDENCE:
        # The evidence of a number, as pages link it, is asked about like the number.
        given = dict(parse_qsl(parts.query))
        focus, reading = given.get("focus", ""), given.get("reading")
        found = _address(dataset, focus) if focus.startswith(_SIGNS) else None
        if found and reading and "reading=" not in found[1].query:
            return found[0], found[1]._replace(query=f"{found[1].query}&reading={reading}")
        return found
    return (name, parts) if name in _PAGES else None


def counted(dataset: Dataset, asked: str, reading: str, checked: Checked) -> Counted:
    """Return what a number counts, without the statements beneath; arguments are as of `grounds`.

    Raises:
        BadValue: the address of no number.
    """
    if not (address := _address(dataset, asked)):
        raise BadValue(f"“{asked}” is the address of no number.")
    name, parts = address
    every = parse_qs(parts.query)
    query = {k: v[-1] for k, v in every.items()}
    reading = query.get("reading", reading)
    path = tuple(unquote(p) for p in parts.path.strip("/").split("/")[1:])
    return _PAGES[name](Asked(dataset, reading, path, query, every, parts.fragment, checked))


def _number(
    dataset: Dataset, asked: str, parts: SplitResult, reading: str, checked: Checked
) -> Grounds:
    found = counted(dataset, asked, reading, checked)
    reading = dict(parse_qsl(parts.query)).get("reading", reading)
    proof = derivation.prove(dataset, found.read, reading)
    told = Explanation(asked, found.sentence, (), found.parts)
    return Grounds(asked, "number", reading, told, proof, found.number)


_EVIDENCE = "why"
_PAGES: dict[str, Callable[[Asked], Counted]] = {
    "": on_overview,
    "overview": on_overview,
    "trace": of_thread,
    "coverage": in_coverage,
    "gaps": of_gaps,
    "timeline": on_timeline,
    "checks": of_checks,
    "rules": of_rules,
    "corrections": of_rulings,
    "samples": of_samples,
    "sources": of_sources,
    "search": of_search,
    "library": of_library,
    "ontology": of_terms,
    "doc": of_thing,
    "briefing": of_briefing,
    "compare": of_comparison,
    "graph": of_graph,
    "catalog": of_catalog,
}
"""The pages with numbers, each with what tells a number from its address."""
