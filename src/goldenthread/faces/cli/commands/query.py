"""`goldenthread query`: a question of the library, or a reader's own SPARQL."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.errors import BadQuery, BadValue, NotFound, Unreadable
from goldenthread.faces.cli.options import GRAPHS, TABLES, QueryName, Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver, tell

if TYPE_CHECKING:
    from goldenthread.services.asking import Answer as Found
    from goldenthread.store.dataset import Dataset

_ENDINGS = (".rq", ".sparql")


@click.command("query")
@click.argument("name", metavar="[NAME|FILE|-]", type=QueryName(), required=False)
@click.option("--list", "listing", is_flag=True, help="List the questions of the library.")
@click.option(
    "--param", "params", multiple=True, metavar="NAME=VALUE", help="A value. May be repeated."
)
@answering((*TABLES, *GRAPHS, "xml"), reading=None)
def query_command(
    name: str | None,
    listing: bool,
    params: tuple[str, ...],
    wanted: Wanted,
) -> None:
    """Ask a question of the library by NAME, or the SPARQL in FILE or on standard input (-).

    The reading is the default graph. With --format json the answer is SPARQL 1.1 Query Results
    JSON. ttl, jsonld and nt are for CONSTRUCT and DESCRIBE.

    \b
    Examples:
      goldenthread query --list
      goldenthread query actions-in-period --param period=period/year-1
      goldenthread query my-question.rq --format csv
      echo "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }" | goldenthread query -
    """  # noqa: D301 - \b keeps click from joining the lines
    dataset = open_data(wanted.data, wanted.store, wanted.base)
    if listing or name is None:
        if name is not None:
            raise BadValue("--list lists the library; leave the name out.")
        deliver(_library(dataset), dataset, wanted)
        if not listing:
            tell("Give the name of a query, a file, or - for standard input.")
        return
    from goldenthread.services.asking import ask

    text, file = _text(name)
    try:
        found = ask(dataset, text, _params(params), wanted.reading)
    except BadQuery as error:
        if file is None:
            raise
        raise Unreadable(str(error), file, error.line, error.column) from error
    deliver(_answer(found), dataset, replace(wanted, reading=found.reading))


def _text(name: str) -> tuple[str, str | None]:
    """Return the name of a library query or the text of one's own, and where it was read."""
    # The line end says that this is a text, however short, and not the name of a query.
    if name == "-":
        asked = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
        if not asked.strip():
            raise BadValue("Standard input holds no query. Pipe SPARQL in, or give a name or file.")
        return asked + "\n", "standard input"
    path = Path(name)
    if path.suffix in _ENDINGS or (path.is_file() and "/" in name):
        try:
            return path.read_text(encoding="utf-8-sig") + "\n", name
        except FileNotFoundError as error:
            raise NotFound(f"There is no file {name}. Check the path.") from error
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(f"{error}. Give a text file in UTF-8.", name) from error
    return name, None


def _params(given: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise BadValue(f"“{pair}” is no parameter. Write --param NAME=VALUE.")
        found[name.strip()] = value
    return found


def _answer(found: "Found") -> Answer:
    from goldenthread.faces.cli.say import answers

    return Answer(
        found.query.question if found.query else "Answer",
        lambda: answers.lines(found),
        lambda: None,
        lambda: [answers.table(found)],
        {
            "json": lambda: _json(found),
            "xml": lambda: found.serialize("xml"),
            **{f: lambda f=f: _graph(found, f) for f in GRAPHS},  # type: ignore[misc]
        },
    )


def _json(found: "Found") -> bytes:
    if found.is_graph:
        return _graph(found, "jsonld")
    return found.serialize("json").rstrip() + b"\n"


def _graph(found: "Found", form: str) -> bytes:
    from goldenthread.services.exporting import triple_bytes

    if not found.is_graph:
        raise BadValue(f"The answer is a table, and {form} holds statements. Choose json or csv.")
    return triple_bytes(found.body, form)


def _library(dataset: "Dataset") -> Answer:
    from goldenthread.domain.listing import library_table
    from goldenthread.faces.cli.say import answers
    from goldenthread.services.asking import library

    queries, wrong = library(dataset).all()
    for error in wrong:
        tell(f"A query of this plan is left out. {error}")
    return Answer(
        "Queries",
        lambda: answers.library_lines(queries),
        lambda: {"queries": [q.to_json() for q in queries]},
        lambda: [library_table(queries)],
    )
