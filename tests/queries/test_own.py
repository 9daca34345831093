"""A plan's own queries: a file in its folder joins the library, a mistake in it is told by line."""

import re
import shutil
from pathlib import Path

import pytest

from goldenthread.errors import NotFound, Unreadable
from goldenthread.services.asking import ask, library
from goldenthread.store import queries
from goldenthread.store.binding import choices
from goldenthread.store.dataset import Dataset
from goldenthread.store.filling import filled

PLAN = Path(__file__).parents[1] / "cases" / "plan-four-levels"
GOOD = """#+ summary: Things of a level that carry a word.
#+ question: Which things of this level carry this word?
#+ audience: analysts
#+ reading: either
#+ parameters:
#+   - name: level
#+     type: iri
#+     label: Level
#+     required: true
#+     options: levels
#+ columns:
#+   thing: Thing
#+   label: Name
#+ chart: {kind: bar, label: label, value: words}
PREFIX gt: <https://w3id.org/goldenthread/ontology/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?label (STRLEN(?label) AS ?words) ?level
WHERE { ?thing gt:atLevel ?level ; rdfs:label ?label . }
ORDER BY ?label
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Return a copy of the made-up plan, to add queries to."""
    folder = tmp_path / "harbour"
    shutil.copytree(PLAN, folder)
    (folder / "queries" / "places").mkdir(parents=True)
    return folder


def test_a_file_in_a_plans_folder_joins_the_library(plan: Path) -> None:
    """Guards that a council adds a question with one file, and that it is asked as any other."""
    (plan / "queries" / "my-words.rq").write_text(GOOD, encoding="utf-8")
    (plan / "queries" / "places" / "my-places.rq").write_text(GOOD, encoding="utf-8")
    data = Dataset.open([plan])
    found, wrong = library(data).all()
    assert not wrong
    own = [q for q in found if q.own]
    assert [(q.name, q.folder) for q in own] == [("my-words", "own"), ("my-places", "places")]
    assert len(found) == len(queries.names()) + 2
    level = choices(data, own[0].parameters[0], "corrected")[0]
    assert level.value.startswith("https://")
    assert level.short in level.value
    answer = ask(data, "my-words", {"level": level.value})
    assert answer.rows
    assert "my-words" not in queries.names(), "the library of other plans is as it was"


def edited(old: str, new: str) -> str:
    """Return the good query with one thing changed."""
    assert old in GOOD
    return GOOD.replace(old, new)


