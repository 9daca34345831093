"""Narrow a check report by severity, standing, group, level, rule and document, and count it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from goldenthread.domain.picking import Field, Narrowed, narrow
from goldenthread.domain.rule import rule_name
from goldenthread.domain.validation import SEVERITIES, Report, Result

FILTERS = ("severity", "group", "level", "rule", "document", "status")
STATUSES = {
    "open": "open",
    "reopened": "open again, its acceptance has expired",
    "accepted": "accepted until a day",
}
NO_LEVEL = "none"
"""The key of what is about no level: documents, entries of none, the plan itself."""


@dataclass(frozen=True, slots=True)
class Row:
    """How many results of each severity are about a level."""

    key: str
    name: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Return how many there are of any severity."""
        return sum(self.counts.values())


def choose(
    report: Report, chosen: Mapping[str, str], levels: Sequence[str] = ()
) -> tuple[Report, Narrowed[Result]]:
    """Return the report with only the results that are chosen, and what else could be.

    Args:
        report: the report.
        chosen: a severity, the label of a group, the key of a level or `none`, the id of a rule
            with or without its prefix, the short title of a document, one of `STATUSES`; by
            `FILTERS`.
        levels: keys of the levels in the order in which they are shown.
    """
    wanted = dict(chosen)
    if rule := wanted.get("rule"):
        ids = {r.rule.name: r.rule.id for r in report.results}
        wanted["rule"] = ids.get(rule_name(rule), f"shape:{rule_name(rule)}")
    found = narrow(report.results, _fields(levels), wanted)
    return replace(report, results=found.kept), found


def level(result: Result) -> tuple[str, str]:
    """Return key and name of the level that a result is about.

    A result about a whole plan is about the level of its rows, where they are all of one.
    """
    about = {(f.level, f.level_name) for f in result.rows or (result.focus,)}
    key, name = about.pop() if len(about) == 1 else ("", "")
    return (key, name) if key else (NO_LEVEL, "no level")


def by_level(results: Iterable[Result], levels: Sequence[str] = ()) -> list[Row]:
    """Return how many results of each severity there are for each level, those without it last."""
    rows: dict[str, Row] = {}
    for result in results:
        key, name = level(result)
        row = rows.setdefault(key, Row(key, name, dict.fromkeys(SEVERITIES, 0)))
        row.counts[result.severity] += 1
    order = [*levels, NO_LEVEL]
    return sorted(rows.values(), key=lambda r: order.index(r.key) if r.key in order else -1)


def _fields(levels: Sequence[str]) -> list[Field[Result]]:
    def documents(result: Result) -> Iterable[tuple[str, str]]:
        return [(q.document, q.document) for q in result.quotes if q.document]

    def statuses(result: Result) -> Iterable[tuple[str, str]]:
        # What is open again is open too: whoever looks at what is open must meet it.
        again = result.status == "open" and result.acceptance is not None
        return [(s, STATUSES[s]) for s in (result.status, *(["reopened"] if again else []))]

    return [
        Field("status", "Standing", statuses, tuple(STATUSES)),
        Field("severity", "Severity", lambda r: [(r.severity, r.severity)], tuple(SEVERITIES)),
        Field("group", "Group", lambda r: [(r.rule.group, r.rule.group)]),
        Field("level", "Level", lambda r: [level(r)], [*levels, NO_LEVEL]),
        Field("document", "Document quoted", documents),
        Field("rule", "Rule", lambda r: [(r.rule.id, r.rule.label)]),
    ]
