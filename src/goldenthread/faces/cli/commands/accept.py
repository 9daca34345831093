"""`goldenthread accept`: leave a check result as it is until a day, or open it again."""

from datetime import date, datetime
from pathlib import Path

import click

from goldenthread.domain.identifiers import short_id
from goldenthread.errors import BadValue
from goldenthread.faces.cli.options import data_option, open_data, reading_option
from goldenthread.faces.cli.output import printable_text, tell, write
from goldenthread.store.resources import plan_paths


@click.command("accept")
@click.argument("result")
@click.option("--reason", default="", help="Why it is left as it is, in a sentence.")
@click.option("--role", default="", help="The post that answers for it.")
@click.option("--until", metavar="DATE", help="The last day on which it holds, YYYY-MM-DD.")
@click.option("--reopen", is_flag=True, help="End the acceptance now, instead of making one.")
@reading_option()
@data_option
def accept_command(  # noqa: PLR0913 - one a part of the acceptance
    *,
    result: str,
    reason: str,
    role: str,
    until: str | None,
    reopen: bool,
    reading: str,
    data: tuple[Path, ...],
) -> None:
    """Accept the check RESULT until a day: it stays in sight, but is no longer open.

    RESULT is the id that `check` shows, or its beginning. What is found in both readings is
    accepted in both. Kept as RDF in acceptances.ttl of the plan's folder, whose history is the
    record. After the day the result is open again. Prints the acceptance's id.

    \b
    Examples:
      goldenthread accept 3f2a91c0 --reason "Targets come with the budget"
          --role "Head of service" --until 2027-03-31 --data my-plan/
      goldenthread accept 3f2a91c0 --reopen --data my-plan/
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.domain.readings import READINGS
    from goldenthread.services import accepting
    from goldenthread.services.validation import check

    folder = _folder(data)
    dataset = open_data((folder,))
    today = datetime.now().astimezone().date()
    first = check(dataset, reading)
    if reopen:
        iri = accepting.reopen(first, folder, result, today)
    else:
        terms = accepting.Terms(reason, role, today, _day(until))
        others = [check(dataset, r) for r in READINGS if r != reading]
        iri = accepting.accept([first, *others], folder, result, terms)
    write(printable_text(short_id(iri) + "\n"), None)
    tell(f"Written to {folder / accepting.FILE}.")


def _folder(data: tuple[Path, ...]) -> Path:
    paths = plan_paths(data)
    if len(paths) != 1 or not paths[0].is_dir():
        raise BadValue(
            "An acceptance is written into a plan's folder. Name one with --data; to accept a "
            "result of a plan that ships, copy its folder first."
        )
    return paths[0]


def _day(given: str | None) -> date:
    if not given:
        raise BadValue("Until when? Give --until YYYY-MM-DD: somebody has to look again.")
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise BadValue(f"“{given}” is no date. Write it as YYYY-MM-DD.") from error
