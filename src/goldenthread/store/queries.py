"""The query library: the files under `queries`, found by name and read with their headers.

A header is the comment lines at the top that begin with `#+`, see `store/headers.py`. The rules in
`queries/derive` are not questions and are left out. A plan's folder may hold `queries` of its own:
they join the library wherever that plan is open.

How the queries are written, as measured with pyoxigraph:

- Absence is asked one step at a time, EXISTS inside NOT EXISTS: several triples or a sequence
  path in one NOT EXISTS are joined anew for each row.
- A UNION is not joined with patterns outside it but repeats them in each branch: outside, it is
  evaluated anew for each row.
- A path of any length from a parameter stands in a subquery that projects the parameter.
- GROUP_CONCAT gathers from an ordered subquery, so that the same data give the same text.
- An alignment is asked for by its class: a judgement that adds a link has the same properties.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from goldenthread.domain.query import Query
from goldenthread.errors import NotFound, Unreadable
from goldenthread.store import proving, resources
from goldenthread.store.guard import guard

__all__ = ["Library", "guard", "library", "names", "read", "text"]

_RULES = "derive"
_OWN = "own"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Library:
    """The queries that ship and those in the folders of plans."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        """Find the files; one whose name cannot be is left out, and `all` tells it."""
        self._paths: dict[str, Path] = {}
        self._own: dict[str, str] = {}
        self._read: dict[str, Query] = {}
        self._wrong: list[Unreadable] = []
        for path in resources.files("queries", "*.rq"):
            if path.parent.name != _RULES:
                self._add(path, f"{path.parent.name}/{path.name}")
        for folder in folders:
            top = folder / "queries"
            for path in sorted(top.rglob("*.rq")) if folder.is_dir() else ():
                if self._add(path, str(path)):
                    self._own[path.stem] = _OWN if path.parent == top else path.parent.name

    def _add(self, path: Path, place: str) -> bool:
        """Add a file; return whether its name can be."""
        message = ""
        if not _NAME.fullmatch(path.stem):
            message = (
                "A query's file is named in lower-case letters, digits and hyphens, such as "
                "my-question.rq. Rename it."
            )
        elif (other := self._paths.get(path.stem)) is not None:
            message = (
                f"A query of this name is also at {other.parent.name}/{other.name}. Names are "
                "unique across folders, and what ships is not replaced: rename this one."
            )
        if message:
            self._wrong.append(Unreadable(message, place))
        else:
            self._paths[path.stem] = path
        return not message

    def names(self) -> list[str]:
        """Return the names of all queries, by folder and name, a plan's own last."""
        return list(self._paths)

    def all(self) -> tuple[list[Query], list[Unreadable]]:
        """Return all queries, and what is wrong with those that cannot be read."""
        found, wrong = [], [*self._wrong]
        for name in self.names():
            try:
                found.append(self.read(name))
            except Unreadable as error:
                wrong.append(error)
        return found, wrong

    def _path(self, name: str) -> Path:
        """Return the file of a query; `folder/name` and `name.rq` are understood too."""
        plain = name.rsplit("/", 1)[-1].removesuffix(".rq")
        if (path := self._paths.get(plain)) is not None:
            return path
        near = get_close_matches(plain, self.names(), n=5, cutoff=0.4)
        told = f" Did you mean {' or '.join(near[:3])}?" if near else ""
        raise NotFound(
            f"There is no library query “{name}”.{told} `goldenthread query --list` names them "
            "all.",
            [(n, self.read(n).summary) for n in near if n not in self._own],
        )

    def text(self, name: str) -> str:
        """Return the SPARQL of a query, without reading its header.

        Raises:
            NotFound: no query of that name; carries the nearest names.
            Unreadable: a file that is no text in UTF-8.
        """
        path = self._path(name)
        try:
            return path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(f"{error}. Save it as text in UTF-8.", str(path)) from error

    def read(self, name: str) -> Query:
        """Return a query with its header.

        Raises:
            NotFound: no query of that name; carries the nearest names.
            Unreadable: a header with a mistake, or a plan's own query that cannot be run.
        """
        path = self._path(name)
        if (kept := self._read.get(path.stem)) is not None:
            return kept
        # Read here and not above: a command that runs a query by name needs no header.
        from goldenthread.store import headers

        own = path.stem in self._own
        place = str(path) if own else f"{path.parent.name}/{path.name}"
        content = self.text(path.stem)
        query = Query(
            name=path.stem,
            folder=self._own.get(path.stem, path.parent.name),
            text=content,
            own=own,
            **headers.fields(content, place),
        )
        if own:
            # What ships is held to the same by tests.
            proving.prove(query, place, self._paths)
        self._read[path.stem] = query
        return query


def library(folders: Sequence[Path] = ()) -> Library:
    """Return the library of what ships and of the folders of plans, read once."""
    return _library(tuple(folders))


@cache
def _library(folders: tuple[Path, ...]) -> Library:
    return Library(folders)


def names() -> list[str]:
    """Return the names of the queries that ship, sorted by folder and name."""
    return library().names()


def text(name: str) -> str:
    """Return the SPARQL of a query that ships; see `Library.text`."""
    return library().text(name)


def read(name: str) -> Query:
    """Return a query that ships with its header; see `Library.read`."""
    return library().read(name)
