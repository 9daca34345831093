"""Check results in an assurance pack: by rule, accepted ones, and changes since a baseline."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from goldenthread.domain.acceptance import Acceptance
from goldenthread.domain.baseline import Changes
from goldenthread.domain.comparison import Comparison
from goldenthread.domain.english import capital, counted
from goldenthread.domain.identifiers import one_line
from goldenthread.domain.pack.opening import LevelCount
from goldenthread.domain.pack.parts import (
    Grid,
    Line,
    Paragraph,
    Part,
    Points,
    Row,
    Section,
    heads,
    lines,
    quote,
    strong,
)
from goldenthread.domain.validation import SEVERITIES, Focus, Report, Result, Rule

_RESULTS = heads(("About", 5), ("What the rule says", 5), ("Words and where they stand", 7))
_ID = 8
"""Digits of a result's id that are shown; `goldenthread accept` takes as many."""


def results(report: Report, levels: Mapping[str, LevelCount]) -> Section:
    """Return the check results by severity, then by rule, each with its quotes.

    Args:
        report: the results.
        levels: the levels of the plan by their keys.
    """
    by_rule: dict[str, list[Result]] = {}
    for result in report.results:
        by_rule.setdefault(result.rule.iri, []).append(result)
    sections = []
    for severity in SEVERITIES:
        some = [found for found in by_rule.values() if found[0].severity == severity]
        number = sum(map(len, some))
        parts: tuple[Part, ...] = (
            Paragraph(
                f"{capital(counted(number, 'result', 'results'))} of "
                f"{counted(len(some), 'rule', 'rules')}."
            ),
        )
        below = tuple(_rule(found, levels) for found in some)
        sections.append(
            Section(f"severity-{severity.replace(' ', '-')}", capital(severity), parts, below)
        )
    clean = report.checked - len(by_rule)
    held = f", those of the profile “{report.profile}”" if report.profile else ""
    left = f", and {report.left_out} were left out by it" if held and report.left_out else ""
    return Section(
        "results",
        "Check results by rule",
        (
            Paragraph(
                f"{capital(counted(report.checked, 'rule was', 'rules were'))} applied"
                f"{held}{left}; {clean} found nothing. Each result has an id that stays the "
                "same from check to check.",
                "lead",
            ),
            *((_overview(by_rule),) if by_rule else ()),
        ),
        tuple(sections),
    )


def _overview(by_rule: dict[str, list[Result]]) -> Grid:
    rows = tuple(
        Row(
            (
                (Line(capital(found[0].rule.label), "strong", key(found[0].rule)),),
                lines(capital(found[0].rule.group)),
                lines(capital(found[0].severity)),
                lines(str(len(found))),
            )
        )
        for found in by_rule.values()
    )
    columns = heads(("Rule", 9), ("Group", 4), ("Severity", 3), ("Results", 2))
    return Grid("Rules that found something", columns, rows, "Rules")


def key(rule: Rule) -> str:
    """Return the key of the section of a rule."""
    return "rule-" + rule.id.removeprefix("shape:")


def _rule(found: Sequence[Result], levels: Mapping[str, LevelCount]) -> Section:
    rule = found[0].rule
    said = [Paragraph(f"{rule.why} {rule.mend}".strip())]
    if rule.source:
        said.append(Paragraph(f"Source: {rule.source}", "note"))
    said.append(
        Paragraph(
            f"Rule {rule.id}; {rule.group}; {rule.severity}; "
            f"{counted(len(found), 'result', 'results')}.",
            "note",
        )
    )
    title = f"Results of {rule.id}"
    grid = Grid(title, _RESULTS, tuple(_result(r) for r in found), "Check results")
    stood = (part for r in found if r.rows for part in _stands(r, levels))
    return Section(key(rule), capital(rule.label), (*said, grid, *stood))


def _stands(result: Result, levels: Mapping[str, LevelCount]) -> Iterator[Part]:
    """Yield what a result about a whole plan stands for, level by level."""
    by_level: dict[str, list[Focus]] = {}
    for row in result.rows:
        by_level.setdefault(row.level, []).append(row)
    for of, rows in by_level.items():
        level = levels.get(of)
        name = rows[0].level_name or rows[0].cls
        held = counted(len(rows), name, level.plural if level else name)
        said = f"Result {result.id[:_ID]} stands for"
        if level and level.things == len(rows) > 1:
            yield Paragraph(f"{said} all {held}. “All entries” has their words.", "note")
        else:
            yield Paragraph(f"{said} {held}:", "label")
            words = (f"{r.notation} {r.label}" if r.notation else r.label for r in rows)
            yield Points(tuple(words), "names")


