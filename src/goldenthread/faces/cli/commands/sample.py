"""`goldenthread sample`: the sheet an auditor works with, and what came back on it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.faces.cli.options import Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver
from goldenthread.faces.cli.terminal import Line

if TYPE_CHECKING:
    from goldenthread.domain.sampling import Sample, Sheet


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
@answering()
def sample_command(seed: int, size: int, came_back: Path | None, wanted: Wanted) -> None:
    """Draw links and entries at random for somebody to compare with the paper.

    Each level has its share. Every row has what the graph says, the words and where they stand,
    how we know, and columns to tick and sign. xlsx and docx print on landscape pages. The same
    seed and data draw the same rows.

    \b
    Examples:
      goldenthread sample --seed 7 --size 20 --output sample.xlsx
      goldenthread sample --seed 7 --size 20 --output sample.docx
      goldenthread sample --read sample.xlsx
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.services import exporting, sampling

    dataset = open_data(wanted.data, wanted.store)
    reading = wanted.chosen_reading
    if came_back is not None:
        sheet = sampling.read_back(dataset, came_back, reading)
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
