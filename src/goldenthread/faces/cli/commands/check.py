"""`goldenthread check`: the plan against the rules."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.faces.cli.options import TABLES, Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver

if TYPE_CHECKING:
    from goldenthread.domain.table import Table
    from goldenthread.domain.validation import Report

FAIL_ON = ("must fix", "should fix", "note", "never")


@click.command("check")
@click.argument("path", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="must fix",
    show_default=True,
    help="Exit with 1 where an open result is as bad as this or worse.",
)
@click.option("--rule", "rules", multiple=True, help="Only this rule, by id. May be repeated.")
@click.option(
    "--all", "every", is_flag=True, help="List every result of a rule, not the first few."
)
@answering((*TABLES, "ttl", "jsonld"))
def check_command(
    path: tuple[Path, ...],
    fail_on: str,
    rules: tuple[str, ...],
    every: bool,
    wanted: Wanted,
) -> int:
    """Check the plan against the rules; PATH is a plan's folder or an RDF file.

    Exits with 0 where nothing is as bad as --fail-on says, 1 where something is, and 2 where it
    cannot tell. What breaks a rule is still loaded and shown: finding gaps is the purpose.

    \b
    Examples:
      goldenthread check
      goldenthread check my-plan/ --fail-on "should fix"
      goldenthread check --rule Measure-target --all
      goldenthread check --format json --output results.json
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.faces.cli.say.reports import check_lines
    from goldenthread.services.validation import check, fails

    dataset = open_data((*path, *wanted.data), wanted.store)
    reading = wanted.chosen_reading
    named = [r.removeprefix("shape:") for r in rules]
    report = check(dataset, reading, named or None)
    answer = Answer(
        "Check results",
        lambda: check_lines(report, every=every),
        report.to_json,
        lambda: [_table(report)],
        {"ttl": lambda: _rdf(report, "ttl"), "jsonld": lambda: _rdf(report, "jsonld")},
    )
    deliver(answer, dataset, wanted)
    return int(fails(report, fail_on))


def _table(report: "Report") -> "Table":
    from goldenthread.domain.tabling import result_table

    return result_table(report)


def _rdf(report: "Report", form: str) -> bytes:
    from goldenthread.services.exporting import graph_bytes
    from goldenthread.services.validation import to_graph

    return graph_bytes(to_graph(report), form)
