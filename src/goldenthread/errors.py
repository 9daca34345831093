"""What can go wrong, in one tree. Every message says what happened, why, and what to do.

GoldenthreadError
  NotFound            no thing, query, plan or file of that name; carries the nearest ones
  Ambiguous           words that fit several things; carries the candidates
  Unreadable          a file that cannot be parsed; carries file, line and column
  BadQuery            SPARQL that cannot be parsed; carries line and column
  BadValue            a parameter or option with a value that cannot be used
  Unavailable         a port, folder, store or library that cannot be had
"""

from collections.abc import Sequence


class GoldenthreadError(Exception):
    """The root of the tree: something that kept an answer from being given.

    `title` names the kind in a few words; `status` is the HTTP status that means the same.
    """

    title = "Cannot answer"
    status = 500


class NotFound(GoldenthreadError):
    """Nothing has that name. `nearest` holds what the person may have meant."""

    title = "Not found"
    status = 404

    def __init__(self, message: str, nearest: Sequence[tuple[str, str]] = ()) -> None:
        """Keep `nearest` as pairs of a short id and a label, best first."""
        super().__init__(message)
        self.nearest = list(nearest)


class Ambiguous(GoldenthreadError):
    """The words fit several things, which `candidates` holds."""

    title = "Several things fit"
    status = 300

    def __init__(self, message: str, candidates: Sequence[tuple[str, str]]) -> None:
        """Keep `candidates` as pairs of a short id and a label, best first."""
        super().__init__(message)
        self.candidates = list(candidates)


class Unreadable(GoldenthreadError):
    """A file that cannot be read. `line` and `column` count from one, where they are known."""

    title = "Cannot read the file"
    status = 400

    def __init__(
        self, message: str, file: str, line: int | None = None, column: int | None = None
    ) -> None:
        """Put the place in front of the message, as editors expect it."""
        place = ":".join(str(p) for p in (file, line, column) if p is not None)
        super().__init__(f"{place}: {message}")
        self.file, self.line, self.column = file, line, column


class BadQuery(GoldenthreadError):
    """SPARQL that cannot be parsed. `line` and `column` count from one, where they are known."""

    title = "Cannot read the query"
    status = 400

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        """Keep the place beside the message."""
        super().__init__(message)
        self.line, self.column = line, column


class BadValue(GoldenthreadError):
    """A value that cannot be used where it was given."""

    title = "Cannot use that value"
    status = 400


class Unavailable(GoldenthreadError):
    """A port, folder, store or library that cannot be had."""

    title = "Not available"
    status = 503
