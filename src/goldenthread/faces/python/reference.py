"""Write the reference of the Python interface from itself: what can be asked, and every frame."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cached_property
from textwrap import dedent

from goldenthread.domain.table import Column, Table
from goldenthread.faces.python import findings, lists, texts, values
from goldenthread.faces.python.opening import open as open_plan
from goldenthread.faces.python.plan import Plan
from goldenthread.faces.python.showing import Shown, shown
from goldenthread.services.briefing import briefing
from goldenthread.store.dataset import Dataset

_PROPERTIES = (property, cached_property)
_MADE = "Made from the program by `make reference`; do not edit."
_PYTHON = f"""# Python

{_MADE}

```python
import goldenthread as gt

plan = gt.open()
plan.trace("corporate-priority/4").to_frame()
```

Every answer is a frozen value: it holds what is listed below, says itself in `summary`, shows
itself in a notebook, and has `to_json()` and `to_frame()`; [what is in each frame](frames.md).
Frames need pandas or polars: install goldenthread with its extra `frames`. Errors are the classes
`NotFound`, `Ambiguous`, `Unreadable`, `BadQuery`, `BadValue` and `Unavailable`, all of them
`GoldenthreadError`; each says what happened, why and what to do.
"""
_FRAMES = f"""# Frames

{_MADE}

`to_frame()` gives the first table of an answer, `to_frame(table="...")` another, and
`to_frame("polars")` a frame of polars. Columns have the same types whatever the data:

| type | pandas | polars |
|---|---|---|
| text | `string` | `String` |
| integer | `Int64` | `Int64` |
| number | `Float64` | `Float64` |
| truth | `boolean` | `Boolean` |

What is not recorded is missing (`<NA>`, `null`), and never an empty text or 0. Words are as in the
data. There are no pairs but recorded ones: two things listed in one row of a document are in no
row here unless the document, a rule or a judgement links them; `how_we_know` and `asserted_by` say
which. `plan.to_frame()` has links of every kind; those with the property `supports` or `measures`
make threads.
"""
_NOTES = {
    "Coverage": "One row a row of the matrix; a cell counts what is linked to its row and column.",
    "Timeline": "One row a thing; those without a timescale come last.",
    "Cells": "One row for each thing that a cell counts; empty cells have none.",
}
_ANSWERS = """## Answers

One row an answer of a query. The columns are those of the query; [the library](queries.md) says
what each holds. Whole numbers, numbers and truth have their type where all values of a column are
such; identifiers are in full, dates are text. `ASK` gives one row with the column `answer`.
"""


def python_page() -> str:
    """Return what can be asked, and what is answered, as Markdown."""
    parts = [_PYTHON, "## Open\n", *_callable("gt.open", open_plan), "## Ask\n"]
    parts.append(f"{_prose(inspect.getdoc(Plan) or '')}\n")
    for name, member in _public(Plan):
        if name not in vars(Shown):
            parts += _callable(f"plan.{name}", member)
    parts += ["## Answers\n", *_callable("answer.to_frame", Shown.to_frame)]
    for module in (values, findings, texts, lists):
        parts += [_answer(k) for k in vars(module).values() if _is_answer(k, module.__name__)]
    return "\n".join(parts)


def _is_answer(kind: object, module: str) -> bool:
    return inspect.isclass(kind) and kind.__module__ == module and not inspect.isabstract(kind)


def _public(kind: type) -> list[tuple[str, object]]:
    """Return the public members of a class, those of its superclasses first, as written."""
    found: dict[str, object] = {}
    for each in reversed(kind.__mro__):
        if each.__module__.startswith("goldenthread."):
            found |= {n: m for n, m in vars(each).items() if not n.startswith("_")}
    return [(n, m) for n, m in found.items() if callable(m) or isinstance(m, _PROPERTIES)]


def _callable(name: str, member: object) -> Iterator[str]:
    """Yield a function's heading, signature and docstring."""
    yield f"### {name}\n"
    if callable(member):
        yield f"```python\n{name}{_signature(member)}\n```\n"
    yield f"{_prose(inspect.getdoc(member) or '')}\n"


def _signature(function: Callable[..., object]) -> str:
    signature = inspect.signature(function)
    kept = [p for n, p in signature.parameters.items() if n != "self"]
    text = str(signature.replace(parameters=kept))
    text = re.sub(r"Optional\[(.*?\])\]", r"\1 | None", re.sub(r"\b(?:[a-z]\w*\.)+", "", text))
    # Types that are imported for types only are written in quotes.
    return re.sub(r"-> '(.*)'$", r"-> \1", text)


