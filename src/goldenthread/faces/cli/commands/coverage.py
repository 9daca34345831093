"""`goldenthread coverage`: levels, themes and periods against each other."""

import click

from goldenthread.faces.cli.options import LevelKey, Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver
from goldenthread.faces.cli.say import reports


@click.command("coverage")
@click.option(
    "--rows",
    type=LevelKey("theme", "period"),
    help="Key of the level in the rows, or theme, or period. Default: the first level.",
)
@click.option(
    "--columns",
    type=LevelKey("theme", "period"),
    help="Key of the level in the columns, or theme, or period. Default: the next that is linked.",
)
@click.option(
    "--count",
    "counted",
    type=LevelKey("all"),
    help="Key of the level to count, or all. Default: the columns, or what they group.",
)
@click.option("--empty-first", is_flag=True, help="Put empty rows and columns first.")
@click.option("--row", default="", help="Only this row, by its id.")
@click.option("--column", default="", help="Only this column, by its id.")
@answering()
def coverage_command(
    rows: str | None,
    columns: str | None,
    counted: str | None,
    wanted: Wanted,
    *,
    empty_first: bool,
    **part: str,
) -> None:
    """Set levels, themes or periods against each other, and count what is linked to both.

    What is linked is counted over recorded threads: directly, or through things between.

    \b
    Examples:
      goldenthread coverage
      goldenthread coverage --rows corporate-priority --columns theme --count action
      goldenthread coverage --rows theme --columns period --empty-first
      goldenthread coverage --columns measure --row corporate-priority/4
      goldenthread coverage --columns period --format xlsx --output periods.xlsx
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.domain.listing import cell_table
    from goldenthread.domain.tabling import matrix_table
    from goldenthread.faces.cli.terminal import Terminal
    from goldenthread.services.covering import coverage, head

    dataset = open_data(wanted.data, wanted.store, wanted.base)
    reading = wanted.chosen_reading
    found = coverage(dataset, rows, columns, reading, counted)
    found = found.empty_first() if empty_first else found
    row = head(found, part["row"], of_rows=True)
    column = head(found, part["column"], of_rows=False)
    found = found.only(row.iri if row else None, column.iri if column else None)
    width = Terminal.of_stdout(to_file=wanted.output is not None).width
    answer = Answer(
        f"Coverage: {found.counted} by {found.row_name} and {found.column_name}",
        lambda: reports.matrix_lines(found, width),
        found.to_json,
        lambda: [matrix_table(found), cell_table(found)],
    )
    deliver(answer, dataset, wanted)
