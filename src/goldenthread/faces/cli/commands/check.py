"""`goldenthread check`: the plan against the rules."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import click

from goldenthread.domain.checking import FILTERS, NO_LEVEL, STATUSES, choose
from goldenthread.errors import BadValue
from goldenthread.faces.cli.options import TABLES, LevelKey, Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver, json_bytes
from goldenthread.faces.cli.since import Asked

if TYPE_CHECKING:
    from goldenthread.domain.baseline import Changes
    from goldenthread.domain.picking import Narrowed
    from goldenthread.domain.table import Table
    from goldenthread.domain.validation import Report, Result
    from goldenthread.store.dataset import Dataset

FAIL_ON = ("must fix", "should fix", "note", "never")
_Command = TypeVar("_Command", bound=Callable[..., object])


def filtering(command: _Command) -> _Command:
    """Add the filters of the page of checks, under its names; the command gets them as `only`."""
    options = (
        click.option(
            "--severity", type=click.Choice(FAIL_ON[:3]), help="Only results of this severity."
        ),
        click.option("--group", default="", help="Only results of rules of this group."),
        click.option(
            "--level", type=LevelKey(NO_LEVEL), help="Only results about this level, by its key."
        ),
        click.option("--document", default="", help="Only results that quote this document."),
        click.option(
            "--status",
            type=click.Choice(tuple(STATUSES)),
            help="Only open results, accepted ones, or those open again as the day has passed.",
        ),
    )

    @wraps(command)
    def gathered(**given: object) -> object:
        only = {key: given.pop(key) or "" for key in FILTERS if key in given}
        return command(only=only, **given)

    for option in reversed(options):
        gathered = option(gathered)
    return cast(_Command, gathered)


@click.command("check")
@click.argument("path", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="must fix",
    show_default=True,
    help="Exit with 1 where an open result is as bad as this or worse.",
)
@click.option(
    "--profile",
    default="",
    metavar="NAME",
    help="Hold the plan to the rules of this profile: published, draft, monitored, or one of the "
    "plan's own. Default: published.",
)
@click.option("--rule", "rules", multiple=True, help="Only this rule, by id. May be repeated.")
@click.option(
    "--rules",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check by the rules of this Turtle file as well. May be repeated.",
)
@filtering
@click.option(
    "--all", "every", is_flag=True, help="List every result of a rule, not the first few."
)
@click.option(
    "--baseline",
    metavar="REV|FILE",
    help="Report only what is new and what has been mended since a git revision of the plan's "
    "folder, or since an earlier answer in JSON.",
)
@answering((*TABLES, "ttl", "jsonld", "sarif", "junit"))
def check_command(  # noqa: PLR0913 - one parameter an option
    path: tuple[Path, ...],
    *,
    fail_on: str,
    profile: str,
    rules: tuple[str, ...],
    files: tuple[Path, ...],
    only: dict[str, str],
    every: bool,
    baseline: str | None,
    wanted: Wanted,
) -> int:
    """Check the plan against the rules; PATH is a plan's folder or an RDF file.

    Exits with 0 where nothing is as bad as --fail-on says, 1 where something is, and 2 where it
    cannot tell. What breaks a rule is still loaded and shown: finding gaps is the purpose.
    Rules in the folder rules/ of the plan are checked too. What --severity, --group, --level,
    --document and --status leave out is neither shown nor does it fail; with --baseline only new
    results count.
    sarif shows results at their lines in code review, junit in a build server.

    \b
    Examples:
      goldenthread check
      goldenthread check my-plan/ --profile draft --fail-on "should fix"
      goldenthread check --rule Measure-target --all
      goldenthread check --severity "must fix" --level action
      goldenthread check --format json --output results.json
      goldenthread check --baseline results.json
      goldenthread check my-plan/ --baseline HEAD~1 --format sarif --output check.sarif
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.services.validation import fails, rulebook

    dataset = open_data((*path, *wanted.data), wanted.store, wanted.base)
    asked = Asked(rulebook(dataset, files), wanted.chosen_reading, rules, profile)
    report = asked.of(dataset)
    if baseline is not None:
        if any(only.values()):
            raise BadValue(
                "A baseline is compared whole: leave out --severity, --group, --level, "
                "--document and --status. --rule and --profile can stay."
            )
        changes = asked.since(dataset, report, baseline)
        report = replace(report, results=changes.new)
        if (wanted.form or "text") in ("text", "json", "csv", "xlsx", "docx", "md", "html"):
            deliver(_changed(changes), dataset, wanted)
            return int(fails(report, fail_on))
    from goldenthread.services.naming import plurals

    levels = list(plurals(dataset, wanted.chosen_reading)) if only["level"] else []
    report, narrowed = choose(report, only, levels)
    deliver(_answer(dataset, report, narrowed, every=every), dataset, wanted)
    return int(fails(report, fail_on))


def _changed(changes: "Changes") -> Answer:
    from goldenthread.faces.cli.say.reports import changed_lines

    return Answer(
        "Changes in check results",
        lambda: changed_lines(changes),
        changes.to_json,
        lambda: [changes.table()],
    )


def _answer(
    dataset: "Dataset", report: "Report", narrowed: "Narrowed[Result]", *, every: bool
) -> Answer:
    from goldenthread.domain.sarif import to_junit
    from goldenthread.faces.cli.say.reports import check_lines

    said = narrowed.sentence("check result", "check results") if narrowed.chosen else ""
    return Answer(
        "Check results",
        lambda: check_lines(report, every=every, narrowed=said),
        lambda: report.to_json() | {"facets": [f.to_json() for f in narrowed.facets]},
        lambda: [_table(report)],
        {
            "ttl": lambda: _rdf(report, "ttl"),
            "jsonld": lambda: _rdf(report, "jsonld"),
            "sarif": lambda: _sarif(dataset, report),
            "junit": lambda: to_junit(report),
        },
    )


def _table(report: "Report") -> "Table":
    from goldenthread.domain.tabling import result_table

    return result_table(report)


def _rdf(report: "Report", form: str) -> bytes:
    from goldenthread.services.exporting import graph_bytes
    from goldenthread.services.validation import to_graph

    return graph_bytes(to_graph(report), form)


def _sarif(dataset: "Dataset", report: "Report") -> bytes:
    """Return results at their lines, in files as they are named from where the check was run."""
    from goldenthread.domain.sarif import to_sarif
    from goldenthread.services.exporting import tool_version
    from goldenthread.store.places import places

    found, top = places(dataset), Path.cwd()

    def locate(iri: str) -> tuple[str, int] | None:
        place = found.get(iri)
        if place is None:
            return None
        file = place.file.resolve()
        inside = file.is_relative_to(top)
        return (file.relative_to(top).as_posix() if inside else file.as_uri()), place.line

    return json_bytes(to_sarif(report, locate, tool_version()))
