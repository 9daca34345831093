"""`goldenthread about`: which data set this is, by its hash, from what it was read, with what."""

from typing import TYPE_CHECKING

import click

from goldenthread.faces.cli.options import Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver
from goldenthread.faces.cli.terminal import Line

if TYPE_CHECKING:
    from goldenthread.domain.table import About, Table


@click.command("about")
@answering()
def about_command(wanted: Wanted) -> None:
    """Show which data set this is: its hash, documents, licence and the program's version.

    The hash is the SHA-256 of the canonical N-Quads (RDFC-1.0) of all that is written of the
    plans. It stands on every page and in every download; two that differ were made from other
    data.

    \b
    Examples:
      goldenthread about
      goldenthread about --data my-plan/ --format json
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.services.exporting import about

    dataset = open_data(wanted.data, wanted.store)
    found = about(dataset, wanted.chosen_reading)
    answer = Answer(
        "About this data set",
        lambda: [Line(f"{heading}: {text}") for heading, text in found.lines()],
        lambda: {"about": dict(found.lines())},
        lambda: [_table(found)],
    )
    deliver(answer, dataset, wanted)


def _table(found: "About") -> "Table":
    from goldenthread.domain.columns import ABOUT
    from goldenthread.domain.table import Table

    return Table("About this data set", ABOUT, tuple(found.lines()), "One row a fact.")
