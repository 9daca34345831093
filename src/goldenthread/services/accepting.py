"""Accept a check result until a day, or open it again; the plan's folder is the record."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from goldenthread.domain.namespaces import CONCEPT, DCTERMS, GT, PROV, RDF, RDFS
from goldenthread.domain.validation import Report, Result
from goldenthread.errors import BadValue, NotFound
from goldenthread.store import workspace

FILE = "acceptances.ttl"


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a result is accepted."""

    reason: str
    role: str
    """The post that answers for it, in words."""
    on: date
    until: date


def accept(reports: Sequence[Report], folder: Path, result: str, terms: Terms) -> str:
    """Write that a result is accepted into the plan's folder; return the acceptance's IRI.

    What is found in both readings is accepted in both. Accepting it again puts new terms in place
    of the old ones, which the folder's history keeps.

    Args:
        reports: the check of each reading, the one that `result` is an id of first.
        folder: the plan's folder.
        result: an id, or as much of its beginning as no other has.
        terms: why, by whom and until when.

    Raises:
        NotFound: the report has no such result.
        BadValue: no reason or role, or a day that has passed.
        Unavailable: the folder cannot be written to.
    """
    found = _find(reports[0], result)
    same = [(r.reading, x) for r in reports for x in r.results if _what(x) == _what(found)]
    if not terms.reason.strip() or not terms.role.strip():
        raise BadValue("An acceptance needs a reason and a role. Give --reason and --role.")
    if terms.until < terms.on:
        raise BadValue(f"{terms.until} has passed: the result would be open. Give a later day.")
    iri = _iri(found)
    graph = workspace.read(folder, FILE)
    workspace.forget(graph, iri)
    for reading, twin in same:
        workspace.add(
            graph,
            iri,
            [(GT + "acceptsIn", CONCEPT + reading)],
            {DCTERMS + "identifier": twin.id},
            {},
        )
    plan = found.plan or ""
    role = f"{plan.rsplit('/', 1)[0]}/role/{_key(terms.role)}"
    workspace.add(graph, role, [(RDF + "type", PROV + "Agent")], {RDFS + "label": terms.role}, {})
    named = [
        (RDF + "type", GT + "Acceptance"),
        (GT + "acceptsRule", found.rule.iri),
        (GT + "acceptsFor", found.focus.iri),
        (GT + "byRole", role),
        *([(GT + "inPlan", plan)] if plan else []),
    ]
    texts = {
        RDFS + "label": f"{found.rule.label}, accepted: {found.focus.name}",
        GT + "reason": terms.reason,
    }
    dates = {DCTERMS + "date": terms.on.isoformat(), GT + "until": terms.until.isoformat()}
    workspace.add(graph, iri, named, texts, dates)
    workspace.write(folder, graph, FILE)
    return iri


def reopen(report: Report, folder: Path, result: str, today: date) -> str:
    """End the acceptance of a result on the day before today; return the acceptance's IRI.

    Raises:
        NotFound: the report has no such result, or nobody accepted it.
    """
    iri = _iri(_find(report, result))
    graph = workspace.read(folder, FILE)
    if workspace.value(graph, iri, DCTERMS + "identifier") is None:
        raise NotFound(f"Nobody accepted the result {result}. `goldenthread check` lists results.")
    workspace.forget(graph, iri, GT + "until")
    workspace.add(graph, iri, [], {}, {GT + "until": (today - timedelta(days=1)).isoformat()})
    workspace.write(folder, graph, FILE)
    return iri


def _find(report: Report, result: str) -> Result:
    found = [r for r in report.results if result and r.id.startswith(result)]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadValue(f"{len(found)} results begin with “{result}”. Give more of the id.")
    raise NotFound(
        f"This check has no result “{result}”. Ids stand in `goldenthread check --all` and depend "
        "on the reading: give --reading printed for a result as printed.",
        [(r.id, f"{r.rule.id}, {r.focus.name}") for r in report.results[:5]],
    )


def _iri(result: Result) -> str:
    """Return the IRI of a result's acceptance: the same in both readings."""
    key = hashlib.sha256("\n".join(map(str, _what(result))).encode()).hexdigest()[:16]
    return f"{result.plan or result.focus.iri}/acceptance/{key}"


def _what(result: Result) -> tuple[str | None, ...]:
    """Return what a result is, whatever the reading."""
    return result.plan, result.rule.iri, result.focus.iri, result.path, result.value


def _key(words: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", words.casefold())) or "role"
