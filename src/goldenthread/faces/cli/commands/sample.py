"""`goldenthread sample`: the sheet an auditor works with, and what came back on it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.errors import BadValue
from goldenthread.faces.cli.options import Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver, tell
from goldenthread.faces.cli.terminal import Line
from goldenthread.store.resources import plan_paths

if TYPE_CHECKING:
    from goldenthread.domain.assessment import Assessed
    from goldenthread.domain.sampling import Sample, Sheet
    from goldenthread.store.dataset import Dataset


@click.command("sample")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed, the same rows."
)
@click.option("--size", type=int, default=20, show_default=True, help="How many rows to draw.")
@click.option(
    "--read",
    "came_back",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Set a sheet that was ticked beside the data, instead of drawing one.",
)
@click.option(
    "--keep", is_flag=True, help="With --read: write the verdicts into the plan's folder."
)
@click.option("--role", default="", help="With --keep: the post that checked it, never a name.")
@click.option("--results", is_flag=True, help="Show what kept samples found, by level.")
@answering()
def sample_command(  # noqa: PLR0913 - one parameter an option
    *,
    seed: int,
    size: int,
    came_back: Path | None,
    keep: bool,
    role: str,
    results: bool,
    wanted: Wanted,
) -> None:
    """Draw links and entries at random for somebody to compare with the paper.

    Each level has its share. Every row has what the graph says, the words and where they stand,
    how we know, and columns to tick and sign. xlsx and docx print on landscape pages. The same
    seed and data draw the same rows. What came back is kept with --keep in samples.ttl of the
    plan's folder, and shown beside the data, on pages and by why.

    \b
    Examples:
      goldenthread sample --seed 7 --size 20 --output sample.xlsx
      goldenthread sample --seed 7 --size 20 --output sample.docx
      goldenthread sample --read sample.xlsx
      goldenthread sample --read sample.xlsx --keep --role "Internal auditor" --data my-plan/
      goldenthread sample --results --data my-plan/
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.services import exporting, sampling

    dataset = open_data(wanted.data, wanted.store, "" if keep else wanted.base)
    reading = wanted.chosen_reading
    if results:
        from goldenthread.services.attesting import results as found

        told = found(dataset, sampling.population(dataset, reading), reading)
        answer = Answer("Samples", lambda: _results(told), told.to_json, told.tables)
    elif keep and came_back is None:
        raise BadValue("What is kept is read from a sheet: give --read FILE beside --keep.")
    elif came_back is not None:
        sheet = sampling.read_back(dataset, came_back, reading)
        if keep:
            _keep(dataset, sheet, role, wanted)
        answer = Answer(
            "Sample, as it came back", lambda: _sheet(sheet), sheet.to_json, lambda: [sheet.table()]
        )
    else:
        drawn = sampling.draw(dataset, seed, size, reading)
        title = "Sample for comparison with the documents"

        def paper() -> bytes:
            about = exporting.about(dataset, reading)
            return exporting.to_docx(title, [], [drawn.paper()], about)

        answer = Answer(
            title,
            lambda: _drawn(drawn),
            drawn.to_json,
            lambda: [drawn.table()],
            {"docx": paper},
        )
    deliver(answer, dataset, wanted)


def _keep(dataset: "Dataset", sheet: "Sheet", role: str, wanted: Wanted) -> None:
    """Write the verdicts of a sheet into the plan's folder."""
    from datetime import datetime

    from goldenthread.services import attesting

    folders = plan_paths(wanted.data)
    if len(folders) != 1 or not folders[0].is_dir():
        raise BadValue(
            "A sample is kept in a plan's folder. Name one with --data; to keep one of a plan that "
            "ships, copy its folder first."
        )
    given = click.get_current_context().get_parameter_source("seed")
    chosen = given is not None and given.name == "COMMANDLINE"
    seed = click.get_current_context().params["seed"] if chosen else None
    today = datetime.now().astimezone().date()
    count = attesting.keep(dataset, folders[0], sheet, attesting.Terms(role, today, seed))
    tell(f"{count} verdicts written to {folders[0] / 'samples.ttl'}.")


def _results(told: "Assessed") -> list[Line]:
    lines = [Line(told.sentence, kind="head")]
    for tally in told.tallies:
        counts = ", ".join(f"{n} {verdict}" for verdict, n in tally.counts.items())
        share = "" if tally.share is None else f"; {tally.share}% of those told agree"
        lines.append(Line(f"{tally.kind}, {tally.level}: {counts}{share}", 1))
    for row in told.rows:
        lines += [Line(""), Line(f"{row.verdict}: {row.claim}"), Line(row.sentence, 1, "detail")]
    return lines


def _drawn(sample: "Sample") -> list[Line]:
    lines = [Line(sample.note, kind="head")]
    for (kind, level), count in sample.population.items():
        lines.append(
            Line(f"{sample.drawn[kind, level]} of {count}: {kind}, {level}", kind="detail")
        )
    for number, item in enumerate(sample.items, start=1):
        lines += [Line(""), Line(f"{number}. {item.claim}"), Line(item.id, 1, "detail")]
        pairs = zip(item.place.splitlines(), item.words.splitlines(), strict=False)
        lines += [Line(f"{place}: “{words}”", 1) for place, words in pairs]
        lines.append(Line(f"how we know: {item.how}", 1))
    return lines


def _sheet(sheet: "Sheet") -> list[Line]:
    lines = [Line(sheet.table().note, kind="head")]
    for row in sheet.rows:
        signed = ", ".join(t for t in (row.by, row.on) if t)
        lines += [Line(""), Line(f"{row.verdict or 'not ticked'}: {row.claim}")]
        lines.append(Line(row.id, 1, "detail"))
        lines += [Line(row.remarks, 1)] if row.remarks else []
        lines += [Line(f"signed: {signed}", 1)] if signed else []
        if row.now is None:
            lines.append(Line("This is no longer in the data.", 1, "warn"))
        elif row.changed:
            lines.append(Line(f"The data have changed since; now: {row.now.claim}", 1, "warn"))
    return lines
