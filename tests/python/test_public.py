"""The public names: few, sorted, typed, documented, loaded when used."""

import dataclasses
import doctest
import inspect
import pickle
import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

import goldenthread as gt
from goldenthread import errors
from goldenthread.faces.python import opening
from goldenthread.faces.python.showing import Shown
from goldenthread.store.dataset import Dataset

SOURCE = Path(gt.__file__).parent
MODULES = sorted(
    f"goldenthread.faces.python.{p.stem}"
    for p in (SOURCE / "faces" / "python").glob("*.py")
    if p.stem != "__init__"
)
METHODS = [
    name
    for name, member in inspect.getmembers(gt.Plan)
    if not name.startswith("_") and (callable(member) or isinstance(member, property))
]


def loaded(code: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after running code."""
    told = f"{code}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, check=True, timeout=60, text=True
    )
    return set(done.stdout.split())


def test_names_are_sorted_and_there() -> None:
    """Guards the list of public names: `dir`, `from goldenthread import *` and types agree."""
    assert len(gt.__all__) > 15
    assert sorted(gt.__all__) == gt.__all__
    assert set(gt.__all__) <= set(dir(gt))
    for name in gt.__all__:
        assert getattr(gt, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'shut'"):
        _ = gt.shut  # type: ignore[attr-defined]


def test_every_error_is_public() -> None:
    """Guards that whoever catches an error finds its name beside `open`."""
    tree = {n for n, e in vars(errors).items() if inspect.isclass(e) and issubclass(e, Exception)}
    assert len(tree) > 5
    assert tree <= set(gt.__all__)
    assert gt.NotFound is errors.NotFound


def test_importing_loads_nothing() -> None:
    """Guards the cold start: `import goldenthread` costs the command line nothing."""
    bare = loaded("")
    found = {m for m in loaded("import goldenthread") - bare if m.startswith("goldenthread")}
    assert found == {"goldenthread"}


def test_opening_loads_no_library_of_frames() -> None:
    """Guards that pandas, polars, networkx and rdflib are loaded when they are asked for."""
    code = "import goldenthread as gt; gt.open().trace('corporate-priority/4').to_json()"
    found = loaded(code)
    assert "pyoxigraph" in found
    heavy = {"pandas", "polars", "networkx", "rdflib", "pyshacl", "fastapi", "click", "openpyxl"}
    assert not heavy & found


def test_nothing_below_knows_of_the_interface() -> None:
    """Guards the layers: no module inside the package imports the package's public names."""
    checked = [p for p in SOURCE.rglob("*.py") if p.parent != SOURCE and p.stem != "reference"]
    assert len(checked) > 80
    for path in checked:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not line.startswith(("from goldenthread import", "import goldenthread as")), path


@pytest.mark.parametrize("module", MODULES)
def test_examples_in_docstrings(
    module: str, shipped: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards that each example gives what it says; all look at one data set, for speed."""
    monkeypatch.setattr(opening, "plan_paths", lambda _: [])
    monkeypatch.setattr(opening.Dataset, "open", lambda *_: shipped)
    found = doctest.testmod(import_module(module), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.failed == 0


def test_there_are_examples() -> None:
    """Guards the test above against finding nothing to run."""
    finder = doctest.DocTestFinder()
    counts = [len(t.examples) for m in MODULES for t in finder.find(import_module(m))]
    assert sum(counts) > 30


@pytest.mark.parametrize("name", METHODS)
def test_every_method_is_documented(name: str) -> None:
    """Guards that each method says what it returns, and what it takes and raises."""
    member = getattr(gt.Plan, name)
    text = inspect.getdoc(member.fget if isinstance(member, property) else member) or ""
    assert text.startswith("Return "), name
    if isinstance(member, property):
        return
    takes = [p for p in inspect.signature(member).parameters if p != "self"]
    for parameter in takes:
        assert f"    {parameter}: " in text or name in ("search", "with_reading"), parameter


def test_the_reference_has_every_public_name() -> None:
    """Guards that whatever can be imported can be looked up."""
    page = Path(__file__).parents[2].joinpath("docs", "reference", "python.md")
    text = page.read_text(encoding="utf-8")
    for name in gt.__all__:
        kind = getattr(gt, name)
        if inspect.isclass(kind) and issubclass(kind, Shown) and kind is not gt.Plan:
            assert f"### {name}\n" in text
        elif inspect.isclass(kind) and issubclass(kind, Exception):
            assert f"`{name}`" in text
    for name in METHODS:
        assert f"### plan.{name}\n" in text or name in vars(Shown), name


def test_answers_are_the_domains_own_values(plan: gt.Plan) -> None:
    """Guards that an answer is the domain's frozen value with no field more."""
    for kind in (gt.Trace, gt.GapReport, gt.Matrix, gt.Report, gt.Description, gt.Explanation):
        own = next(c for c in kind.__mro__[1:] if dataclasses.is_dataclass(c))
        assert own.__module__.startswith("goldenthread.domain.")
        assert dataclasses.fields(kind) == dataclasses.fields(own)
    trace = plan.trace("corporate-priority/4")
    with pytest.raises(dataclasses.FrozenInstanceError):
        trace.omitted = 1  # type: ignore[misc]
    assert trace == plan.trace("corporate-priority/4")
    copy = pickle.loads(pickle.dumps(trace))  # noqa: S301 - made here
    assert copy == trace
    assert copy._repr_html_()


def test_lists_are_sequences(plan: gt.Plan) -> None:
    """Guards that lists have a length, an order, items by place, and slices."""
    found = plan.things()
    assert len(found) == len(list(found)) > 100
    assert found[0] in found
    assert found[:2] == (found[0], found[1])
    assert found[-1] is list(found)[-1]


def test_what_one_answer_names_can_be_asked_about(plan: gt.Plan) -> None:
    """Guards that values with an IRI stand for it wherever a thing is asked for."""
    matrix = plan.coverage()
    trace = plan.trace(matrix.rows[3])
    assert trace.focus.id == matrix.rows[3].id
    best = trace.links[0].best
    assert best is not None
    assert plan.why(best).subject == best.iri
    assert plan.show(plan.judgements()[0]).kind
    assert plan.losing(matrix.rows[0]).to_json()["things"]
    low = trace.node(trace.links[0].source)
    rows = plan.query("entries-of-thing", thing=low).rows
    assert rows
    assert rows == plan.query("entries-of-thing", thing=low.id).rows


def test_parameters_take_values_of_python(plan: gt.Plan) -> None:
    """Guards numbers, dates, and names that Python keeps for itself."""
    assert plan.query("things-of-class", class_="Action").rows
    with pytest.raises(gt.BadValue, match="no parameter"):
        plan.query("things-of-class", kind=date(2026, 11, 21))
    with pytest.raises(gt.BadValue, match="go with the queries of the library"):
        plan.query("ASK { ?s ?p ?o }", level=1)


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda p: p.trace("corporate-priority/99"), gt.NotFound),
        (lambda p: p.trace("and"), gt.Ambiguous),
        (lambda p: p.trace("corporate-priority/4", "sideways"), gt.BadValue),
        (lambda p: p.gaps("no such level"), gt.NotFound),
        (lambda p: p.coverage("no such level"), gt.BadValue),
        (lambda p: p.check("no-such-rule"), gt.NotFound),
        (lambda p: p.query("no-such-query"), gt.NotFound),
        (lambda p: p.query("SELECT * WHERE {"), gt.BadQuery),
        (lambda p: p.query("DELETE WHERE { ?s ?p ?o }"), gt.BadQuery),
        (lambda p: p.query("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"), gt.BadQuery),
        (lambda p: p.search("  "), gt.BadValue),
        (lambda p: p.list("no such class"), gt.NotFound),
        (lambda p: p.with_reading("imagined"), gt.NotFound),
        (lambda _: gt.open("no/such/folder"), gt.NotFound),
        (lambda _: gt.open(reading="imagined"), gt.NotFound),
    ],
)
def test_errors_are_those_of_the_tree(plan: gt.Plan, ask: object, error: type[Exception]) -> None:
    """Guards that every mistake raises the error that its docstring names."""
    assert callable(ask)
    with pytest.raises(error):
        ask(plan)


