"""Asking: parameters are typed and bound as terms, answers keep the standard's formats."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from goldenthread.errors import BadQuery, BadValue, NotFound
from goldenthread.services.asking import FORMATS, ask
from goldenthread.store import queries
from goldenthread.store.binding import bind, options
from goldenthread.store.dataset import Dataset, reading_graph

TOP = "corporate-priority/4"


def test_short_id_and_iri_are_the_same(shipped: Dataset) -> None:
    """Guards that people may type a short id wherever a program gives an IRI."""
    short = ask(shipped, "thread-down", {"thing": TOP})
    assert short.rows
    iri = short.parameters["thing"].value
    assert iri.startswith("https://")
    assert ask(shipped, "thread-down", {"thing": iri}).rows == short.rows


def test_key_of_a_level_is_enough(shipped: Dataset) -> None:
    """Guards that `level=action` works: a level's key is what people see in short ids."""
    whole = ask(shipped, "things", {"level": "level/action"})
    assert len(ask(shipped, "things", {"level": "action"}).rows) == len(whole.rows) == 51


def test_defaults_are_filled_in(shipped: Dataset) -> None:
    """Guards that a parameter left out, or left empty in a form, takes its default."""
    two = ask(shipped, "things-serving-several", {"level": "service-priority"})
    assert two.parameters["least"].value == "2"
    empty = ask(shipped, "things-serving-several", {"level": "service-priority", "least": ""})
    assert empty.rows == two.rows
    three = ask(shipped, "things-serving-several", {"level": "service-priority", "least": "3"})
    assert 0 < len(three.rows) < len(two.rows)


def test_values_are_never_spliced(shipped: Dataset) -> None:
    """Guards that a value which looks like SPARQL is only ever looked for as words."""
    hostile = '")) } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #'
    assert ask(shipped, "entries-with-words", {"text": hostile}).rows == ()
    with pytest.raises(BadValue, match="cannot be"):
        ask(shipped, "thread-down", {"thing": "urn:x> ?p ?o } #"})


@pytest.mark.parametrize(
    ("name", "params", "told"),
    [
        ("thread-down", {}, ["needs “thing”", "corporate-priority/1"]),
        ("thread-down", {"thing": TOP, "x": "1"}, ["no parameter “x”", "thing (Thing)"]),
        ("levels", {"x": "1"}, ["no parameter “x”", "It has none"]),
        ("thread-down", {"thing": "corporate-priority/99"}, ["cannot be", "corporate-priority/9"]),
        ("thread-down", {"thing": "urn:nothing"}, ["cannot be", "Choose one of"]),
        ("thread-down", {"thing": "1.5"}, ["cannot be", "service-priority/1.5"]),
        ("things-serving-several", {"least": "two"}, ["whole number", "At least how many"]),
        ("things-of-class", {"class": "Dragon"}, ["something here belongs to", "Measure"]),
        ("top-aims-without-period", {"period": "year-9"}, ["period/year-1"]),
    ],
)
def test_wrong_parameters_say_what_is_known(
    shipped: Dataset, name: str, params: dict[str, str], told: list[str]
) -> None:
    """Guards that a slip is answered with what could have been meant, and by one kind of error."""
    with pytest.raises(BadValue) as caught:
        ask(shipped, name, params)
    for words in told:
        assert words in str(caught.value)


def test_dates_are_dates(shipped: Dataset) -> None:
    """Guards the type that no shipped query has yet, with a header made here."""
    from goldenthread.domain.query import Parameter, Query

    query = Query("q", "f", "", "", "", "auditors", "either", (Parameter("on", "date", "Day"),))
    term = bind(shipped, query, {"on": "2026-11-21"}, "corrected")["on"]
    assert str(term) == '"2026-11-21"^^<http://www.w3.org/2001/XMLSchema#date>'
    with pytest.raises(BadValue, match="a date"):
        bind(shipped, query, {"on": "21/11/2026"}, "corrected")


def test_pick_lists(shipped: Dataset) -> None:
    """Guards that a form can offer what there is to choose from, with words for people."""
    parameter = queries.read("top-aims-without-period").parameter("period")
    assert parameter is not None
    assert ("period/2022-23-q1", "Q1 2022/23") in options(shipped, parameter, "corrected")
    levels = queries.read("things").parameter("level")
    assert levels is not None
    assert len(options(shipped, levels, "corrected")) == 5


def test_reading_follows_the_question(shipped: Dataset) -> None:
    """Guards that a question about one reading is asked of it, unless the person says otherwise."""
    assert ask(shipped, "timescales-without-action").reading == "printed"
    assert ask(shipped, "withdrawn-links").reading == "corrected"
    assert ask(shipped, "unscheduled-actions").reading == "corrected"
    assert len(ask(shipped, "unscheduled-actions", reading="printed").rows) == 5
    with pytest.raises(NotFound, match="corrected or printed"):
        ask(shipped, "levels", reading="imagined")


