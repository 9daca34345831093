"""What judgements say of the documents stands there: quoted, word for word, in what they cite.

Outside quotation marks a reason speaks in the reader's own words, which `readers-words.txt`
lists; any other word has to come from a quotation in the same reason. So nothing can be said of a
document in words that it does not print: “all services” where it prints “services”.
"""

from __future__ import annotations

import re
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from goldenthread.store.dataset import Dataset

PLAN = Path(__file__).resolve().parents[2] / "data" / "occ-libraries-heritage"
SOURCES = sorted(PLAN.glob("sources/*.txt"))
OWN = frozenset((Path(__file__).parent / "readers-words.txt").read_text(encoding="utf-8").split())
PREFIXES = """
PREFIX gt: <https://w3id.org/goldenthread/ontology/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
WORDS = """SELECT ?judged ?label ?reason WHERE {
  ?judged a ?kind ; gt:reason ?reason ; rdfs:label ?label .
  VALUES ?kind { gt:Judgement gt:Repair } }"""
CITED = """SELECT ?judged ?entry ?words WHERE {
  ?judged a gt:Judgement ; gt:cites ?entry .
  ?entry gt:excerpt ?excerpt . ?excerpt oa:exact ?words ; gt:order ?order }
ORDER BY ?judged ?entry ?order"""
ENDS = """SELECT ?judged ?from ?to WHERE {
  ?judged a gt:Judgement ; gt:fromEntry ?from ; gt:toEntry ?to ; gt:property gt:overlaps }"""


class Judged(NamedTuple):
    """One judgement or repair: what it says, and the words of each entry that it cites."""

    label: str
    reason: str
    cited: dict[str, str]


@pytest.fixture(scope="module")
def judged(shipped: Dataset) -> dict[str, Judged]:
    """Return every judgement and repair of the shipped plan."""
    cited: dict[str, dict[str, str]] = {}
    for row in shipped.rows(PREFIXES + CITED, "corrected"):
        words = cited.setdefault(row["judged"].value, {})
        entry = row["entry"].value
        words[entry] = f"{words.get(entry, '')} {row['words'].value}".strip()
    rows = shipped.rows(PREFIXES + WORDS, "corrected")
    found = {
        r["judged"].value: Judged(
            r["label"].value, r["reason"].value, cited.get(r["judged"].value, {})
        )
        for r in rows
    }
    assert len(found) > 30
    return found


def plain(text: str) -> str:
    """Return text in one case, without bullets, the shape of quotation marks and line breaks."""
    text = re.sub("[\u2018\u2019]", "'", text.replace("\uf0b7", " "))
    return re.sub(r"\s+", " ", text).strip().casefold()


def quoted(words: str) -> list[str]:
    """Return what stands in quotation marks, cut where … leaves words out."""
    parts = [p.strip() for quote in re.findall("“([^”]+)”", words) for p in quote.split("…")]
    return [p for p in parts if p]


def missing(words: str, text: str) -> list[str]:
    """Return the parts of each quotation in `words` that `text` has not."""
    return [part for part in quoted(words) if plain(part) not in text]


def near(word: str, other: str) -> bool:
    """Return whether two words are forms of one: alike in five letters, or all of the shorter."""
    length = min(5, len(word), len(other))
    return length > 2 and word[:length] == other[:length]


def foreign(reason: str) -> list[str]:
    """Return the words outside quotation marks that are neither the reader's own nor quoted."""
    said = re.findall("[a-z][a-z&'-]*", plain(re.sub("“[^”]*”", " ", reason)))
    known = re.findall("[a-z]+", plain(" ".join(quoted(reason))))
    spoken = {re.sub("'s?$", "", word) for word in said}
    return sorted(w for w in spoken - OWN if not any(near(w, k) for k in known))


def test_quotations_stand_in_the_documents(judged: dict[str, Judged]) -> None:
    """Guards the evidence: a quotation that no document prints would be an invented one."""
    assert SOURCES
    text = " ".join(plain(path.read_text(encoding="utf-8")) for path in SOURCES)
    assert sum("“" in j.reason for j in judged.values()) > 30, "hardly a quotation to check"
    wrong = {
        iri: found for iri, j in judged.items() if (found := missing(j.label + j.reason, text))
    }
    assert not wrong, wrong


