"""A check result that somebody answers for, until a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a check result is left as it is, who says so, and until when."""

    iri: str
    results: tuple[str, ...]
    """Ids of the check result, one a reading in which it was found."""
    readings: tuple[str, ...]
    """`corrected`, `printed` or both."""
    rule: str
    """IRI of the rule."""
    about: str
    """IRI of what the result is about."""
    label: str
    reason: str
    role: str
    """Label of the post that answers for it."""
    on: str
    """The day of the decision, ISO 8601."""
    until: str
    """The last day on which it holds, ISO 8601."""

    def holds(self, today: date) -> bool:
        """Return whether it has not expired; one without a day that can be read never holds."""
        try:
            return date.fromisoformat(self.until) >= today
        except ValueError:
            return False

    def to_json(self) -> dict[str, Any]:
        """Return the acceptance as `check --format json` shows it beside its result."""
        return {
            "iri": self.iri,
            "reason": self.reason,
            "role": self.role,
            "date": self.on,
            "until": self.until,
        }
