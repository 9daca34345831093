"""Frames of pandas and polars: the same rows, columns and types whatever the data."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

import goldenthread as gt
from goldenthread.domain.columns import LINKS
from goldenthread.domain.namespaces import GT
from goldenthread.faces.python import frames
from goldenthread.faces.python.showing import Shown

PANDAS = {"text": "string", "integer": "Int64", "number": "Float64", "truth": "boolean"}
POLARS = {
    "text": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "truth": pl.Boolean,
}


def answers(plan: gt.Plan) -> Iterator[Shown]:
    """Yield an answer of each kind."""
    keys = list(plan.levels)
    first = plan.list(keys[0])[0]
    yield plan
    yield plan.trace(first)
    yield plan.gaps()
    yield plan.timeline()
    yield plan.coverage()
    yield plan.coverage(columns="theme")
    yield plan.check("Measure-target")
    yield plan.show(first)
    yield plan.why(first)
    yield plan.account(first)
    yield plan.list(keys[0])
    yield plan.things()
    yield plan.search(first.label.split()[-1])
    yield plan.judgements()
    yield plan.repairs()
    yield plan.single_threads()
    yield plan.supports()
    yield plan.losing(first)
    yield plan.queries()
    yield plan.query("things-of-class", class_="gt:Action")
    yield plan.query("ASK { ?s ?p ?o }")
    yield plan.query("CONSTRUCT WHERE { ?s a gt:Action }")


@pytest.mark.parametrize("name", ["plan", "other_plan"])
def test_every_table_in_both_libraries(name: str, request: pytest.FixtureRequest) -> None:
    """Guards that each table of each answer is the same frame in pandas and polars."""
    seen = set()
    for answer in answers(request.getfixturevalue(name)):
        for key, table in answer.tables().items():
            seen.add((type(answer).__name__, key))
            in_pandas, in_polars = answer.to_frame(table=key), answer.to_frame("polars", key)
            heads = [c.key for c in table.columns]
            assert list(in_pandas.columns) == in_polars.columns == heads
            assert len(set(heads)) == len(heads)
            assert [str(t) for t in in_pandas.dtypes] == [PANDAS[c.type] for c in table.columns]
            assert in_polars.dtypes == [POLARS[c.type] for c in table.columns]
            expected = [tuple(None if v == "" else v for v in row) for row in table.rows]
            assert in_polars.rows() == expected
            assert list(in_pandas.index) == list(range(len(expected)))
            rows = in_pandas.astype(object).itertuples(index=False, name=None)
            assert [tuple(None if v is pd.NA else v for v in row) for row in rows] == expected
    assert len(seen) > 25


def test_one_row_a_record_of_a_link(plan: gt.Plan) -> None:
    """Guards the promise of `to_frame`: recorded links, pointing up, and no pair made up."""
    trace = plan.trace("corporate-priority/4")
    frame = trace.to_frame()
    assert list(frame.columns) == [c.key for c in LINKS]
    recorded = [(e.iri, k.source, k.target) for k in trace.links for e in k.evidence]
    assert recorded
    found = frame[["alignment_iri", "from_iri", "to_iri"]].itertuples(index=False, name=None)
    assert sorted(found) == sorted(recorded)
    assert set(frame["alignment_iri"]) <= set(plan.to_frame()["alignment_iri"])


def test_nothing_recorded_is_missing(plan: gt.Plan) -> None:
    """Guards missing values: never an empty text, never a number made of nothing."""
    gaps = plan.gaps().to_frame()
    assert gaps["other_reading"].isna().any()
    assert gaps["other_reading"].notna().any()
    assert not (gaps == "").any().any()
    links = plan.to_frame("polars")
    assert links["rests_on"].null_count() > 0
    assert links.filter(pl.col("rests_on") == "").is_empty()


def test_types_do_not_depend_on_rows(plan: gt.Plan) -> None:
    """Guards that an answer without rows has the columns and types of one with rows."""
    measure = list(plan.levels)[-1]
    nothing = plan.trace(plan.list(measure)[0], "down").to_frame()
    assert nothing.empty
    assert nothing.dtypes.equals(plan.to_frame().dtypes)


@pytest.mark.parametrize(
    ("written", "expected", "dtype"),
    [
        ("1 2", [1, 2], "Int64"),
        ("1 2.5", [1.0, 2.5], "Float64"),
        ("1.5e3 UNDEF", [1500.0, None], "Float64"),
        ("true false", [True, False], "boolean"),
        ("true 1", ["true", "1"], "string"),
        ('"x"^^xsd:integer', ["x"], "string"),
        ("9223372036854775808", ["9223372036854775808"], "string"),
        ('"2026-11-21"^^xsd:date', ["2026-11-21"], "string"),
        ("gt:Action 7", ["https://w3id.org/goldenthread/ontology/Action", "7"], "string"),
        ("UNDEF", [None], "string"),
        ('"a"@en "b"', ["a", "b"], "string"),
    ],
)
def test_the_types_of_a_query(
    plan: gt.Plan, written: str, expected: list[object], dtype: str
) -> None:
    """Guards that datatypes become types, and what does not fit them stays as written."""
    frame = plan.query(f"SELECT ?v WHERE {{ VALUES ?v {{ {written} }} }}").to_frame()
    assert [None if v is pd.NA else v for v in frame["v"].astype(object)] == expected
    assert str(frame["v"].dtype) == dtype


def test_cells_that_look_like_formulas_stay_as_they_are(hostile: gt.Plan) -> None:
    """Guards that frames hold the words of the data; only files for spreadsheets change them."""
    words = hostile.things().to_frame()["words"]
    assert words.str.startswith("=1+1").any()


def test_another_library_or_table_is_told(plan: gt.Plan) -> None:
    """Guards the messages: what there is instead."""
    with pytest.raises(gt.BadValue, match="pandas or polars"):
        plan.gaps().to_frame("arrow")  # type: ignore[call-overload]
    with pytest.raises(gt.NotFound, match="It has: gaps") as told:
        plan.gaps().to_frame(table="links")
    assert [name for name, _ in told.value.nearest] == ["gaps"]


@pytest.mark.parametrize("library", frames.LIBRARIES)
def test_a_missing_library_says_what_to_install(
    plan: gt.Plan, library: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards the message for those who have not installed the extra."""
    real: Callable[..., Any] = frames.import_module

    def absent(name: str) -> Any:
        if name == library:
            raise ImportError(name)
        return real(name)

    monkeypatch.setattr(frames, "import_module", absent)
    with pytest.raises(gt.Unavailable, match=f"pip install {library}.*extra “frames”"):
        plan.gaps().to_frame(library)


