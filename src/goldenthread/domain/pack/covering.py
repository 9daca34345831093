"""Coverage and gaps in an assurance pack."""

from collections.abc import Sequence

from goldenthread.domain.english import capital, counted, listed, quoted
from goldenthread.domain.gap import Gap, GapReport
from goldenthread.domain.matrix import Heading, Matrix
from goldenthread.domain.node import Node
from goldenthread.domain.pack.parts import (
    Cell,
    Grid,
    Head,
    Line,
    Paragraph,
    Part,
    Row,
    Section,
    heads,
    lines,
    strong,
)

ACROSS = 16
"""Columns of a matrix that a page has room for; further ones follow below."""


def coverage(matrices: Sequence[tuple[Matrix, dict[str, Node]]], gaps: GapReport) -> Section:
    """Return what is set against what, and what has nothing recorded that its level expects.

    Args:
        matrices: each with the things that are its rows or columns, by IRI.
        gaps: the gaps of the same reading.
    """
    sections = [
        _matrix(matrix, nodes, f"matrix-{n}") for n, (matrix, nodes) in enumerate(matrices, 1)
    ]
    return Section(
        "coverage",
        "Coverage and gaps",
        (
            Paragraph(
                "A number counts the things that recorded threads bring together. An empty cell, "
                "shown as a dot, says that no link is recorded, and nothing more.",
                "lead",
            ),
        ),
        (*sections, _gaps(gaps)),
    )


def _matrix(matrix: Matrix, nodes: dict[str, Node], key: str) -> Section:
    rows_are, columns_are = matrix.row_axis, matrix.column_axis
    title = f"{capital(rows_are.many)} by {columns_are.one}"
    said = (
        f"A cell says whether recorded threads join the two: "
        f"{counted(matrix.total, 'pair', 'pairs')} in all."
        if matrix.joins
        else f"A cell counts {matrix.counted}, "
        f"{counted(matrix.total, matrix.count_axis.one, matrix.counted)} in all."
    )
    parts: list[Part] = [Paragraph(said)]
    signs = _signs(matrix.columns, nodes)
    for start in range(0, max(len(matrix.columns), 1), ACROSS):
        some = matrix.columns[start : start + ACROSS]
        more = (
            f", columns {start + 1} to {start + len(some)}"
            if start or len(matrix.columns) > ACROSS
            else ""
        )
        parts.append(_grid(matrix, nodes, some, signs, title + more))
    if any(signs[c.iri] != c.label for c in matrix.columns):
        named = (Row((strong(signs[c.iri]), lines(c.label))) for c in matrix.columns)
        name = f"What the columns are: {columns_are.many}"
        columns = heads((capital(columns_are.one), 2), ("Words", 10))
        parts.append(Grid(name, columns, tuple(named), "Columns of matrices"))
    for some, axis in (
        (matrix.empty_rows, rows_are),
        (matrix.empty_columns, columns_are),
    ):
        if some:
            which = listed(_short(h, nodes) for h in some)
            has = "has" if len(some) == 1 else "have"
            of = capital(counted(len(some), axis.one, axis.many))
            parts.append(Paragraph(f"{of} {has} no link recorded here: {which}."))
    if matrix.outside:
        which = listed(n.notation or n.label for n in matrix.outside)
        parts.append(Paragraph(f"{matrix.outside_name}, so counted nowhere here: {which}."))
    return Section(key, title, tuple(parts))


def _signs(found: Sequence[Heading], nodes: dict[str, Node]) -> dict[str, str]:
    """Return what stands at the head of each column: a number or a short name, else a count."""
    short = 12
    signs = {}
    for n, head in enumerate(found, start=1):
        number = nodes[head.iri].notation if head.iri in nodes else None
        signs[head.iri] = number or (head.label if len(head.label) <= short else f"({n})")
    return signs


def _grid(
    matrix: Matrix,
    nodes: dict[str, Node],
    columns: Sequence[Heading],
    signs: dict[str, str],
    title: str,
) -> Grid:
    rows = [
        Row(
            (
                strong(_short(r, nodes)),
                *(_count(len(matrix.cell(r.iri, c.iri))) for c in columns),
                (Line(str(matrix.row_total(r.iri)), "strong"),),
            )
        )
        for r in matrix.rows
    ]
    last = tuple((Line(str(matrix.column_total(c.iri)), "strong"),) for c in columns)
    rows.append(Row((strong("All"), *last, (Line(str(matrix.total), "strong"),))))
    first = Head(capital(matrix.row_axis.one), 7)
    of = tuple(Head(signs[c.iri], 1) for c in columns)
    sheet = f"By {matrix.column_axis.one}"
    return Grid(title, (first, *of, Head("All", 1)), tuple(rows), sheet, "matrix")


def _count(number: int) -> Cell:
    return lines(str(number)) if number else (Line("·", "small"),)


def _short(head: Heading, nodes: dict[str, Node]) -> str:
    number = nodes[head.iri].notation if head.iri in nodes else None
    return f"{number} {head.label}" if number else head.label


def _gaps(report: GapReport) -> Section:
    there = "As printed" if report.reading == "corrected" else "With corrections"
    if not report.gaps:
        part: Part = Paragraph("Everything that the levels expect is recorded.")
        return Section("gaps", "What is not recorded", (part,))
    rows = tuple(
        Row(
            (
                (Line(capital(g.focus.name), "strong"),),
                _missing(g),
                lines("The same" if g.other_reading is None else str(g.other_reading)),
            )
        )
        for g in report.gaps
    )
    return Section(
        "gaps",
        "What is not recorded",
        (
            Paragraph(
                f"{capital(counted(len(rows), 'place', 'places'))} where something that a level "
                "expects is not recorded."
            ),
            Grid(
                "What levels expect and is not recorded",
                heads(("Thing", 6), ("Not recorded", 5), (there, 2)),
                rows,
                "Gaps",
            ),
        ),
    )


def _missing(gap: Gap) -> Cell:
    few = "No" if not gap.found else f"Only {gap.found} of {gap.expected}"
    said = [f"{few} {gap.missing_name} {gap.relation}"]
    for node, entry in gap.references:
        words = quoted(entry.quote) if entry else node.name
        said.append(f"Its row says {words}: a cross-reference, counted nowhere.")
    return lines(*said)
