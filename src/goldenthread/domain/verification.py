"""What a verification compared, and what was not as it should be."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not what it was, or not what the data say it is."""

    kind: str
    """`text`, `quote`, `moved`, `statements`, `derivation`, `hash`, `rules` or `seal`."""
    subject: str
    """What differs: a file, a graph and an id in it, a reading."""
    message: str
    """What happened, in a sentence."""
    expected: str = ""
    found: str = ""
    file: str = ""
    """The file to look at, from the plan's folder; empty where it is the program's own."""
    mend: str = ""
    """What to do about it."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of comparing a data set with its texts and its seal."""

    sha256: str
    """Of the data set, as it is now."""
    compared: tuple[tuple[str, int], ...]
    """What was compared, in words, and how many of each."""
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    """What could not be compared, and why."""

    @property
    def whole(self) -> bool:
        """Return whether everything that was compared is as it should be."""
        return not self.findings

    def to_json(self) -> dict[str, Any]:
        """Return the outcome as `verify --format json` shows it."""
        return {
            "whole": self.whole,
            "dataset": {"sha256": self.sha256},
            "compared": [{"what": what, "count": count} for what, count in self.compared],
            "findings": [
                {
                    "kind": f.kind,
                    "subject": f.subject,
                    "file": f.file or None,
                    "message": f.message,
                    "mend": f.mend,
                    "expected": f.expected,
                    "found": f.found,
                }
                for f in self.findings
            ],
            "notes": list(self.notes),
        }
