"""Give the tables of a PDF that typst made the heads of their rows.

Typst tags the head of a row as any other cell: what would change that (`pdf.header-cell`) is behind
a switch that its Python package does not have. So the structure tree is mended in the file: in each
row of a table's body the first cell becomes a head of scope Row, with an id that the other cells of
the row name beside their column's.

Source: ISO 32000-1, 14.7.2 (structure elements and their ids) and 14.8.5.7 (attributes of tables).
ISO 14289-1 asks in 7.5 that every head has a scope.
"""

import io
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# How typst names the head of a column: the table, the column, the row.
_COLUMN = re.compile(r"(U\d+x\d+y)0")


def with_row_heads(pdf: bytes) -> bytes:
    """Return a PDF whose tables have row heads, packed; equal files stay equal."""
    from pikepdf import NameTree, ObjectStreamMode, Pdf

    with Pdf.open(io.BytesIO(pdf)) as book:
        tree = book.Root.get("/StructTreeRoot")
        if tree is not None and "/IDTree" in tree:
            ids = NameTree(tree.IDTree)
            for body in [o for o in book.objects if _is(o, "/TBody")]:
                for number, row in enumerate(_kids(body, "/TR"), start=1):
                    _give_head(row, number, ids)
        out = io.BytesIO()
        book.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


def _give_head(row: Any, number: int, ids: Any) -> None:  # noqa: ANN401 - PDF objects
    """Make the first cell of a row its head, which the others name."""
    from pikepdf import Name, String

    cells = [(cell, _table(cell)) for cell in _kids(row, "/TD")]
    if not cells or any(about is None for _, about in cells):
        return
    (first, about), others = cells[0], cells[1:]
    column = _COLUMN.fullmatch(str(about.get("/Headers", [""])[0]))
    if column is None:
        return
    name = String(f"{column[1]}{number}")
    first.S, first.ID, about.Scope = Name.TH, name, Name.Row
    ids[str(name)] = first
    for _, other in others:
        other.Headers.append(name)


def _kids(element: Any, kind: str) -> "Iterator[Any]":  # noqa: ANN401 - PDF objects
    found = element.get("/K", [])
    return (k for k in (found if not _is(found, kind) else [found]) if _is(k, kind))


def _table(cell: Any) -> Any:  # noqa: ANN401 - PDF objects
    """Return what a cell says of its place in the table; None where it says nothing."""
    from pikepdf import Array

    about = cell.get("/A")
    each = about if isinstance(about, Array) else [about]
    return next((a for a in each if a is not None and a.get("/O") == "/Table"), None)


def _is(found: Any, kind: str) -> bool:  # noqa: ANN401 - PDF objects
    from pikepdf import Dictionary

    return isinstance(found, Dictionary) and found.get("/S") == kind
