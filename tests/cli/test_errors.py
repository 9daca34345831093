import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]


BROKEN = '@prefix gt: <https://w3id.org/goldenthread/ontology/> .\ngt:a gt:b "open .\n'


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what was said on standard error, after the checks that hold for every error."""
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
    return done.stderr.decode()


def test_unreadable_file_has_its_place(run: Run, tmp_path: Path) -> None:
    """Guards that a file that cannot be parsed is named with line and column."""
    (tmp_path / "plan.ttl").write_text(BROKEN, encoding="utf-8")
    text = told(run("gaps", "--data", tmp_path))
    assert f"{tmp_path / 'plan.ttl'}:2:" in text


def test_file_in_another_encoding(run: Run, tmp_path: Path) -> None:
    """Guards that bytes that are no UTF-8 are an error with a place, not a crash."""
    (tmp_path / "plan.ttl").write_bytes(b'<urn:a> <urn:b> "caf\xe9" .\n')
    assert str(tmp_path / "plan.ttl") in told(run("gaps", "--data", tmp_path))


@pytest.mark.parametrize("command", ["gaps", "coverage", "check", "list", "export"])
def test_missing_plan(run: Run, tmp_path: Path, command: str) -> None:
    """Guards that a folder that is not there is named, with what to give instead."""
    arguments = [command, "ttl"] if command == "export" else [command]
    text = told(run(*arguments, "--data", tmp_path / "nothing"))
    assert f"There is no plan at {tmp_path / 'nothing'}" in text
    assert "Give a folder" in text


def test_folder_without_a_plan(run: Run, tmp_path: Path) -> None:
    """Guards that an empty folder is no plan without gaps."""
    assert "holds no RDF file" in told(run("gaps", "--data", tmp_path))


@pytest.mark.parametrize(
    "arguments", [["check"], ["gaps"], ["timeline"], ["verify"], ["serve", "--port", "0"]]
)
@pytest.mark.parametrize("written", ["", '<urn:a> <urn:b> "of something else" .\n'])
def test_rdf_of_something_else_is_no_plan(
    run: Run, tmp_path: Path, arguments: list[str], written: str
) -> None:
    """Guards against a false all-clear: RDF without a plan in it is no plan that conforms."""
    path = tmp_path / "other.ttl"
    path.write_text(written, encoding="utf-8")
    text = told(run(*arguments, "--data", path))
    assert f"There is no plan in {path}" in text
    assert "plan.ttl" in text


def test_a_period_that_is_not_there_is_no_empty_timeline(run: Run) -> None:
    """Guards that a slip in a filter is told, with what there is, and that words will do."""
    text = told(run("timeline", "--period", "Year 9"))
    assert "nothing here is “Year 9”" in text
    assert "period/year-2" in text
    done = run("timeline", "--period", "Year 2")
    assert done.returncode == 0
    assert b"only period \xe2\x80\x9cYear 2" in b" ".join(done.stdout.split())


def test_plan_from_the_environment(run: Run, four_levels_folder: Path) -> None:
    """Guards that GOLDENTHREAD_DATA is used where --data is not, and only there."""
    named = run("list", "--data", four_levels_folder)
    env = {"GOLDENTHREAD_DATA": str(four_levels_folder)}
    assert named.returncode == 0
    assert run("list", env=env).stdout == named.stdout
    assert run("list", "--data", "nowhere", env=env).returncode == 2


@pytest.mark.parametrize("form", ["xlsx", "docx"])
@pytest.mark.parametrize("command", [["trace", "down", "corporate-priority/4"], ["gaps"]])
def test_binary_formats_need_a_file(run: Run, command: list[str], form: str) -> None:
    """Guards that no office file is poured onto a terminal, and that the way out is said."""
    assert f"--output FILE.{form}" in told(run(*command, "--format", form))


def test_export_needs_a_file_too(run: Run) -> None:
    """Guards the same for export, which takes its format as an argument."""
    assert "--output FILE.xlsx" in told(run("export", "xlsx"))


def test_unknown_format_lists_those_there_are(run: Run) -> None:
    """Guards that a slip in a format is met with the list."""
    text = told(run("trace", "down", "corporate-priority/4", "--format", "exel"))
    assert "exel" in text
    assert "'xlsx'" in text


def test_unknown_command_names_the_nearest(run: Run) -> None:
    """Guards that a slip in a command is met with the command."""
    assert "Did you mean trace?" in told(run("trac"))


def test_unknown_level_and_query(run: Run) -> None:
    """Guards that names of levels, classes and queries are met with those there are."""
    assert "measure" in told(run("gaps", "--level", "nothing"))
    assert "measure" in told(run("list", "nothing"))
    assert "There is no library query “nothing”" in told(run("query", "nothing"))


def test_folder_not_writable(run: Run, tmp_path: Path) -> None:
    """Guards that an answer that cannot be written is an error and leaves nothing behind."""
    text = told(run("gaps", "--output", tmp_path / "no" / "gaps.csv"))
    assert "cannot be written" in text
    assert list(tmp_path.iterdir()) == []


def test_output_keeps_the_old_file_where_it_fails(run: Run, tmp_path: Path) -> None:
    """Guards that a failing command does not empty a file that was good."""
    kept = tmp_path / "gaps.csv"
    kept.write_text("good", encoding="utf-8")
    told(run("gaps", "--data", tmp_path / "nothing", "--output", kept))
    assert kept.read_text(encoding="utf-8") == "good"


def test_port_taken(run: Run) -> None:
    """Guards that a taken port is said to be taken, with a port to try."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        text = told(run("serve", "--port", str(port)))
    assert f"Port {port} is taken" in text
    assert f"--port {port + 1}" in text


