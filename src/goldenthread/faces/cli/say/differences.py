"""Differences in words: the counts of both sides, then each change on a line of its own."""

from goldenthread.domain.comparison import Change, Comparison
from goldenthread.domain.identifiers import one_line
from goldenthread.faces.cli.say.words import counted
from goldenthread.faces.cli.terminal import Line


def diff_lines(found: Comparison) -> list[Line]:
    """Return a comparison as lines: a heading, counts that differ, changes by kind."""
    lines = [Line(f"Before: {found.before}. After: {found.after}.", kind="head")]
    if found.same:
        return [*lines, Line("Nothing differs: the same things, words and links.")]
    number = counted(len(found.changes), "difference", "differences")
    lines += [Line(f"{number}.", kind="detail"), Line("")]
    differing = [c for c in found.counts if c.before != c.after]
    lines += [Line(f"{c.name}: {c.before} before, {c.after} after", 1) for c in differing]
    lines += [Line("")] if differing else []
    return lines + [line for change in found.changes for line in _change(change)]


def _change(change: Change) -> list[Line]:
    lines = [Line(f"{change.what.capitalize()} {change.kind}: {one_line(change.name)}")]
    if change.before and change.after:
        lines.append(Line(f"before: {one_line(change.before)}", 1, "detail"))
        lines.append(Line(f"after: {one_line(change.after)}", 1, "detail"))
    elif change.target is not None:
        lines.append(Line(one_line(change.before or change.after), 1, "detail"))
    lines += [Line(f"rests on judgement: {label}", 1, "detail") for _, label in change.judgements]
    return lines
