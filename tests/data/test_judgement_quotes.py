"""What judgements put in quotation marks stands in the documents, word for word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.store.dataset import Dataset

PLAN = Path(__file__).resolve().parents[2] / "data" / "occ-libraries-heritage"
SOURCES = sorted(PLAN.glob("sources/*.txt"))
REASONS = """
PREFIX gt: <https://w3id.org/goldenthread/ontology/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?judged ?words WHERE {
  ?judged a ?kind ; gt:reason|rdfs:label ?words .
  VALUES ?kind { gt:Judgement gt:Repair } }"""


def plain(text: str) -> str:
    """Return text in one case, without bullets, the shape of quotation marks and line breaks."""
    text = re.sub("[\u2018\u2019]", "'", text.replace("\uf0b7", " "))
    return re.sub(r"\s+", " ", text).strip().casefold()


def missing(words: str, text: str) -> list[str]:
    """Return the parts of each “quotation” in `words` that `text` has not; … leaves words out."""
    quoted = re.findall("“([^”]+)”", words)
    parts = [part.strip() for quote in quoted for part in quote.split("…")]
    return [part for part in parts if plain(part) not in text]


def test_quotations_stand_in_the_documents(shipped: Dataset) -> None:
    """Guards the evidence: a quotation that no document prints would be an invented one."""
    assert SOURCES
    text = " ".join(plain(path.read_text(encoding="utf-8")) for path in SOURCES)
    rows = shipped.rows(REASONS, "corrected")
    assert rows
    assert sum("“" in row["words"].value for row in rows) > 10, "hardly a quotation to check"
    wrong = {
        row["judged"].value: found for row in rows if (found := missing(row["words"].value, text))
    }
    assert not wrong, wrong


def test_an_invented_quotation_would_be_caught() -> None:
    """Guards the check: words left out are allowed, other words are not."""
    assert missing("It says “one … three”.", "one two three") == []
    assert missing("It says “one … four”.", "one two three") == ["four"]
