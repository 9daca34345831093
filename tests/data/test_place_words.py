"""`gt:place` says where the words stand, so that a reader of the paper can find them.

Each place is put together again from tables, rows, cells and the order of the text, and compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from goldenthread.store.dataset import Dataset

PREFIXES = """
PREFIX gt: <https://w3id.org/goldenthread/ontology/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
ENTRIES = """SELECT ?entry ?place ?order ?start ?end ?cell ?parent WHERE {
  ?entry a gt:Entry ; gt:place ?place ; gt:order ?order ; gt:excerpt ?excerpt .
  ?excerpt gt:order 1 ; oa:start ?start ; oa:end ?end .
  OPTIONAL { ?entry gt:inCell ?cell } OPTIONAL { ?entry gt:inEntry ?parent } }"""
CELLS = """SELECT ?cell ?title ?table ?rowOrder ?row ?rowLabel ?column ?isKey WHERE {
  ?cell gt:inRow ?row ; gt:inColumn ?inColumn . ?inColumn gt:order ?column .
  ?row gt:order ?rowOrder ; rdfs:label ?rowLabel ; gt:inTable ?tableNode .
  ?tableNode gt:order ?table ; gt:inDocument/gt:shortTitle ?title .
  OPTIONAL { ?tableNode gt:keyColumn ?inColumn BIND(true AS ?isKey) } }"""
KEYS = """SELECT ?row ?number WHERE {
  ?entry gt:inCell/gt:inRow ?row ; gt:inCell/gt:inColumn/^gt:keyColumn ?table ;
    gt:printedNumber ?number }"""
TABLES = """SELECT ?title (COUNT(?table) AS ?tables) WHERE {
  ?table a gt:Table ; gt:inDocument/gt:shortTitle ?title } GROUP BY ?title"""
PARTS = """SELECT ?entry (COUNT(?part) AS ?parts) WHERE {
  ?entry a gt:Entry ; gt:excerpt ?part } GROUP BY ?entry"""

EDGES = """SELECT ?entry ?edge ?start ?file WHERE {
  ?entry a gt:Entry ; gt:edge ?edge ; gt:excerpt ?part .
  ?part gt:order 1 ; oa:start ?start ; oa:hasSource/gt:file ?file }"""


class Place(NamedTuple):
    """One entry: what the graph says of its place."""

    iri: str
    place: str
    order: int
    start: int
    end: int
    cell: str
    parent: str


@pytest.fixture(scope="module")
def places(shipped: Dataset) -> list[Place]:
    """Return the entries of all plans, each document in the order of its text."""
    found = [
        Place(
            row["entry"].value,
            row["place"].value,
            int(row["order"].value),
            int(row["start"].value),
            int(row["end"].value),
            row["cell"].value if "cell" in row else "",
            row["parent"].value if "parent" in row else "",
        )
        for row in shipped.rows(PREFIXES + ENTRIES, "printed")
    ]
    assert found, "no entries"
    return sorted(found, key=lambda entry: (entry.place.split(",")[0], entry.start, -entry.end))


@pytest.fixture(scope="module")
def cells(shipped: Dataset) -> dict[str, str]:
    """Return the place of each cell in words, from its table, row and column alone."""
    tables = {
        row["title"].value: int(row["tables"].value)
        for row in shipped.rows(PREFIXES + TABLES, "printed")
    }
    rows = shipped.rows(PREFIXES + CELLS, "printed")
    assert rows, "no cells"
    # A row without a cell in the key column goes on from the row before it, and has its number.
    ordered = sorted(
        {
            (r["title"].value, int(r["table"].value), int(r["rowOrder"].value), r["row"].value)
            for r in rows
        }
    )
    keyed = {row["row"].value for row in rows if "isKey" in row}
    numbers: dict[str, str] = {}
    counted: Counter[tuple[str, int]] = Counter()
    keys = {r["row"].value: r["number"].value for r in shipped.rows(PREFIXES + KEYS, "printed")}
    assert len(keys) == len(keyed)
    printed_number = ""
    for title, table, _, row_iri in ordered:
        counted[title, table] += row_iri in keyed
        words = f"{title}, table {table}, " if tables[title] > 1 else f"{title}, "
        words += f"row {counted[title, table]}"
        printed_number = keys.get(row_iri, printed_number) if row_iri in keyed else printed_number
        # The printed number is how a reader finds a row that is not numbered by its place.
        if printed_number != str(counted[title, table]):
            words += f" ({printed_number})"
        numbers[row_iri] = words if row_iri in keyed else f"{words}, continued"
    wrong = {
        row["rowLabel"].value: numbers[row["row"].value]
        for row in rows
        if row["rowLabel"].value != numbers[row["row"].value]
    }
    assert not wrong, f"labels of rows, and what they should be: {wrong}"
    return {
        row["cell"].value: f"{numbers[row['row'].value]}, column {row['column'].value}"
        for row in rows
    }


