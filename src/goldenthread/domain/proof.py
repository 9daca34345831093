"""How a statement is known: a list of statements, each written down or derived by a rule from some.

A proof is read from the top: what is written comes before what follows from it, and the statement
that is proved comes last. The vocabulary is that of PROV-O (W3C, 2013).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goldenthread.domain.table import Column, Table
from goldenthread.domain.thread import Entry

Triple = tuple[str, str, str]
"""Subject, property and object, each as N-Triples writes it."""

_HEADS = (
    Column("number", "No.", "Number of the statement in this list."),
    Column("statement", "Statement", "What is said, in words."),
    Column("rule", "Rule", "The rule that derived it; empty where it is written down."),
    Column("from", "From", "Numbers of the statements that the rule read."),
    Column("absent", "As long as nothing says", "What must not be said, for the rule to apply."),
    Column("written", "Written in", "The file that says it, with the line of its subject."),
    Column("words", "Words", "Place and words in the document, where it is about an entry."),
    Column("subject", "Subject", "Full IRI."),
    Column("property", "Property", "Full IRI."),
    Column("object", "Object", "Full IRI, or a value as N-Triples writes it."),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that derives statements."""

    name: str
    """Of its file in queries/derive, without the ending."""
    summary: str


@dataclass(frozen=True, slots=True)
class Step:
    """One way in which a rule derives a statement."""

    rule: Rule
    premises: tuple[Triple, ...]
    """What the rule read."""
    absent: tuple[str, ...] = ()
    """What nothing may say, in words."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a proof."""

    triple: Triple
    text: str
    """What it says, in words."""
    written: tuple[str, ...] = ()
    """Files that say it, with the line of its subject: `plan.ttl, line 12`."""
    step: Step | None = None
    """What derives it; None where it is only written."""
    entry: Entry | None = None
    """The entry that it is about, with its words."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The statements that one or more statements rest on, and these themselves."""

    reading: str
    proved: tuple[Triple, ...]
    statements: tuple[Statement, ...]
    """Each after all that it rests on."""

    @property
    def numbers(self) -> dict[Triple, int]:
        """Return the number of each statement, from one."""
        return {s.triple: n for n, s in enumerate(self.statements, start=1)}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules that were used, in the order of their names."""
        found = {s.step.rule for s in self.statements if s.step}
        return tuple(sorted(found, key=lambda r: r.name))

    def lines(self) -> Iterator[tuple[Statement, str]]:
        """Yield each statement with its reason in words: a rule and its numbers, or a file."""
        numbers = self.numbers
        for statement in self.statements:
            yield statement, _reason(statement, numbers)

    def table(self) -> Table:
        """Return one row a statement."""
        numbers = self.numbers
        rows = tuple(
            (
                numbers[s.triple],
                s.text,
                s.step.rule.name if s.step else None,
                ", ".join(str(numbers[p]) for p in s.step.premises) if s.step else None,
                "; ".join(s.step.absent) or None if s.step else None,
                "; ".join(s.written) or None,
                f"{s.entry.place}: “{' '.join(s.entry.quote.split())}”" if s.entry else None,
                *(plain(t) for t in s.triple),
            )
            for s in self.statements
        )
        note = "One row a statement, each after all that it rests on."
        return Table("Derivation", _HEADS, rows, note)

    def to_json(self) -> dict[str, Any]:
        """Return the proof for JSON answers."""
        numbers = self.numbers
        return {
            "reading": self.reading,
            "proved": [numbers[t] for t in self.proved if t in numbers],
            "rules": [{"name": r.name, "summary": r.summary} for r in self.rules],
            "statements": [
                {
                    "number": numbers[s.triple],
                    "text": s.text,
                    "triple": [plain(t) for t in s.triple],
                    "rule": s.step.rule.name if s.step else None,
                    "from": [numbers[p] for p in s.step.premises] if s.step else [],
                    "absent": list(s.step.absent) if s.step else [],
                    "written": list(s.written),
                    "entry": s.entry.to_json() if s.entry else None,
                }
                for s in self.statements
            ],
        }


def _reason(statement: Statement, numbers: dict[Triple, int]) -> str:
    written = f"written in {' and '.join(statement.written)}" if statement.written else ""
    if statement.step is None:
        return written or "given"
    step = statement.step
    reason = f"rule {step.rule.name} from {', '.join(str(numbers[p]) for p in step.premises)}"
    if step.absent:
        reason += f", as nothing says {' or '.join(step.absent)}"
    return f"{written}; also {reason}" if written else reason


def plain(term: str) -> str:
    """Return an IRI without its angle brackets; values stay as N-Triples writes them."""
    return term[1:-1] if term.startswith("<") else term
