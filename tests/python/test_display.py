"""What notebooks show: whole, escaped, without script or style, and readable aloud."""

import re
from html.parser import HTMLParser

import pytest

import goldenthread as gt
from goldenthread.faces.python import display

VOID = {"br"}
ALLOWED = {
    "p",
    "h4",
    "blockquote",
    "ul",
    "li",
    "br",
    "small",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


class Reader(HTMLParser):
    """Reads a fragment: which elements it has, whether they close, and its text."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be this one."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.text += data


def read(html: str) -> Reader:
    """Return a fragment as read; everything in it is closed."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def answers(plan: gt.Plan) -> list[object]:
    """Return an answer of each kind."""
    first = plan.list(next(iter(plan.levels)))[0]
    return [
        plan,
        plan.trace(first),
        plan.gaps(),
        plan.timeline(),
        plan.coverage(),
        plan.check("Measure-target"),
        plan.show(first),
        plan.why(first),
        plan.account(first),
        plan.things(),
        plan.search(first.label),
        plan.judgements(),
        plan.single_threads(),
        plan.supports(),
        plan.queries(),
        plan.query("things-of-class", class_="gt:Action"),
        plan.query("SELECT ?label { ?s rdfs:label ?label }"),
        plan.query("ASK { ?s ?p ?o }"),
    ]


@pytest.mark.parametrize("name", ["plan", "other_plan", "hostile"])
def test_html_is_plain_and_whole(name: str, request: pytest.FixtureRequest) -> None:
    """Guards that no element but lists and tables is made, whatever a label holds."""
    shown = [a._repr_html_() for a in answers(request.getfixturevalue(name))]  # type: ignore[attr-defined]
    assert len(shown) > 10
    for html in shown:
        reader = read(html)
        assert reader.seen
        assert {tag for tag, _ in reader.seen} <= ALLOWED
        assert {key for _, attrs in reader.seen for key in attrs} <= {"scope"}
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", html)


def test_a_hostile_label_is_text(hostile: gt.Plan) -> None:
    """Guards that the label can be read, and is nothing but text, in HTML and at a prompt."""
    focus = next(n for n in hostile.things() if n.label.startswith("=1+1"))
    trace = hostile.trace(focus)
    assert "<script>alert(2)</script>" in read(trace._repr_html_()).text
    assert "\x1b" not in repr(trace)
    assert "\u202e" not in repr(trace)
    assert "alert(2)" in repr(trace)


@pytest.mark.parametrize("name", ["plan", "other_plan"])
def test_tables_can_be_read_aloud(name: str, request: pytest.FixtureRequest) -> None:
    """Guards captions and heads: a screen reader says what a cell is about."""
    html = request.getfixturevalue(name).things()._repr_html_()
    reader = read(html)
    tags = [tag for tag, _ in reader.seen]
    assert tags.count("caption") == tags.count("table") == 1
    scopes = [attrs["scope"] for tag, attrs in reader.seen if tag == "th"]
    assert scopes.count("col") > 2
    assert scopes.count("row") == tags.count("tr") - 1 > 0


def test_long_tables_say_what_is_left_out(plan: gt.Plan) -> None:
    """Guards that a table cut short says so, and where the rest is."""
    html = plan.things()._repr_html_()
    total = len(plan.things())
    assert total > display.MOST_ROWS
    assert f"The first {display.MOST_ROWS} of {total} rows; to_frame() has them all." in html
    assert html.count("<tr>") == display.MOST_ROWS + 1


def test_long_traces_say_what_is_left_out(plan: gt.Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards that a tree cut short says how much of it is missing."""
    monkeypatch.setattr(display, "MOST_BRANCHES", 5)
    html = plan.trace("corporate-priority/4")._repr_html_()
    assert html.count("<li>") == 5
    assert re.search(r"\d+ further places are not shown; to_frame\(\) has all links\.", html)


def test_a_trace_tells_how_each_step_is_known(plan: gt.Plan) -> None:
    """Guards that every thing of the trace stands in the tree, with the basis of its link."""
    trace = plan.trace("corporate-priority/4")
    text = read(trace._repr_html_()).text
    for node in trace.nodes:
        assert " ".join(node.label.split()) in text
    assert text.count("stated in") > 10
    assert "same wording" in text


def test_both_numbers_are_shown(plan: gt.Plan, other_plan: gt.Plan) -> None:
    """Guards that a number which a correction changes is shown with the other reading's."""
    moved = plan.trace("corporate-priority/5")._repr_html_()
    assert "no link is recorded below it. As printed: 2 actions." in moved
    printed = plan.with_reading("printed").trace("corporate-priority/5")._repr_html_()
    assert "2 things below it, 2 links, 2 threads. With corrections: 0 actions." in printed
    assert "As printed:" not in plan.trace("corporate-priority/1")._repr_html_()
    first = other_plan.list(next(iter(other_plan.levels)))[0]
    assert "with corrections" in other_plan.trace(first)._repr_html_()


def test_a_narrowed_trace_says_what_is_left_out(plan: gt.Plan) -> None:
    """Guards that nobody takes a part for the whole."""
    whole = plan.trace("corporate-priority/4")
    part = plan.trace("corporate-priority/4", only={"class": ["action"]})
    left = len(whole.nodes) - len(part.nodes)
    assert left > 5
    assert f"Narrowed to actions: {left} things are left out." in part._repr_html_()


def test_nothing_recorded_is_said(plan: gt.Plan) -> None:
    """Guards the words for nothing: no link recorded, there are none."""
    measure = plan.list(list(plan.levels)[-1])[0]
    assert "no link is recorded below it" in plan.trace(measure)._repr_html_()
    assert "There are none." in plan.search("zyx")._repr_html_()
