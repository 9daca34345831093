import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]
FOUR = Path(__file__).resolve().parents[1] / "cases" / "plan-four-levels"


def test_a_briefing_as_text_reads_from_top_to_bottom(run: Run) -> None:
    """Guards the order of headings and the words of the document with their place."""
    done = run("briefing", "corporate-priority/4")
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    heads = [x for x in lines if x and not x.startswith(" ")]
    assert heads[1:] == [
        "What it says",
        "What is done for it",
        "How we will know",
        "What is missing",
        "How sure we are",
        "In numbers",
    ]
    assert any("Annex 3, row 4, column 1 prints" in x for x in lines)


def test_a_briefing_in_each_format(run: Run, tmp_path: Path) -> None:
    """Guards Markdown, a page of its own, JSON with its data set, and Word twice the same."""

    def form(name: str) -> str:
        return run("briefing", "ambition/a", "--data", FOUR, "--format", name).stdout.decode()

    assert form("md").startswith("# Briefing: ambition A: A harbour that lasts\n\n")
    page = form("html")
    assert "<h1>Briefing: ambition A" in page
    assert 'lang="en"' in page
    value = json.loads(form("json"))
    assert value["sections"][0]["key"] == "says"
    assert value["dataset"]["sha256"]
    files = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for file in files:
        assert run("briefing", "ambition/a", "--data", FOUR, "--output", file).returncode == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert docx.Document(io.BytesIO(files[0].read_bytes())).paragraphs[0].style.name == "Title"


def test_what_only_groups_has_no_briefing(run: Run) -> None:
    """Guards the message for a theme: what to do instead, and exit 2."""
    done = run("briefing", "theme/people")
    assert done.returncode == 2
    assert "groups things" in done.stderr.decode()


@pytest.mark.parametrize("thing", ["service-priority/1.4", "entry/annex-3-6481"])
def test_why_begins_with_the_account_and_keeps_the_chain(run: Run, thing: str) -> None:
    """Guards that the paragraph joins the evidence and never takes its place."""
    text = run("why", thing).stdout.decode()
    value = json.loads(run("why", thing, "--format", "json").stdout)
    assert {"subject", "sentence", "entries", "parts", "account"} <= set(value)
    if thing.startswith("entry"):
        assert value["account"] is None
        assert text.startswith("Annex 3, row 7")
        return
    assert text.startswith("Why does this L&H priority exist, and how will we know it worked?")
    assert "\nL&H priority 1.4: Support people to develop skills and knowledge is printed" in text
    assert value["account"]["paragraph"] in " ".join(text.replace("\n", " ").split())
