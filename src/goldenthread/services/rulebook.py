"""Explain the rules: what each asks for, its shape, an example of either kind, its profiles."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from goldenthread.domain.columns import RULES
from goldenthread.domain.identifiers import local_name, natural
from goldenthread.domain.profile import Profile
from goldenthread.domain.rule import Rule
from goldenthread.domain.table import Table, Value
from goldenthread.domain.validation import Report, Result
from goldenthread.store import quotes, rdf, shapes, sources
from goldenthread.store.dataset import Dataset
from goldenthread.store.rulebook import EXAMPLES, Rulebook

FORMS = ("ttl", "jsonld", "nt", "rdf")
# Where a statement is the last of its block, its line ends otherwise and says the same.
_ENDS = " ;.,"


@dataclass(frozen=True, slots=True)
class Example:
    """A small graph that keeps a rule or breaks it."""

    text: str
    """Turtle, as the file has it."""
    lines: tuple[tuple[str, bool], ...]
    """Each line, and whether the other example lacks it."""
    says: tuple[tuple[str, str], ...] = ()
    """What the rule says of it: name of the focus and message of each result."""

    @property
    def body(self) -> tuple[tuple[str, bool], ...]:
        """Return the lines below the prefixes."""
        first = next((n for n, (t, _) in enumerate(self.lines) if t and t[0] != "@"), 0)
        return self.lines[first:]

    def to_json(self) -> dict[str, Any]:
        """Return the example as JSON answers have it."""
        return {
            "turtle": self.text,
            "results": [{"focus": f, "message": m} for f, m in self.says],
        }


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule with everything that its page says, but for its results."""

    rule: Rule
    shape: str
    """The shape as Turtle."""
    invalid: Example | None
    valid: Example | None
    profiles: tuple[tuple[Profile, str], ...]
    """Each profile, with how severe the rule is there; empty where it is left out."""

    def to_json(self, results: Sequence[Result] | None = None) -> dict[str, Any]:
        """Return the rule as JSON answers have it, with its results where they are known."""
        said = self.rule.to_json() | {
            "profiles": {p.name: severity or None for p, severity in self.profiles},
            "shape": self.shape,
            "invalid": self.invalid.to_json() if self.invalid else None,
            "valid": self.valid.to_json() if self.valid else None,
        }
        if results is not None:
            said["results"] = [r.to_json() for r in results]
        return said


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All rules and profiles, with how many results each rule has where that is known."""

    rules: tuple[Rule, ...]
    profiles: tuple[Profile, ...]
    found: dict[str, int] | None = None
    """Results by the IRI of their rule; None where nothing was checked."""
    reading: str = "corrected"

    @property
    def groups(self) -> list[tuple[str, list[Rule]]]:
        """Return the rules by group: ours first, in each by name."""
        ordered = sorted(self.rules, key=lambda r: (r.group, natural(r.name)))
        return [(group, list(some)) for group, some in groupby(ordered, key=lambda r: r.group)]

    def count(self, rule: Rule) -> int:
        """Return how many results a rule has."""
        return (self.found or {}).get(rule.iri, 0)

    def table(self, only: Rule | None = None) -> Table:
        """Return one row a rule, or that of one alone."""
        rows: list[tuple[Value, ...]] = []
        for group, some in self.groups:
            for r in (r for r in some if only in (None, r)):
                gone = "; ".join(p.name for p in self.profiles if not p.severity(r))
                words = (r.id, r.label, r.sentence, r.why, r.mend, r.source or None, gone or None)
                count = None if self.found is None else self.count(r)
                rows.append((group, r.severity, *words, count, r.iri))
        return Table("Rules", RULES, tuple(rows), "One row a rule, by group and name.")

    def to_json(self) -> dict[str, Any]:
        """Return the catalogue as JSON answers have it."""
        counted = [
            r.to_json() | ({} if self.found is None else {"results": self.count(r)})
            for _, some in self.groups
            for r in some
        ]
        return {
            "reading": self.reading,
            "rules": counted,
            "profiles": [p.to_json(self.rules) for p in self.profiles],
        }


def catalogue(known: Rulebook, report: Report | None = None, reading: str = "") -> Catalogue:
    """Return all rules and profiles.

    Args:
        known: the rules.
        report: the check whose results are counted; None where none was made.
        reading: what the answer is about where there is no report.
    """
    found = Counter(r.rule.iri for r in report.results) if report else None
    return Catalogue(
        known.rules,
        tuple(known.profiles.values()),
        None if found is None else dict(found),
        report.reading if report else reading or "corrected",
    )


def explain(known: Rulebook, name: str) -> Explained:
    """Return what there is to say of a rule.

    Raises:
        NotFound: no rule has that name; carries the nearest ones.
    """
    rule = known.rule(name)
    files = {kind: known.example(rule, kind) for kind in EXAMPLES}
    texts = {k: p.read_text(encoding="utf-8") if p else "" for k, p in files.items()}

    def example(kind: str, other: str) -> Example | None:
        path = files[kind]
        if path is None:
            return None
        return Example(texts[kind], _marked(texts[kind], texts[other]), _says(path, rule))

    return Explained(
        rule,
        _turtle(rule),
        example("invalid", "valid"),
        example("valid", "invalid"),
        tuple((p, p.severity(rule)) for p in known.profiles.values()),
    )


def _marked(text: str, other: str) -> tuple[tuple[str, bool], ...]:
    """Return the lines of a text, each with whether another text lacks it; none without one."""
    lines, there = text.splitlines(), other.splitlines()
    if not there:
        return tuple((line, False) for line in lines)
    bare = [[line.rstrip(_ENDS) for line in some] for some in (lines, there)]
    same = SequenceMatcher(None, bare[0], bare[1], autojunk=False).get_matching_blocks()
    kept = {n for block in same for n in range(block.a, block.a + block.size)}
    return tuple((line, n not in kept and bool(line)) for n, line in enumerate(lines))


def represent(rules: Sequence[Rule], form: str) -> bytes:
    """Return the shapes of some rules in an RDF format, one of `FORMS`."""
    return rdf.write({t for r in rules for t in shapes.of_rule(r)}, form)


@cache
def _turtle(rule: Rule) -> str:
    return represent([rule], "ttl").decode("utf-8")


@cache
def _says(path: Path, rule: Rule) -> tuple[tuple[str, str], ...]:
    """Return what a rule says of an example: it is checked as it stands, nothing is derived."""
    from goldenthread.store import shacl

    dataset = Dataset.open([path])
    found = shacl.broken(dataset.store, sources.graphs(dataset), [rule])
    found += [b for b in quotes.misquoted(dataset) if b.rule == rule.iri]
    said = {(local_name(b.at_fault(rule).focus), b.message or rule.message) for b in found}
    return tuple(sorted(said))
