"""The options that commands share, and the types that complete ids, names and formats."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from goldenthread.store.resources import BASE_VARIABLE, DATA_VARIABLE, plan_paths

if TYPE_CHECKING:
    from goldenthread.store.dataset import Dataset

Command = TypeVar("Command", bound=Callable[..., Any])
TABLES = ("text", "json", "csv", "xlsx", "docx", "md", "html")
GRAPHS = ("ttl", "jsonld", "nt")
# What a file must take: a terminal cannot show it, and a pipe would hide that it is not text.
BINARY = ("xlsx", "docx", "pdf", "png")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a person wants to be answered."""

    form: str | None
    """The format; None where the ending of `output` decides, or it is text."""
    output: Path | None
    reading: str | None
    """None where the question decides; only `query` leaves that open."""
    data: tuple[Path, ...]
    store: str = ""
    """Folder or address of a store that holds plans; nothing where none is meant."""
    base: str = ""
    """What IRIs of things begin with in the answer; nothing where it is what files say."""

    @property
    def chosen_reading(self) -> str:
        """Return the reading, corrected where none was named."""
        return self.reading or "corrected"


def answering(
    formats: tuple[str, ...] = TABLES, reading: str | None = "corrected"
) -> Callable[[Command], Command]:
    """Return a decorator that adds --format, --output, --reading, --data, --store and --base.

    The command gets them in one argument, `wanted`. Without a default for `reading` the command
    chooses one.
    """
    files = "xlsx, docx and pdf" if "pdf" in formats else "xlsx and docx"
    options = (
        click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            help=f"How to answer. Default: {formats[0]}, or what the ending of --output says.",
        ),
        click.option(
            "--output",
            type=click.Path(dir_okay=False, path_type=Path),
            help=f"Write the answer to this file. Needed by {files}.",
        ),
        reading_option(reading),
        data_option,
        store_option,
        base_option,
    )

    def add(command: Command) -> Command:
        @wraps(command)
        def gathered(
            *,
            form: str | None,
            output: Path | None,
            reading: str | None,
            data: tuple[Path, ...],
            store: str,
            base: str,
            **rest: object,
        ) -> object:
            return command(wanted=Wanted(form, output, reading, data, store, base), **rest)

        for option in reversed(options):
            gathered = option(gathered)
        return cast(Command, gathered)

    return add


def reading_option(default: str | None = "corrected") -> Callable[[Command], Command]:
    """Return a decorator that adds --reading."""
    return click.option(
        "--reading",
        type=click.Choice(("corrected", "printed")),
        default=default,
        show_default=True,
        help="Read the documents with corrections, or as printed."
        + ("" if default else " Default: what the question is about."),
    )


def data_option(command: Command) -> Command:
    """Add --data."""
    return click.option(
        "--data",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A plan's folder or an RDF file, instead of the plan that ships. May be repeated. "
        f"Default: the paths in {DATA_VARIABLE}, if it is set.",
    )(command)


def store_option(command: Command) -> Command:
    """Add --store."""
    return click.option(
        "--store",
        default="",
        metavar="URL",
        help="Read the plans of a store: the http address of a SPARQL endpoint, or a folder that "
        "Oxigraph keeps. It is read once and never written.",
    )(command)


def base_option(command: Command) -> Command:
    """Add --base."""
    return click.option(
        "--base",
        envvar=BASE_VARIABLE,
        default="",
        metavar="URL",
        help="What the IRIs of things begin with in all that is given out; files keep theirs. "
        "Ends with a slash.",
    )(command)


def open_data(given: tuple[Path, ...], store: str = "", base: str = "") -> "Dataset":
    """Open the plans that a command is about; the environment's only where it names none."""
    from goldenthread.store.dataset import Dataset
    from goldenthread.store.rebasing import checked

    return Dataset.open_plans(given if store else plan_paths(given), store, checked(base))


def _named(ctx: click.Context) -> "Dataset":
    """Open the plans that a half-typed command names so far."""
    given = ctx.params
    return open_data(given.get("data") or (), given.get("store") or "", given.get("base") or "")


class Id(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.5
    """A thing: a short id, a full IRI, or words. The shell completes short ids."""

    name = "id"

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click passes it by name
        incomplete: str,
    ) -> list[Any]:
        """Return the short ids that begin with what is typed, each with its words."""
        from click.shell_completion import CompletionItem

        from goldenthread.services.naming import all_ids

        found = all_ids(_named(ctx))
        return [CompletionItem(i, help=label) for i, label in found if i.startswith(incomplete)]


class QueryName(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.5
    """A library query by name, a file, or `-`. The shell completes names."""

    name = "query"

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click passes it by name
        incomplete: str,
    ) -> list[Any]:
        """Return the names that begin with what is typed, then the files."""
        from click.shell_completion import CompletionItem

        from goldenthread.store.queries import library

        names = library(plan_paths(ctx.params.get("data") or ())).names()
        found = [CompletionItem(n) for n in names if n.startswith(incomplete)]
        return found or [CompletionItem(incomplete, type="file")]


class LevelKey(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.5
    """The key of a level. The shell completes keys."""

    name = "level"

    def __init__(self, *more: str) -> None:
        """Complete `more` as well as the keys of levels."""
        self.more = more

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 - click passes it by name
        incomplete: str,
    ) -> list[Any]:
        """Return the keys that begin with what is typed, each with the plan's plural name."""
        from click.shell_completion import CompletionItem

        from goldenthread.services.naming import plurals

        keys = plurals(_named(ctx)) | dict.fromkeys(self.more, "")
        return [CompletionItem(k, help=n) for k, n in keys.items() if k.startswith(incomplete)]