WRONG = {
    "not YAML": (edited("#+ question: Which", "#+ question: [Which"), 2, "not YAML"),
    "no header": ("SELECT * {}\n", 1, "does not begin with a header"),
    "missing": (edited("#+ audience: analysts\n", ""), 1, "lacks audience. Add it"),
    "audience": (edited("analysts", "all"), 3, "policy staff, analysts or auditors"),
    "unknown key": (edited("#+ reading: either", "#+ reading: either\n#+ x: 1"), 5, "“x”"),
    "reading": (edited("either", "both"), 4, "corrected, printed or either"),
    "summary": (edited("Things of a level that carry a word.", "3"), 1, "no text"),
    "columns": (edited("#+   thing: Thing\n#+   label: Name", "#+   - thing"), 11, "Make it one"),
    "parameters": (edited("#+   - name: level", "#+    name: level"), None, ""),
    "no list": (edited("#+     type: iri", "#+     type: IRI"), 7, "iri, string"),
    "reserved": (edited("- name: level", "- name: format"), 6, "cannot be named “format”"),
    "parameter key": (edited("required", "requird"), 9, "parameters has an unknown key"),
    "chart key": (edited("kind: bar", "kid: bar"), 14, "chart has an unknown key"),
    "chart kind": (edited("kind: bar", "kind: pie"), 14, "bar, column or matrix"),
    "chart text": (edited("{kind: bar, label: label, value: words}", "bar"), 14, "has no keys"),
    "matrix": (edited("kind: bar", "kind: matrix"), 14, "A matrix has a column"),
    "chart column": (edited("value: words", "value: many"), 14, "?many"),
    "heading": (edited("#+   label: Name", "#+   name: Name"), 11, "?name"),
    "options": (edited("options: levels", "options: levls"), 10, "no such query"),
    "syntax": (edited("WHERE {", "WERE {"), 18, "Did you mean WHERE"),
    "service": (edited("WHERE {", "WHERE { SERVICE <urn:x> {}"), 18, "SERVICE is refused"),
    "graph": (edited("WHERE {", "FROM <file:///etc/passwd> WHERE {"), 18, "FROM names a graph"),
    "not projected": (edited("AS ?words) ?level", "AS ?words)"), 15, "Add ?level to it"),
    "no SELECT": (
        edited("SELECT ?thing ?label (STRLEN(?label) AS ?words) ?level", "ASK").replace(
            "ORDER BY ?label\n", ""
        ),
        15,
        "Write it as a SELECT",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_is_told_with_file_line_and_what_to_do(plan: Path, case: str) -> None:
    """Guards that whoever writes a query is led to the line, and that others still work."""
    text, line, told = WRONG[case]
    path = plan / "queries" / "my-words.rq"
    path.write_text(text, encoding="utf-8")
    data = Dataset.open([plan])
    with pytest.raises(Unreadable) as caught:
        library(data).read("my-words")
    assert str(caught.value).startswith(f"{path}:")
    assert told in str(caught.value)
    if line is not None:
        assert caught.value.line == line
    found, wrong = library(data).all()
    assert [str(w) for w in wrong] == [str(caught.value)]
    assert len(found) == len(queries.names())
    assert ask(data, "levels").rows


@pytest.mark.parametrize(("name", "told"), [("levels", "levels.rq"), ("My Words", "lower-case")])
def test_a_name_that_cannot_be_is_refused(plan: Path, name: str, told: str) -> None:
    """Guards that what ships is never replaced, that names stand in addresses, that others work."""
    path = plan / "queries" / f"{name}.rq"
    path.write_text(GOOD, encoding="utf-8")
    data = Dataset.open([plan])
    found, wrong = library(data).all()
    assert [q.name for q in found] == queries.names()
    assert [told in str(w) and str(w).startswith(f"{path}: ") for w in wrong] == [True]
    assert ask(data, "levels").query == queries.read("levels")


def test_a_query_that_is_no_text(plan: Path) -> None:
    """Guards bytes that are no UTF-8: told with the file, and no other query is lost."""
    (plan / "queries" / "my-words.rq").write_bytes(b"\xff\xfe\x00")
    found, wrong = library(Dataset.open([plan])).all()
    assert len(wrong) == 1
    assert "UTF-8" in str(wrong[0])
    assert found


def test_nothing_of_a_plan_that_is_not_open(shipped: Dataset) -> None:
    """Guards that the library of one data set does not leak into another."""
    with pytest.raises(NotFound):
        ask(shipped, "my-words")


def test_a_value_cannot_leave_the_place_it_is_written_into(shipped: Dataset) -> None:
    """Guards that a hostile value is a term in the editor's text too."""
    hostile = '" } SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #'
    answer = ask(shipped, "entries-with-words", {"text": hostile})
    assert answer.query is not None
    again = ask(shipped, filled(answer.query.text, answer.parameters))
    assert again.rows == ()


def test_the_example_of_the_manual_works(plan: Path) -> None:
    """Guards docs/how-to.md: the file shown there is proved, asked and drawn."""
    manual = (Path(__file__).parents[2] / "docs" / "how-to.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```sparql\n(#\+.*?)```", manual, re.DOTALL)
    (plan / "queries" / "words-in-names.rq").write_text(shown, encoding="utf-8")
    data = Dataset.open([plan])
    found = ask(data, "words-in-names", {"level": "task", "word": "e"})
    assert found.rows
    assert found.picture() is not None
