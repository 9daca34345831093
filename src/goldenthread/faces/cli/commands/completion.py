"""`goldenthread completion`: the script by which a shell completes commands, ids and names."""

import click

from goldenthread.faces.cli.output import printable_text, write

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def completion_command(shell: str) -> None:
    """Print the script that completes commands, options, ids and query names in SHELL.

    \b
    Examples:
      goldenthread completion bash >> ~/.bashrc
      goldenthread completion zsh >> ~/.zshrc
      goldenthread completion fish > ~/.config/fish/completions/goldenthread.fish
    """  # noqa: D301 - \b keeps click from joining the lines
    from click.shell_completion import get_completion_class

    from goldenthread.faces.cli.main import goldenthread

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"There is no completion for {shell} in this version of click.")
    script = kind(goldenthread, {}, "goldenthread", "_GOLDENTHREAD_COMPLETE")
    # Not .source(): for bash that starts bash to ask its version.
    write(printable_text(script.source_template % script.source_vars()), None)