def test_address_of_another_computer(run: Run) -> None:
    """Guards that an address that is not this computer's is an error in words."""
    assert "Try --host 127.0.0.1" in told(run("serve", "--host", "192.0.2.1", "--port", "0"))


def test_query_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    """Guards that SPARQL in a file is refused with file, line and column."""
    file = tmp_path / "mine.rq"
    file.write_text("SELECT ?s\nWHERE { ?s ?p }\n", encoding="utf-8")
    assert re.search(re.escape(str(file)) + r":\d+:\d+: ", told(run("query", file)))
    assert "standard input:" in told(run("query", "-", stdin=b"SELEC"))


def test_query_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    """Guards that a mistyped file is not taken for the name of a query."""
    assert "There is no file" in told(run("query", tmp_path / "none.rq"))


def test_parameters_are_checked(run: Run) -> None:
    """Guards that a parameter without = is refused."""
    assert "--param NAME=VALUE" in told(run("query", "thread-down", "--param", "thing"))


def test_judging_needs_a_folder(run: Run, shipped_folder: Path) -> None:
    """Guards that the plan that ships is never changed unasked."""
    before = (shipped_folder / "judgements.ttl").read_bytes()
    done = run("judge", "apply", "judgement/year-1-is-2022-23", "--role", "x", "--reason", "y")
    assert "--data" in told(done)
    assert (shipped_folder / "judgements.ttl").read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_reader_that_leaves_early(shipped_folder: Path) -> None:
    """Guards that `| head` ends quietly, and is not taken for a failed check."""
    command = [sys.executable, "-m", "goldenthread", "export", "nt", "--data", str(shipped_folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        said = process.stderr.read()
        code = process.wait(60)
    assert said == b""
    assert code == 0


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_is_clean() -> None:
    """Guards that Ctrl-C stops the explorer without a trace of Python."""
    command = [sys.executable, "-m", "goldenthread", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        first = process.stderr.readline()
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        code = process.wait(60)
    assert b"http://127.0.0.1:" in first
    assert b"Traceback" not in said
    assert code in (0, 130)


def test_utf8_whatever_the_locale(run: Run) -> None:
    """Guards that answers are UTF-8 where the locale is not, as on Windows."""
    plain = run("trace", "up", "service-priority/1.4")
    odd = run(
        "trace", "up", "service-priority/1.4", env={"PYTHONIOENCODING": "cp1252", "LC_ALL": "C"}
    )
    assert plain.stdout == odd.stdout
    assert "“" in odd.stdout.decode("utf-8")
    missing = run("show", "nothing/ü", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert "nothing/ü" in missing.stderr.decode("utf-8")


def test_without_arguments_the_help_is_the_answer(run: Run) -> None:
    """Guards that the first thing a newcomer types explains itself, on standard output."""
    done = run()
    assert done.returncode == 0
    assert done.stdout.startswith(b"Usage: goldenthread")
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_answer_that_cannot_be_written_is_no_result_of_a_check() -> None:
    """Guards exit 2, not 1, where standard output is full: `check` uses 1 for what it found."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "goldenthread", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_closed_standard_output_is_said_so() -> None:
    """Guards the message, and no traceback, where a caller has closed standard output."""
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "{sys.executable}" -m goldenthread list >&-'],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert b"Standard output is closed" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with a name")
def test_a_device_a_pipe_and_a_link_stay_what_they_are(run: Run, tmp_path: Path) -> None:
    """Guards `--output /dev/null` and the like: an answer goes into them, not in their place."""
    pipe, target, link = (tmp_path / name for name in ("pipe", "target.csv", "link.csv"))
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("list", "--format", "csv", "--output", pipe).returncode == 0
        assert len(os.read(reading, 1 << 16)) > 1
    finally:
        os.close(reading)
    assert pipe.is_fifo()
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    assert run("list", "--output", link).returncode == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") != "old"


def test_an_ending_without_a_format_is_refused(run: Run, tmp_path: Path) -> None:
    """Guards against text in a file whose name promises something else."""
    assert "Say --format" in told(run("gaps", "--output", tmp_path / "gaps.foo"))
    assert not list(tmp_path.iterdir())


def test_a_dash_is_standard_output(run: Run) -> None:
    """Guards the convention that a dash stands for standard output, and makes no file."""
    assert run("list", "--output", "-").stdout == run("list").stdout


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("search", ""), "Nothing to search for"),
        (("show", ""), "Nothing was asked for"),
        (("query", "-"), "Standard input holds no query"),
    ],
)
def test_an_empty_question_is_refused(run: Run, command: tuple[str, str], said: str) -> None:
    """Guards that nothing asked is said so."""
    assert said in told(run(*command))