def test_nothing_at_all_is_an_answer_too(tmp_path: Path) -> None:
    """Guards data without a plan, a level or a thing: empty frames, and no error of a library."""
    file = tmp_path / "nothing.ttl"
    file.write_text(f"<https://example.org/a> a <{GT}Cell> .", encoding="utf-8")
    plan = gt.open(file)
    for answer in (plan, plan.things(), plan.gaps(), plan.timeline(), plan.supports()):
        assert answer.to_frame().empty
        assert answer.to_frame("polars").is_empty()
        assert answer._repr_html_() is not None
        assert answer.to_json()
    with pytest.raises(gt.BadValue, match="no levels"):
        plan.coverage()


def test_rdf_about_something_else_is_no_plan(tmp_path: Path) -> None:
    """Guards against a false all-clear: what has none of our terms is refused, as on commands."""
    file = tmp_path / "other.ttl"
    file.write_text("<https://example.org/a> a <https://example.org/B> .", encoding="utf-8")
    with pytest.raises(gt.NotFound, match="There is no plan in"):
        gt.open(file)


def test_rows_without_a_variable_are_rows(plan: gt.Plan) -> None:
    """Guards `SELECT * {}`, which has one row and no column and is no graph."""
    answer = plan.query("SELECT * {}")
    assert not answer.is_graph
    assert answer.to_frame().shape == (1, 0)
    assert answer.to_json()["head"]["vars"] == []
