"""A fault is marked at its own line and column; the engine points behind it, often a line late."""

import time

import pyoxigraph as ox
import pytest

from goldenthread.domain.fault import Fault, explain
from goldenthread.domain.namespaces import WELL_KNOWN
from goldenthread.store.pinpointing import pinpoint


def parse(text: str) -> str | None:
    """Return what the engine says against a text."""
    try:
        ox.Store().query(text, prefixes=WELL_KNOWN)
    except SyntaxError as error:
        return str(error.msg)
    return None


def fault(text: str) -> Fault:
    """Return the fault of a text that the engine does not take."""
    message = parse(text)
    assert message is not None
    return explain(message, text, WELL_KNOWN, pinpoint(text, parse))


FAULTS = {
    "no object": ("SELECT * {\n ?s ?p\n}", (3, 1), "“}”"),
    "no full stop": ("SELECT * {\n ?s ?p ?o\n ?a ?b ?c\n}", (3, 2), "“.”"),
    "no bracket": ("SELECT * {\n FILTER(?l = 1\n}\nLIMIT 3", (3, 1), "“)”"),
    "undeclared prefix": ("SELECT * {\n ?x a ex:Foo .\n ?x ?y ?z\n}", (2, 7), "“ex:”"),
    "bare word": ("SELECT ?x {\n ?x a ?y .\n ?x b ?z\n}\n", (3, 5), "“b” cannot stand"),
    "unfinished": ("SELECT * {\n ?s ?p ?o\n\n\n", (2, 10), "ends too early"),
    "first word": ("SELEC ?x\n{}", (1, 1), "Did you mean SELECT"),
    "half a clause": ("SELECT ?x { ?x ?y ?z } ORDER ?x", (1, 30), "“BY”"),
    "empty comparison": ("SELECT ?x {\n FILTER(?x > )\n}", (2, 14), "a value"),
    "word after SELECT": ("SELECT ?x\n\n\nWHERE ?x { ?a ?b ?c }", (4, 7), "“{”"),
    "one brace too many": ("SELECT * {\n ?s ?p ?o .\n}}", (3, 2), "“}” cannot stand"),
    "no number": ("SELECT * {\n ?s ?p ?o .\n}\nLIMIT x", (4, 7), "“x” cannot stand"),
    "misspelt clause": ("SELECT ?a\nWHER {\n ?a ?b ?c\n}", (2, 1), "Did you mean WHERE"),
    "misspelt group": ("SELECT * {\n  OPTINAL { ?s ?a ?b }\n}", (2, 3), "Did you mean OPTIONAL"),
    "after other letters": ("SELECT * {\n ?s ?p 'é\U0001f600' FILTR(?o)\n}", (2, 13), "FILTER"),
    "after a comment": ("SELECT * { # } one\n ?s ?p # ?o\n}", (3, 1), "“}”"),
    "open string": ("SELECT ?x {\n ?x a 'foo\n }", (2, 11), "“'”"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_told_at_its_own_place(case: str) -> None:
    """Guards the mark in the editor: line and column of the word that is wrong, not of the next."""
    text, place, told = FAULTS[case]
    found = fault(text)
    assert (found.line, found.column) == place
    assert told in found.detail


def test_a_query_that_is_right_has_no_fault() -> None:
    """Guards that gaps between words change nothing: what the engine takes stays taken."""
    for text in (
        "SELECT * { ?s ?p 1.5, 'a'@en, \"1\"^^xsd:integer ; a gt:Action FILTER(?s<?p && ?s!=?p) }",
        "SELECT (COUNT(*) AS ?n) { << ?s ?p ?o >> ?a [] {| ?b ?c |} } GROUP BY ?s",
        "ASK { ?s (gt:supports|^gt:measures)+/rdfs:label ?o }",
    ):
        assert parse(text) is None
        assert pinpoint(text, parse) is None


@pytest.mark.parametrize(
    "text",
    ["a." * 49_000, "# " * 49_000, "{ " * 60 + "x " * 30_000, "'" * 90_000, "?s " * 30_000],
    ids=["dots", "comments", "words", "quotes", "variables"],
)
def test_no_text_is_slow_to_look_through(text: str) -> None:
    """Guards the worker's time: a long text is looked through a few times and no more."""
    begun = time.monotonic()
    pinpoint(text, parse)
    assert time.monotonic() - begun < 5
