import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from goldenthread.services.exporting import things
from goldenthread.store.dataset import Dataset

Run = Callable[..., subprocess.CompletedProcess[bytes]]


GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("trace-down-corporate-priority-4", ["down", "corporate-priority/4"]),
        ("trace-down-corporate-priority-6", ["down", "corporate-priority/6"]),
        ("trace-up-service-priority-1.4", ["up", "service-priority/1.4"]),
        ("trace-up-mecc", ["up", "MECC model"]),
    ],
)
def test_text_is_as_read_aloud(run: Run, name: str, arguments: list[str]) -> None:
    """Guards the words of a trace: each was read against the documents before it was kept."""
    done = run("trace", *arguments)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    assert done.stdout.decode() == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_priority_4_says_what_the_row_prints(run: Run) -> None:
    """Guards the counts of the brief, and that the action without a row says its only way."""
    text = " ".join(run("trace", "down", "corporate-priority/4").stdout.decode().split())
    assert "3 L&H priorities, 8 actions and 14 measures" in text
    assert "One document states the whole thread to 1 promise and 5 actions." in text
    assert "comes through L&H priority 3.1 only: no document pairs it" in text
    assert "each step is stated; no document states the whole" in text


def test_priority_1_has_both_titles(run: Run) -> None:
    """Guards that drifting wording is shown where the thing is, and that nothing is doubled."""
    text = " ".join(run("trace", "down", "corporate-priority/1").stdout.decode().split())
    assert "4 actions and 3 measures" in text
    assert "2.2: Identify ways to improve the carbon impact" in text
    assert "words it “2.2 Identify ways to reduce the carbon impact" in text


@pytest.mark.parametrize(
    ("focus", "wanted"),
    [
        ("8", "Plan; and subsequently agree and deliver a 4-year capital"),
        ("8", "Asset Development Plan to improve capital assets in response"),
        ("2", "Digital Helper programme and develop opportunities for people to access and gain”"),
        ("1", "Heritage Asset Development Plan”"),
    ],
)
def test_a_longer_or_broken_off_wording_is_shown(run: Run, focus: str, wanted: str) -> None:
    """Guards the other wording where one document says more than the other, or breaks off."""
    text = " ".join(run("trace", "down", f"corporate-priority/{focus}").stdout.decode().split())
    assert wanted in text.split("Annex 3 words it", 1)[1]


def test_case_and_quotation_marks_are_no_other_wording(run: Run) -> None:
    """Guards that 1.3, which differs by capitals, and 2.4, by quotation marks, have one wording."""
    for focus in ("3", "7"):
        text = run("trace", "down", f"corporate-priority/{focus}").stdout.decode()
        assert "L&H priority" in text
        assert "words it" not in text


def test_other_number_is_named_and_quoted(run: Run) -> None:
    """Guards that 1.4 always says that a document prints 1.5 for it, with the printed words."""
    text = " ".join(run("trace", "up", "service-priority/1.4").stdout.decode().split())
    assert "prints it as 1.5" in text
    assert "“1.5 Support people to develop skills and knowledge”" in text


def test_no_link_is_said_so(run: Run) -> None:
    """Guards the words of a gap, and that a number printed for another thing is explained."""
    text = " ".join(run("trace", "up", "service-priority/1.5").stdout.decode().split())
    assert "Annex 3 prints 1.5 for what is service-priority/1.4 here" in text
    assert "No link is recorded above it" in text
    assert "aligned" not in text


def test_cross_reference_counts_nothing(run: Run) -> None:
    """Guards that a printed cross-reference is shown beside the gap and is no step."""
    text = " ".join(run("trace", "down", "corporate-priority/6").stdout.decode().split())
    assert "*See Climate Emergency activities" in text
    assert "Annex 3, row 6, column 4 prints" in text
    # The remark has two halves, and the first alone would hide the count that the second asks for.
    assert "+ number of Libraries and Heritage sites developing green space" in text
    assert "is supported by" not in text


