"""The statements that something rests on, numbered, each with its file or its rule."""

from goldenthread.domain.english import counted
from goldenthread.domain.proof import Proof
from goldenthread.faces.cli.say import words
from goldenthread.faces.cli.terminal import Line


def proof_lines(proof: Proof, *, full: bool) -> list[Line]:
    """Return every statement with its reason; or, where not `full`, how many and by which rules."""
    if not proof.statements:
        return []
    rules = [r.name for r in proof.rules]
    written = sum(s.step is None for s in proof.statements)
    derived = len(proof.statements) - written
    head = (
        f"{counted(len(proof.statements), 'statement', 'statements')} beneath it: {written} written"
        f", {derived} derived"
    )
    lines = [Line(""), Line(head + ("." if not rules else " by the rules:"), kind="head")]
    lines += [Line(f"{r.name}: {r.summary}", 1, "detail") for r in proof.rules]
    if not full:
        return [*lines, Line("--statements lists them, each with its file or its rule.", 1)]
    lines.append(Line(""))
    told: set[str] = set()
    for number, (statement, reason) in enumerate(proof.lines(), start=1):
        lines += [Line(f"{number}. {statement.text}", 1), Line(reason, 2, "detail")]
        if statement.entry and statement.entry.iri not in told:
            told.add(statement.entry.iri)
            lines.append(Line(words.quoted(statement.entry), 2, "detail"))
    return lines
