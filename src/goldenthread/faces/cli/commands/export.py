"""`goldenthread export`: everything that is known, as RDF, tables or a graph."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.errors import BadValue
from goldenthread.faces.cli.options import (
    BINARY,
    base_option,
    data_option,
    open_data,
    reading_option,
    store_option,
)
from goldenthread.faces.cli.output import json_bytes, write

if TYPE_CHECKING:
    from goldenthread.store.dataset import Dataset

TABLES = ("csv", "xlsx", "docx")
FORMATS = ("ttl", "trig", "jsonld", "nt", "nq", "rdf", *TABLES, "graphml", "json")
# What can hold named graphs; only these can write all of them apart.
_WITH_GRAPHS = ("trig", "nq")


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option(
    "--graph",
    type=click.Choice(("reading", "all")),
    help="The reading, or all named graphs: documents, judgements, ontology, both readings. "
    "Default: all for trig and nq, else the reading.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file. Needed by xlsx and docx.",
)
@reading_option()
@data_option
@store_option
@base_option
def export_command(  # noqa: PLR0913, PLR0917 - one parameter an option
    form: str,
    graph: str | None,
    output: Path | None,
    reading: str,
    data: tuple[Path, ...],
    store: str,
    base: str,
) -> None:
    """Write everything that is known in FORMAT.

    ttl, jsonld, nt and rdf hold one reading; trig and nq all named graphs. csv, xlsx and docx
    have one row a recorded link, with how we know it and its source; xlsx and docx also list
    things and printed entries. Text that a spreadsheet would run (it begins with = + - @, a tab
    or a carriage return) gets an apostrophe in front. graphml is for graph tools; its edges
    point up. The same input gives the same bytes.

    \b
    Formats: ttl trig jsonld nt nq rdf csv xlsx docx graphml json

    \b
    Examples:
      goldenthread export ttl --output plan.ttl
      goldenthread export trig --graph all --output everything.trig
      goldenthread export xlsx --output plan.xlsx
      goldenthread export csv --reading printed
      goldenthread export ttl --base https://data.example.org/id/
    """  # noqa: D301 - \b keeps click from joining the lines
    if form in BINARY and output is None:
        raise BadValue(f"{form} is not text. Say which file to write, with --output FILE.{form}.")
    everything = graph == "all" or (graph is None and form in _WITH_GRAPHS)
    if everything and form not in _WITH_GRAPHS:
        raise BadValue(f"{form} cannot tell graphs apart. Choose {' or '.join(_WITH_GRAPHS)}.")
    dataset = open_data(data, store, base)
    write(_made(dataset, form, reading, everything=everything), output)


def _made(dataset: "Dataset", form: str, reading: str, *, everything: bool) -> bytes:
    from goldenthread.services import exporting

    if form == "graphml":
        return exporting.graphml(exporting.to_networkx(dataset, reading))
    if form == "json":
        return json_bytes(exporting.everything(dataset, reading))
    if form not in TABLES:
        return exporting.whole(dataset, form, reading, graphs=everything)
    tables = exporting.tables(dataset, reading)
    about = exporting.about(dataset, reading)
    if form == "csv":
        return exporting.to_csv(tables[0], about)
    if form == "xlsx":
        return exporting.to_xlsx(tables, about)
    return exporting.to_docx("; ".join(about.plans), [], tables, about)
