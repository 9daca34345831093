"""`goldenthread gaps`: what has nothing recorded that its level expects."""

import click

from goldenthread.faces.cli.options import LevelKey, Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver
from goldenthread.faces.cli.say import reports


@click.command("gaps")
@click.option("--level", type=LevelKey(), help="Only things of this level, named by its key.")
@answering()
def gaps_command(
    level: str | None,
    wanted: Wanted,
) -> None:
    """List what has nothing recorded above or below it that its level expects.

    Where the other reading has another number, both are shown. No link recorded is not the same
    as not aligned: the documents may just not say.

    \b
    Examples:
      goldenthread gaps
      goldenthread gaps --level corporate-priority
      goldenthread gaps --format csv --output gaps.csv
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.domain.tabling import gap_table
    from goldenthread.services.gaps import gaps
    from goldenthread.services.naming import plurals

    dataset = open_data(wanted.data, wanted.store, wanted.base)
    reading = wanted.chosen_reading
    found = gaps(dataset, reading, level)
    names = plurals(dataset, reading)
    answer = Answer(
        "Gaps: what is not recorded",
        lambda: reports.gap_lines(found, names),
        found.to_json,
        lambda: [gap_table(found)],
    )
    deliver(answer, dataset, wanted)
