"""The page that compares: both readings, two things, and words that mean several."""

import html
import re
from typing import Any

FIRST = "/compare?first=service-priority/1.4&second=2.1"


def test_both_numbers_lead_to_their_threads(explorer: Any) -> None:
    """Guards the numbers: each leads to what it counts, each row to its judgement."""
    text = explorer.ask("/compare").text
    row = re.search(r"<tr[^>]*><th[^>]*>[^<]*<a[^>]*>[^<]*priority 4: .*?</tr>", text, re.DOTALL)
    assert row
    links = re.findall(r'href="([^"]+)"', row[0])
    assert "tied-before" in links[1]
    assert "tied-after" in links[2]
    assert "/corrections" in links[3]
    assert re.findall(r">(\d+)</a>", row[0]) == ["5", "7"]
    for link, count in zip(links[1:3], (5, 7), strict=True):
        assert f"What it counts ({count})" in explorer.ask(html.unescape(link)).text


def test_two_things_can_be_turned_round(explorer: Any) -> None:
    """Guards the address as state: both things stay in it, the other way round too."""
    text = explorer.ask(FIRST).text
    assert "first=service-priority%2F2.1&amp;second=service-priority%2F1.4" in text
    assert "service-priority/1.4" in text


def test_words_that_mean_several_ask_which(explorer: Any) -> None:
    """Guards the form: a number of two things is asked about, and the other thing is kept."""
    answer = explorer.ask("/compare?first=service-priority/3.1&second=1.5")
    assert answer.status == 200
    links = re.findall(r'href="(/compare\?first=[^"]+)"', answer.text)
    candidates = [x for x in links if "second=1.5" not in x]
    assert len(candidates) == 2
    assert all("first=service-priority%2F3.1" in x for x in candidates)
    assert explorer.ask("/compare.json?first=service-priority/3.1&second=1.5").status == 300


def test_what_means_nothing_is_told(explorer: Any) -> None:
    """Guards addresses that mean nothing."""
    assert explorer.ask("/compare?first=zzzzzz&second=1.4").status == 404


def test_labels_that_are_attacks_stay_text(odd_explorer: Any) -> None:
    """Guards both tables against markup in labels."""
    for path in ("/compare", "/compare?first=aim/1.4&second=deed/con"):
        answer = odd_explorer.ask(path)
        assert answer.status == 200
        assert "<img" not in answer.text
