"""Numbers: the address by which a number is asked about, and the rows that it counts.

A number has no name of its own. Its address is that of the list that it counts, as the pages link
it (`/gaps?level=action`), or that of the page on which it stands with the number's name behind a
hash (`/sources/annex#runs-action`). Every page has one function here that knows its lists, in the
modules beside this one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from goldenthread.domain.description import Explanation
from goldenthread.domain.english import counted
from goldenthread.domain.proof import Triple
from goldenthread.domain.thread import Node
from goldenthread.domain.validation import Report, Result
from goldenthread.errors import BadValue
from goldenthread.services import chaining, derivation, grounding
from goldenthread.store.dataset import Dataset

Checked = Callable[[str], Report]
"""Gives the check results of a reading; only asked where they are needed."""
Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts: each row with its chain, and the statements that say it."""

    sentence: str
    number: int
    """As the page shows it; a list can be counted in more than one way."""
    parts: tuple[Explanation, ...] = ()
    read: tuple[Triple, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """An address taken apart, with all that is needed to answer it."""

    dataset: Dataset
    reading: str
    path: tuple[str, ...]
    """What follows the name of the page: of `/rules/Measure-target`, the last part."""
    query: Query
    every: Mapping[str, list[str]]
    """All values of each name, where an address gives several."""
    name: str
    """What follows the hash; empty where the page itself is the list."""
    checked: Checked = field(repr=False)

    @property
    def report(self) -> Report:
        """Return the check results of the reading."""
        return self.checked(self.reading)

    def rows(self, said: str, iris: Iterable[str], number: int | None = None) -> Counted:
        """Return a number of nodes, each with its chain.

        Args:
            said: what is counted, in a sentence.
            iris: the nodes; each is told once.
            number: what the page shows, where it is not how many there are.
        """
        unique = list(dict.fromkeys(iris))
        parts = tuple(chaining.why(self.dataset, i, self.reading) for i in unique)
        read = (t for iri in unique for t in derivation.about(self.dataset, iri, self.reading))
        return Counted(said, len(unique) if number is None else number, parts, tuple(read))

    def nodes(self, said: str, found: Iterable[Node], number: int | None = None) -> Counted:
        """Return a number of nodes of the plan."""
        return self.rows(said, (n.iri for n in found), number)

    def results(self, said: str, found: Iterable[Result], number: int | None = None) -> Counted:
        """Return a number of check results, each with its rule and what that read."""
        each = [grounding.explain(self.dataset, r, self.reading) for r in found]
        read = tuple(t for _, some in each for t in some)
        shown = len(each) if number is None else number
        return Counted(said, shown, tuple(told for told, _ in each), read)

    def choose(self, known: Mapping[str, Callable[[], Counted]]) -> Counted:
        """Return the number that the address names, of those that a page has.

        Raises:
            BadValue: it has no such number; says which it has.
        """
        name = unquote(self.name)
        if name not in known:
            there = ", ".join(f"#{k}" for k in known if k) or "none"
            short = there if len(there) < _LONGEST else there[:_LONGEST].rpartition(",")[0] + " …"
            raise BadValue(f"This page has no number “{name}”. There are: {short}.")
        return known[name]()


_LONGEST = 600


def many(number: int, one: str, plural: str) -> str:
    """Return a number with its noun as a sentence begins: `3 actions`, `0 actions`."""
    return counted(number, one, plural) if number else f"0 {plural}"
