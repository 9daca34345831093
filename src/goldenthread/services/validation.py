"""Check a plan, its documents and the ontology against the rules, and report in plain words.

SHACL decides what breaks a rule; this module chooses the graph that each rule looks at, puts
what a whole plan lacks into one result, and adds the words of the documents.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.domain.acceptance import Acceptance
from goldenthread.domain.identifiers import local_name
from goldenthread.domain.namespaces import GT, OWL, RDF
from goldenthread.domain.validation import (
    SEVERITIES,
    Broken,
    Focus,
    Quote,
    Report,
    Result,
    Rule,
    place,
    result_id,
)
from goldenthread.errors import BadValue
from goldenthread.store import quotes, sources
from goldenthread.store import rulebook as rulebooks
from goldenthread.store.accepted import acceptances
from goldenthread.store.dataset import Dataset
from goldenthread.store.halving import in_two
from goldenthread.store.results import to_graph
from goldenthread.store.rulebook import Rulebook
from goldenthread.store.view import View

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

__all__ = ["check", "fails", "has_acceptances", "on_day", "rulebook", "to_graph"]

# The group of rules that each document's graph must keep by itself.
EVIDENCE = "evidence"
# Fewer rules are checked sooner than a process is made.
_WORTH_A_PROCESS = 10
# What leads from a node to the entries whose words are shown beside a result about it.
_EVIDENCE = ("cites", "fromEntry", "toEntry", "keyEntry")


def check(
    dataset: Dataset,
    reading: str = "corrected",
    rules: Sequence[str] | None = None,
    today: date | None = None,
    *,
    profile: str = "",
    book: Rulebook | None = None,
) -> Report:
    """Return what breaks the rules, worst first.

    Rules about the data look at what is written down, those of them about evidence at each
    document's graph by itself; rules about the plan look at the reading.
    Data without a plan is checked as far as the rules find their classes in it.

    Args:
        dataset: the data set.
        reading: `corrected` or `printed`.
        rules: names of rules, such as `Measure-target`; all of them where none is given.
        today: the day on which acceptances must hold; this day, unless another is given.
        profile: name of the profile that chooses rules and severities; the default where empty.
        book: the rules to check by; where None, those that ship and those of the plans' folders.

    Raises:
        NotFound: a rule, profile or reading that is not there.
        Unreadable: a plan's own file of rules that cannot be used.
    """
    book = book or rulebook(dataset)
    named, held_to = book.select(rules or ()), book.profile(profile)
    chosen = held_to.applied(named)
    view = View(dataset, reading)
    known = [a for a in acceptances(dataset) if reading in a.readings]
    results = _accepted(_results(view, chosen, _breaches(view, chosen)), known, today)
    ids, looked_at = {r.id for r in results}, {r.iri for r in chosen}
    editions = [e for p in view.plans() for e in view.values(p, OWL + "versionInfo")]
    return Report(
        reading=reading,
        results=tuple(sorted(results, key=place)),
        sha256=dataset.sha256,
        version="; ".join(editions),
        checked=len(chosen),
        mended=tuple(a for a in known if a.rule in looked_at and not ids & set(a.results)),
        profile=held_to.name,
        left_out=len(named) - len(chosen),
    )


def rulebook(dataset: Dataset, files: Sequence[Path] = ()) -> Rulebook:
    """Return the rules that a data set is held to: its plans' folders and `files` add to ours."""
    return rulebooks.rulebook(dataset.folders, files)


def _accepted(
    results: Sequence[Result], known: Sequence[Acceptance], today: date | None
) -> list[Result]:
    """Return the results with their acceptances; one that has expired leaves its result open."""
    day = today or datetime.now().astimezone().date()
    by_result = {result: a for a in known for result in a.results}
    return [_standing(r, by_result.get(r.id), day) for r in results]


def has_acceptances(dataset: Dataset) -> bool:
    """Return whether anybody accepted a result: then what is open depends on the day."""
    return bool(acceptances(dataset))


def on_day(report: Report, today: date | None = None) -> Report:
    """Return a report with its acceptances as they hold on another day: what expired is open."""
    day = today or datetime.now().astimezone().date()
    return replace(report, results=tuple(_standing(r, r.acceptance, day) for r in report.results))


def _standing(result: Result, acceptance: Acceptance | None, day: date) -> Result:
    status = "accepted" if acceptance and acceptance.holds(day) else "open"
    if status == result.status and acceptance == result.acceptance:
        return result
    return replace(result, acceptance=acceptance, status=status)


def fails(report: Report, at: str = "must fix") -> bool:
    """Return whether an open result is as bad as `at` or worse; `never` fails nothing.

    Raises:
        BadValue: a severity that there is not.
    """
    level = at.strip().lower().replace("-", " ")
    if level == "never":
        return False
    order = list(SEVERITIES)
    if level not in order:
        raise BadValue(f"There is no severity “{at}”. Choose {', '.join(order)} or never.")
    bad = order[: order.index(level) + 1]
    return any(r.status == "open" and r.severity in bad for r in report.results)


