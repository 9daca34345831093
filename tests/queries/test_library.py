"""The files of the query library: their headers, their form, and what they may not say."""

import re

import pytest

from goldenthread.domain.query import CHARTS, Query
from goldenthread.errors import NotFound
from goldenthread.services.asking import ask
from goldenthread.store import queries, resources
from goldenthread.store.dataset import Dataset

NAMES = queries.names()
_NOT_CODE = re.compile(r"#[^\n]*|\"(?:[^\"\\]|\\.)*\"|<[^<>\s]*>")


def code(query: Query) -> str:
    """Return the text of a query without comments, strings and IRIs."""
    kept = [line for line in query.text.splitlines() if not line.startswith("#")]
    return _NOT_CODE.sub(" ", "\n".join(kept))


def projected(query: Query) -> set[str]:
    """Return the variables of the outermost SELECT."""
    head = code(query).split("WHERE", 1)[0].split("SELECT", 1)[1]
    named = set(re.findall(r"AS\s+\?(\w+)\s*\)", head))
    plain = re.sub(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", " ", head)
    return named | set(re.findall(r"\?(\w+)", plain))


def blocks(text: str, opening: str) -> list[str]:
    """Return what stands in the braces that follow each `opening`, nested ones included."""
    found = []
    for match in re.finditer(opening + r"\s*\{", text):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        found.append(text[match.end() : end - 1])
    return found


def own_triples(block: str) -> int:
    """Return how many triples a group states itself, leaving out groups and filters inside it."""
    while (shorter := re.sub(r"\{[^{}]*\}", " ", block)) != block:
        block = shorter
    block = re.sub(r"FILTER\s*(NOT\s+)?(EXISTS)?|\bBIND\s*\([^)]*\)", " ", block)
    return len([part for part in re.split(r"\.(?=\s|$)|;", block) if part.strip()])


def test_there_are_queries() -> None:
    """Guards that the tests below look at something, and that rules of derivation stay out."""
    assert len(NAMES) >= 36
    assert queries.library().all()[1] == []
    assert not any((resources.root() / "queries/derive" / f"{n}.rq").exists() for n in NAMES)


def test_names_are_unique_and_kebab_case() -> None:
    """Guards that a name is enough to ask for a query, whatever its folder."""
    files = [p for p in resources.files("queries", "*.rq") if p.parent.name != "derive"]
    assert files
    assert len({p.stem for p in files}) == len(files)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", p.stem) for p in files)


@pytest.mark.parametrize("name", NAMES)
def test_header(name: str) -> None:
    """Guards that each query says what its rows are, what it answers, for whom, in what reading."""
    query = queries.read(name)
    assert query.summary.endswith(".")
    assert query.question.endswith("?")
    assert query.columns
    assert set(query.columns) <= projected(query)
    for parameter in query.parameters:
        assert parameter.options is None or parameter.options in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_parameters_are_projected(name: str) -> None:
    """Guards that parameters can be bound: the engine substitutes projected variables alone."""
    query = queries.read(name)
    assert {p.name for p in query.parameters} <= projected(query)


@pytest.mark.parametrize("name", NAMES)
def test_rows_come_in_an_order(name: str) -> None:
    """Guards that the same question gives the same rows in the same order."""
    assert "ORDER BY" in code(queries.read(name)).rsplit("}", 1)[1]


@pytest.mark.parametrize("name", NAMES)
def test_says_nothing_of_one_plan(name: str) -> None:
    """Guards that a question holds for plans with other levels, names and numbers."""
    query = queries.read(name)
    for special in ("CorporatePriority", "ServicePriority", "Promise", "occ-", "GRAPH", "SERVICE"):
        assert special not in code(query)
    for word in ("Oxfordshire", "OCC", "L&H"):
        assert word not in query.text


@pytest.mark.parametrize("name", NAMES)
def test_absence_is_asked_one_step_at_a_time(name: str) -> None:
    """Guards that work grows as the data does.

    Several triples in one NOT EXISTS make Oxigraph join them anew for every row: 54 seconds
    instead of one over a thousand plans. Each step has to be an EXISTS inside the one before.
    """
    for block in blocks(code(queries.read(name)), r"EXISTS"):
        assert own_triples(block) <= 1, block
        # A sequence path is several steps in one triple, and slower still.
        assert "/" not in block, block


def test_the_guard_on_absence_works() -> None:
    """Guards the guard: the bad form is recognised, the good one let through."""
    bad = "FILTER NOT EXISTS { ?a gt:supports ?b . ?a gt:atLevel ?c }"
    worse = "FILTER NOT EXISTS { ?a gt:supports ?b ; gt:atLevel ?c }"
    good = "FILTER NOT EXISTS { ?a gt:supports ?b . FILTER EXISTS { ?a gt:atLevel ?c } }"
    assert [own_triples(b) for b in blocks(bad, "EXISTS")] == [2]
    assert [own_triples(b) for b in blocks(worse, "EXISTS")] == [2]
    assert [own_triples(b) for b in blocks(good, "EXISTS")] == [1, 1]


@pytest.mark.parametrize("name", NAMES)
def test_passes_the_guard_on_readers_queries(name: str) -> None:
    """Guards that what ships can be pasted into the editor and run."""
    assert queries.guard(queries.text(name)) is False


@pytest.mark.parametrize("name", NAMES)
def test_the_raw_text_runs_without_parameters(shipped: Dataset, name: str) -> None:
    """Guards that a query pasted into the editor, where nothing is bound, still gives an answer."""
    # Matching every thing with words or periods that are not bound gives no row, and no error.
    answer = ask(shipped, queries.text(name))
    assert answer.variables


def test_an_unknown_name_gets_the_nearest() -> None:
    """Guards that a slip in a name is answered with what was meant."""
    with pytest.raises(NotFound, match="unscheduled-actions") as caught:
        queries.read("unscheduled-action")
    assert caught.value.nearest[0][0] == "unscheduled-actions"
    with pytest.raises(NotFound):
        queries.text("../derive/00-in-force")


def test_folder_and_suffix_are_understood() -> None:
    """Guards that a name copied from a file listing works."""
    assert queries.read("gaps/unscheduled-actions.rq").name == "unscheduled-actions"


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_shows_columns_that_are_there(name: str) -> None:
    """Guards that what a header draws is in its rows, and has a heading for people."""
    query = queries.read(name)
    if query.chart is not None:
        assert set(query.chart.variables) <= set(query.columns)


def test_some_queries_are_drawn() -> None:
    """Guards that the test above looks at each kind of chart."""
    charts = {q.chart.kind for n in NAMES if (q := queries.read(n)).chart}
    assert charts == set(CHARTS)
