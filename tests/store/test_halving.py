"""Guards work in two processes: the same result as in one, errors told, no process left behind."""

import os
import threading

import pytest

from goldenthread.errors import BadValue
from goldenthread.store.halving import in_two


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that are forked, on any machine and whatever other tests have left running."""
    pids: list[int] = []
    fork = os.fork

    def remembered() -> int:
        pids.append(fork())
        return pids[-1]

    monkeypatch.setattr(os, "fork", remembered)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    return pids


def test_both_halves_come_back_in_order(forked: list[int]) -> None:
    """Guards the result, large ones too: a pipe holds no more than 64 KB at a time."""
    assert in_two(lambda half: [f"{half}"]) == ["0", "1"]
    large = in_two(lambda half: [f"{half}" * 300_000])
    assert [len(x) for x in large] == [300_000, 300_000]
    assert len(forked) == 2


@pytest.mark.usefixtures("forked")
def test_an_error_of_either_half_is_told() -> None:
    """Guards errors: what fails in the other process fails here, with its own words."""

    def work(half: int) -> list[int]:
        if half == failing:
            raise BadValue(f"half {half}")
        # More than a pipe holds: the other process must not wait for a reader that has gone.
        return [half] * 100_000

    for failing in (0, 1):
        with pytest.raises(BadValue, match=f"half {failing}"):
            in_two(work)


def test_a_process_that_dies_is_made_up_for(forked: list[int]) -> None:
    """Guards against a killed child: its half is done here, and the child is not left behind."""
    parent = os.getpid()

    def work(half: int) -> list[int]:
        if os.getpid() != parent:
            os._exit(9)
        return [half]

    assert in_two(work) == [0, 1]
    (child,) = forked
    with pytest.raises(ChildProcessError):
        os.waitpid(child, os.WNOHANG)


def test_beside_other_threads_nothing_is_forked() -> None:
    """Guards servers: with a second thread all is done in this process."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert in_two(lambda _: [os.getpid()]) == [os.getpid()] * 2
    finally:
        stop.set()
        thread.join()