def _prose(text: str) -> str:
    """Return a docstring as Markdown: its sections as lists, its example as code."""
    head, *sections = re.split(r"\n\n(?=(?:Args|Raises|Example):\n)", text)
    parts = [head]
    for section in sections:
        title, _, body = section.partition(":\n")
        body = dedent(body).rstrip()
        if title == "Example":
            parts.append(f"```python\n{body}\n```")
            continue
        items = re.split(r"\n(?=\S)", body)
        told = (re.sub(r"^(\w+): ", r"`\1`: ", " ".join(i.split())) for i in items)
        parts.append({"Args": "Takes:", "Raises": "Raises:"}[title])
        parts.append("\n".join(f"- {item}" for item in told))
    return "\n\n".join(parts)


def _answer(kind: type) -> str:
    """Return an answer's meaning, what it holds, and what it can do."""
    holds = ", ".join(f"`{f.name}`" for f in fields(kind))
    lines = [f"### {kind.__name__}\n", f"{inspect.getdoc(kind)}\n", f"Holds {holds}.\n"]
    for name, member in _public(kind):
        if name in ("summary", "to_frame", "to_json"):
            continue
        said = (inspect.getdoc(member) or "").partition("\n\n")[0]
        brackets = "" if isinstance(member, _PROPERTIES) else "()"
        lines.append(f"- `{name}{brackets}`: {' '.join(said.split())}")
    return "\n".join(lines) + "\n"


def frames_page(dataset: Dataset) -> str:
    """Return the dictionary of all frames as Markdown: what a row is, and every column."""
    calls, kinds = [], {}
    for call, answer in _answers(dataset, Plan(dataset)):
        told = []
        for name, table in answer.tables().items():
            told.append(f"[`{name}`](#{table.title.lower().replace(' ', '-')})")
            kinds[table.title] = _frame(table, answer)
        calls.append(f"| `{call}` | {', '.join(told)} |")
    calls.append("| `plan.query(name)` | [`rows`](#answers), or [`answer`](#answers) for `ASK` |")
    which = "\n".join(["| call | tables, the first unless told |", "|---|---|", *calls])
    return "\n".join([_FRAMES, f"{which}\n", *(kinds[title] for title in sorted(kinds)), _ANSWERS])


def _answers(dataset: Dataset, plan: Plan) -> Iterator[tuple[str, Shown]]:
    """Yield an answer of each kind with the call that gives it."""
    first = plan.list(next(iter(plan.levels)))[0]
    yield "plan", plan
    yield "plan.trace(thing)", plan.trace(first)
    yield "plan.show(thing)", plan.show(first)
    yield "plan.why(thing)", plan.why(first)
    yield "plan.account(thing)", plan.account(first)
    # A whole check takes seconds, and the table has nothing of it.
    parts = (plan.trace(first), plan.gaps(), plan.check("Measure-target"))
    yield "plan.briefing(thing)", shown(texts.Briefing, briefing(dataset, *parts))
    yield "plan.list(kind)`, `plan.things()`, `plan.losing(thing)", plan.things()
    yield "plan.search(text)", plan.search(first.label)
    yield "plan.timeline()", plan.timeline()
    yield "plan.gaps()", plan.gaps()
    yield "plan.coverage()", plan.coverage()
    yield "plan.check()", plan.check("Measure-target")
    yield "plan.judgements()`, `plan.repairs()", plan.judgements()
    yield "plan.single_threads()", plan.single_threads()
    yield "plan.supports()", plan.supports()
    yield "plan.queries()", plan.queries()
    yield "plan.query(text)` with `CONSTRUCT", plan.query("CONSTRUCT WHERE { ?s a gt:Plan }")


def _frame(table: Table, answer: Shown) -> str:
    """Return one table's dictionary; columns named for the plan's own things are one line."""
    heads = list(table.columns)
    if isinstance(answer, values.Timeline):
        heads = _one_for_all(heads, {s.id for s in answer.slots}, "One period.")
    elif isinstance(answer, values.Matrix) and table.title == "Coverage":
        heads[1] = Column("row", "", heads[1].meaning)
        heads[-1] = Column("total", "", "How many different ones the row has.", heads[-1].type)
        heads = _one_for_all(heads, {c.key for c in heads[2:-1]}, "One column of the matrix.")
    note = _NOTES.get(table.title, table.note)
    rows = "\n".join(f"| `{c.key}` | {c.type} | {c.meaning} |" for c in heads)
    return f"## {table.title}\n\n{note}\n\n| column | type | meaning |\n|---|---|---|\n{rows}\n"


def _one_for_all(heads: list[Column], named: set[str], meaning: str) -> list[Column]:
    """Return columns with one in the place of all those that are named for things."""
    at = next((i for i, c in enumerate(heads) if c.key in named), None)
    if at is None:
        return heads
    one = Column("(short id)", "", meaning, heads[at].type)
    return [one if i == at else c for i, c in enumerate(heads) if i == at or c.key not in named]
