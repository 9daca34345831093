"""The first page of an assurance pack: what a reader learns who reads nothing else."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goldenthread.domain.baseline import Changes
from goldenthread.domain.certainty import by_basis, known
from goldenthread.domain.description import JudgementCard
from goldenthread.domain.english import article, capital, counted, listed
from goldenthread.domain.gap import GapReport
from goldenthread.domain.overview import Overview
from goldenthread.domain.pack.opening import LevelCount
from goldenthread.domain.pack.parts import (
    Grid,
    Line,
    Numbers,
    Paragraph,
    Points,
    Row,
    Section,
    heads,
    lines,
)
from goldenthread.domain.pack.results import key
from goldenthread.domain.thread import Link
from goldenthread.domain.validation import Report, Rule
from goldenthread.domain.verification import Verification

_WORST = 6
"""Rules that the first page has room for."""
_NO_BASELINE = "No earlier state was named to compare with, so nothing is said of changes."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the first page sums up, all in one reading of one data set."""

    overviews: Sequence[Overview]
    levels: Sequence[LevelCount]
    report: Report
    gaps: GapReport
    links: Sequence[Link]
    cards: Sequence[JudgementCard]
    """Judgements and repairs."""
    verified: Verification
    changes: Changes | None


def summary(found: Outcome) -> Section:
    """Return what the pack says, on a page: an auditor's three questions with their answers."""
    numbers = [(str(lv.things), lv.name if lv.things == 1 else lv.plural) for lv in found.levels]
    severities = [(str(n), severity) for severity, n in found.report.counts.items()]
    grid, more = _worst(found.report, _WORST)
    rest = f"{capital(counted(more, 'more rule', 'more rules'))} of this severity found something."
    since = found.changes.sentence if found.changes else _NO_BASELINE
    return Section(
        "summary",
        "Summary",
        (
            Paragraph(
                "What is missing, how do we know, and what has changed? This page answers an "
                "auditor's three questions; the sections after it quote the documents for every "
                "answer, and the appendices hold all of the evidence.",
                "lead",
            ),
            Paragraph("The plan", "label"),
            Numbers(tuple(numbers)),
            Points(tuple(s.text for o in found.overviews for s in o.sentences)),
            Paragraph("What is missing or wrong", "label"),
            Numbers(tuple(severities)),
            Points((_missing(found.gaps), _checked(found.report))),
            *((grid,) if grid else ()),
            *((Paragraph(rest, "note"),) if more else ()),
            Paragraph("How we know", "label"),
            Points(tuple(_sure(found))),
            Paragraph("What has changed", "label"),
            Points((since,)),
        ),
    )


def _worst(report: Report, most: int) -> tuple[Grid | None, int]:
    """Return the rules of the worst severity that was found, and how many more there are.

    Args:
        report: the results.
        most: how many rules are listed.
    """
    found: dict[str, list[Rule]] = {}
    severity = next((s for s, n in report.counts.items() if n), "")
    for result in report.results:
        if result.severity == severity:
            found.setdefault(result.rule.iri, []).append(result.rule)
    rows = tuple(
        Row(
            (
                (Line(capital(some[0].label), "strong", key(some[0])),),
                lines(some[0].mend),
                lines(str(len(some))),
            )
        )
        for some in list(found.values())[:most]
    )
    columns = heads(("Rule", 6), ("How to mend it", 9), ("Results", 2))
    title = f"What was found, worst first: {severity}"
    return Grid(title, columns, rows, "Worst") if rows else None, max(len(found) - most, 0)


def _missing(report: GapReport) -> str:
    """Return what levels expect and have nothing or too little of, in a sentence."""
    number = len(report.gaps)
    if not number:
        return "Everything that the levels expect is recorded."
    kinds = Counter(g.missing_name for g in report.gaps)
    each = listed(f"{article(name)} in {n}" for name, n in kinds.most_common())
    lacks = counted(number, "place lacks", "places lack")
    return f"{capital(lacks)} something that its level expects: {each}."


def _checked(report: Report) -> str:
    accepted = sum(r.status == "accepted" for r in report.results)
    held = f"{accepted} of them {'is' if accepted == 1 else 'are'} accepted" if accepted else ""
    return (
        f"{capital(counted(len(report.results), 'check result', 'check results'))} from "
        f"{counted(report.checked, 'rule', 'rules')}; {held or 'none is accepted'}."
    )


def _sure(found: Outcome) -> Iterator[str]:
    """Yield how sure the links are, what was judged, and whether the texts are as they were."""
    if found.links:
        steps = listed(
            f"{n} {'is' if n == 1 else 'are'} {known(basis)}" for basis, n in by_basis(found.links)
        )
        yield f"Of {counted(len(found.links), 'link', 'links')}, {steps}."
    held = sum(c.in_force for c in found.cards)
    if found.cards:
        number = counted(len(found.cards), "judgement or repair is", "judgements and repairs are")
        yield f"{capital(number)} on record, each with its reason; {held or 'none'} in force."
    if found.verified.whole:
        yield "The texts, the quotes and the seal of the data were compared, and all agree."
    else:
        wrong = counted(len(found.verified.findings), "difference", "differences")
        yield f"Texts, quotes and seal were compared: {wrong}, listed under Data set and versions."