def _result(result: Result) -> Row:
    about = [Line(capital(result.focus.name), "strong")]
    about.append(Line(f"Result {result.id[:_ID]}, {result.status}", "small"))
    said = [Line(result.message)]
    if result.rows:
        said.append(Line("What it stands for is said below the table.", "small"))
    return Row((tuple(about), tuple(said), tuple(_quotes(result))), f"result-{result.id}")


def _quotes(result: Result) -> Iterator[Line]:
    if not result.quotes:
        yield Line("No words of a document: it is about what is not there.", "small")
    by_words: dict[str, list[str]] = {}
    for found in result.quotes:
        places = by_words.setdefault(one_line(found.quote), [])
        places.append(found.place or found.document)
    for words, places in by_words.items():
        yield quote(words)
        yield Line("; ".join(dict.fromkeys(places)), "small")


def accepted(report: Report, today: date) -> Section:
    """Return the results that somebody answers for, the expired ones, and those mended since."""
    parts: list[Part] = [
        Paragraph(
            "A result may be accepted until a day, with a reason and by a post that answers for "
            "it. It stays in this pack; after that day it is open again.",
            "lead",
        )
    ]
    known = [(r, r.acceptance) for r in report.results if r.acceptance is not None]
    rows = [
        _acceptance(r.focus.name, r.rule.label, a, "Holds" if a.holds(today) else "Expired: open")
        for r, a in known
    ]
    rows += [_acceptance(a.label, "", a, "Mended: no longer found") for a in report.mended]
    if rows:
        columns = heads(
            ("Result", 5), ("Reason", 6), ("Post", 3), ("Decided", 2), ("Until", 2), ("Now", 2)
        )
        parts.append(Grid("Accepted exceptions", columns, tuple(rows), "Accepted"))
    else:
        parts.append(Paragraph("No check result is accepted."))
    return Section("accepted", "Accepted exceptions", tuple(parts))


def _acceptance(name: str, rule: str, found: Acceptance, now: str) -> Row:
    about = (Line(capital(name), "strong"), *((Line(rule, "small"),) if rule else ()))
    said = (found.reason, found.role, found.on, found.until, now)
    return Row((about, *(lines(s) for s in said)))


def changed(changes: Changes | None, compared: Comparison | None) -> Section:
    """Return what differs from the baseline: check results, then things and links of the plan."""
    if changes is None:
        part = Paragraph(
            "No baseline was named, so nothing is said of changes. "
            "The option --baseline takes a revision of the plan's folder, or a file."
        )
        return Section("changes", "Changes since the baseline", (part,), fresh=False)
    sections = [_changed_results(changes)]
    if compared is not None:
        sections.append(_changed_plan(compared))
    return Section(
        "changes",
        "Changes since the baseline",
        (Paragraph(changes.sentence, "lead"),),
        tuple(sections),
    )


def _changed_results(changes: Changes) -> Section:
    rows = [
        Row((strong("New"), lines(capital(r.focus.name)), lines(r.message), lines(r.severity)))
        for r in changes.new
    ]
    rows += [
        Row((strong("Mended"), lines(capital(k.label)), lines(k.message), lines(k.severity)))
        for k in changes.mended
    ]
    columns = heads(("Change", 2), ("About", 6), ("What the rule says", 7), ("Severity", 3))
    parts: tuple[Part, ...] = (
        (Grid("Check results that are new or mended", columns, tuple(rows), "Changed results"),)
        if rows
        else (Paragraph("No check result is new, and none was mended."),)
    )
    return Section("changed-results", "Check results", parts)


def _changed_plan(compared: Comparison) -> Section:
    if compared.same:
        part = Paragraph("No thing and no link of the plan differs.")
        return Section("changed-plan", "Things and links of the plan", (part,))
    rows = tuple(
        Row(
            (
                strong(capital(c.kind)),
                lines(capital(c.name)),
                lines(c.before) or lines("nothing"),
                lines(c.after) or lines("nothing"),
            )
        )
        for c in compared.changes
    )
    counts = tuple(
        Row((strong(capital(c.name)), lines(str(c.before)), lines(str(c.after))))
        for c in compared.counts
        if c.before != c.after
    )
    columns = heads(("How", 2), ("What", 8), ("Before", 4), ("After", 4))
    parts: list[Part] = [Paragraph(f"Before: {compared.before}. After: {compared.after}.")]
    if counts:
        sizes = heads(("Counted", 8), ("Before", 2), ("After", 2))
        parts.append(Grid("Numbers that differ", sizes, counts, "Changed numbers"))
    parts.append(Grid("Things and links that differ", columns, rows, "Changed plan"))
    return Section("changed-plan", "Things and links of the plan", tuple(parts))
