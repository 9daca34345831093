"""`goldenthread search`, `show` and `list`: find things and see them."""

from typing import TYPE_CHECKING

import click

from goldenthread.errors import BadValue
from goldenthread.faces.cli.options import (
    GRAPHS,
    TABLES,
    Id,
    LevelKey,
    Wanted,
    answering,
    open_data,
)
from goldenthread.faces.cli.output import Answer, deliver
from goldenthread.faces.cli.say import things as say

if TYPE_CHECKING:
    from goldenthread.domain.portrait import Portrait
    from goldenthread.store.dataset import Dataset

_MOST = 50


@click.command("search")
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=_MOST, show_default=True, help="At most.")
@click.option("--kind", default="", help="Only these: key of a level, or a class: Judgement.")
@click.option("--document", default="", help="Only what this document prints, by short title.")
@click.option("--theme", default="", help="Only things of this theme, by its words.")
@click.option("--where", default="", help="Only found there: its number, its words, its reason.")
@answering()
def search_command(
    text: tuple[str, ...],
    limit: int,
    wanted: Wanted,
    **only: str,
) -> None:
    """Find things whose words, printed words or number fit TEXT.

    Numbers come first, then the words as typed, then beginnings of words, then all of them
    anywhere. Where nothing has them, words that are nearly spelt so count.

    \b
    Examples:
      goldenthread search rural
      goldenthread search 1.4
      goldenthread search digital inclusion --format csv
      goldenthread search people --kind promise
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.domain.listing import hit_table
    from goldenthread.services.finding import find

    dataset = open_data(wanted.data, wanted.store, wanted.base)
    words = " ".join(text).strip()
    if not words:
        raise BadValue("Nothing to search for. Give a word, a number or part of a quote.")
    found = find(dataset, words, wanted.chosen_reading, only, size=limit)
    answer = Answer(
        f"Search: {words}",
        lambda: say.found_lines(found),
        found.to_json,
        lambda: [hit_table(found.hits)],
    )
    deliver(answer, dataset, wanted)


@click.command("show")
@click.argument("thing", metavar="ID", type=Id(), nargs=-1, required=True)
@click.option("--checks", is_flag=True, help="Also the check results about it: takes seconds.")
@answering((*TABLES, *GRAPHS))
def show_command(
    thing: tuple[str, ...],
    *,
    checks: bool,
    wanted: Wanted,
) -> None:
    """Show ID: its entries and how they differ, what it serves, what corrections change.

    ID is a short id, a full IRI, or words; entries and judgements have ids too.

    \b
    Examples:
      goldenthread show service-priority/1.4
      goldenthread show corporate-priority/5 --checks
      goldenthread show rural isolation
      goldenthread show corporate-priority/6 --format ttl
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.services.finding import resolve

    dataset = open_data(wanted.data, wanted.store, wanted.base)
    reading = wanted.chosen_reading
    found = _portrait(dataset, resolve(dataset, " ".join(thing), reading), reading, checks=checks)
    answer = Answer(
        found.node.name,
        lambda: say.portrait_lines(found),
        found.to_json,
        found.sheets,
        {f: lambda f=f: _rdf(dataset, found.node.iri, f, reading) for f in GRAPHS},  # type: ignore[misc]
    )
    deliver(answer, dataset, wanted)


def _portrait(dataset: "Dataset", iri: str, reading: str, *, checks: bool) -> "Portrait":
    from goldenthread.domain.portrait import portrait, results_about
    from goldenthread.services.contrasting import contrast
    from goldenthread.services.describing import describe

    d = describe(dataset, iri, reading)
    if not checks:
        return portrait(d, contrast(dataset, iri))
    from goldenthread.services.validation import check

    return portrait(d, contrast(dataset, iri), results_about(check(dataset, reading), d))


def _rdf(dataset: "Dataset", iri: str, form: str, reading: str) -> bytes:
    from goldenthread.services.exporting import about
    from goldenthread.services.representing import represent

    return represent(dataset, iri, form, reading, about(dataset, reading))


@click.command("list")
@click.argument("kind", metavar="CLASS", type=LevelKey(), nargs=-1)
@answering()
def list_command(
    kind: tuple[str, ...],
    wanted: Wanted,
) -> None:
    """List all things of CLASS: a level's key or name, or a class. Without it, list the levels.

    \b
    Examples:
      goldenthread list
      goldenthread list measure
      goldenthread list corporate-priority --format json
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.domain.table import Column, Table
    from goldenthread.domain.tabling import thing_table
    from goldenthread.services.describing import list_class
    from goldenthread.services.naming import plurals

    dataset = open_data(wanted.data, wanted.store, wanted.base)
    reading = wanted.chosen_reading
    name = " ".join(kind)
    names = plurals(dataset, reading)
    if not name:
        heads = (
            Column("key", "Key", "Key of the level."),
            Column("name", "Name", "The plan's own."),
        )
        answer = Answer(
            "Levels",
            lambda: say.level_lines(names),
            lambda: {"levels": [{"key": k, "name": n} for k, n in names.items()]},
            lambda: [Table("Levels", heads, tuple(names.items()), "One row a level.")],
        )
    else:
        nodes = list_class(dataset, name, reading)
        title = names.get(nodes[0].level, name) if nodes else name
        answer = Answer(
            title,
            lambda: say.node_lines(nodes, title),
            lambda: {"class": name, "reading": reading, "things": [n.to_json() for n in nodes]},
            lambda: [thing_table(nodes, title)],
        )
    deliver(answer, dataset, wanted)
