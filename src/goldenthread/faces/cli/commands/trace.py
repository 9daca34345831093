"""`goldenthread trace`: the thread from a thing down to its measures, or up to what it serves."""

from typing import TYPE_CHECKING

import click

from goldenthread.domain.thread import Node, Trace
from goldenthread.faces.cli.options import GRAPHS, TABLES, Id, Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver
from goldenthread.faces.cli.say import trace as say
from goldenthread.faces.cli.say.words import other
from goldenthread.services.contrasting import as_printed
from goldenthread.services.finding import resolve
from goldenthread.services.naming import plurals
from goldenthread.services.tracing import trace
from goldenthread.store.dataset import Dataset

if TYPE_CHECKING:
    from goldenthread.domain.table import Table

FORMATS = (*TABLES, *GRAPHS, "graphml", "svg")


@click.command("trace")
@click.argument("direction", type=click.Choice(("down", "up")))
@click.argument("thing", metavar="ID", type=Id(), nargs=-1, required=True)
@answering(FORMATS)
def trace_command(
    direction: str,
    thing: tuple[str, ...],
    wanted: Wanted,
) -> None:
    """Follow the thread from ID down to its measures, or up to what it serves.

    ID is a short id, a full IRI, or words. Each step says how we know it; then come the least
    certain step with its words and place, and whether any document states the whole.

    \b
    Examples:
      goldenthread trace down corporate-priority/4
      goldenthread trace up service-priority/1.4
      goldenthread trace down corporate-priority/4 --reading printed
      goldenthread trace down corporate-priority/4 --output thread.xlsx
    """  # noqa: D301 - \b keeps click from joining the lines
    dataset = open_data(wanted.data, wanted.store)
    reading = wanted.chosen_reading
    focus = resolve(dataset, " ".join(thing), reading)
    found = trace(dataset, focus, direction, reading)
    deliver(_answer(dataset, found), dataset, wanted)


def _answer(dataset: Dataset, found: Trace) -> Answer:
    title = f"{found.focus.name}: thread {found.direction}"
    return Answer(
        title,
        lambda: say.lines(found, plurals(dataset, found.reading), _otherwise(dataset, found)),
        found.to_json,
        lambda: _tables(found),
        {
            **{f: lambda f=f: _rdf(dataset, found, f) for f in GRAPHS},  # type: ignore[misc]
            "graphml": lambda: _graphml(found),
            "svg": lambda: _svg(found),
        },
    )


def _otherwise(dataset: Dataset, found: Trace) -> list[Node]:
    """Return what the other reading holds, for the numbers that corrections change."""
    if found.reading == "corrected":
        nodes = as_printed(dataset, found)
        if nodes is not None:
            return nodes
    there = trace(dataset, found.focus.iri, found.direction, other(found.reading))
    return [n for n in there.nodes if n.iri != found.focus.iri]


def _tables(found: Trace) -> "list[Table]":
    from goldenthread.domain.tabling import trace_tables

    return trace_tables(found)


def _rdf(dataset: Dataset, found: Trace, form: str) -> bytes:
    from goldenthread.services.exporting import trace_rdf

    return trace_rdf(dataset, found, form)


def _graphml(found: Trace) -> bytes:
    from goldenthread.services.exporting import graphml, networkx_of

    return graphml(networkx_of(list(found.nodes), list(found.links)))


def _svg(found: Trace) -> bytes:
    from goldenthread.services.drawing import draw

    return draw(found, lambda _: "").encode("utf-8")
