"""Gaps, coverage and check results in words."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from goldenthread.domain.baseline import Changes
from goldenthread.domain.gap import Gap, GapReport
from goldenthread.domain.identifiers import natural, one_line
from goldenthread.domain.matrix import Heading, Matrix
from goldenthread.domain.readings import READING_NAMES, the_other
from goldenthread.domain.validation import Report, Result
from goldenthread.faces.cli.say import words
from goldenthread.faces.cli.terminal import Line

_ROW_HEAD = 46
_KINDS = {"must fix": "bad", "should fix": "warn"}
_SHOWN = 5


def gap_lines(report: GapReport, names: Mapping[str, str]) -> list[Line]:
    """Return the gaps level by level, each with both numbers where the readings differ."""
    reading = READING_NAMES[report.reading]
    if not report.gaps:
        return [Line(f"Everything that the levels expect is recorded, {reading}.", kind="head")]
    things = len({g.focus.iri for g in report.gaps})
    have = "thing has" if things == 1 else "things have"
    found = [Line(f"{things} {have} no link recorded that the level expects, {reading}.")]
    for key, gaps in groupby(report.gaps, key=lambda g: g.level):
        found += [Line(""), Line(names.get(key, key), kind="head")]
        by_thing: dict[str, list[Gap]] = {}
        for gap in gaps:
            by_thing.setdefault(gap.focus.iri, []).append(gap)
        for some in by_thing.values():
            found += _gap(some, report.reading)
    return found


def _gap(gaps: list[Gap], reading: str) -> list[Line]:
    focus = gaps[0].focus
    found = [Line(focus.name, 1)]
    for gap in gaps:
        few = "no" if not gap.found else f"only {gap.found} of at least {gap.expected}"
        text = f"{few} {gap.missing_name} is recorded {gap.relation}"
        if gap.other_reading is not None:
            there = READING_NAMES[the_other(reading)]
            text += f" ({gap.found} {READING_NAMES[reading]}; {gap.other_reading} {there})"
        found.append(Line(text, 2, "warn"))
    found += [Line(remark, 2, "detail") for remark in words.numbers(focus)]
    for node, entry in gaps[0].references:
        text = f"{words.quoted(entry)}, a cross-reference to {words.short(node)}, which is no link"
        found.append(Line(text, 2, "detail"))
    return found


def matrix_lines(matrix: Matrix, width: int) -> list[Line]:
    """Return a matrix with its heads, or row by row in sentences where it is too wide."""
    reading = READING_NAMES[matrix.reading]
    head = (
        f"{matrix.counted} by {matrix.row_name} (down) and {matrix.column_name} (across), {reading}"
    )
    found = [Line(head, kind="head"), Line("")]
    if grid := _grid(matrix, width):
        found += [Line(row, raw=True) for row in grid]
    else:
        found += [Line(_sentence(matrix, row)) for row in matrix.rows]
    found.append(Line(""))
    for heads, where in ((matrix.empty_rows, "row"), (matrix.empty_columns, "column")):
        if heads:
            found.append(
                Line(f"No link recorded in {words.counted(len(heads), where, where + 's')}:")
            )
            found += [Line(h.name, 1) for h in heads]
    if matrix.outside:
        found.append(Line(f"{matrix.outside_name}, so counted nowhere here:"))
        found += [Line(n.name, 1) for n in matrix.outside]
    return found


def _tail(head: Heading) -> str:
    """Return a head short enough for a column: a number if it has one, else its words."""
    tail = head.id.rsplit("/", 1)[-1]
    return tail if tail.replace(".", "").isdecimal() else head.label


def _grid(matrix: Matrix, width: int) -> list[str]:
    """Return the matrix as lines; none where it is too wide for its row heads to be read."""
    short = [_tail(c) for c in matrix.columns]
    wide = [max(len(s), 2) for s in short]
    least = max((len(r.name.split(":")[0]) for r in matrix.rows), default=0)
    for gap in ("  ", " "):
        left = width - sum(wide) - len(gap) * (len(wide) + 1) - len("total")
        if left >= least:
            return _rows_of(matrix, (short, wide), gap, min(left, _ROW_HEAD))
    return []


def _rows_of(
    matrix: Matrix, columns: tuple[list[str], list[int]], gap: str, most: int
) -> list[str]:
    short, wide = columns
    heads = [_cut(r.name, most) for r in matrix.rows]
    left = max(map(len, heads), default=0)

    def line(head: str, cells: list[str], total: str) -> str:
        padded = [c.rjust(w) for c, w in zip(cells, wide, strict=True)]
        return gap.join([head.ljust(left), *padded, total.rjust(len("total"))]).rstrip()

    found = [line("", short, "total")]
    for row, head in zip(matrix.rows, heads, strict=True):
        cells = [str(len(matrix.cell(row.iri, c.iri)) or "-") for c in matrix.columns]
        found.append(line(head, cells, str(matrix.row_total(row.iri))))
    totals = [str(matrix.column_total(c.iri)) for c in matrix.columns]
    return [*found, line("total", totals, "")]


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    head = text.split(":", maxsplit=1)[0]
    return head if most < len(head) + 8 else text[: most - 1].rstrip() + "…"


def _sentence(matrix: Matrix, row: Heading) -> str:
    cells = [(c, len(matrix.cell(row.iri, c.iri))) for c in matrix.columns]
    once = max((n for _, n in cells), default=0) <= 1
    parts = [c.name.split(":")[0] + ("" if once else f": {n}") for c, n in cells if n]
    return f"{row.name} — {'; '.join(parts) if parts else 'no link recorded'}"


def check_lines(report: Report, *, every: bool, narrowed: str = "") -> list[Line]:
    """Return check results by rule, worst first: what, how often, why it matters, how to mend.

    Args:
        report: the report.
        every: whether to list each result, and not only the first few of a rule.
        narrowed: the sentence that says what is shown of more; empty where all is.
    """
    reading = READING_NAMES[report.reading]
    rules = words.counted(report.checked, "rule", "rules")
    notes = [Line(narrowed, kind="detail")] if narrowed else []
    if report.left_out:
        fewer = words.counted(report.left_out, "rule", "rules")
        notes.append(Line(f"{fewer} left out by the profile {report.profile}.", kind="detail"))
    if report.conforms and not narrowed:
        return [Line(f"Conforms: nothing breaks any of {rules}, {reading}.", kind="good"), *notes]
    counts = [f"{number} {severity}" for severity, number in report.counts.items()]
    found = [Line(f"{words.listed(counts)}, from {rules}, {reading}.", kind="head"), *notes]
    for _, some in groupby(report.results, key=lambda r: r.rule.iri):
        found += [Line(""), *_rule(list(some), every=every)]
    for gone in report.mended:
        said = f"Mended: “{gone.label}”, accepted by {gone.role} until {gone.until}."
        found += [Line(""), Line(said, kind="good")]
    return found


def _rule(results: list[Result], *, every: bool) -> list[Line]:
    rule = results[0].rule
    said = words.counted(len(results), "result", "results")
    found = [
        Line(
            f"{rule.severity}: {rule.label} ({rule.group}, {said})",
            kind=_KINDS.get(rule.severity, "head"),
        ),
        Line(rule.id, 1, "detail"),
    ]
    shown = results if every else results[:_SHOWN]
    for result in sorted(shown, key=lambda r: natural(r.focus.name)):
        found.append(Line(f"{result.focus.name}: {result.message}", 1))
        found += [Line(f"result {result.id}", 2, "detail")] if every else []
        found += [Line(result.standing, 2)] if result.standing else []
        found += [
            Line(f"{q.place} prints “{one_line(q.quote)}”", 2, "detail") for q in result.quotes[:2]
        ]
        found += _rows(result, every=every)
    if len(results) > len(shown):
        found.append(Line(f"and {len(results) - len(shown)} more; --all lists them", 1))
    found.append(Line(f"Why it matters: {rule.why}", 1, "detail"))
    found.append(Line(f"How to mend it: {rule.mend}", 1, "detail"))
    return found


def _rows(result: Result, *, every: bool) -> Iterable[Line]:
    if not result.rows:
        return []
    if not every:
        return [Line(f"{len(result.rows)} rows; --all lists them", 2, "detail")]
    return [Line(row.name, 2) for row in result.rows]


def changed_lines(changes: Changes) -> list[Line]:
    """Return what is new and what was mended since an earlier check."""
    lines = [Line(changes.sentence, kind="head")]
    for result in changes.new:
        lines += [Line(""), Line(f"new, {result.severity}: {result.focus.name}", kind="bad")]
        lines += [Line(result.message, 1), Line(f"{result.rule.id}  {result.id}", 1, "detail")]
    for known in changes.mended:
        lines += [Line(""), Line(f"mended, {known.severity}: {known.label}", kind="good")]
        lines += [Line(known.message, 1), Line(f"{known.rule}  {known.id}", 1, "detail")]
    return lines
