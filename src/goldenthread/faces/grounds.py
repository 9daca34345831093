"""Why anything is shown: nodes, statements, check results and numbers, for every face.

A number has no name of its own. It is asked about by the address of the list that it counts, as
the pages link it: `/coverage?rows=...&columns=...&row=...&column=...`.
"""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from goldenthread.domain import checking, gap
from goldenthread.domain.description import Explanation
from goldenthread.domain.english import capital, counted
from goldenthread.domain.grounds import Grounds
from goldenthread.domain.proof import Triple
from goldenthread.domain.validation import Report
from goldenthread.errors import BadValue
from goldenthread.services import (
    chaining,
    covering,
    derivation,
    finding,
    grounding,
    naming,
    timing,
    tracing,
)
from goldenthread.services.gaps import gaps
from goldenthread.services.overview import overview
from goldenthread.store.dataset import Dataset

Checked = Callable[[str], Report]
"""Gives the check results of a reading; only asked where they are needed."""
Query = dict[str, str]
_THING = ("thing", "things")
_SIGNS = ("/", "http://", "https://")


def grounds(dataset: Dataset, asked: str, reading: str, checked: Checked) -> Grounds:
    """Return what something rests on, back to the words.

    Args:
        dataset: the data set.
        asked: a short id, IRI or words; `result/` with the id of a check result; a statement
            (`ID property ID`); the address of a page that lists what a number counts.
        reading: `corrected` or `printed`; an address that names one has its own.
        checked: gives the check results of a reading.

    Raises:
        NotFound: nothing here is called so.
        Ambiguous: words that fit several things.
        BadValue: an address that counts nothing.
    """
    asked = " ".join(asked.split())
    if address := _address(dataset, asked):
        return _number(dataset, asked, *address, reading, checked)
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


def _address(dataset: Dataset, asked: str) -> tuple[str, Query] | None:
    """Return name and query of a page that a number's address means; None where it is no such."""
    if not asked.startswith(_SIGNS) or asked.startswith(dataset.base):
        return None
    parts = urlsplit(asked)
    name = parts.path.strip("/").partition(".")[0]
    if name not in _PAGES:
        return None
    query = dict(parse_qsl(parts.query))
    return name, query | ({"number": parts.fragment} if parts.fragment else {})


def _number(
    dataset: Dataset, asked: str, name: str, query: Query, reading: str, checked: Checked
) -> Grounds:
    reading = query.get("reading", reading)
    if name == "checks":
        return _results(dataset, asked, query, reading, checked)
    sentence, nodes = _PAGES[name](dataset, query, reading)
    unique = list(dict.fromkeys(nodes))
    told = Explanation(
        asked, sentence, (), tuple(chaining.why(dataset, i, reading) for i in unique)
    )
    read = [t for iri in unique for t in derivation.about(dataset, iri, reading)]
    return _made(dataset, asked, "number", reading, told, read)


def _results(dataset: Dataset, asked: str, query: Query, reading: str, checked: Checked) -> Grounds:
    report, narrowed = checking.choose(checked(reading), query)
    each = [grounding.explain(dataset, r, reading) for r in report.results]
    said = narrowed.sentence("check result", "check results") or counted(
        len(each), "check result", "check results"
    )
    told = Explanation(asked, f"The list of checks: {said}", (), tuple(e for e, _ in each))
    read = [t for _, some in each for t in some]
    return _made(dataset, asked, "number", reading, told, read)


def _coverage(dataset: Dataset, query: Query, reading: str) -> tuple[str, list[str]]:
    wanted = (query.get("rows") or None, query.get("columns") or None)
    matrix = covering.coverage(dataset, *wanted, reading, query.get("count") or None)
    row, column = (
        None if query.get(k, "all") in ("", "all") else covering.head(matrix, query[k], of_rows=r)
        for k, r in (("row", True), ("column", False))
    )
    part = matrix.only(row.iri if row else None, column.iri if column else None)
    pairs = [(r, c, part.cell(r.iri, c.iri)) for r in part.rows for c in part.columns]
    found = [n.iri for _, _, nodes in pairs for n in nodes]
    if part.pairing:
        # A cell only says that its row and column are joined: both ends tell how.
        found = [i for r, c, nodes in pairs if nodes for i in (r.iri, c.iri)]
    return f"Coverage: {part.part_name(row, column)}.", found


def _gaps(dataset: Dataset, query: Query, reading: str) -> tuple[str, list[str]]:
    kept, narrowed = gap.choose(gaps(dataset, reading), query)
    foci = [g.focus.iri for g in kept.gaps]
    lacking = counted(len(foci), "expected link is", "expected links are")
    said = f"{lacking} not recorded, for {counted(len(set(foci)), 'thing', 'things')}."
    return f"{capital(said)} {narrowed.sentence('gap', 'gaps')}".strip(), foci


def _timeline(dataset: Dataset, query: Query, reading: str) -> tuple[str, list[str]]:
    found = timing.timeline(dataset, reading, query)
    rows = [d.node.iri for d in (*found.rows, *found.unscheduled)]
    timescales = [t.iri for d in found.rows for t in d.timescales]
    return f"Timeline: {counted(len(rows), found.one, found.many)}. {found.sentence}".strip(), [
        *rows,
        *timescales,
    ]


def _trace(dataset: Dataset, query: Query, reading: str) -> tuple[str, list[str]]:
    focus = finding.resolve(dataset, query.get("focus", ""), reading)
    direction = query.get("direction", "down")
    facets = {k: [query[k]] for k in ("class", "theme", "period", "basis") if query.get(k)}
    found = tracing.trace(dataset, focus, direction, reading, only=facets or None)
    level = query.get("class", "")
    rest = [n for n in found.nodes if n.iri != focus and level in ("", n.level)]
    where = "under" if direction == "down" else "above"
    one, many = (rest[0].level_name, naming.plurals(dataset)[level]) if rest and level else _THING
    said = f"{counted(len(rest), one, many)} {where}"
    return f"Thread: {said} {found.focus.name}.", [n.iri for n in rest]


def _overview(dataset: Dataset, query: Query, reading: str) -> tuple[str, list[str]]:
    every = overview(dataset, reading)
    numbered = [
        (f"sentence-{plan}-{number}", said)
        for plan, found in enumerate(every, start=1)
        for number, said in enumerate(found.sentences, start=1)
        if said.rows
    ]
    for name, said in numbered:
        if name == query.get("number"):
            return f"Overview: {said.text}", [n.iri for n in said.rows]
    names = ", ".join(f"/#{name}" for name, _ in numbered)
    raise BadValue(f"The overview has no such sentence with rows. There are: {names}.")


_PAGES: dict[str, Callable[[Dataset, Query, str], tuple[str, list[str]]]] = {
    "": _overview,
    "overview": _overview,
    "coverage": _coverage,
    "gaps": _gaps,
    "timeline": _timeline,
    "trace": _trace,
    "checks": _overview,
}
"""Pages that list what a number counts; those of checks are results and told by themselves."""
