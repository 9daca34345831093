"""Keep what came back of a sample in the plan's folder, and tell it beside the data."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.domain.assessment import Assessed, Assessment
from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import DCTERMS, GT, OA, PROV, RDF, RDFS
from goldenthread.domain.sampling import VERDICTS, Checked, Item, Sheet
from goldenthread.errors import BadValue
from goldenthread.store import assessed, workspace
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View

if TYPE_CHECKING:
    from rdflib import Graph

Population = dict[str, tuple[int, Item]]
"""What can be drawn, by IRI, with the order of its level."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Who checked a sample, and when."""

    role: str
    """The post that answers for it, in words; never a name."""
    on: date
    """The day, where the sheet gives none."""
    seed: int | None = None


def keep(dataset: Dataset, folder: Path, sheet: Sheet, terms: Terms) -> int:
    """Write the ticked rows of a sheet into the plan's folder; return how many.

    Each becomes an `oa:Annotation` that assesses its target (Web Annotation, 2017), apart from
    what documents say. The same sheet again puts its rows in place of the old ones.

    Raises:
        BadValue: no role, no row was ticked with a verdict, or one with something else.
        Unavailable: the folder cannot be written to.
    """
    if not terms.role.strip():
        raise BadValue("Who checked it? Give --role with a post, such as “Internal auditor”.")
    rows = [(r, r.now) for r in sheet.rows if r.now is not None and r.verdict in VERDICTS]
    if odd := [f"“{r.verdict}” ({r.id})" for r in sheet.rows if r.verdict not in (*VERDICTS, "")]:
        raise BadValue(
            f"Nothing was kept: {', '.join(odd[:5])} is none of {', '.join(VERDICTS)}. "
            "Say which of these is meant."
        )
    if not rows:
        raise BadValue(
            f"No row of the sheet has a verdict. Tick {', '.join(VERDICTS)} in its column first."
        )
    view = View(dataset)
    plan = view.plan(rows[0][1].iri) or view.plans()[0]
    marks = "\n".join(sorted(item.iri for _, item in rows))
    sample = f"{plan}/sample/{hashlib.sha256(marks.encode()).hexdigest()[:16]}"
    graph = workspace.read(folder, assessed.FILE)
    words = f"Sample with seed {terms.seed}" if terms.seed is not None else "Sample"
    role = f"{plan.rsplit('/', 1)[0]}/role/{_key(terms.role)}"
    workspace.forget(graph, sample)
    workspace.add(
        graph,
        sample,
        [(RDF + "type", PROV + "Activity"), (GT + "inPlan", plan)],
        {RDFS + "label": words},
        {},
    )
    workspace.add(graph, role, [(RDF + "type", PROV + "Agent")], {RDFS + "label": terms.role}, {})
    for row, item in rows:
        _write(graph, sample, role, (row, item), terms.on)
    workspace.write(folder, graph, assessed.FILE)
    return len(rows)


def _write(
    graph: "Graph", sample: str, role: str, checked: tuple[Checked, Item], today: date
) -> None:
    row, item = checked
    key = hashlib.sha256(item.iri.encode()).hexdigest()[:16]
    iri = f"{sample}/{key}"
    workspace.forget(graph, iri)
    named = [
        (RDF + "type", OA + "Annotation"),
        (OA + "motivatedBy", OA + "assessing"),
        (OA + "hasTarget", item.iri),
        (GT + "byRole", role),
        (PROV + "wasGeneratedBy", sample),
    ]
    texts = {
        OA + "bodyValue": row.verdict,
        DCTERMS + "description": row.claim,
        # Of what the sheet showed: another mark now means that it was said of something else.
        DCTERMS + "identifier": item.mark if not row.changed else f"changed since {item.mark}",
    }
    texts |= {RDFS + "comment": row.remarks} if row.remarks else {}
    dates = {DCTERMS + "date": _day(row.on, today).isoformat()}
    workspace.add(graph, iri, named, texts, dates)


def results(dataset: Dataset, population: Population, reading: str = "corrected") -> Assessed:
    """Return what samples found, by level, each with whether the data have changed since.

    Args:
        dataset: the data set.
        population: what can be drawn now, as `sampling.population` returns it.
        reading: `corrected` or `printed`.
    """
    found: list[tuple[tuple[object, ...], Assessment]] = []
    for one, mark in assessed.assessments(dataset):
        order, item = population.get(one.target, (99, None))
        changed = "gone" if item is None else "no" if item.mark == mark else "yes"
        told = replace(
            one,
            kind=item.kind if item else "",
            level=item.level if item else "no longer there",
            changed=changed,
        )
        found.append(((order, told.kind, natural(told.target), told.on), told))
    return Assessed(reading, tuple(a for _, a in sorted(found, key=lambda p: p[0])))


def _day(said: str, today: date) -> date:
    """Return the day on a sheet, whose cells may hold a time too; today where it names none."""
    found = re.match(r"\d{4}-\d{2}-\d{2}", said.strip())
    try:
        return date.fromisoformat(found[0]) if found else today
    except ValueError:
        return today


def _key(words: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", words.casefold())) or "role"
