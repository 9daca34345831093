"""The command line: finds the command, loads it alone, and says what went wrong in one place."""

import gc
import sys
from importlib import import_module
from typing import Any

import click

from goldenthread.errors import Ambiguous, GoldenthreadError, NotFound

_OBJECTS = 500_000
OK, DIFFERS, CANNOT_TELL, STOPPED = 0, 1, 2, 130
_COMMANDS = "goldenthread.faces.cli.commands"
# Module and what the command answers: the list is shown without loading any of them.
COMMANDS = {
    "briefing": ("briefing", "Brief a reader on one thing, on a page or two."),
    "about": ("about", "Show which data set this is, by its hash, and from what it was read."),
    "accept": ("accept", "Accept a check result until a day, or open it again."),
    "check": ("check", "Check the plan against the rules."),
    "completion": ("completion", "Print a script that completes commands in your shell."),
    "coverage": ("coverage", "Set one level against another, a theme or a period."),
    "diff": ("diff", "Compare two plans: what was added, removed, reworded."),
    "export": ("export", "Write everything that is known as RDF, tables or a graph."),
    "gaps": ("gaps", "List what has nothing recorded that its level expects."),
    "history": ("history", "Show how check results and gaps changed over the plan's git history."),
    "judge": ("judge", "Propose, apply, withdraw or dispute a correction or assumption."),
    "list": ("things", "List all things of a class or level."),
    "query": ("query", "Ask a question of the library, or one of your own."),
    "rules": ("rules", "List the rules, or explain one with its examples and results."),
    "report": ("report", "Make an assurance pack: what an auditor needs to sign."),
    "sample": ("sample", "Draw links and entries for somebody to compare with the paper."),
    "search": ("things", "Find things by words or number."),
    "serve": ("serve", "Start the explorer in a browser."),
    "show": ("things", "Show one thing with its entries and what stands around it."),
    "site": ("serve", "Write the explorer's pages as files."),
    "timeline": ("timeline", "List things by period, with what is ongoing or has no date."),
    "trace": ("trace", "Follow the thread down to measures, or up to what is served."),
    "verify": ("verify", "Compare a plan with its texts and its seal."),
    "why": ("why", "Show the evidence back to the words and rules."),
}


class Lazy(click.Group):
    """A group that imports a command when it is called: cold start counts."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, importing its module."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"{_COMMANDS}.{COMMANDS[cmd_name][0]}")
        found: click.Command = getattr(module, f"{cmd_name}_command")
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which there are."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(
                f"There is no command “{args[0]}”.{hint} The commands are: {', '.join(COMMANDS)}.",
                ctx,
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from goldenthread.services.exporting import tool_version

        click.echo(f"goldenthread {tool_version()}")
        ctx.exit()


@click.group(
    cls=Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="An independent reading of published documents; not a council service.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version.",
)
def goldenthread() -> None:
    """Follow a plan's golden thread, from a priority to the measures that show whether it is met.

    \b
    Examples:
      goldenthread trace down corporate-priority/4
      goldenthread gaps
      goldenthread serve
    """  # noqa: D301 - \b keeps click from joining the lines


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return 0 where all is well, 1 where a check finds something, 2 on errors."""
    _use_utf8()
    # A plan makes some hundred thousand objects that live as long as the command does: looking
    # through them again and again for rubbish takes a tenth of its time.
    gc.set_threshold(_OBJECTS)
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        result = goldenthread.main(
            args=arguments or ["--help"], prog_name="goldenthread", standalone_mode=False
        )
    except (KeyboardInterrupt, click.Abort):
        _say("Stopped.")
        return STOPPED
    except (click.ClickException, GoldenthreadError) as error:
        _explain(error)
        return CANNOT_TELL
    return result if isinstance(result, int) else OK


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def _explain(error: click.ClickException | GoldenthreadError) -> None:
    """Say on standard error what happened, why, and what to do."""
    from goldenthread.faces.cli.terminal import printable

    if isinstance(error, click.ClickException):
        _say(f"Cannot run: {error.format_message()}")
        context = getattr(error, "ctx", None)
        if context is not None:
            _say(context.get_usage())
            _say(f"See: {context.command_path} --help")
        return
    _say(printable(f"{error.title}: {error}"))
    pairs = error.candidates if isinstance(error, Ambiguous) else []
    if isinstance(error, NotFound) and error.nearest:
        _say("Nearest:")
        pairs = error.nearest
    for short, label in pairs:
        _say(printable(f"  {short}  {label}"))


def _say(text: str) -> None:
    click.echo(text, err=True)
