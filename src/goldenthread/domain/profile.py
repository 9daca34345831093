"""Profiles: which rules a plan is held to, and how severely, by where it stands in its life."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from goldenthread.domain.rule import Rule
from goldenthread.domain.validation import Report, place

DEFAULT = "published"
"""The profile of a check that names none."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A choice of rules and of their severities."""

    name: str
    """As in an address or after `--profile`: `draft`."""
    label: str
    """What it is for, in a few words: `a draft plan`."""
    use: str
    """For whom it is, and when."""
    without: frozenset[str] = frozenset()
    """IRIs of the rules that it leaves out."""
    severities: Mapping[str, str] | None = None
    """`must fix`, `should fix` or `note` by the IRI of a rule, where it is not the rule's own."""
    own: bool = False
    """Whether it is a workspace's own."""

    def severity(self, rule: Rule) -> str:
        """Return how severe a rule is here; empty where it is left out."""
        if rule.iri in self.without:
            return ""
        return (self.severities or {}).get(rule.iri, rule.severity)

    def applied(self, rules: Sequence[Rule]) -> tuple[Rule, ...]:
        """Return those of some rules that it has, as severe as it says."""
        kept = ((r, self.severity(r)) for r in rules)
        return tuple(r if r.severity == s else replace(r, severity=s) for r, s in kept if s)

    def to_json(self, rules: Sequence[Rule]) -> dict[str, Any]:
        """Return the profile as JSON answers have it, with what it changes of some rules."""
        return {
            "name": self.name,
            "label": self.label,
            "use": self.use,
            "default": self.name == DEFAULT,
            "own": self.own,
            "rules": len(self.applied(rules)),
            "left_out": [r.id for r in rules if not self.severity(r)],
            "severities": {r.id: s for r in rules if (s := self.severity(r)) and s != r.severity},
        }


def under(report: Report, profile: Profile, rules: Sequence[Rule]) -> Report:
    """Return a report of `rules` as if it had been made under a profile.

    A result is the same under any: the profile decides whether it is shown and how severe it is.
    """
    kept = {r.iri: r for r in profile.applied(rules)}
    found = (
        replace(r, rule=replace(r.rule, severity=kept[r.rule.iri].severity))
        for r in report.results
        if r.rule.iri in kept
    )
    return replace(
        report,
        results=tuple(sorted(found, key=place)),
        mended=tuple(a for a in report.mended if a.rule in kept),
        checked=len(kept),
        profile=profile.name,
        left_out=len(rules) - len(kept),
    )
