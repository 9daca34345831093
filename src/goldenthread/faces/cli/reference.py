"""Write the reference of the command line from the commands themselves.

`python -m goldenthread.faces.cli.reference` prints docs/reference/commands.md; a test compares.
"""

import inspect
from collections.abc import Iterator

import click

from goldenthread.domain import columns
from goldenthread.domain.table import Column
from goldenthread.faces.cli.main import COMMANDS, Lazy, goldenthread
from goldenthread.faces.cli.output import printable_text, write

_HEAD = """# Commands

Made from the commands by `python -m goldenthread.faces.cli.reference`; do not edit.

An answer goes to standard output and nothing else does; messages go to standard error.
`COLUMNS` sets the width of text that does not go to a screen, `NO_COLOR` turns colour off.
`GOLDENTHREAD_DATA` names the plans to open where `--data` names none.

| exit code | means |
|---|---|
| 0 | all is well |
| 1 | `check` found an open result at or above `--fail-on` |
| 2 | no answer: wrong usage, an unknown id, a file that cannot be read or written |
| 130 | stopped with Ctrl-C |
"""
_TABLES = """## Columns

`csv` holds the first table of an answer, `xlsx` and `docx` all of them. In `csv` and `xlsx` text
that a spreadsheet would run as a formula, because it begins with `=`, `+`, `-`, `@`, a tab or a
carriage return, has an apostrophe in front; take it off to have the words as printed.
`xlsx` says in its last sheet, and `docx` at its end, which plan, documents, reading, rights and
data set (SHA-256) it was made from. Neither holds the time at which it was made.
"""


def reference() -> str:
    """Return the reference of all commands as Markdown."""
    root = click.Context(goldenthread, info_name="goldenthread")
    parts = [_HEAD]
    for name, command, path in _commands(root):
        context = click.Context(command, info_name=name, parent=root)
        parts.append("\n".join(_command(command, path, context)))
    parts.append(_TABLES)
    parts += [_columns(name.capitalize(), found) for name, found in _tables()]
    return "\n".join(parts)


def _commands(root: click.Context) -> Iterator[tuple[str, click.Command, str]]:
    group = root.command
    for name in COMMANDS:
        command = group.get_command(root, name) if isinstance(group, Lazy) else None
        if command is None:
            continue
        yield name, command, name
        if isinstance(command, click.Group):
            for below in sorted(command.commands):
                yield f"{name} {below}", command.commands[below], f"{name} {below}"


def _command(command: click.Command, path: str, context: click.Context) -> Iterator[str]:
    """Yield one command's usage, help, examples and options."""
    usage = " ".join(command.collect_usage_pieces(context))
    text = inspect.cleandoc(command.help or "")
    yield f"## {path}\n\n```\ngoldenthread {path} {usage}\n```\n"
    for block in text.split("\n\n"):
        if not block.startswith("\b"):
            yield f"{block}\n"
            continue
        title, *lines = block.removeprefix("\b\n").splitlines()
        # Examples are lines of their own; what follows a colon on the same line is a list.
        code = inspect.cleandoc("\n".join(lines))
        yield f"{title}\n\n```\n{code}\n```\n" if lines else f"{title}\n"
    yield "| option | says |\n|---|---|"
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context)):
            yield f"| `{record[0].replace('|', chr(92) + '|')}` | {record[1]} |"
    yield ""


def _tables() -> Iterator[tuple[str, tuple[Column, ...]]]:
    for name, found in sorted(vars(columns).items()):
        if isinstance(found, tuple) and isinstance(found[0], Column):
            yield name, found


def _columns(title: str, found: tuple[Column, ...]) -> str:
    rows = "\n".join(f"| `{c.key}` | {c.heading} | {c.meaning} |" for c in found)
    return f"### {title}\n\n| key | heading | meaning |\n|---|---|---|\n{rows}\n"


if __name__ == "__main__":
    write(printable_text(reference()), None)
