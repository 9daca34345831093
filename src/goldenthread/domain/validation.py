"""The values of a check: results and the report, in the words people and SHACL use."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from goldenthread.domain.acceptance import Acceptance
from goldenthread.domain.identifiers import natural
from goldenthread.domain.rule import SEVERITIES, Rule

__all__ = [
    "SEVERITIES",
    "Broken",
    "Focus",
    "Quote",
    "Report",
    "Result",
    "Rule",
    "place",
    "result_id",
]


@dataclass(frozen=True, slots=True)
class Broken:
    """One breach as the validator reports it, before it is put in words for people."""

    rule: str
    focus: str
    path: str | None = None
    """As SPARQL would write it, IRIs in full."""
    value: str | None = None
    message: str | None = None

    def at_fault(self, rule: Rule) -> "Broken":
        """Return the breach with what is at fault as its focus."""
        if not rule.value_at_fault or self.value is None:
            return self
        return Broken(self.rule, self.value, self.path, self.focus, self.message)


@dataclass(frozen=True, slots=True)
class Focus:
    """What a result is about."""

    iri: str
    id: str
    label: str
    cls: str
    """Local name of its class."""
    name: str
    """Level, number and words, as people say them."""
    notation: str | None = None
    level: str = ""
    """Key of its level; empty where it has none."""
    level_name: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the focus as `check --format json` shows it."""
        return {
            "iri": self.iri,
            "id": self.id,
            "label": self.label,
            "class": self.cls,
            "notation": self.notation,
            "level": self.level or None,
        }


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document that a result is about."""

    quote: str
    place: str
    document: str

    def to_json(self) -> dict[str, str]:
        """Return the quote as `check --format json` shows it."""
        return {"quote": self.quote, "place": self.place, "document": self.document}


@dataclass(frozen=True, slots=True)
class Result:
    """One check result."""

    id: str
    """First 16 hexadecimal digits of a SHA-256; the same from run to run."""
    rule: Rule
    focus: Focus
    message: str
    path: str | None = None
    value: str | None = None
    quotes: tuple[Quote, ...] = ()
    rows: tuple[Focus, ...] = ()
    """What a result about a whole plan stands for; empty for any other result."""
    plan: str | None = None
    status: str = "open"
    """`open`, or `accepted` while an acceptance holds."""
    acceptance: Acceptance | None = None
    """The last one, expired or not."""

    @property
    def severity(self) -> str:
        """Return `must fix`, `should fix` or `note`."""
        return self.rule.severity

    @property
    def standing(self) -> str:
        """Return in a sentence who accepted it and whether that holds; empty if nobody did."""
        if self.acceptance is None:
            return ""
        by, until = self.acceptance.role, self.acceptance.until
        if self.status == "open":
            return f"Open again: {by} accepted it until {until}: {self.acceptance.reason}"
        return f"Accepted by {by} until {until}: {self.acceptance.reason}"

    def to_json(self) -> dict[str, Any]:
        """Return the result as `check --format json` shows it."""
        return {
            "id": self.id,
            "rule": self.rule.id,
            "group": self.rule.group,
            "severity": self.severity,
            "focus": self.focus.to_json(),
            "path": self.path,
            "value": self.value,
            "message": self.message,
            "why": self.rule.why,
            "mend": self.rule.mend,
            "quotes": [q.to_json() for q in self.quotes],
            "rows": [r.to_json() for r in self.rows],
            "status": self.status,
            "standing": self.standing or None,
            "acceptance": self.acceptance.to_json() if self.acceptance else None,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, worst first. Non-conformance is a report, never an error."""

    reading: str
    results: tuple[Result, ...]
    sha256: str
    """Of the data set that was checked."""
    version: str
    """The editions of the plans that were checked."""
    checked: int
    """How many rules were looked at."""
    mended: tuple[Acceptance, ...] = ()
    """Acceptances in this reading whose results are no longer found."""
    profile: str = ""
    """Name of the profile that chose the rules and their severities."""
    left_out: int = 0
    """How many rules it left out."""

    @property
    def conforms(self) -> bool:
        """Return what SHACL means by it: no results at all (section 3.6.1.1)."""
        return not self.results

    @property
    def counts(self) -> dict[str, int]:
        """Return how many results there are of each severity, worst first, zeros included."""
        found = Counter(r.severity for r in self.results)
        return {severity: found[severity] for severity in SEVERITIES}

    @property
    def open(self) -> dict[str, int]:
        """Return how many open results there are of each severity, worst first."""
        found = Counter(r.severity for r in self.results if r.status == "open")
        return {severity: found[severity] for severity in SEVERITIES}

    def to_json(self) -> dict[str, Any]:
        """Return the report in the form that surfaces.md fixes."""
        return {
            "conforms": self.conforms,
            "reading": self.reading,
            "dataset": {"sha256": self.sha256, "version": self.version},
            "results": [r.to_json() for r in self.results],
            "counts": self.counts,
            "open": self.open,
            "mended": [{"results": list(a.results), **a.to_json()} for a in self.mended],
            "rules": self.checked,
            "profile": self.profile,
            "left_out": self.left_out,
        }


def result_id(plan: str | None, broken: Broken, reading: str) -> str:
    """Return the id of a result: 16 hexadecimal digits that stay the same from run to run."""
    parts = (plan, broken.rule, broken.focus, broken.path, broken.value, reading)
    return hashlib.sha256("\n".join(p or "" for p in parts).encode()).hexdigest()[:16]


def place(result: Result) -> tuple[Any, ...]:
    """Return where a result comes in a report: by severity, rule, and number or name of focus."""
    order = list(SEVERITIES).index(result.severity)
    focus = result.focus
    number = natural(focus.notation or "~")
    return order, result.rule.iri, number, natural(focus.iri), result.value or ""
