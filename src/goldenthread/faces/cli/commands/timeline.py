"""`goldenthread timeline`: what happens when, as far as the documents say."""

import click

from goldenthread.faces.cli.options import LevelKey, Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver


@click.command("timeline")
@click.option("--period", default="", help="Only what comes into this period, by its id or words.")
@click.option("--kind", default="", help="Only ongoing, of this phase as printed, or no timescale.")
@click.option("--theme", default="", help="Only what is under an aim of this theme, by its id.")
@click.option(
    "--aim", default="", help="Only what serves this thing of the first level, by its id."
)
@click.option("--level", type=LevelKey(), default="", help="Only things of this level, by its key.")
@click.option("--differ", is_flag=True, help="Only what documents date differently.")
@answering()
def timeline_command(wanted: Wanted, *, differ: bool, **only: str) -> None:
    """List things by year and quarter, with what is ongoing and what has no timescale.

    Nothing is assumed: what is ongoing goes on in the later periods of its kind, and years that
    a plan counts are not set beside years of the calendar.

    \b
    Examples:
      goldenthread timeline
      goldenthread timeline --period period/year-2
      goldenthread timeline --differ --format csv
      goldenthread timeline --format xlsx --output timeline.xlsx
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.domain.picking import refuse_unknown
    from goldenthread.domain.timetable import timeline_tables
    from goldenthread.faces.cli.say.timeline import timeline_lines
    from goldenthread.services.timing import timeline

    dataset = open_data(wanted.data, wanted.store, wanted.base)
    chosen = only | ({"documents": "differ"} if differ else {})
    found = timeline(dataset, wanted.chosen_reading, chosen)
    refuse_unknown(found.facets)
    answer = Answer(
        "Timeline",
        lambda: timeline_lines(found),
        found.to_json,
        lambda: timeline_tables(found),
    )
    deliver(answer, dataset, wanted)