def test_readings_are_two_plans_over_one_data_set(plan: gt.Plan) -> None:
    """Guards that the other reading is asked without loading anything again."""
    printed = plan.with_reading("printed")
    assert (plan.reading, printed.reading) == ("corrected", "printed")
    assert printed._dataset is plan._dataset
    there = printed.trace("corporate-priority/5")
    assert there.reading == "printed"
    assert len(there.links) > len(plan.trace("corporate-priority/5").links)


def test_graphs(plan: gt.Plan) -> None:
    """Guards the networkx graphs: edges point up, and threads follow no cross-reference."""
    everything, threads = plan.to_networkx(), plan.to_networkx(threads=True)
    kinds = {data["property"] for _, _, data in threads.edges(data=True)}
    assert kinds == {"supports", "measures"}
    assert kinds < {data["property"] for _, _, data in everything.edges(data=True)}
    assert set(threads) == {node.iri for node in plan.things()}
    trace = plan.trace("corporate-priority/4")
    graph = trace.to_networkx()
    pairs = {(link.source, link.target) for link in trace.links}
    assert set(graph.edges()) == pairs
    assert pairs <= set(threads.edges())
    near = plan.show("service-priority/1.4").to_networkx()
    assert near.number_of_edges() == len(plan.show("service-priority/1.4").to_frame(table="links"))


def test_every_answer_has_a_summary_and_a_short_repr(plan: gt.Plan) -> None:
    """Guards what a prompt prints: one line, and not the whole plan."""
    for answer in (
        plan,
        plan.gaps(),
        plan.coverage(),
        plan.things(),
        plan.why("service-priority/1.4"),
    ):
        assert isinstance(answer, Shown)
        assert repr(answer) == f"<{type(answer).__name__}: {answer.summary}>"
        assert len(repr(answer)) < 300


def test_the_examples_of_the_manual(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards that the pages show what Python answers."""
    monkeypatch.delenv("GOLDENTHREAD_DATA", raising=False)
    # The reference is made from docstrings, whose examples are run above.
    pages = sorted((Path(__file__).parents[2] / "docs").glob("*.md"))
    tried = 0
    for page in pages:
        if ">>> " in page.read_text(encoding="utf-8"):
            done = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
            assert done.failed == 0, page
            tried += done.attempted
    assert tried > 5