def test_formats(shipped: Dataset) -> None:
    """Guards that each results format of SPARQL 1.1 is whole and says the same rows."""
    answer = ask(shipped, "levels")
    found = json.loads(answer.serialize("json"))
    assert tuple(found["head"]["vars"]) == answer.variables
    assert len(found["results"]["bindings"]) == len(answer.rows) == 5
    rows = list(csv.reader(io.StringIO(answer.serialize("csv").decode())))
    assert len(rows) == 6
    assert len(answer.serialize("tsv").decode().splitlines()) == 6
    root = ET.fromstring(answer.serialize("xml"))  # noqa: S314 - our own bytes
    assert len(list(root.iter("{http://www.w3.org/2005/sparql-results#}result"))) == 5
    assert set(FORMATS) == {"json", "csv", "tsv", "xml"}
    with pytest.raises(BadValue, match="json, csv, tsv, xml"):
        answer.serialize("yaml")


def test_table_leaves_parameters_out(shipped: Dataset) -> None:
    """Guards that people see columns that vary, not the parameter echoed in each row."""
    answer = ask(shipped, "thread-down", {"thing": TOP})
    assert "thing" in answer.variables
    assert "thing" not in answer.columns
    assert answer.heading("basis") == "How we know"
    assert answer.heading("alignment") == "alignment"
    assert set(answer.table()[0]) == set(answer.columns)


def test_own_text(shipped: Dataset) -> None:
    """Guards that a reader's own SELECT, ASK and CONSTRUCT are answered in their formats."""
    select = ask(shipped, "SELECT ?s { ?s a <https://w3id.org/goldenthread/ontology/Theme> }")
    assert len(select.rows) == 3
    assert select.columns == select.variables == ("s",)
    yes = ask(shipped, "ASK { ?s ?p ?o }")
    assert yes.boolean is True
    assert json.loads(yes.serialize()) == {"head": {}, "boolean": True}
    with pytest.raises(BadValue, match="yes or no"):
        yes.serialize("csv")
    graph = ask(shipped, "CONSTRUCT { ?s a <urn:x> } WHERE { ?s ?p 'Place' }")
    assert graph.is_graph
    assert graph.serialize().endswith(b".\n")
    nothing = ask(shipped, "CONSTRUCT { ?s a <urn:x> } WHERE { ?s ?p 'no such words' }")
    assert nothing.is_graph
    assert nothing.serialize() == b""


def test_own_text_may_name_graphs(shipped: Dataset) -> None:
    """Guards that FROM takes effect where it names a graph of ours, and GRAPH reaches them all."""
    count = (
        "SELECT (COUNT(*) AS ?n) {} {{ ?s <https://w3id.org/goldenthread/ontology/inForce> ?o }}"
    )
    asked = {
        r: ask(shipped, count.format(f"FROM <{reading_graph(r).value}>")).rows[0][0].value
        for r in ("corrected", "printed")
    }
    assert int(asked["corrected"]) > int(asked["printed"]) > 0
    assert ask(shipped, count.format("")).rows[0][0].value == asked["corrected"]
    graphs = ask(shipped, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert reading_graph("printed").value in {row[0].value for row in graphs.rows}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "not here"),
        ("SELECT * { ?s ?p", "ends too early.*Expected there"),
        ("", "empty"),
        ("SELECT * { ?s ?p ?o } LIMIT 999999999999999999999", "limit"),
    ],
)
def test_own_text_that_is_refused(shipped: Dataset, text: str, told: str) -> None:
    """Guards that every text that cannot be run is one kind of error, without a traceback."""
    with pytest.raises(BadQuery, match=told):
        ask(shipped, text)


def test_own_text_takes_no_parameters(shipped: Dataset) -> None:
    """Guards that a parameter which would be left unread is refused."""
    with pytest.raises(BadValue, match="query of your own"):
        ask(shipped, "ASK {}", {"x": "1"})


def test_unknown_name(shipped: Dataset) -> None:
    """Guards that a slip in a name is not taken for SPARQL."""
    with pytest.raises(NotFound, match="thread-down"):
        ask(shipped, "thread-dawn")


def test_yaml_is_read_only_where_a_header_is_needed() -> None:
    """Guards the cold start: the text of a query comes without PyYAML."""
    import subprocess
    import sys

    code = (
        "import sys; from goldenthread.store import queries; queries.text('levels'); "
        "raise SystemExit('yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
