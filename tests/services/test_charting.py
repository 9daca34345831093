"""Charts: what is drawn, in which order, and the words that say the same."""

from xml.etree import ElementTree as ET

import pytest

from goldenthread.domain.picturing import MOST_DRAWN, picture, suggested
from goldenthread.domain.query import CHARTS, Chart
from goldenthread.domain.series import Grid, Series
from goldenthread.services.asking import ask
from goldenthread.services.charting import draw
from goldenthread.store import queries
from goldenthread.store.dataset import Dataset

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = [n for n in queries.names() if queries.read(n).chart and not queries.read(n).needs]


@pytest.mark.parametrize("name", DRAWN)
def test_what_a_header_asks_for_is_drawn(shipped: Dataset, name: str) -> None:
    """Guards that each amount of the rows stands in the picture, and its words in the text."""
    found = ask(shipped, name)
    shown = found.picture()
    assert shown is not None
    if isinstance(shown, Grid):
        assert len(shown.cells) == len(found.rows)
        return
    root = ET.fromstring(draw(shown))  # noqa: S314 - our own bytes
    assert root.get("role") == "img"
    assert len(root.findall(f"{SVG}rect")) == len(found.rows) == shown.total
    text = " ".join(root.itertext())
    assert all(f"{value:g}" in text for _, value in shown.points)
    assert shown.sentence in text


def test_each_kind_is_drawn() -> None:
    """Guards that the test above looks at every kind of chart."""
    assert {queries.read(n).chart.kind for n in DRAWN} == set(CHARTS)  # type: ignore[union-attr]


def rows(*values: str) -> list[dict[str, str]]:
    """Return rows of a name and an amount."""
    return [{"name": f"n{i}", "n": v} for i, v in enumerate(values)]


def test_bars_are_as_long_as_their_amounts() -> None:
    """Guards the scale: it begins at nothing and the largest amount is the longest bar."""
    shown = picture(Chart("bar", ("name",), "n"), {}, rows("2", "4", "0"))
    assert isinstance(shown, Series)
    root = ET.fromstring(draw(shown))  # noqa: S314 - our own bytes
    wide = [float((r.get("width") or "").rstrip("%")) for r in root.findall(f"{SVG}rect")]
    assert wide[0] == pytest.approx(wide[1] / 2)
    assert wide[2] == 0


def test_what_cannot_be_drawn_is_not() -> None:
    """Guards against pictures that mislead: nothing below nought, nothing without an amount."""
    chart = Chart("bar", ("name",), "n")
    assert picture(chart, {}, rows("1", "-1")) is None
    assert picture(chart, {}, rows("", "")) is None
    assert picture(chart, {}, rows("many", "NaN", "INF")[:1]) is None
    assert picture(chart, {}, []) is None
    twice = [{"name": "a", "by": "x", "n": "1"}] * 2
    assert picture(Chart("matrix", ("name",), "n", "by"), {}, twice) is None


def test_many_rows_are_cut_and_said_to_be() -> None:
    """Guards that a picture of some rows says so; columns that are too many become bars."""
    shown = picture(Chart("column", ("name",), "n"), {}, rows(*["1"] * (MOST_DRAWN + 5)))
    assert isinstance(shown, Series)
    assert shown.kind == "bar"
    assert shown.cut
    assert f"the first {MOST_DRAWN} of {MOST_DRAWN + 5}" in shown.sentence


def test_hostile_labels_are_text() -> None:
    """Guards the picture: a label can neither be markup nor turn the words around it."""
    hostile = [{"name": '"><script>alert(1)</script> \u202e', "n": "1"}] * 1
    shown = picture(Chart("bar", ("name",), "n"), {}, hostile)
    assert isinstance(shown, Series)
    drawn = draw(shown)
    assert "<script" not in drawn
    assert "\u202e" not in drawn


def test_a_readers_rows_are_drawn_where_that_makes_sense(shipped: Dataset) -> None:
    """Guards what is drawn unasked: a few named rows with an amount, and nothing else."""
    counted = ask(shipped, "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c")
    shown = counted.picture()
    assert isinstance(shown, Series)
    assert any(name.startswith("gt:") for name, _ in shown.points)
    assert ask(shipped, "SELECT ?s { ?s a gt:Action }").picture() is None
    assert ask(shipped, "ASK {}").picture() is None
    numbers = ask(shipped, "SELECT ?s ?number { ?s a gt:Aim ; skos:notation ?number }")
    assert numbers.picture() is None, "a number that is a name is no amount"
    assert suggested(["name"], set(), rows("1", "2")) is None


def test_columns_of_a_matrix_keep_the_order_of_their_rows(shipped: Dataset) -> None:
    """Guards periods: a year that the first rows leave out still stands in its place."""
    cells = [("a", "1", "1"), ("a", "3", "1"), ("b", "2", "1"), ("b", "3", "1"), ("c", "1", "1")]
    found = [{"name": r, "by": c, "n": n} for r, c, n in [*cells, ("c", "2", "1")]]
    shown = picture(Chart("matrix", ("name",), "n", "by"), {}, found)
    assert isinstance(shown, Grid)
    assert shown.columns == ("1", "2", "3")
    periods = [row["periodLabel"].value for row in shipped.rows(queries.text("periods"))]
    drawn = ask(shipped, "actions-by-top-aim-and-period").picture()
    assert isinstance(drawn, Grid)
    assert list(drawn.columns) == [p for p in periods if p in drawn.columns]
