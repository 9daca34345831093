"""`goldenthread rules`: the rules, and what there is to say of one."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from goldenthread.faces.cli.options import GRAPHS, TABLES, Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver


class RuleId(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.5
    """A rule by id, name or IRI. The shell completes names."""

    name = "id"

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click passes it by name
        incomplete: str,
    ) -> list[Any]:
        """Return the names that begin with what is typed, each with what breaks the rule."""
        from click.shell_completion import CompletionItem

        from goldenthread.store.resources import plan_paths
        from goldenthread.store.rulebook import rulebook

        known = rulebook(plan_paths(ctx.params.get("data") or ())).rules
        return [
            CompletionItem(r.name, help=r.label) for r in known if r.name.startswith(incomplete)
        ]


@click.command("rules")
@click.argument("rule", metavar="[ID]", type=RuleId(), default="")
@click.option(
    "--rules",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Add the rules of this Turtle file. May be repeated.",
)
@click.option(
    "--count", is_flag=True, help="Say how many results each rule has, which takes longer."
)
@answering((*TABLES, *GRAPHS))
def rules_command(rule: str, *, files: tuple[Path, ...], count: bool, wanted: Wanted) -> None:
    """List the rules and the profiles, or explain the rule ID.

    A rule is explained with why it matters, how to mend what breaks it, an example that breaks it
    and one that keeps it, its shape, and its results now. ttl, jsonld and nt give the shapes.

    \b
    Examples:
      goldenthread rules
      goldenthread rules Measure-target
      goldenthread rules --count --format csv --output rules.csv
      goldenthread rules Measure-target --format ttl
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.faces.cli.say.rules import catalogue_lines, rule_lines
    from goldenthread.services import rulebook as rulebooks
    from goldenthread.services.validation import check, rulebook

    dataset = open_data(wanted.data, wanted.store, wanted.base)
    reading, known = wanted.chosen_reading, rulebook(dataset, files)
    shown = known.select([rule] if rule else [])
    shapes = {form: partial(rulebooks.represent, shown, form) for form in GRAPHS}
    if rule and (wanted.form or "") not in GRAPHS:
        found = rulebooks.explain(known, rule)
        report = check(dataset, reading, [found.rule.iri], book=known)
        answer = Answer(
            found.rule.label[:1].upper() + found.rule.label[1:],
            lambda: rule_lines(found, report),
            lambda: {"reading": reading} | found.to_json(report.results),
            lambda: [rulebooks.catalogue(known, report).table(found.rule)],
            shapes,
        )
    else:
        made = check(dataset, reading, book=known) if count else None
        every = rulebooks.catalogue(known, made, reading)
        answer = Answer(
            "Rules",
            lambda: catalogue_lines(every),
            every.to_json,
            lambda: [every.table()],
            shapes,
        )
    deliver(answer, dataset, wanted)
