from pathlib import Path
from typing import Any

from openpyxl import load_workbook


def test_show_tells_how_documents_differ(run: Any) -> None:
    """Guards the differences between documents: what stands in one wording alone is named."""
    text = run("show", "service-priority/1.4").stdout.decode()
    assert "Worded otherwise: 1 word only here and 1 word only there." in text
    assert "only here: “1.5”" in text
    assert "not here: “1.4”" in text


def test_show_tells_what_corrections_change(run: Any) -> None:
    """Guards what the thing's page has: what is so in one reading alone."""
    text = run("show", "corporate-priority/5").stdout.decode()
    assert "What corrections change" in text
    assert "Only as printed: Action: Review existing partnerships" in text
    moved = run("show", "action/review-existing-partnerships-and-establish").stdout.decode()
    assert "Only with corrections: " in moved


def test_show_has_check_results_where_they_are_asked_for(run: Any) -> None:
    """Guards check results: how to ask for them is said, and each has its severity."""
    plain = run("show", "corporate-priority/5").stdout.decode()
    assert "goldenthread show corporate-priority/5 --checks" in plain
    asked = run("show", "corporate-priority/5", "--checks").stdout.decode()
    assert "Check results: " in asked
    assert "should fix: " in asked or "must fix: " in asked or "note: " in asked


def test_what_a_period_dates_is_a_table_too(run: Any, tmp_path: Path) -> None:
    """Guards a period, whose links begin at timescales: each row names what it dates."""
    file = tmp_path / "period.xlsx"
    done = run("show", "period/year-1", "--format", "xlsx", "--output", file)
    assert done.returncode == 0
    links = load_workbook(file)["Links"]
    below = [row[0].value for row in links.iter_rows(min_row=2)]
    assert below
    assert all(str(name).startswith("action/") for name in below)


def test_show_says_where_the_documents_date_it_differently(run: Any) -> None:
    """Guards the volunteer strategy: Q3 in Annex 3 and Year 3 in Appendix 3, at both actions."""
    for words in ("Review our volunteer strategy", "Review volunteer strategy, policy"):
        text = " ".join(run("show", words).stdout.decode().split())
        assert "The documents differ: " in text.split("Printed")[0]
        assert "“Q3”" in text.split("Printed")[0]
        assert "“Year 3”" in text.split("Printed")[0]
