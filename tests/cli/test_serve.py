import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[bytes]]


def test_explorer_answers(four_levels_folder: Path) -> None:
    """Guards that serve says where it is and answers there, with another plan too."""
    command = [sys.executable, "-m", "goldenthread", "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, "--data", str(four_levels_folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        try:
            said = process.stderr.readline().decode()
            address = said.split(" is at ")[1].split(". ")[0]
            assert address.startswith("http://127.0.0.1:")
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - made here
                page = answer.read().decode()
            assert "<html" in page
        finally:
            process.terminate()
            process.wait(30)


def test_site_is_written(run: Run, four_levels_folder: Path, tmp_path: Path) -> None:
    """Guards that site prints the file to open, and nothing else, and that it is there."""
    done = run("site", tmp_path / "pages", "--no-downloads", "--data", four_levels_folder)
    assert (done.returncode, done.stderr) == (0, b"")
    index = tmp_path / "pages" / "index.html"
    assert done.stdout.decode() == f"{index}\n"
    assert "<html" in index.read_text(encoding="utf-8")


def test_site_folder_that_cannot_be(run: Run, four_levels_folder: Path, tmp_path: Path) -> None:
    """Guards that a folder that cannot be made is an error in words."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        done = run("site", folder, "--data", four_levels_folder)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"Traceback" not in done.stderr
