"""What a judgement weighs: numbers without it, with it, and as printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """One number that a judgement changes."""

    what: str
    """What is counted: `actions under priority 4: Support carers`."""
    about: str
    """IRI of the thing that it is about; empty where it is about the whole."""
    without: int
    """With every other correction, but without this one."""
    with_it: int
    """With every other correction, and this one."""
    printed: int
    """Without any correction."""
    of: str = ""
    """What is counted, as programs know it: key of a level, or a property."""

    @property
    def sentence(self) -> str:
        """Return the change in words, all numbers in it."""
        return (
            f"{self.what}: {self.without} without it, {self.with_it} with it; "
            f"{self.printed} as printed."
        )

    def to_json(self) -> dict[str, Any]:
        """Return the change as JSON answers have it."""
        return {
            "what": self.what,
            "about": self.about or None,
            "without": self.without,
            "with": self.with_it,
            "asPrinted": self.printed,
        }


def sentences(changes: Sequence[Change]) -> str:
    """Return changes on one line."""
    return " ".join(c.sentence for c in changes)