def _breaches(view: View, chosen: Sequence[Rule]) -> Iterator[Broken]:
    """Yield each breach of each rule, in the graph that the rule looks at."""
    from goldenthread.store import shacl

    def run(
        kind: str, graphs: "Sequence[NamedNode]", *, evidence: bool | None = None
    ) -> list[Broken]:
        wanted = [r for r in chosen if r.checks == kind]
        if evidence is not None:
            wanted = [r for r in wanted if (r.group == EVIDENCE) == evidence]
        return shacl.broken(view.dataset.store, graphs, wanted)

    written = sources.graphs(view.dataset)
    reading = [r for r in chosen if r.checks == "reading"]
    data = shacl.prepared(view.dataset.store, [view.graph], reading) if reading else None

    def half(number: int) -> list[Broken]:
        # Every second rule, so that neither half has all of the slow ones.
        found = (
            shacl.report(data, reading[number::2])
            if data is not None and reading[number::2]
            else []
        )
        if number == 0:
            return found + run("data", written, evidence=False)
        # What one document's graph lacks, another may not make up for.
        for graph in written:
            found += run("data", [graph], evidence=True)
        return found + run("ontology", [view.dataset.ontology()])

    yield from in_two(half) if len(chosen) > _WORTH_A_PROCESS else half(0) + half(1)
    python = {r.iri for r in chosen} & {quotes.FILE, quotes.QUOTE}
    if python:
        yield from (b for b in quotes.misquoted(view.dataset) if b.rule in python)


def _results(view: View, chosen: Sequence[Rule], breaches: Iterator[Broken]) -> list[Result]:
    known = {r.iri: r for r in chosen}
    grouped: dict[tuple[str, str | None], dict[str, tuple[str, Broken]]] = defaultdict(dict)
    for raw in breaches:
        broken = raw.at_fault(known[raw.rule])
        plan = view.plan(broken.focus) or (broken.focus if broken.focus in view.plans() else None)
        key = result_id(plan, broken, view.reading)
        grouped[broken.rule, plan].setdefault(broken.focus + key, (key, broken))
    results = []
    for (iri, plan), found in grouped.items():
        rule = known[iri]
        broken_by = [b for _, b in found.values()]
        if plan and _whole(view, rule, plan, broken_by):
            results.append(_one_for_all(view, rule, plan, broken_by))
        else:
            results += [_result(view, rule, plan, k, b) for k, b in found.values()]
    return results


def _whole(view: View, rule: Rule, plan: str, broken: Sequence[Broken]) -> bool:
    """Return whether everything in the plan that the rule looks at breaks it, and is several."""
    if rule.whole is None:
        return False
    looked_at = {i for cls in rule.targets for i in view.subjects(RDF + "type", cls)}
    of_plan = {i for i in looked_at if view.plan(i) == plan}
    return len(of_plan) > 1 and of_plan == {b.focus for b in broken}


def _one_for_all(view: View, rule: Rule, plan: str, broken: Sequence[Broken]) -> Result:
    rows = sorted((_focus(view, b.focus) for b in broken), key=lambda f: f.iri)
    about = Broken(rule.iri, plan)
    return Result(
        id=result_id(plan, about, view.reading),
        rule=rule,
        focus=_focus(view, plan),
        message=(rule.whole or "").replace("{count}", str(len(rows))),
        rows=tuple(rows),
        plan=plan,
    )


def _result(view: View, rule: Rule, plan: str | None, key: str, broken: Broken) -> Result:
    return Result(
        id=key,
        rule=rule,
        focus=_focus(view, broken.focus),
        message=broken.message or rule.message,
        path=broken.path,
        value=broken.value,
        quotes=tuple(_quotes(view, broken.focus)),
        plan=plan,
    )


def _focus(view: View, iri: str) -> Focus:
    node = view.node(iri)
    plain = not (node.level or node.notation)
    return Focus(
        iri=iri,
        id=node.id if iri.startswith(view.dataset.base) else iri,
        label=node.label,
        cls=local_name(node.cls),
        name=node.label if plain else node.name,
        notation=node.notation,
        level=node.level,
        level_name=node.level_name if node.level else "",
    )


def _quotes(view: View, iri: str) -> Iterator[Quote]:
    """Yield the words of the documents that a node is known by, or that speak of it."""
    entries = view.entries(iri)
    if not entries:
        named = [e for p in _EVIDENCE for e in view.values(iri, GT + p)]
        named += view.subjects(GT + "heads", iri) + view.subjects(GT + "excerpt", iri)
        itself = [iri] if view.values(iri, GT + "excerpt") else []
        entries = [view.entry(e) for e in itself or dict.fromkeys(named)]
    for entry in entries:
        if entry.quote:
            yield Quote(entry.quote, entry.place, entry.document)
