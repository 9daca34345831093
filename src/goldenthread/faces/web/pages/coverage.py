"""Coverage: any level, the themes or the periods against any other of these, and each cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain.listing import cell_table
from goldenthread.domain.matrix import Heading, Matrix
from goldenthread.domain.table import Table
from goldenthread.domain.tabling import matrix_table
from goldenthread.domain.thread import Node
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.offered import matrix_file
from goldenthread.faces.web.page import File, Pages, data, downloads, here, served
from goldenthread.faces.web.paths import Links
from goldenthread.services import covering

# How many shades there are: the darkest stands for the highest number of the matrix.
SHADES = 5
# Heads with more letters than this are set upright where there are many columns.
_LONG, _MANY = 14, 9
# So many columns have room on A4 beside the row's words, with words or with numbers over them.
_WORDED, _NUMBERED = 6, 12

Listed = tuple[str, str, Node | None, list[tuple[Heading, list[Node]]]]
"""What is counted: IRI, words, the thing if it is shown in full, and what joins it to heads."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; everything may be left out."""

    rows: str = ""
    columns: str = ""
    count: str = ""
    empty: str = ""
    """`first` where empty rows and columns come first."""
    row: str = ""
    """Short id of the row whose things are listed; `all` for every row."""
    column: str = ""

    @classmethod
    def of(cls, request: Request) -> "Asked":
        """Return what a request asks for."""
        asked = {k: request.query_params.get(k, "")[:2000] for k in cls.__slots__}
        return cls(**asked)

    @property
    def query(self) -> dict[str, str]:
        """Return it as it stands in an address."""
        return {k: getattr(self, k) for k in self.__slots__}

    @property
    def state(self) -> dict[str, str]:
        """Return what decides which numbers are shown, by the names in an address."""
        return {k: getattr(self, k) for k in self.__slots__ if k != "empty" and getattr(self, k)}

    @property
    def lists(self) -> bool:
        """Return whether the things of a cell, a row or a column are asked for, not the matrix."""
        return bool(self.row or self.column)


class Coverage(Pages):
    """The page of a matrix, and the page of what a cell, a row or a column of it counts."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/coverage", self.show)

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files: each two that can be set against each other, the higher in the rows."""
        yield "coverage.html", lambda links: coverage(self.x, links, Asked())
        keys = [a.key for a in covering.axes(self.x.dataset, reading)]
        for rows, columns in combinations(keys, 2):
            yield matrix_file(rows, columns), partial(coverage, self.x, asked=Asked(rows, columns))

    async def show(self, request: Request) -> Response:
        """Return the matrix of `rows` against `columns`, or what `row` and `column` count."""
        links, asked = self.links(request), Asked.of(request)

        def tables() -> list[Table]:
            found = _matrix(self.x, links, asked)
            cells = cell_table(found)
            return [cells] if asked.lists else [matrix_table(found), cells]

        made = data(self.x, links, lambda: _matrix(self.x, links, asked).to_json(), tables)
        page = listing if asked.lists else coverage
        return self.answer(request, {HTML: lambda: page(self.x, links, asked), **made})


def _matrix(x: Explorer, links: Links, asked: Asked) -> Matrix:
    """Return the matrix that is shown: with empty rows first, or one part of it, as asked."""
    found = covering.coverage(
        x.dataset, asked.rows or None, asked.columns or None, links.reading, asked.count or None
    )
    if asked.empty == "first":
        found = found.empty_first()
    if not asked.lists:
        return found
    row, column = _chosen(found, asked)
    return found.only(row.iri if row else None, column.iri if column else None)


def _chosen(matrix: Matrix, asked: Asked) -> tuple[Heading | None, Heading | None]:
    row = None if asked.row == "all" else covering.head(matrix, asked.row, of_rows=True)
    column = None if asked.column == "all" else covering.head(matrix, asked.column, of_rows=False)
    return row, column


