"""`goldenthread coverage`: one level against another, a theme or a period."""

import click

from goldenthread.faces.cli.options import LevelKey, Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver
from goldenthread.faces.cli.say import reports


@click.command("coverage")
@click.option("--rows", type=LevelKey(), help="Key of the level in the rows. Default: the first.")
@click.option(
    "--columns",
    type=LevelKey("theme", "period"),
    help="Key of the level in the columns, or theme, or period. Default: the next that is linked.",
)
@click.option(
    "--count",
    "counted",
    type=LevelKey(),
    help="Key of the level to count, for themes and periods. Default: every level below the rows.",
)
@answering()
def coverage_command(
    rows: str | None,
    columns: str | None,
    counted: str | None,
    wanted: Wanted,
) -> None:
    """Set one level against another, a theme or a period, and count what is linked to both.

    \b
    Examples:
      goldenthread coverage
      goldenthread coverage --rows corporate-priority --columns theme --count action
      goldenthread coverage --columns period --format xlsx --output periods.xlsx
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.domain.listing import cell_table
    from goldenthread.domain.tabling import matrix_table
    from goldenthread.faces.cli.terminal import Terminal
    from goldenthread.services.covering import coverage

    dataset = open_data(wanted.data, wanted.store)
    reading = wanted.chosen_reading
    found = coverage(dataset, rows, columns, reading, counted)
    width = Terminal.of_stdout(to_file=wanted.output is not None).width
    answer = Answer(
        f"Coverage: {found.counted} by {found.row_name} and {found.column_name}",
        lambda: reports.matrix_lines(found, width),
        found.to_json,
        lambda: [matrix_table(found), cell_table(found)],
    )
    deliver(answer, dataset, wanted)
