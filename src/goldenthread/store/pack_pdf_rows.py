"""Give the tables of a PDF that typst made the heads of their rows.

Typst tags the head of a row as any other cell: what would change that (`pdf.header-cell`) is behind
a switch that its Python package does not have. So the structure tree is mended in the file: in each
row of a table's body the first cell becomes a head of scope Row, with an id that the other cells of
the row name beside their column's. Every other object keeps its bytes and its number.

Source: ISO 32000-1, 7.5.4 (cross-reference table), 14.7.2 (structure elements and their ids) and
14.8.5.7 (attributes of tables). ISO 14289-1 asks in 7.5 that every head has a scope.
"""

import re

_ENTRY = re.compile(rb"(\d{10}) 00000 n\r\n")
_TABLE = re.compile(rb"\nxref\n0 \d+\n0000000000 65535 f\r\n((?:\d{10} 00000 n\r\n)+)trailer\n")
_START = re.compile(rb"startxref\n\d+\n%%EOF\s*$")
_KIDS = re.compile(rb"/K\[((?:\d+ 0 R ?)+)\]")
_BODY, _ROW = b"<</Type/StructElem/S/TBody/", b"<</Type/StructElem/S/TR/"
_CELL = b"<</Type/StructElem/S/TD/"
_COLUMN = re.compile(rb"<</O/Table/Headers\[\((U\d+x)(\d+)(y)0\)\]")
_IDS = re.compile(rb"/IDTree<</Names\[((?:\([^()]*\)\d+ 0 R ?)*)\]>>")
_ID = re.compile(rb"\(([^()]*)\)(\d+) 0 R")


def with_row_heads(pdf: bytes) -> bytes:
    """Return a PDF whose tables have row heads; as it is where it is not laid out as typst does.

    Args:
        pdf: as typst writes it: plain objects, one table of where they stand, one tree of ids.
    """
    table = _TABLE.search(pdf)
    if table is None:
        return pdf
    starts = [int(found) for found in _ENTRY.findall(table[1])]
    ends = dict(zip(sorted(starts), [*sorted(starts)[1:], table.start() + 1], strict=True))
    objects = {n: pdf[at : ends[at]] for n, at in enumerate(starts, start=1)}
    ids = _mend(objects)
    for number, content in objects.items():
        if known := _IDS.search(content):
            held = {name: int(n) for name, n in _ID.findall(known[1])} | ids
            # A program looks an id up by halves, so they stand in order of their bytes.
            names = b"".join(b"(%s)%d 0 R" % (name, held[name]) for name in sorted(held))
            changed = b"/IDTree<</Names[" + names + b"]>>"
            objects[number] = content[: known.start()] + changed + content[known.end() :]
            return _written(pdf, table, starts, objects)
    return pdf


def _mend(objects: dict[int, bytes]) -> dict[bytes, int]:
    """Make the first cell of each row of a body its head; return the number of each by its id."""
    ids = {}
    for body in [o for o in objects.values() if _BODY in o]:
        for y, row in enumerate(_kids(body), start=1):
            cells = _kids(objects[row]) if _ROW in objects[row] else []
            columns = [_COLUMN.search(objects[c]) for c in cells if _CELL in objects[c]]
            if not columns or len(columns) < len(cells) or columns[0] is None:
                continue
            first = columns[0]
            name = b"%s%s%s%d" % (first[1], first[2], first[3], y)
            ids[name] = cells[0]
            objects[cells[0]] = _head(objects[cells[0]], name)
            for cell in cells[1:]:
                objects[cell] = _COLUMN.sub(
                    rb"<</O/Table/Headers[(\1\2\g<3>0)(" + name + rb")]", objects[cell], count=1
                )
    return ids


def _kids(content: bytes) -> list[int]:
    """Return the numbers of the objects that an element holds."""
    found = _KIDS.search(content)
    return [int(n) for n in found[1].replace(b"0 R", b"").split()] if found else []


def _head(cell: bytes, name: bytes) -> bytes:
    """Return a cell as the head of its row."""
    head = cell.replace(_CELL, b"<</Type/StructElem/S/TH/ID(" + name + b")/", 1)
    return head.replace(b"<</O/Table/", b"<</O/Table/Scope/Row/", 1)


def _written(
    pdf: bytes, table: re.Match[bytes], starts: list[int], objects: dict[int, bytes]
) -> bytes:
    """Return the file with its objects where they stood in order, and where each stands now."""
    numbers = sorted(objects, key=lambda n: starts[n - 1])
    out, places = bytearray(pdf[: min(starts)]), {}
    for number in numbers:
        places[number] = len(out)
        out += objects[number]
    begun = len(out)
    entries = b"".join(b"%010d 00000 n\r\n" % places[n] for n in sorted(places))
    head = pdf[table.start() + 1 : table.start(1)]
    rest = _START.sub(b"startxref\n%d\n%%%%EOF" % begun, pdf[table.end(1) :])
    return bytes(out + head + entries + rest)
