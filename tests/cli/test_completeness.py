import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from goldenthread.faces.cli.main import COMMANDS, goldenthread
from goldenthread.faces.cli.reference import reference

Run = Callable[..., subprocess.CompletedProcess[bytes]]


ROOT = Path(__file__).resolve().parents[2]


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its name, those of groups too."""
    context = click.Context(goldenthread)
    for name in COMMANDS:
        command = goldenthread.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            for below, sub in command.commands.items():
                yield f"{name} {below}", sub


ALL = dict(commands())


def test_every_command_of_the_brief_is_there() -> None:
    """Guards the list of commands that the project fixed."""
    fixed = "serve site trace gaps coverage check query search show list why judge export diff"
    assert set(fixed.split()) <= set(ALL)
    assert {"judge propose", "judge apply", "judge withdraw", "judge dispute"} <= set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_help_says_what_and_shows_how(name: str) -> None:
    """Guards that each command has help in whole sentences and an example that names it."""
    text = ALL[name].help or ""
    assert text.strip().split("\n")[0].rstrip().endswith((".", ",", "the", ":")) or len(text) > 80
    assert "Example" in text
    assert f"goldenthread {name}" in text


@pytest.mark.parametrize("name", ALL)
def test_every_option_is_explained(name: str) -> None:
    """Guards that no option is left without a sentence."""
    options = [p for p in ALL[name].params if isinstance(p, click.Option)]
    unexplained = [p.name for p in options if not (p.help or "").rstrip("]").endswith((".", "it"))]
    assert unexplained == []


@pytest.mark.parametrize("name", [n for n in ALL if n not in ("completion", "judge", "diff")])
def test_data_can_be_chosen(name: str) -> None:
    """Guards that every command that reads a plan can be given another."""
    assert "data" in {p.name for p in ALL[name].params}


def test_reference_is_up_to_date() -> None:
    """Guards that docs/reference/commands.md is what the commands say of themselves."""
    file = ROOT / "docs" / "reference" / "commands.md"
    written = file.read_text(encoding="utf-8")
    assert written == reference(), "python -m goldenthread.faces.cli.reference > " + str(file)
    assert all(f"## {name}\n" in written for name in ALL)


def test_help_and_version_in_a_process(run: Run) -> None:
    """Guards that help and version come on standard output and are no errors."""
    for arguments in (["--help"], ["trace", "--help"], ["judge", "propose", "-h"], ["--version"]):
        done = run(*arguments)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(run: Run, shell: str) -> None:
    """Guards that each shell gets a script that calls goldenthread."""
    done = run("completion", shell)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"_GOLDENTHREAD_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("trace down corporate-p", "corporate-priority/4"),
        ("show service-priority/1.", "service-priority/1.4"),
        ("query thread-d", "thread-down"),
        ("gaps --format x", "xlsx"),
        ("coverage --columns th", "theme"),
        ("ex", "export"),
    ],
)
def test_shell_completes(run: Run, typed: str, expected: str) -> None:
    """Guards that ids, names of queries, levels, formats and commands are completed."""
    env = {
        "_GOLDENTHREAD_COMPLETE": "bash_complete",
        "COMP_WORDS": f"goldenthread {typed}",
        "COMP_CWORD": str(len(typed.split())),
    }
    done = run(env=env)
    assert f"plain,{expected}" in done.stdout.decode().splitlines()