def test_numbers_of_both_readings(run: Run) -> None:
    """Guards that a number that a correction changes is given in both readings, both ways."""
    corrected = run("trace", "down", "corporate-priority/5").stdout.decode()
    assert "No link is recorded below it, with corrections. As printed: 2 actions." in corrected
    printed = run("trace", "down", "corporate-priority/5", "--reading", "printed").stdout.decode()
    assert "Below it, as printed: 2 actions. With corrections: 0 actions." in printed


def test_words_of_several_things_list_them(run: Run) -> None:
    """Guards that ambiguous words name their candidates and answer nothing."""
    done = run("trace", "up", "rural")
    assert (done.returncode, done.stdout) == (2, b"")
    told = done.stderr.decode()
    assert all(f"  {cls}/" in told for cls in ("promise", "action", "measure"))


def test_unknown_id_names_the_nearest(run: Run) -> None:
    """Guards that a slip in an id is met with the ids that it may have been."""
    done = run("trace", "up", "service-priority/1.44")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "service-priority/1.4  Support people" in done.stderr.decode()


def test_words_need_no_quotes(run: Run) -> None:
    """Guards that words after the direction are one search."""
    assert run("trace", "up", "MECC", "model").stdout == run("trace", "up", "MECC model").stdout


def test_screen_readers_get_words_alone(run: Run) -> None:
    """Guards that away from a screen no drawing or colour reaches the reader."""
    text = run("trace", "down", "corporate-priority/4").stdout.decode()
    assert not set(text) & set("│├└─\x1b")


def test_width_is_respected(run: Run) -> None:
    """Guards that lines end at the width given, save a single word that is longer."""
    done = run("trace", "down", "corporate-priority/4", env={"COLUMNS": "60"})
    lines = done.stdout.decode().splitlines()
    assert lines
    assert all(len(line) <= 60 for line in lines)


def test_four_levels_of_other_names(run: Run, four_levels_folder: Path) -> None:
    """Guards that a plan with other levels is traced in its own words, from every thing."""
    plan = Dataset.open([four_levels_folder])
    found = things(plan)
    assert found
    tops = [n for n in found if n.order == min(m.order for m in found)]
    bottoms = [n for n in found if n.order == max(m.order for m in found)]
    for node, direction in ((tops[0], "down"), (bottoms[0], "up")):
        done = run("trace", direction, node.id, "--data", four_levels_folder)
        assert done.returncode == 0, done.stderr.decode()
        assert node.name.split()[0] in done.stdout.decode()


def test_a_narrowed_trace_says_what_it_leaves_out(run: Run) -> None:
    """Guards the filter on the command line: the words, the counts, and what is only on the way."""
    done = run(
        *("trace", "down", "corporate-priority/4"),
        *("--class", "action", "--period", "year 2", "--theme", "place"),
    )
    text = " ".join(done.stdout.decode().split())
    assert "Narrowed to actions, theme Place and what a timescale puts into Year 2." in text
    assert "Left out: 1 promise, 2 L&H priorities, 5 actions and 14 measures" in text
    assert "1 L&H priority is shown only because it stands on the way." in text
    assert "comes through" not in text, "Annex 3 lists these three with priority 4 itself"


def test_nothing_that_fits_is_not_nothing_recorded(run: Run) -> None:
    """Guards truth: a filter that leaves nothing does not say that no link is recorded."""
    done = run("trace", "down", "corporate-priority/1", "--basis", "by-position")
    text = " ".join(done.stdout.decode().split())
    assert done.returncode == 0
    assert "nothing that fits" in text
    assert "No link" not in text
    assert "Left out: 1 promise, 1 L&H priority, 4 actions and 3 measures." in text


def test_an_unknown_value_of_a_filter_names_those_there_are(run: Run) -> None:
    """Guards the message for a theme, period, basis or class that the plan does not have."""
    for option, known in (
        ("--theme", "people, place, partnership"),
        ("--period", "year-1"),
        ("--basis", "stated, same-wording"),
        ("--class", "service-priority"),
    ):
        done = run("trace", "down", "corporate-priority/4", option, "nonesuch")
        assert (done.returncode, done.stdout) == (2, b"")
        assert known in done.stderr.decode()
