"""How typed code uses the public names; `mypy` reads this file and nothing runs it."""

from collections.abc import Iterator
from typing import assert_type

import pandas as pd
import polars as pl
from networkx import MultiDiGraph

import goldenthread as gt
from goldenthread.domain.thread import Link, Node


def frames(plan: gt.Plan) -> Iterator[int]:
    """Guards that each library's frame has its own type."""
    assert_type(plan.to_frame(), pd.DataFrame)
    assert_type(plan.gaps().to_frame("pandas"), pd.DataFrame)
    assert_type(plan.gaps().to_frame("polars"), pl.DataFrame)
    assert_type(plan.trace("words").to_frame("polars", "things"), pl.DataFrame)
    yield len(plan.things().to_frame(table="entries"))


def values() -> None:
    """Guards that answers have the fields of the domain's values, and items their types."""
    plan = assert_type(gt.open("a", "b", reading="printed"), gt.Plan)
    trace = assert_type(plan.trace("x", "up", most=10), gt.Trace)
    assert_type(trace.links, tuple[Link, ...])
    assert_type(trace.to_networkx(), MultiDiGraph[str])
    assert_type(plan.things()[0], Node)
    assert_type(plan.things()[:2], tuple[Node, ...])
    assert_type([hit.node for hit in plan.search("x")], list[Node])
    assert_type(plan.coverage().rows[0].id, str)
    plan.trace(trace.focus)
    plan.show(plan.coverage().rows[0])
    plan.query("name", thing=trace.focus, least=2)


def mistakes(plan: gt.Plan) -> None:
    """Guards that a type checker finds what would fail."""
    plan.trace("x", "sideways")  # type: ignore[arg-type]
    plan.with_reading("imagined")  # type: ignore[arg-type]
    plan.gaps().to_frame("arrow")  # type: ignore[call-overload]
    plan.trace(3)  # type: ignore[arg-type]
