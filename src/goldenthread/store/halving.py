"""Do half of some work in a forked process, where there is a second core and nobody to disturb.

A server has threads, and a fork of it may inherit a lock that nobody will release: there, and
where the system cannot fork, all is done here.
"""

import os
import pickle
import threading
import warnings
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def in_two(work: Callable[[int], list[T]]) -> list[T]:
    """Return what both halves of some work give, the first half first.

    Args:
        work: takes 0 or 1, which half to do; what it returns can be pickled.
    """
    alone = threading.active_count() > 1 or (os.cpu_count() or 1) < 2  # noqa: PLR2004 - halves
    if alone or not hasattr(os, "fork"):
        return work(0) + work(1)
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns of the engine's own threads, which hold no lock between calls.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        # A reader of its own would keep it writing to a parent that no longer listens.
        os.close(reader)
        _send(writer, lambda: work(1))
    os.close(writer)
    answer = os.fdopen(reader, "rb")
    try:
        first = work(0)
        sent = answer.read()
    finally:
        answer.close()
        os.waitpid(child, 0)
    # Whatever kept the other process from answering is met again here, and told.
    second: list[T] = pickle.loads(sent) if sent else work(1)  # noqa: S301 - our own child wrote it
    return first + second


def _send(writer: int, work: Callable[[], object]) -> None:
    """Write what some work gives and end: a child may never return into its parent's code."""
    try:
        with os.fdopen(writer, "wb") as answer:
            answer.write(pickle.dumps(work()))
    finally:
        os._exit(0)
