"""The graph against a second reading of both documents.

`second-reading/*.tsv` was written down from the texts, item by item, before the Turtle was looked
at; see docs/explanation/second-reading.md. Its columns: kind; the row in which the item is printed
("-" where the row prints no key of its own); the row it belongs to once page breaks are mended;
the number as printed; `rejoined` or `lost` where a page break cuts it; the words.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from goldenthread.store.dataset import Dataset

READING = Path(__file__).parent / "second-reading"
DOCUMENTS = {"annex-3": "Annex 3", "appendix-3": "Appendix 3"}
PREFIXES = """
PREFIX gt: <https://w3id.org/goldenthread/ontology/>
PREFIX gtc: <https://w3id.org/goldenthread/ontology/concept/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
IN_CELLS = """
SELECT ?entry ?start ?level ?words ?number ?printed ?read ?cut ?type WHERE {
  ?entry gt:inDocument/gt:shortTitle ?document ; gt:inCell/gt:inRow ?printedRow ;
    gt:readInRow ?readRow ; rdfs:label ?words ; gt:excerpt ?first .
  ?first gt:order 1 ; oa:start ?start .
  OPTIONAL { ?entry gt:atLevel/gt:key ?level }
  OPTIONAL { ?entry a gt:Schedule BIND("timescale" AS ?type) }
  OPTIONAL { ?entry a gt:Note BIND("note" AS ?type) }
  OPTIONAL { ?entry gt:printedNumber ?number }
  OPTIONAL { ?printedRow gt:keyEntry/gt:printedNumber ?printed }
  OPTIONAL { ?readRow gt:keyEntry/gt:printedNumber ?read }
  OPTIONAL { ?entry gt:truncated true BIND("lost" AS ?lost) }
  OPTIONAL { ?entry gt:excerpt/gt:order 2 BIND("rejoined" AS ?rejoined) }
  BIND(COALESCE(?lost, ?rejoined, "") AS ?cut)
} ORDER BY ?start"""
MARKS = """
SELECT ?start ?words ?read ?parent ?kind WHERE {
  { ?mark a gt:ThemeMark BIND("theme mark" AS ?kind) }
  UNION { ?mark a gt:Schedule BIND("quarter mark" AS ?kind) }
  ?mark gt:inDocument/gt:shortTitle ?document ; gt:inEntry ?parent ; rdfs:label ?words ;
    gt:excerpt/oa:start ?start .
  ?parent gt:readInRow/gt:keyEntry/gt:printedNumber ?read .
} ORDER BY ?start"""
HEADINGS = """
SELECT ?start ?words ?number ?kind WHERE {
  ?entry a gt:Heading ; gt:inDocument/gt:shortTitle ?document ; gt:heads ?headed ;
    rdfs:label ?words ; gt:excerpt/oa:start ?start .
  OPTIONAL { ?entry gt:printedNumber ?number }
  { ?headed a gt:Document BIND("title" AS ?kind) }
  UNION { ?headed a gt:Table BIND("heading" AS ?kind) }
  UNION { ?headed a gt:Column BIND("column header" AS ?kind) }
} ORDER BY ?start"""
FURNITURE = """
SELECT ?start ?words WHERE {
  ?span a gt:Furniture ; oa:exact ?words ; oa:start ?start ;
    oa:hasSource/gt:extractionOf/gt:shortTitle ?document .
} ORDER BY ?start"""
KINDS = {"corporate-priority": "priority", "service-priority": "L&H priority"}
# Where the graph's label is not the printed words with white space normalised: in 2.2 of
# Appendix 3 a line breaks after a slash, and the graph closes the gap.
CLOSED_GAP = ("information/ resources", "information/resources")


class Item(NamedTuple):
    """One printed item, as far as the two readings are compared."""

    kind: str
    printed: str
    read: str
    number: str
    cut: str
    words: str

    def __str__(self) -> str:
        """Return the item as a failure names it."""
        place = f"row {self.read or 'none'} (printed in {self.printed or 'no row'})"
        return f"{place}: {self.kind} {self.number} “{self.words}” {self.cut}".strip()


def written(document: str) -> list[Item]:
    """Return the items of a document as the second reader wrote them down."""
    path = READING / f"{document}.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Item(
            row["kind"],
            row["row_printed"],
            row["row"].rstrip("."),
            row["number"].rstrip("."),
            row["cut"],
            row["words"].replace(*CLOSED_GAP),
        )
        for row in rows
    ]


def ask(dataset: Dataset, document: str, query: str) -> list[dict[str, Any]]:
    """Return the rows of a query about one document, as printed, with plain values."""
    found = dataset.rows(
        PREFIXES + query.replace("?document", f'"{DOCUMENTS[document]}"'), "printed"
    )
    return [{name: term.value for name, term in row.items()} for row in found]


def in_graph(dataset: Dataset, document: str) -> list[Item]:
    """Return the items of a document as the graph has them, kind by kind in the text's order."""
    items = []
    notes: list[Item] = []
    for row in ask(dataset, document, IN_CELLS):
        level = row.get("level", "")
        kind = row.get("type") or KINDS.get(level, level)
        item = Item(
            kind,
            row.get("printed", "-"),
            row.get("read", "?"),
            row.get("number", ""),
            row["cut"],
            row["words"],
        )
        (notes if kind == "note" else items).append(item)
    if notes:
        # Written down as one item; the graph has one entry on either side of its plus sign.
        items.append(notes[0]._replace(words="*" + " + ".join(note.words for note in notes)))
    brackets: dict[tuple[str, str], Item] = {}
    for row in ask(dataset, document, MARKS):
        # A bracket with two themes is one mark on paper and two entries in the graph.
        key = (row["kind"], row["parent"] if row["kind"] == "theme mark" else row["start"])
        before = brackets.get(key)
        words = f"{before.words}, {row['words']}" if before else row["words"]
        brackets[key] = Item(row["kind"], "", row["read"], "", "", words)
    items += brackets.values()
    for row in ask(dataset, document, HEADINGS):
        number = row.get("number", "")
        words = row["words"].removeprefix(f"{number}. ")
        items.append(Item(row["kind"], "", "", number, "", words))
    furniture = [row["words"] for row in ask(dataset, document, FURNITURE)]
    if furniture:
        items.append(Item("furniture", "", "", "", "", " ".join(furniture)))
    return items


