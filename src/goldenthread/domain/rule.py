"""A rule: what it asks for, why, how to mend what breaks it, and how severe that is."""

import re
from dataclasses import dataclass
from typing import Any

from goldenthread.domain.identifiers import local_name
from goldenthread.domain.namespaces import SH, SHAPE

# On screen, worst first, and the severity of the standard (SHACL, section 2.1.4) each stands for.
SEVERITIES = {"must fix": SH + "Violation", "should fix": SH + "Warning", "note": SH + "Info"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One named shape: what it asks for, why, and how to mend what breaks it."""

    iri: str
    label: str
    """What breaks it, in a few words: `a measure without a target`."""
    group: str
    """Label of its group, such as `completeness`."""
    severity: str
    """`must fix`, `should fix` or `note`."""
    checks: str
    """`reading`, `data` or `ontology`: the graph that it looks at."""
    message: str
    why: str
    mend: str
    whole: str | None = None
    """The sentence that stands for all results when everything breaks it; has `{count}`."""
    value_at_fault: bool = False
    """Whether the value of a result, not its focus, is what is at fault."""
    targets: tuple[str, ...] = ()
    """IRIs of the classes that it looks at; empty where it targets otherwise."""
    source: str = ""
    """The professional guidance that asks for it, where there is one."""
    link: str = ""
    """Where that guidance is published."""
    file: str = ""
    """Path of the file of a workspace's own rule; empty for a rule that ships."""

    @property
    def own(self) -> bool:
        """Return whether it is a workspace's own."""
        return bool(self.file)

    @property
    def name(self) -> str:
        """Return the last part of its IRI, unlike that of any other rule: `Measure-target`."""
        return self.iri.removeprefix(SHAPE) if not self.own else local_name(self.iri)

    @property
    def id(self) -> str:
        """Return the name as prefixed: `shape:Measure-target`, or `own:...`."""
        return ("own:" if self.own else "shape:") + self.name

    @property
    def sentence(self) -> str:
        """Return the message with an ellipsis where each result has a value of its own."""
        return re.sub(r"\{[?$]\w+\}", "…", self.message)

    def to_json(self) -> dict[str, Any]:
        """Return the rule as JSON answers have it."""
        return {
            "id": self.id,
            "iri": self.iri,
            "label": self.label,
            "group": self.group,
            "severity": self.severity,
            "checks": self.checks,
            "sentence": self.sentence,
            "why": self.why,
            "mend": self.mend,
            "whole": self.whole,
            "source": self.source or None,
            "link": self.link or None,
            "own": self.own,
        }


def rule_name(text: str) -> str:
    """Return the name of a rule as people may write it: `shape:Measure-target`, or its IRI."""
    return local_name(text).removeprefix("shape:").removeprefix("own:")
