"""List what was judged and repaired; propose, apply, withdraw and dispute judgements."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.domain.description import JudgementCard
from goldenthread.domain.identifiers import short_id
from goldenthread.domain.namespaces import CONCEPT, DCTERMS, GT, PROV, RDF, RDFS, SKOS
from goldenthread.errors import BadValue, NotFound
from goldenthread.store import judged, workspace
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View

if TYPE_CHECKING:
    from rdflib import Graph


def judgements(dataset: Dataset, reading: str = "corrected") -> list[JudgementCard]:
    """Return every judgement, applied ones first, then by id; `in_force` is for this reading."""
    return judged.cards(View(dataset, reading))


def repairs(dataset: Dataset) -> list[JudgementCard]:
    """Return every repair, by id; repairs hold in both readings."""
    return judged.repair_cards(View(dataset, "printed"))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a judgement says, before it is written down. IRIs are full."""

    label: str
    kind: str
    """`match`, `correction` or `assumption`."""
    reason: str
    role: str
    """The post that answers for it, in words."""
    date: str
    """ISO 8601."""
    cites: tuple[str, ...]
    """Entries whose words are the evidence; at least one."""
    confidence: str = "medium"
    does: tuple[tuple[str, str], ...] = ()
    """Pairs of an operation (`identifies`, `as`, `moves`, `toRow`, ...) and an IRI."""
    basis: str = "similar-wording"


OPERATIONS = {
    "identifies": ("as",),
    "moves": ("toRow",),
    "pairs": ("with",),
    "withdraws": (),
    "from": ("property", "to", "fromEntry", "toEntry"),
    "assumes": ("sameAsPeriod",),
}


def propose(dataset: Dataset, folder: Path, proposal: Proposal) -> str:
    """Write a judgement as proposed into the plan's folder; return its IRI.

    Raises:
        BadValue: something is missing or names nothing in the data; says what.
        Unavailable: the folder cannot be written to.
    """
    view = View(dataset, "printed")
    _check(view, proposal)
    plan = view.plan(proposal.cites[0]) or next(iter(view.plans()), "")
    graph = workspace.read(folder)
    iri = _mint(graph, plan, proposal.label)
    role = _role(graph, plan, proposal.role)
    texts = {RDFS + "label": proposal.label, GT + "reason": proposal.reason}
    named = [
        (RDF + "type", GT + "Judgement"),
        (GT + "kind", CONCEPT + proposal.kind),
        (GT + "status", CONCEPT + "proposed"),
        (GT + "confidence", CONCEPT + proposal.confidence),
        (GT + "basis", CONCEPT + proposal.basis),
        (GT + "byRole", role),
        (GT + "inPlan", plan),
        *((GT + "cites", c) for c in proposal.cites),
        *((GT + operation, value) for operation, value in proposal.does),
    ]
    workspace.add(graph, iri, named, texts, {DCTERMS + "date": proposal.date})
    workspace.write(folder, graph)
    return iri


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided of a judgement: its new status, why, by whom and when."""

    status: str
    """`applied`, `withdrawn`, `disputed` or `proposed`."""
    reason: str
    role: str
    """The post that decides, in words."""
    date: str
    """ISO 8601."""


def decide(dataset: Dataset, folder: Path, iri: str, verdict: Verdict) -> str:
    """Apply, withdraw or dispute a judgement, keeping who, why and when; return the decision.

    Args:
        dataset: the data set that the judgement is in.
        folder: the plan's folder.
        iri: the judgement.
        verdict: what is decided.

    Raises:
        BadValue: no reason or role, an unknown status, or a status that it already has.
        NotFound: the folder has no such judgement.
    """
    known = View(dataset).subjects(SKOS + "inScheme", GT + "scheme/status")
    status = CONCEPT + verdict.status
    if status not in known:
        raise BadValue(
            f"“{verdict.status}” is no status. Say applied, proposed, disputed or withdrawn."
        )
    if not verdict.reason.strip() or not verdict.role.strip():
        raise BadValue("A decision needs a reason and a role. Give --reason and --role.")
    graph = workspace.read(folder)
    plan = workspace.value(graph, iri, GT + "inPlan")
    before = workspace.value(graph, iri, GT + "status")
    if before is None or plan is None:
        raise NotFound(f"{folder / workspace.FILE} has no judgement {short_id(iri)}.")
    if before == status:
        raise BadValue(f"{short_id(iri)} is {verdict.status} already; nothing was changed.")
    workspace.replace(graph, iri, GT + "status", status)
    words = f"{short_id(iri).split('/')[-1]} {verdict.status}"
    decision = _mint(graph, plan, words, "decision")
    named = [
        (RDF + "type", GT + "Decision"),
        (GT + "decides", iri),
        (GT + "newStatus", status),
        (GT + "byRole", _role(graph, plan, verdict.role)),
        (GT + "inPlan", plan),
    ]
    texts = {GT + "reason": verdict.reason}
    workspace.add(graph, decision, named, texts, {DCTERMS + "date": verdict.date})
    workspace.write(folder, graph)
    return decision


def _check(view: View, proposal: Proposal) -> None:
    if not proposal.label.strip() or not proposal.reason.strip() or not proposal.role.strip():
        raise BadValue("A judgement needs a label, a reason and a role.")
    if not proposal.cites:
        raise BadValue("A judgement needs at least one entry whose words it rests on: --cites.")
    if CONCEPT + proposal.kind not in view.subjects(
        SKOS + "inScheme", GT + "scheme/judgement-kind"
    ):
        raise BadValue(
            f"“{proposal.kind}” is no kind. Say match, correction, assumption or finding."
        )
    done = {operation for operation, _ in proposal.does}
    for first, others in OPERATIONS.items():
        if first in done and (lacking := set(others) - done):
            raise BadValue(f"--{first} needs {', '.join(sorted(lacking))} as well.")
    for value in (*proposal.cites, *(v for op, v in proposal.does if op != "property")):
        if not view.exists(value):
            raise BadValue(f"Nothing here has the IRI {value}. Use an id that `show` knows.")


def _mint(graph: "Graph", plan: str, label: str, cls: str = "judgement") -> str:
    """Return an IRI made from the first words of the label, with a number where it is taken."""
    key = "-".join(re.findall(r"[a-z0-9.]+", label.casefold())[:7]) or cls
    iri, number = f"{plan}/{cls}/{key}", 2
    while workspace.value(graph, iri, RDF + "type") is not None:
        iri, number = f"{plan}/{cls}/{key}-{number}", number + 1
    return iri


def _role(graph: "Graph", plan: str, role: str) -> str:
    key = "-".join(re.findall(r"[a-z0-9]+", role.casefold())) or "role"
    iri = f"{plan.rsplit('/', 1)[0]}/role/{key}"
    workspace.add(graph, iri, [(RDF + "type", PROV + "Agent")], {RDFS + "label": role}, {})
    return iri