def compare(mine: list[Item], theirs: list[Item]) -> list[str]:
    """Return how two readings of one kind of item differ, naming the items; else nothing."""
    problems = [f"printed, not in the graph: {item}" for item in mine if item not in theirs]
    problems += [f"in the graph, not printed: {item}" for item in theirs if item not in mine]
    if not problems and mine != theirs:
        first = next(
            i for i in range(max(len(mine), len(theirs))) if mine[i : i + 1] != theirs[i : i + 1]
        )
        got, had = (
            str(items[first]) if first < len(items) else "nothing" for items in (mine, theirs)
        )
        problems.append(
            f"other order or number of repeats from item {first + 1}: printed {got}; graph {had}"
        )
    return problems


EXPECTED = {
    "annex-3": {
        "title": 1,
        "column header": 4,
        "priority": 9,
        "promise": 14,
        "theme mark": 14,
        "L&H priority": 19,
        "action": 53,
        "quarter mark": 19,
        "note": 1,
        "furniture": 1,
    },
    "appendix-3": {
        "title": 1,
        "heading": 3,
        "column header": 12,
        "L&H priority": 13,
        "action": 34,
        "timescale": 32,
        "measure": 59,
    },
}
CASES = [
    pytest.param(document, kind, id=f"{document}-{kind.replace(' ', '-')}")
    for document, kinds in EXPECTED.items()
    for kind in kinds
]


def of_kind(items: list[Item], kind: str) -> list[Item]:
    """Return the items of one kind; the printed row is compared for items in cells only."""
    whole = {"theme mark", "quarter mark"}
    return [
        item._replace(printed="") if kind in whole else item for item in items if item.kind == kind
    ]


@pytest.mark.parametrize(("document", "kind"), CASES)
def test_every_item_is_an_entry_and_the_other_way_round(
    document: str, kind: str, shipped: Dataset
) -> None:
    """Guards words, numbers, rows and order of each kind of item against a second reading."""
    mine = of_kind(written(document), kind)
    assert len(mine) == EXPECTED[document][kind], "the second reading itself was changed"
    problems = compare(mine, of_kind(in_graph(shipped, document), kind))
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("document", sorted(EXPECTED))
def test_the_second_reading_is_whole(document: str) -> None:
    """Guards that no kind of item in the tables goes uncompared."""
    kinds = {item.kind for item in written(document)}
    assert kinds == set(EXPECTED[document])


@pytest.mark.parametrize("document", sorted(EXPECTED))
def test_the_graph_has_no_other_kind(document: str, shipped: Dataset) -> None:
    """Guards against an entry in the graph of a kind that the second reading does not have."""
    found = {item.kind for item in in_graph(shipped, document)}
    assert found == set(EXPECTED[document])


@pytest.mark.parametrize("document", sorted(EXPECTED))
def test_items_in_cells_follow_the_text(document: str, shipped: Dataset) -> None:
    """Guards the order across columns: cell after cell, as the text has them."""
    cells = {"priority", "promise", "L&H priority", "action", "timescale", "measure"}
    mine = [item for item in written(document) if item.kind in cells]
    theirs = [item for item in in_graph(shipped, document) if item.kind in cells]
    assert mine, f"nothing read in {document}"
    problems = compare(mine, theirs)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(
    "field",
    ["words", "number", "read", "printed", "cut"],
)
def test_a_wrong_item_would_be_caught(field: str, shipped: Dataset) -> None:
    """Guards the comparison: one field of one entry changed is named in the failure."""
    mine = of_kind(written("annex-3"), "L&H priority")
    theirs = of_kind(in_graph(shipped, "annex-3"), "L&H priority")
    assert not compare(mine, theirs)
    theirs[4] = theirs[4]._replace(**{field: "9.9"})
    problems = compare(mine, theirs)
    assert len(problems) == 2
    assert mine[4].words in problems[0]


def test_a_dropped_or_swapped_item_would_be_caught(shipped: Dataset) -> None:
    """Guards the comparison against a missing entry, a missing repeat and a changed order."""
    mine = of_kind(written("annex-3"), "quarter mark")
    theirs = of_kind(in_graph(shipped, "annex-3"), "quarter mark")
    assert compare(mine, theirs[1:]), "a missing item"
    repeat = next(i for i, item in enumerate(theirs) if theirs.count(item) > 1)
    assert compare(mine, [*theirs[:repeat], *theirs[repeat + 1 :]]), "a missing repeat"
    assert compare(mine, [theirs[1], theirs[0], *theirs[2:]]), "two items in the other order"


def test_entries_are_named_for_their_first_character(shipped: Dataset) -> None:
    """Guards that an entry's IRI says where its words begin (model, section 2)."""
    rows = shipped.rows(
        PREFIXES + "SELECT ?entry ?start { ?entry a gt:Entry ; gt:excerpt ?x . "
        "?x gt:order 1 ; oa:start ?start }",
        "printed",
    )
    assert rows
    wrong = [
        row["entry"].value
        for row in rows
        if f"-{row['start'].value}-" not in row["entry"].value.rsplit("/", 1)[1] + "-"
    ]
    assert not wrong, wrong