def test_entries_in_cells(places: list[Place], cells: dict[str, str], shipped: Dataset) -> None:
    """Guards “row r, column c, entry k of n”: counted from the cell, by the text."""
    parts = {
        row["entry"].value: int(row["parts"].value)
        for row in shipped.rows(PREFIXES + PARTS, "printed")
    }
    in_cell: dict[str, list[Place]] = defaultdict(list)
    for entry in places:
        if entry.cell:
            in_cell[entry.cell].append(entry)
    assert set(in_cell) == set(cells), "a cell without an entry, or an entry in an unknown cell"
    wrong = []
    for cell, entries in in_cell.items():
        for k, entry in enumerate(entries, start=1):
            words = cells[cell]
            words += f", entry {k} of {len(entries)}" if len(entries) > 1 else ""
            cut = parts[entry.iri] > 1
            good = entry.place.startswith(words + ", and ") if cut else entry.place == words
            if not good or entry.order != k:
                wrong.append(f"{entry.iri}: “{entry.place}” ({entry.order}), should be “{words}”")
    assert not wrong, "\n".join(wrong)


def test_marks_say_where_their_entry_stands(places: list[Place]) -> None:
    """Guards that a mark's place begins as its entry's does, and that it lies within it."""
    by_iri = {entry.iri: entry for entry in places}
    nested = [entry for entry in places if entry.parent and entry.parent != entry.iri]
    assert nested, "no marks"
    wrong = []
    for mark in nested:
        parent = by_iri[mark.parent]
        in_heading = parent.place.removesuffix("heading") + "in the heading"
        # A mark in the second part of a cut entry stands where that part stands.
        parts = parent.place.split(", and ")
        head = parts[0].split(", ")[0]
        where = {f"{part}, in brackets" for part in parts}
        where |= {f"{head}, {parts[-1]}, in brackets"} if len(parts) > 1 else set()
        if mark.place not in where | {in_heading}:
            wrong.append(f"{mark.iri}: “{mark.place}” inside “{parent.place}”")
        if mark.start < parent.start:
            wrong.append(f"{mark.iri}: begins before its entry")
    assert not wrong, "\n".join(wrong)


def test_marks_are_numbered_in_their_entry(places: list[Place]) -> None:
    """Guards gt:order of marks: counted within the entry, in the order of the text."""
    marks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for mark in places:
        if mark.parent and mark.parent != mark.iri:
            marks[mark.parent, mark.place].append(mark.order)
    assert marks
    wrong = {
        key: orders for key, orders in marks.items() if orders != list(range(1, len(orders) + 1))
    }
    assert not wrong


def test_edges_are_in_the_text(shipped: Dataset) -> None:
    """Guards what is said to mark an entry off: the bullet, dash, number or line is there.

    A reader's cut (`cut`) must have none of these marks; that it may begin a line is not checked.
    """
    folder = Path(__file__).resolve().parents[2] / "data" / "occ-libraries-heritage"
    rows = shipped.rows(PREFIXES + EDGES, "printed")
    assert rows
    wrong = []
    for row in rows:
        text = (folder / row["file"].value).read_text(encoding="utf-8")
        start = int(row["start"].value)
        before = text[:start].rstrip(" \n")
        gap = text[len(before) : start]
        holds = {
            "bullet": before.endswith("\uf0b7"),
            "dash": before.endswith("-"),
            "number": text[start].isdigit(),
            "cell": before.endswith("\t") or "\n" in gap,
            "line": "\n" in gap,
            "mark": text[start - 1] in "( +\t\n",
            "cut": not before.endswith(("\uf0b7", "-", "\t")) and not text[start].isdigit(),
        }
        edge = row["edge"].value.rsplit("/", 1)[1]
        # The first entry of a document begins it, with no line before.
        if not holds[edge] and before:
            wrong.append(f"{row['entry'].value}: {edge} before {text[start : start + 30]!r}?")
    assert not wrong, "\n".join(wrong)


def test_no_two_entries_share_a_place(places: list[Place]) -> None:
    """Guards against two entries that a reader would look for in the same spot."""
    counted = Counter(entry.place for entry in places if not entry.parent)
    assert counted
    assert [place for place, times in counted.items() if times > 1] == []


def test_cells_do_not_interleave(places: list[Place], cells: dict[str, str]) -> None:
    """Guards the order of cells: the text goes through them one after another."""
    seen: list[str] = []
    for entry in places:
        if entry.cell and (not seen or seen[-1] != entry.cell):
            seen.append(entry.cell)
    again = [cells[cell] for cell, times in Counter(seen).items() if times > 1]
    assert seen
    assert not again, f"cells that the text comes back to: {again}"
