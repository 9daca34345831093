"""`goldenthread trace`: the thread from a thing down to its measures, or up to what it serves."""

from functools import wraps
from typing import TYPE_CHECKING, cast

import click

from goldenthread.domain.readings import the_other
from goldenthread.domain.selection import FACETS
from goldenthread.domain.thread import BASES, Node, Trace
from goldenthread.faces.cli.options import (
    GRAPHS,
    TABLES,
    Command,
    Id,
    LevelKey,
    Wanted,
    answering,
    open_data,
)
from goldenthread.faces.cli.output import Answer, deliver
from goldenthread.faces.cli.say import trace as say
from goldenthread.services.contrasting import as_printed
from goldenthread.services.finding import resolve
from goldenthread.services.naming import plurals
from goldenthread.services.tracing import trace
from goldenthread.store.dataset import Dataset

if TYPE_CHECKING:
    from goldenthread.domain.table import Table

FORMATS = (*TABLES, *GRAPHS, "graphml", "svg", "png")


def narrowing(command: Command) -> Command:
    """Add --class, --theme, --period and --basis; the command gets what they say in `only`."""
    bases = ", ".join(basis.replace(" ", "-") for basis in BASES)
    helps = {
        "class": "Show only things of this level or class, and the way to them.",
        "theme": "Show only what is in this theme.",
        "period": "Show only what a timescale puts into this period.",
        "basis": f"Show only threads whose least certain step is known so: {bases}.",
    }

    @wraps(command)
    def gathered(**given: object) -> object:
        only = {facet: found for facet in FACETS if (found := given.pop(f"only_{facet}"))}
        return command(only=only, **given)

    for facet in reversed(FACETS):
        gathered = click.option(
            f"--{facet}",
            f"only_{facet}",
            multiple=True,
            type=LevelKey() if facet == "class" else None,
            help=f"{helps[facet]} May be repeated.",
        )(gathered)
    return cast(Command, gathered)


@click.command("trace")
@click.argument("direction", type=click.Choice(("down", "up")))
@click.argument("thing", metavar="ID", type=Id(), nargs=-1, required=True)
@narrowing
@answering(FORMATS)
def trace_command(
    direction: str,
    thing: tuple[str, ...],
    only: dict[str, tuple[str, ...]],
    wanted: Wanted,
) -> None:
    """Follow the thread from ID down to its measures, or up to what it serves.

    ID is a short id, a full IRI, or words. Each step says how we know it; then come the least
    certain step with its words and place, and whether any document states the whole.

    What is narrowed by theme, period, basis or class shows what fits all of them and the way to
    it, and says what it leaves out.

    \b
    Examples:
      goldenthread trace down corporate-priority/4
      goldenthread trace up service-priority/1.4
      goldenthread trace down corporate-priority/4 --reading printed
      goldenthread trace down corporate-priority/4 --class action --period "Year 1"
      goldenthread trace down corporate-priority/4 --output thread.xlsx
    """  # noqa: D301 - \b keeps click from joining the lines
    dataset = open_data(wanted.data, wanted.store, wanted.base)
    reading = wanted.chosen_reading
    focus = resolve(dataset, " ".join(thing), reading)
    found = trace(dataset, focus, direction, reading, only=only or None)
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
            "graphml": lambda: _graphml(dataset, found),
            "svg": lambda: _picture(dataset, found).encode("utf-8"),
            "png": lambda: _png(dataset, found),
        },
    )


def _otherwise(dataset: Dataset, found: Trace) -> list[Node]:
    """Return what the other reading holds, for the numbers that corrections change."""
    only = found.narrowed.query if found.narrowed else None
    if found.reading == "corrected" and not only:
        nodes = as_printed(dataset, found)
        if nodes is not None:
            return nodes
    there = trace(dataset, found.focus.iri, found.direction, the_other(found.reading), only=only)
    return [n for n in there.nodes if n.iri != found.focus.iri]


def _tables(found: Trace) -> "list[Table]":
    from goldenthread.domain.tabling import trace_tables

    return trace_tables(found)


def _rdf(dataset: Dataset, found: Trace, form: str) -> bytes:
    from goldenthread.services.exporting import trace_rdf

    return trace_rdf(dataset, found, form)


def _graphml(dataset: Dataset, found: Trace) -> bytes:
    from goldenthread.services.exporting import about, graphml, networkx_of

    graph = networkx_of(list(found.nodes), list(found.links), about(dataset, found.reading))
    return graphml(graph)


def _picture(dataset: Dataset, found: Trace) -> str:
    from goldenthread.domain.leaving import sentences
    from goldenthread.services.drawing import draw, timescales
    from goldenthread.services.exporting import about

    said = sentences(found, plurals(dataset, found.reading))
    return draw(found, lambda _: "", timescales, (*said, about(dataset, found.reading).sentence))


def _png(dataset: Dataset, found: Trace) -> bytes:
    from goldenthread.services.exporting import about
    from goldenthread.services.picturing import to_png

    return to_png(_picture(dataset, found), about(dataset, found.reading))
