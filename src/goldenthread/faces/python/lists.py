"""The lists of the Python interface: sequences of domain values that can also become frames."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, overload

from goldenthread.domain.description import JudgementCard
from goldenthread.domain.listing import library_table, single_thread_table
from goldenthread.domain.query import Query
from goldenthread.domain.readings import READING_NAMES
from goldenthread.domain.table import Table
from goldenthread.domain.tabling import entry_table, judgement_table, thing_table
from goldenthread.domain.thread import Node
from goldenthread.faces.python.showing import Shown, counted
from goldenthread.services.supporting import SingleThread, Support, support_table

Item_co = TypeVar("Item_co", covariant=True)


@dataclass(frozen=True, repr=False)
class Listed(Shown, Sequence[Item_co]):
    """A sequence of domain values: it has a length, an order, items by place, and frames."""

    items: tuple[Item_co, ...]
    reading: str
    """`corrected` or `printed`."""
    asked: str = ""
    """What was asked for: a class, words; empty where nothing had to be said."""

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, place: int) -> Item_co: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Item_co, ...]: ...

    def __getitem__(self, place: int | slice) -> Item_co | tuple[Item_co, ...]:
        return self.items[place]

    def _said(self, one: str, many: str = "") -> str:
        of = f" for “{self.asked}”" if self.asked else ""
        return f"{counted(len(self.items), one, many)}{of}, {READING_NAMES[self.reading]}."


class Things(Listed[Node]):
    """Things of the plan, in its order."""

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        return self._said("thing")

    def tables(self) -> dict[str, Table]:
        """Return `things` and `entries`."""
        return {"things": thing_table(self.items), "entries": entry_table(self.items)}

    def to_json(self) -> dict[str, Any]:
        """Return the things as `list --format json` shows them."""
        things = [n.to_json() for n in self.items]
        return {"class": self.asked, "reading": self.reading, "things": things}


class Judgements(Listed[JudgementCard]):
    """Corrections, assumptions and matches, or repairs, with their reasons and effects."""

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        number = counted(len(self.items), "judgement")
        in_force = sum(c.in_force for c in self.items)
        return f"{number}, {in_force} in force {READING_NAMES[self.reading]}."

    def tables(self) -> dict[str, Table]:
        """Return `judgements`."""
        return {"judgements": judgement_table(self.items)}

    def to_json(self) -> dict[str, Any]:
        """Return the judgements as `judge list --format json` shows them."""
        return {"reading": self.reading, "judgements": [c.to_json() for c in self.items]}


class SingleThreads(Listed[SingleThread]):
    """Things that one thread alone joins to the first level: break a link and they hang free."""

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        return f"Joined to the first level by one thread alone: {self._said('thing')}"

    def tables(self) -> dict[str, Table]:
        """Return `things`, each with its thread."""
        return {"things": single_thread_table(s.nodes for s in self.items)}

    def to_json(self) -> dict[str, Any]:
        """Return the threads, each from the thing upwards."""
        return {"reading": self.reading, "threads": [s.to_json() for s in self.items]}


class Supports(Listed[Support]):
    """For each thing what it rests on, what rests on it, and how far down a measure is."""

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        hanging = sum(s.threads == 1 for s in self.items)
        loose = sum(not s.threads and not s.first for s in self.items)
        return (
            f"{self._said('thing')} By one thread alone {counted(hanging, 'is', 'are')} joined to "
            f"the first level, by none {loose:,}."
        )

    def tables(self) -> dict[str, Table]:
        """Return `things`, each with what it rests on."""
        return {"things": support_table(self.items)}

    def to_json(self) -> dict[str, Any]:
        """Return the things in the plan's order."""
        return {"reading": self.reading, "things": [s.to_json() for s in self.items]}


class Library(Listed[Query]):
    """The queries of the library."""

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        return f"{counted(len(self.items), 'question')}; ask one with query(name, ...)."

    def tables(self) -> dict[str, Table]:
        """Return `queries`."""
        return {"queries": library_table(self.items)}

    def to_json(self) -> dict[str, Any]:
        """Return the queries as `query --list --format json` shows them."""
        return {"queries": [q.to_json() for q in self.items]}
