"""Explaining a fault takes no longer for a text that was made to be slow."""

import time

import pytest

from goldenthread.domain.fault import explain

SYNTAX = "error at 1:1: expected one of SELECT, ASK"
PREFIX = "error at 1:99999: expected one of Prefix not found"


@pytest.mark.parametrize("message", [SYNTAX, PREFIX])
@pytest.mark.parametrize(
    "text",
    [
        "#" * 99_000,
        "# " * 49_000 + "\n-",
        "a." * 49_000,
        " " * 99_000,
        "PREFIX " * 14_000,
        "a" * 99_000,
        "PREFIX a:<b" * 9_000,
        "\n".join(f"PREFIX p{n}: <u:>" for n in range(5_000)),
    ],
    ids=["hashes", "comments", "dots", "spaces", "prefixes", "word", "open", "declared"],
)
def test_no_text_is_slow_to_explain(message: str, text: str) -> None:
    """Guards against patterns that try a long text in many ways."""
    begun = time.monotonic()
    assert explain(message, text, {"rdfs": "urn:rdfs"}).line == 1
    assert time.monotonic() - begun < 2


def test_words_of_the_engine_that_say_no_place() -> None:
    """Guards an engine that words its errors in another way: no place, but still an answer."""
    assert explain("something else", "ASK {", {}).line is None
