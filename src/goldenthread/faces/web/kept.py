"""Answers that were made before, kept within a bound.

The data set does not change while it is served, so the same address has the same answer.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST_BYTES = 32 * 1024 * 1024
"""What all kept answers may hold together."""
_LARGEST = 1024 * 1024
"""An answer beyond this is made anew: it would push out too many others."""


class Kept:
    """The answers that were asked for last, by their validators."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        """Keep nothing yet, and never more than `most` bytes."""
        self._most = most
        self._size = 0
        self._answers: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, tag: str, make: Callable[[], bytes]) -> bytes:
        """Return the answer with a tag, making it if it is not kept."""
        with self._lock:
            found = self._answers.get(tag)
            if found is not None:
                self._answers.move_to_end(tag)
                return found
        # Two may make the same at once; they make the same bytes.
        made = make()
        if len(made) <= _LARGEST:
            with self._lock:
                self._size += len(made) - len(self._answers.pop(tag, b""))
                self._answers[tag] = made
                while self._size > self._most:
                    self._size -= len(self._answers.popitem(last=False)[1])
        return made

    def __len__(self) -> int:
        """Return how many answers are kept."""
        return len(self._answers)