def coverage(x: Explorer, links: Links, asked: Asked) -> bytes:
    """Return the page of a matrix."""
    matrix = _matrix(x, links, asked)
    rows, columns = matrix.row_axis, matrix.column_axis
    axes = covering.axes(x.dataset, links.reading)
    most = max((len(found) for found in matrix.cells.values()), default=0)
    settled = {**asked.query, "rows": rows.key, "columns": columns.key}
    flipped = {**asked.query, "rows": columns.key, "columns": rows.key}
    first = "" if asked.empty == "first" else "first"
    turned = links.page("coverage", **{**settled, "empty": first})
    swapped = links.matrix(columns.key, rows.key)
    return x.render(
        "coverage.html",
        links,
        title=f"Coverage: {rows.many} by {columns.many}",
        active="coverage",
        crumbs=[("", "Coverage")],
        here=_here(links, asked, rows.key, columns.key),
        m=matrix,
        asked=asked,
        axes=axes,
        pairs=_pairs(links, [a.key for a in axes], {a.key: a.many for a in axes}, matrix),
        heads=_short_heads(matrix),
        upright=_upright(matrix),
        parts_on_paper=_on_paper(matrix),
        shade=lambda things: -(-len(things) * SHADES // most) if things else 0,
        mixed=matrix.direct and len(matrix.direct) < matrix.pairs,
        turned=turned,
        swapped=links.page("coverage", **flipped) or swapped,
        part=lambda row="", column="": links.page(
            "coverage", **{**settled, "empty": "", "row": row, "column": column}
        ),
        cell_id=lambda r, c: f"{links.mark(r.iri)}.{links.mark(c.iri)}",
        downloads=downloads(links, "coverage", **settled),
    )


def listing(x: Explorer, links: Links, asked: Asked) -> bytes:
    """Return the page of what a cell, a row or a column counts, each with how it is joined."""
    matrix = _matrix(x, links, asked)
    row, column = _chosen(matrix, asked)
    name = matrix.part_name(row, column)
    whole = links.page("coverage", **{**asked.query, "row": "", "column": ""})
    words = f"{matrix.row_axis.many} by {matrix.column_axis.many}"
    return x.render(
        "coverage_cell.html",
        links,
        title=name[:1].upper() + name[1:],
        active="coverage",
        crumbs=[(whole, words), ("", "What is counted")],
        here=here(links, "coverage", **asked.query),
        m=matrix,
        asked=asked.query,
        groups=_groups(x, links, matrix, row, column),
        downloads=downloads(links, "coverage", **asked.query),
    )


def _groups(
    x: Explorer, links: Links, matrix: Matrix, row: Heading | None, column: Heading | None
) -> list[tuple[str, list[Listed]]]:
    """Return what is counted under headings: cell by cell, or in one list where it only pairs."""
    cells = [
        (r, c, found)
        for r in matrix.rows
        for c in matrix.columns
        if (found := matrix.cell(r.iri, c.iri))
    ]
    if not matrix.pairing or (row and column):
        return [
            (
                matrix.cell_name(r, c),
                [(n.iri, n.label, n, _joined(x, links, matrix, n.iri, (r, c))) for n in found],
            )
            for r, c, found in cells
        ]
    groups: dict[str, list[Listed]] = {}
    for r, c, _ in cells:
        named, under = (r, c) if column else (c, r)
        between = _joined(x, links, matrix, named.iri, (r, c))
        groups.setdefault(under.name, []).append((named.iri, named.name, None, between))
    return list(groups.items())


def _joined(
    x: Explorer, links: Links, matrix: Matrix, thing: str, heads: tuple[Heading, Heading]
) -> list[tuple[Heading, list[Node]]]:
    """Return what stands between a thing and the row and column that it is counted in."""
    sides = [
        (head, covering.between(x.dataset, thing, head.iri, links.reading))
        for head, axis in zip(heads, (matrix.row_axis, matrix.column_axis), strict=True)
        if not axis.grouping and head.iri != thing
    ]
    return [(head, nodes) for head, nodes in sides if nodes]


def _here(links: Links, asked: Asked, rows: str, columns: str) -> dict[str, str]:
    found = here(links, "coverage", **asked.query)
    if links.searches() or not asked.rows:
        return found
    return {r: links.in_reading(r).matrix(rows, columns) for r in found}


def _pairs(
    links: Links, keys: list[str], many: dict[str, str], matrix: Matrix
) -> list[tuple[str, str, bool]]:
    """Return the other matrices where no form can be sent: address, words, whether it is this."""
    if links.searches():
        return []
    now = (matrix.row_axis.key, matrix.column_axis.key)
    return [
        (links.matrix(a, b), f"{many[a]} by {many[b]}", (a, b) == now)
        for a, b in combinations(keys, 2)
    ]


def _upright(matrix: Matrix) -> bool:
    """Return whether heads of columns are set upright: they are words, and there are many."""
    long = sum(len(h) > _LONG for h in map(_short, matrix.columns))
    return len(matrix.columns) > _MANY and long > len(matrix.columns) // 2


def _on_paper(matrix: Matrix) -> list[Sequence[Heading]]:
    """Return the columns in as many parts as paper needs; none where it takes them all."""
    number = len(matrix.columns)
    if number <= (_WORDED if _upright(matrix) else _NUMBERED):
        return []
    # Each part as wide as the others, but for the last.
    size = -(-number // -(-number // _WORDED))
    return [matrix.columns[i : i + size] for i in range(0, number, size)]


def _short_heads(matrix: Matrix) -> dict[str, str]:
    """Return what stands over a narrow column: the number of a thing, else its words."""
    return {head.iri: _short(head) for head in (*matrix.rows, *matrix.columns)}


def _short(head: Heading) -> str:
    number = head.name.removesuffix(f": {head.label}").rpartition(" ")[2]
    numbered = head.name.endswith(f" {number}: {head.label}") and any(map(str.isdigit, number))
    return number if numbered else head.label
