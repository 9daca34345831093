"""Guards answers that are kept: the same bytes, within a bound, never one for another."""

from typing import Any

from goldenthread.faces.web.kept import Kept


def test_an_answer_is_made_once() -> None:
    """Guards speed: the second who asks does not wait; another address is another answer."""
    made = []

    def make(name: str) -> Any:
        return lambda: made.append(name) or name.encode()

    kept = Kept()
    assert [kept.get("a", make("a")), kept.get("a", make("a")), kept.get("b", make("b"))] == [
        b"a",
        b"a",
        b"b",
    ]
    assert made == ["a", "b"]


def test_what_is_kept_has_a_bound() -> None:
    """Guards memory: the answer that was asked for longest ago goes first, huge ones stay out."""
    kept = Kept(most=30)
    for name in "abc":
        kept.get(name, lambda: b"x" * 10)
    kept.get("a", lambda: b"new")
    kept.get("d", lambda: b"y" * 10)
    assert len(kept) == 3
    assert kept.get("a", lambda: b"gone") == b"x" * 10
    assert kept.get("b", lambda: b"again") == b"again"
    assert Kept().get("huge", lambda: bytes(2_000_000)) == bytes(2_000_000)
    large = Kept()
    large.get("huge", lambda: bytes(2_000_000))
    assert len(large) == 0


def test_a_failure_is_not_kept(explorer: Any) -> None:
    """Guards errors: an address that failed is asked anew, and a page comes twice the same."""
    assert explorer.ask("/trace?focus=no-such-thing-anywhere").status == 404
    assert explorer.ask("/trace?focus=no-such-thing-anywhere").status == 404
    path = "/trace?focus=corporate-priority/4"
    first, second = explorer.ask(path), explorer.ask(path)
    assert (first.status, first.body) == (200, second.body)
    assert first.body != explorer.ask(path + "&reading=printed").body
