"""`goldenthread judge`: propose, apply, withdraw and dispute corrections and assumptions."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from goldenthread.domain.identifiers import short_id
from goldenthread.domain.namespaces import GT
from goldenthread.errors import BadValue
from goldenthread.faces.cli.options import Id, Wanted, answering, data_option, open_data
from goldenthread.faces.cli.output import Answer, deliver, printable_text, tell, write
from goldenthread.store.resources import plan_paths

Command = TypeVar("Command", bound=Callable[..., Any])
_STATUS = {"apply": "applied", "withdraw": "withdrawn", "dispute": "disputed"}
_OPERATIONS = {
    "identifies": "An entry that prints the thing in --as.",
    "as": "The thing that the entry prints.",
    "moves": "An entry to read in the row in --to-row.",
    "toRow": "The row to read it in.",
    "pairs": "A timescale that goes with the entry in --with.",
    "with": "The entry that the timescale goes with.",
    "withdraws": "The record of a link (its IRI) that does not hold.",
    "from": "The lower end of a link to add.",
    "property": "The relation of that link: supports, measures, overlaps, refersTo.",
    "to": "Its upper end.",
    "fromEntry": "The entry that prints the lower end.",
    "toEntry": "The entry that prints the upper end.",
    "assumes": "A period taken to be the one in --same-as-period.",
    "sameAsPeriod": "The calendar period.",
}


@click.group("judge")
def judge_command() -> None:
    """Propose, apply, withdraw or dispute a correction or assumption; list them all.

    Nothing is deleted: each decision is kept with who made it, why and when, in the plan's own
    folder, which --data names.

    \b
    Examples:
      goldenthread judge list
      goldenthread judge apply judgement/year-1-is-2022-23 --role "Performance team"
          --reason "Confirmed by the service" --data my-plan/
    """  # noqa: D301 - \b keeps click from joining the lines


def _by_whom(command: Command) -> Command:
    for option in (
        data_option,
        click.option("--date", help="When, as YYYY-MM-DD. Default: today."),
        click.option("--role", required=True, help="The post that answers for it, not a person."),
        click.option("--reason", required=True, help="Why."),
    ):
        command = option(command)
    return command


@judge_command.command("list")
@answering()
def list_judgements(
    wanted: Wanted,
) -> None:
    """List every judgement, with its reason, effects and the words it cites.

    \b
    Example:
      goldenthread judge list --format docx --output judgements.docx
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.domain.tabling import judgement_table
    from goldenthread.faces.cli.say.things import judgement_lines
    from goldenthread.services.judging import judgements

    dataset = open_data(wanted.data, wanted.store, wanted.base)
    reading = wanted.chosen_reading
    cards = judgements(dataset, reading)
    answer = Answer(
        "Judgements",
        lambda: judgement_lines(cards),
        lambda: {"reading": reading, "judgements": [c.to_json() for c in cards]},
        lambda: [judgement_table(cards)],
    )
    deliver(answer, dataset, wanted)


def _operations(command: Command) -> Command:
    for name, text in reversed(_OPERATIONS.items()):
        flag = "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
        command = click.option(f"--{flag}", f"op_{name}", metavar="ID", help=text)(command)
    return command


@judge_command.command("propose")
@click.option("--label", required=True, help="The judgement in a line.")
@click.option(
    "--kind",
    type=click.Choice(("correction", "assumption", "match", "finding")),
    required=True,
    help="A match holds in both readings, a finding changes nothing, the others hold with "
    "corrections only.",
)
@click.option(
    "--cites",
    multiple=True,
    metavar="ID",
    required=True,
    help="An entry it rests on. May be repeated.",
)
@click.option(
    "--confidence",
    type=click.Choice(("high", "medium", "low")),
    default="medium",
    show_default=True,
    help="How sure.",
)
@click.option(
    "--basis",
    type=click.Choice(("stated", "same-wording", "by-position", "similar-wording")),
    default="similar-wording",
    show_default=True,
    help="How the words support it.",
)
@_operations
@_by_whom
def propose_judgement(  # noqa: PLR0913 - one a part of the judgement
    *,
    label: str,
    kind: str,
    cites: tuple[str, ...],
    confidence: str,
    basis: str,
    reason: str,
    role: str,
    date: str | None,
    data: tuple[Path, ...],
    **operations: str | None,
) -> None:
    """Write a judgement as proposed; it changes nothing until it is applied. Prints its id.

    \b
    Example:
      goldenthread judge propose --kind correction --label "Row 5's action is row 4's"
          --moves entry/table-2-5336 --to-row row/table-2-r4 --cites entry/table-2-5336
          --reason "Row 4 cites 3.1" --role "Performance team" --data my-plan/
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.services.finding import resolve
    from goldenthread.services.judging import Proposal, propose

    folder = _folder(data)
    dataset = open_data((folder,))

    def iri(text: str) -> str:
        return resolve(dataset, text, "printed")

    does = tuple(
        (name, GT + value if name == "property" else iri(value))
        for name in _OPERATIONS
        if (value := operations[f"op_{name}"])
    )
    proposal = Proposal(
        label=label,
        kind=kind,
        reason=reason,
        role=role,
        date=_day(date),
        cites=tuple(iri(c) for c in cites),
        confidence=confidence,
        does=does,
        basis=basis,
    )
    _done(propose(dataset, folder, proposal), folder)


def _decision(verb: str) -> click.Command:
    status = _STATUS[verb]

    @click.argument("judgement", metavar="ID", type=Id())
    @_by_whom
    def decide_judgement(
        judgement: str, reason: str, role: str, date: str | None, data: tuple[Path, ...]
    ) -> None:
        from goldenthread.services.finding import resolve
        from goldenthread.services.judging import Verdict, decide

        folder = _folder(data)
        dataset = open_data((folder,))
        iri = resolve(dataset, judgement, "printed")
        _done(decide(dataset, folder, iri, Verdict(status, reason, role, _day(date))), folder)

    decide_judgement.__doc__ = f"""
    Record that the judgement ID is {status}; print the decision's id.

    \b
    Example:
      goldenthread judge {verb} judgement/year-1-is-2022-23 --role "Performance team"
          --reason "Asked the service" --data my-plan/
    """
    return click.command(verb)(decide_judgement)


for _verb in _STATUS:
    judge_command.add_command(_decision(_verb))


def _folder(data: tuple[Path, ...]) -> Path:
    """Return the one folder to write to: the plans that ship are not to be changed unasked."""
    paths = plan_paths(data)
    if len(paths) != 1:
        raise BadValue(
            "A judgement is written into a plan's folder. Name one with --data; to judge a plan "
            "that ships, copy its folder first."
        )
    if not paths[0].is_dir():
        raise BadValue(f"{paths[0]} is no folder. Name the plan's folder with --data.")
    return paths[0]


def _day(given: str | None) -> str:
    try:
        day = datetime.fromisoformat(given) if given else datetime.now().astimezone()
    except ValueError as error:
        raise BadValue(f"“{given}” is no date. Write it as YYYY-MM-DD.") from error
    return day.date().isoformat()


def _done(iri: str, folder: Path) -> None:
    write(printable_text(short_id(iri) + "\n"), None)
    tell(f"Written to {folder / 'judgements.ttl'}.")
