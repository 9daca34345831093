"""All that a page, a command or a file tells of one node: what is said, printed, found, changed."""

from dataclasses import dataclass, fields, replace
from typing import Any

from goldenthread.domain.description import Change, Description
from goldenthread.domain.lacking import concerning
from goldenthread.domain.table import Column, Table, Value
from goldenthread.domain.tabling import (
    entry_table,
    judgement_table,
    results_table,
    source,
    step_table,
    thing_table,
)
from goldenthread.domain.validation import Report, Result
from goldenthread.domain.wordings import Wording, beside

_SAID = (
    Column("subject", "Subject", "IRI of what it is said of."),
    Column("property", "Property", "What is said, in words."),
    Column("value", "Value", "The value in words."),
    Column("iri", "IRI", "IRI of the value, if it has one."),
)
_DIFFERENCES = (
    Column("document", "Document", "Short title of the document that prints it."),
    Column("place", "Place", "Where it is printed."),
    Column("difference", "Difference", "How it differs from the first, in a sentence."),
    Column("only_here", "Only here", "Words that the first entry has not."),
    Column("only_there", "Not here", "Words of the first entry that are missing here."),
    Column("iri", "IRI", "Full identifier of the entry."),
)
_CHANGES = (
    Column("reading", "Reading", "The only reading in which it is so."),
    Column("said", "What is said", "The statement in words."),
    Column("iri", "IRI", "Full identifier of what is gained or lost."),
)


@dataclass(frozen=True, slots=True)
class Portrait(Description):
    """One node with its description, its wordings, its check results and what readings change."""

    changes: tuple[Change, ...] = ()
    results: tuple[Result, ...] | None = None
    """Check results about it or its entries, worst first; None where nothing was checked."""

    @property
    def wordings(self) -> list[Wording]:
        """Return each entry beside the first, which gives the thing its words."""
        return beside(self.node.entries)

    def to_json(self) -> dict[str, Any]:
        """Return it for JSON answers: the description, then what is told beside it."""
        found = None if self.results is None else [r.to_json() for r in self.results]
        # Without slots' own class cell, `super()` needs both of its arguments.
        return super(Portrait, self).to_json() | {
            "wordings": [_wording(w) for w in self.wordings],
            "changes": [
                {"only": _only(c), "text": c.text, "iri": c.iri, "gained": c.gained}
                for c in self.changes
            ],
            "checkResults": found,
        }

    def differences(self) -> Table:
        """Return one row an entry beside the first, with how it differs."""
        rows = tuple(map(_difference, self.wordings[1:]))
        return Table("Differences", _DIFFERENCES, rows, "One row an entry, beside the first.")

    def changed(self) -> Table:
        """Return one row a statement that is made in one reading and not in the other."""
        rows = tuple((_only(c), c.text, c.iri) for c in self.changes)
        return Table("Changes", _CHANGES, rows, "One row a statement that one reading alone has.")

    def sheets(self) -> list[Table]:
        """Return it as the tables of a workbook, those without rows left out."""
        found = [
            thing_table([self.node], "Thing"),
            entry_table([self.node]),
            step_table(self),
        ]
        further = [
            self.differences(),
            judgement_table(self.judgements),
            self.changed(),
            results_table(self.results or ()),
        ]
        return [*found, *(t for t in further if t.rows)]


def portrait(
    d: Description, changes: tuple[Change, ...], results: tuple[Result, ...] | None = None
) -> Portrait:
    """Return a description with what corrections change and, where they were made, its checks."""
    said = {f.name: getattr(d, f.name) for f in fields(d)}
    return Portrait(**said, changes=changes, results=results)


def said_table(d: Description) -> Table:
    """Return one row for each thing that is said of a node."""
    iri = d.node.iri
    rows: list[tuple[Value, ...]] = [(iri, "label", d.node.label, None)]
    if d.node.notation:
        rows.append((iri, "number", d.node.notation, None))
    rows += [(iri, f.label, f.text, f.iri) for f in d.facts]
    rows += [(s.link.source, s.link.predicate, s.node.name, s.link.target) for s in d.up]
    rows += [(s.link.source, s.link.predicate, d.node.name, s.link.target) for s in d.down]
    return Table("What is said", _SAID, tuple(rows), "One row a statement.")


def results_about(report: Report, d: Description) -> tuple[Result, ...]:
    """Return the results about a node or its entries, each with those of its rows alone."""
    mine = {d.node.iri, *(e.iri for e in d.node.entries)}
    return tuple(
        replace(r, rows=tuple(f for f in r.rows if f.iri in mine))
        for r in concerning(report.results, mine, accepted=True)
    )


def _wording(w: Wording) -> dict[str, Any]:
    return {
        "entry": w.entry.iri,
        "document": w.entry.document,
        "place": w.entry.place,
        "sentence": w.sentence if w.pieces else "",
        "pieces": [{"kind": p.kind, "text": p.text} for p in w.pieces],
    }


def _difference(w: Wording) -> tuple[Value, ...]:
    here = " … ".join(p.text for p in w.pieces if p.kind == "new")
    there = " … ".join(p.text for p in w.pieces if p.kind == "gone")
    return w.entry.document, source((w.entry,)), w.sentence, here, there, w.entry.iri


def _only(change: Change) -> str:
    return "with corrections" if change.gained else "as printed"
