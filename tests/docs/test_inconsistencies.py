"""The list of the documents' inconsistencies says what the check and the judgements say."""

import re
from pathlib import Path

import pytest

from goldenthread.domain.readings import READINGS
from goldenthread.services.judging import judgements
from goldenthread.services.validation import check
from goldenthread.store.dataset import Dataset

LIST = Path(__file__).parents[2] / "docs" / "explanation" / "inconsistencies.md"
SOURCES = Path(__file__).parents[2] / "data" / "occ-libraries-heritage" / "sources"
# What these rules look at is the graph and not the documents.
OF_THE_GRAPH = {"Measure-kind", "Judgement-low", "Judgement-open"}
ROW = re.compile(
    r"(?m)^\| (\d+) \| ((?:[^|\\]|\\.)+) \| ((?:[^|\\]|\\.)*) \| ((?:[^|\\]|\\.)+) \| "
    r"(?:`([A-Z][\w-]+)` on `([^`]+)`(?: \((as printed|with corrections)\))?"
    r"|`(judgement/[^`]+)`) \|$"
)
IN = {"": set(READINGS), "as printed": {"printed"}, "with corrections": {"corrected"}}


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, ...]]:
    """Return the rows: number, where, words, what, rule, focus, reading, judgement."""
    text = LIST.read_text(encoding="utf-8")
    found = ROW.findall(text)
    assert len(found) == len(re.findall(r"(?m)^\| \d", text)), "a row of another form"
    assert len(found) > 100
    return found


def test_rows_are_numbered(rows: list[tuple[str, ...]]) -> None:
    """Guards the numbers that people cite, and the total that the page tells."""
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    assert f"{len(rows)} entries" in LIST.read_text(encoding="utf-8")


def test_each_result_has_its_row(rows: list[tuple[str, ...]], shipped: Dataset) -> None:
    """Guards both ways: a row without a result claims too much, a result without a row is new."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for reading in READINGS:
        for result in check(shipped, reading).results:
            rule = result.rule.id.removeprefix("shape:")
            if rule not in OF_THE_GRAPH:
                focus = result.focus.id.removeprefix("https://w3id.org/goldenthread/")
                what = re.sub(r"\s+", " ", result.message).strip()
                found.setdefault((rule, focus, what), set()).add(reading)
    told = {
        (rule, focus, what.replace("\\|", "|")): IN[reading]
        for _, _, _, what, rule, focus, reading, _ in rows
        if rule
    }
    assert told == found


def test_each_judgement_has_its_row(rows: list[tuple[str, ...]], shipped: Dataset) -> None:
    """Guards both ways that what was judged or found by a reader is listed."""
    cards = {card.id: card for card in judgements(shipped, "corrected")}
    told = {row[7]: row[3] for row in rows if row[7]}
    assert set(told) == set(cards)
    assert all(told[i] == f"{card.label}." for i, card in cards.items())


def test_the_words_stand_in_the_documents(rows: list[tuple[str, ...]]) -> None:
    """Guards the quotes: each is in a document, as far as it goes."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.txt"))]
    assert len(texts) == 2
    text = re.sub(r"[\s\uf0b7]+", " ", " ".join(texts))
    quoted = [
        part.strip()
        for row in rows
        for quote in re.findall("“([^”]+)”", row[2].replace("\\|", "|"))
        for part in quote.split("…")
    ]
    assert len(quoted) > 100
    assert [part for part in quoted if part not in text] == []
