"""Coverage: one level against another, the themes or the periods."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from goldenthread.domain.listing import cell_table
from goldenthread.domain.matrix import Matrix
from goldenthread.domain.table import Table
from goldenthread.domain.tabling import matrix_table
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.negotiation import HTML
from goldenthread.faces.web.page import File, Pages, data, downloads, here, served
from goldenthread.faces.web.paths import Links
from goldenthread.services import covering, naming


class Coverage(Pages):
    """The page of a matrix."""

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return served("/coverage", self.show)

    def files(self, reading: str) -> Iterator[File]:
        """Yield the files."""
        yield "coverage.html", lambda links: coverage(self.x, links)

    async def show(self, request: Request) -> Response:
        """Return the matrix of `rows` against `columns`."""
        links, asked = self.links(request), request.query_params
        rows, columns = asked.get("rows", ""), asked.get("columns", "")

        def matrix() -> Matrix:
            return covering.coverage(self.x.dataset, rows or None, columns or None, links.reading)

        def tables() -> list[Table]:
            found = matrix()
            return [matrix_table(found), cell_table(found)]

        made = data(self.x, links, lambda: matrix().to_json(), tables)
        page = {HTML: lambda: coverage(self.x, links, rows, columns)}
        return self.answer(request, {**page, **made})


def coverage(x: Explorer, links: Links, rows: str = "", columns: str = "") -> bytes:
    """Return the matrix of one level against another, the themes or the periods."""
    matrix = covering.coverage(x.dataset, rows or None, columns or None, links.reading)
    levels = naming.plurals(x.dataset, links.reading)
    first = rows or next(iter(levels))
    # Two keys may have the same name; the address tells them apart.
    others = [(k, v) for k, v in levels.items() if k != first]
    others += [("theme", "themes"), ("period", "periods")]
    choices = [
        (links.page("coverage", rows=first, columns=key), words, key == columns)
        for key, words in others
    ]
    return x.render(
        "coverage.html",
        links,
        title="Coverage",
        active="coverage",
        crumbs=[("", "Coverage")],
        here=here(links, "coverage", rows=rows, columns=columns),
        m=matrix,
        heads=_short_heads(matrix),
        grouped=columns in ("theme", "period"),
        totals={c.iri: matrix.column_total(c.iri) for c in matrix.columns},
        choices=choices if links.searches() else [],
        cell_id=lambda r, c: f"{links.mark(r.iri)}.{links.mark(c.iri)}",
        downloads=downloads(links, "coverage", rows=rows, columns=columns),
    )


def _short_heads(matrix: Matrix) -> dict[str, str]:
    """Return what stands over a narrow column: the number of a thing, else its words."""
    found = {}
    for head in (*matrix.rows, *matrix.columns):
        number = head.name.removesuffix(f": {head.label}").rpartition(" ")[2]
        numbered = head.name.endswith(f" {number}: {head.label}") and any(map(str.isdigit, number))
        found[head.iri] = number if numbered else head.label
    return found
