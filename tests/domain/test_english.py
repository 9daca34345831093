import pytest

from goldenthread.domain.blocks import Block, html, markdown
from goldenthread.domain.english import article, counted, listed, quoted, sentence


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("action", "an action"),
        ("measure", "a measure"),
        ("L&H priority", "an L&H priority"),
        ("OCC Strategic Plan priority", "an OCC Strategic Plan priority"),
        ("UK aim", "a UK aim"),
        ("MP", "an MP"),
        ("unit", "a unit"),
        ("hour", "an hour"),
        ("European aim", "a European aim"),
        ("one-off", "a one-off"),
        ("8-year plan", "an 8-year plan"),
        ("10-year plan", "a 10-year plan"),
        ("undertaking", "an undertaking"),
        ("Élan", "a Élan"),
        ("“outcome”", "an “outcome”"),
        ("", "a "),
    ],
)
def test_articles_follow_the_sound(words: str, expected: str) -> None:
    """Guards a and an before names that come from data, abbreviations among them."""
    assert article(words) == expected


def test_counts_lists_and_sentences() -> None:
    """Guards the small words of every sentence that is built."""
    assert [counted(n, "task", "tasks") for n in (0, 1, 2)] == ["no tasks", "1 task", "2 tasks"]
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
    assert listed([]) == ""
    assert quoted("two\n lines") == "“two lines”"
    assert sentence("so it is") == "So it is."
    assert sentence("Is it?") == "Is it?"


HOSTILE = 'a | b <img src=x onerror="alert(1)"> [x](javascript:1) # *b*'


def test_markup_in_words_stays_words() -> None:
    """Guards that no label becomes markup, in Markdown or in a page."""
    blocks = [Block(k, HOSTILE, source=HOSTILE) for k in ("heading", "text", "item", "quote")]
    page = html(HOSTILE, blocks, [("What this is", HOSTILE)])
    assert "<img" not in page
    assert page.count("<ul>") == page.count("</ul>") == 1
    text = markdown(HOSTILE, blocks)
    assert "<img" not in text.replace("\\<img", "")
    assert "](" not in text.replace("\\](", "")
