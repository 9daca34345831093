"""`goldenthread briefing`: one page on one thing, for whoever has two minutes."""

from typing import TYPE_CHECKING

import click

from goldenthread.faces.cli.options import Id, Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver
from goldenthread.faces.cli.say import briefing as say

if TYPE_CHECKING:
    from goldenthread.domain.briefing import Briefing
    from goldenthread.store.dataset import Dataset


@click.command("briefing")
@click.argument("thing", metavar="ID", type=Id(), nargs=-1, required=True)
@answering(("text", "md", "html", "docx", "json"))
def briefing_command(thing: tuple[str, ...], wanted: Wanted) -> None:
    """Brief a reader on ID: what it says, what is done, how we will know, what is missing.

    It fits on a page or two of A4; what is left out is counted. ID is a short id, a full IRI, or
    words.

    \b
    Examples:
      goldenthread briefing corporate-priority/4
      goldenthread briefing tackle inequalities --output briefing.docx
      goldenthread briefing service-priority/1.4 --format md
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.domain.blocks import html, markdown
    from goldenthread.services import exporting
    from goldenthread.services.finding import resolve

    dataset = open_data(wanted.data, wanted.store, wanted.base)
    reading = wanted.chosen_reading
    focus = resolve(dataset, " ".join(thing), reading)
    found = _made(dataset, focus, reading)
    about = exporting.about(dataset, reading)
    blocks = found.blocks()
    answer = Answer(
        found.title,
        lambda: say.lines(found),
        found.to_json,
        lambda: [found.table()],
        {
            "md": lambda: markdown(found.title, blocks).encode("utf-8", "replace"),
            "html": lambda: html(found.title, blocks, about.lines()).encode("utf-8", "replace"),
            "docx": lambda: exporting.text_to_docx(found.title, blocks, about),
        },
    )
    deliver(answer, dataset, wanted)


def _made(dataset: "Dataset", focus: str, reading: str) -> "Briefing":
    from goldenthread.services.briefing import briefing
    from goldenthread.services.gaps import gaps
    from goldenthread.services.tracing import trace
    from goldenthread.services.validation import check

    return briefing(
        dataset,
        trace(dataset, focus, "down", reading),
        gaps(dataset, reading),
        check(dataset, reading),
    )
