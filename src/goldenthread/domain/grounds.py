"""What anything on any page rests on: the chain in words, and the statements with their rules."""

from dataclasses import dataclass
from typing import Any

from goldenthread.domain.description import Explanation
from goldenthread.domain.proof import Proof
from goldenthread.domain.table import Table
from goldenthread.domain.tabling import explanation_table

KINDS = {
    "node": "a node",
    "statement": "a statement",
    "result": "a check result",
    "number": "a number",
}


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why something is shown: a node, a statement, a check result or a number."""

    asked: str
    """What `goldenthread why` takes to give this again."""
    kind: str
    """One of `KINDS`."""
    reading: str
    explanation: Explanation
    proof: Proof
    count: int | None = None
    """Of a number: what it counts up to, as the page shows it."""

    def sheets(self) -> list[Table]:
        """Return the chain, then the statements that it rests on."""
        return [explanation_table(self.explanation), self.proof.table()]

    def to_json(self) -> dict[str, Any]:
        """Return the chain as nested objects, with the statements under `proof`."""
        about: dict[str, Any] = {"id": self.asked, "kind": self.kind, "reading": self.reading}
        about |= {"count": self.count} if self.count is not None else {}
        return self.explanation.to_json() | about | {"proof": self.proof.to_json()}
