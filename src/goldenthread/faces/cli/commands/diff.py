"""`goldenthread diff`: what one plan has that another has not."""

from pathlib import Path

import click

from goldenthread.faces.cli.options import TABLES, Wanted, open_data, reading_option
from goldenthread.faces.cli.output import Answer, deliver


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(TABLES),
    help="How to answer. Default: text, or what the ending of --output says.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the answer to this file. Needed by xlsx and docx.",
)
@reading_option()
def diff_command(
    old: Path, new: Path, form: str | None, output: Path | None, reading: str | None
) -> int:
    """Compare two plans, OLD and NEW: things and links added, removed, reworded.

    OLD and NEW are plans' folders or RDF files. Things are matched by their ids, which are never
    reused: two editions of a plan share what follows the plan in them. Exits with 0 where nothing
    differs, 1 where something does, and 2 where it cannot tell.

    \b
    Examples:
      goldenthread diff plan-2024/ plan-2025/
      goldenthread diff old.ttl new.ttl --format csv --output changes.csv
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.domain.comparison import change_tables
    from goldenthread.faces.cli.say.differences import diff_lines
    from goldenthread.services.comparing import plans

    dataset = open_data((new,))
    named = (str(old), str(new))
    found = plans(open_data((old,)), dataset, reading or "corrected", named)
    answer = Answer(
        "Differences between two plans",
        lambda: diff_lines(found),
        found.to_json,
        lambda: change_tables(found),
    )
    deliver(answer, dataset, Wanted(form, output, reading, (new,)))
    return int(not found.same)