def test_quotations_stand_in_what_is_cited(judged: dict[str, Judged]) -> None:
    """Guards gt:cites: whoever looks up what is cited finds every word that is quoted."""
    texts = {i: " | ".join(map(plain, j.cited.values())) for i, j in judged.items() if j.cited}
    assert len(texts) > 30
    wrong = {
        iri: found
        for iri, text in texts.items()
        if (found := missing(judged[iri].label + judged[iri].reason, text))
    }
    assert not wrong, wrong


def test_nothing_is_said_in_words_of_no_document(judged: dict[str, Judged]) -> None:
    """Guards reasons against what is said without being quoted, and so cannot be looked up."""
    assert len(OWN) > 100
    reasons = {iri: j.reason for iri, j in judged.items() if j.cited}
    assert reasons
    wrong = {iri: found for iri, reason in reasons.items() if (found := foreign(reason))}
    assert not wrong, wrong


def test_the_readers_words_are_used(judged: dict[str, Judged]) -> None:
    """Guards the list: a word that no reason needs would let something else pass later."""
    said = plain(" ".join(re.sub("“[^”]*”", " ", j.reason) for j in judged.values()))
    spoken = {re.sub("'s?$", "", word) for word in re.findall("[a-z][a-z&'-]*", said)}
    assert sorted(OWN - spoken) == []


def test_evidence_against_is_told(judged: dict[str, Judged]) -> None:
    """Guards the form of a reason: what speaks against it stands in it, once."""
    reasons = {iri: j.reason for iri, j in judged.items() if j.cited}
    assert reasons
    assert [iri for iri, reason in reasons.items() if reason.count("Against: ") != 1] == []


def test_an_overlap_quotes_both_sides(shipped: Dataset, judged: dict[str, Judged]) -> None:
    """Guards overlaps: the words of each of the two actions are there to be compared."""
    rows = shipped.rows(PREFIXES + ENDS, "corrected")
    assert len(rows) > 10
    silent = []
    for row in rows:
        one = judged[row["judged"].value]
        sides = [one.cited[row[end].value] for end in ("from", "to")]
        told = [set(quoted(one.reason)) - set(missing(one.reason, plain(s))) for s in sides]
        if not (told[0] and told[1] and len(told[0] | told[1]) > 1):
            silent.append(row["judged"].value)
    assert silent == []


def test_an_invented_quotation_would_be_caught() -> None:
    """Guards the check: words left out are allowed, other words are not."""
    assert missing("It says “one … three”.", "one two three") == []
    assert missing("It says “one … four”.", "one two three") == ["four"]


CAUGHT = [
    (
        "Both review what there is; 3.3 means partnerships with community libraries' volunteers.",
        {"partnerships", "volunteers", "community"},
    ),
    ("Both deliver business support with the BIPC; row 9 prints both.", {"bipc", "business"}),
    (
        "The network of hub and spokes is what row 9 launches and opens in three places.",
        {"network", "launches"},
    ),
    (
        "The programme set in place for 2023/24 follows from the review of the current one.",
        {"programme", "current"},
    ),
    (
        "The first names all services to schools, the second the offer to local schools.",
        {"services", "offer", "schools"},
    ),
    ("Row 9 prints “open BIPC 'spokes'”, and all services do.", {"services"}),
]


@pytest.mark.parametrize(
    ("reason", "words"), CAUGHT, ids=lambda c: str(sorted(c) if isinstance(c, set) else c)[:20]
)
def test_what_was_said_without_a_quotation_would_be_caught(reason: str, words: set[str]) -> None:
    """Guards the check: reasons that an independent reader found fault with do not pass it."""
    assert words <= set(foreign(reason))


def test_forms_of_a_quoted_word_may_be_used() -> None:
    """Guards the check against pedantry: what is quoted may be spoken of in another form."""
    pairs = [("library", "libraries"), ("spokes", "spoke"), ("diverse", "diversity")]
    assert all(starmap(near, pairs))
    assert not near("service", "schools")
