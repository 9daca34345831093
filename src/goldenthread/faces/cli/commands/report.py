"""`goldenthread report`: an assurance pack, the document that an auditor signs."""

import sys
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from goldenthread.errors import BadValue
from goldenthread.faces.cli.options import Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver, tell

if TYPE_CHECKING:
    from goldenthread.domain.validation import Report
    from goldenthread.faces.assurance import Since
    from goldenthread.store.dataset import Dataset

FORMS = ("html", "docx", "xlsx", "pdf")


@click.command("report")
@click.option(
    "--date",
    "stated",
    type=click.DateTime(("%Y-%m-%d",)),
    metavar="YYYY-MM-DD",
    help="The day that the pack states, and on which acceptances must hold. Default: today.",
)
@click.option(
    "--baseline",
    metavar="REV|FILE",
    help="Tell what changed since a git revision of the plan's folder, an earlier answer of check "
    "in JSON, or an earlier plan's folder or RDF file.",
)
@click.option(
    "--plan", default="", metavar="KEY", help="Of several plans that are loaded, only this one."
)
@click.option(
    "--profile",
    default="",
    metavar="NAME",
    help="Hold the plan to the rules of this profile. Default: published.",
)
@answering(FORMS)
def report_command(
    stated: datetime | None, baseline: str | None, plan: str, profile: str, wanted: Wanted
) -> None:
    """Make an assurance pack: scope, method, coverage, threads, check results, all evidence.

    html is one file that needs no other, docx and pdf print on A4, and xlsx has each table on a
    sheet of its own. All four say the same. The same data, options and date give the same bytes.
    Of several plans each is a part, unless --plan names one.

    \b
    Examples:
      goldenthread report --output pack.pdf
      goldenthread report --output pack.docx --date 2026-04-01
      goldenthread report --data my-plan/ --baseline HEAD~1 --output pack.html
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.faces.assurance import assured, part_of, parts
    from goldenthread.services import assuring
    from goldenthread.services.validation import check

    dataset = open_data(wanted.data, wanted.store, wanted.base)
    if plan:
        dataset = part_of(dataset, plan)
    if baseline is not None and len(parts(dataset)) > 1:
        raise BadValue("A baseline is of one plan, and several are loaded. Name one with --plan.")
    day: date = stated.date() if stated else datetime.now().astimezone().date()
    reading = wanted.chosen_reading
    since = _since(dataset, reading, profile, baseline) if baseline is not None else None

    def checked(part: "Dataset") -> "Report":
        return check(part, reading, today=day, profile=profile)

    pack = partial(assured, dataset, reading, day, since, _progress, checked)
    answer = Answer(
        "Assurance pack",
        list,
        dict,
        list,
        {
            "html": lambda: assuring.to_html(pack()),
            "docx": lambda: assuring.to_docx(pack()),
            "xlsx": lambda: assuring.to_xlsx(pack()),
            "pdf": lambda: assuring.to_pdf(pack()),
        },
    )
    plain = wanted.form is None and (wanted.output is None or not wanted.output.suffix)
    deliver(answer, dataset, replace(wanted, form="html") if plain else wanted)


def _since(dataset: "Dataset", reading: str, profile: str, baseline: str) -> "Since":
    from goldenthread.faces.cli.since import Asked
    from goldenthread.services.validation import rulebook

    asked = Asked(rulebook(dataset), reading, (), profile)
    return lambda part, report: asked.all_since(part, report, baseline)


def _progress(words: str) -> None:
    """Say what is being done on standard error, where a person is watching."""
    if sys.stderr.isatty():
        tell(f"{words} ...")
