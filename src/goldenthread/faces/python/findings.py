"""What was found of single things: descriptions, and the results of a search."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from goldenthread.domain import found, portrait
from goldenthread.domain.listing import fact_table, hit_table
from goldenthread.domain.matching import Hit
from goldenthread.domain.readings import READING_NAMES
from goldenthread.domain.table import Table
from goldenthread.domain.tabling import (
    entry_table,
    judgement_table,
    results_table,
    step_table,
    thing_table,
)
from goldenthread.faces.python import display
from goldenthread.faces.python.showing import Shown, counted

if TYPE_CHECKING:
    from networkx import MultiDiGraph


class Description(Shown, portrait.Portrait):
    """One node with what is said of it and what stands around it."""

    __slots__ = ()

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        printed = counted(len(self.node.entries), "time")
        up, down = counted(len(self.up), "link"), counted(len(self.down), "link")
        return f"{self.node.name}: printed {printed}, {up} above it, {down} below it."

    def tables(self) -> dict[str, Table]:
        """Return `things` (the one), `entries`, `links`, `judgements`, `facts` and what is beside.

        That is `differences` between documents, `changes` by corrections, and check `results`.
        """
        return {
            "things": thing_table([self.node]),
            "entries": entry_table([self.node]),
            "links": step_table(self),
            "judgements": judgement_table(self.judgements),
            "facts": fact_table(self.facts),
            "differences": self.differences(),
            "changes": self.changed(),
            "results": results_table(self.results or ()),
        }

    def to_networkx(self) -> "MultiDiGraph[str]":
        """Return the node and its nearest as a graph, as `Trace.to_networkx` does."""
        from goldenthread.services.exporting import networkx_of

        steps = (*self.up, *self.down)
        nodes = {n.iri: n for n in (self.node, *(s.node for s in steps))}
        return networkx_of(list(nodes.values()), [s.link for s in steps])

    def _repr_html_(self) -> str:
        found = self.tables()
        parts = [display.of_table(found[n]) for n in ("entries", "links") if found[n].rows]
        notes = display.bullets(self.node.number_notes) if self.node.number_notes else ""
        return "\n".join(filter(None, (display.paragraph(self.summary), notes, *parts)))


class Found(Shown, found.Found):
    """What a search found, best first; it has a length, and gives its hits one by one."""

    __slots__ = ()

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __getitem__(self, place: int) -> Hit:
        return self.hits[place]

    @property
    def summary(self) -> str:
        """Return the answer in a sentence."""
        shown = f"the first {len(self.hits)} of " if self.pages > 1 else ""
        said = (
            f"“{self.text}”, {READING_NAMES[self.reading]}: {shown}{counted(self.total, 'result')}."
        )
        respelt = f" Nothing has these words; this is for “{self.respelt}”." if self.respelt else ""
        return " ".join(filter(None, (f"{said}{respelt}", self.sentence)))

    def tables(self) -> dict[str, Table]:
        """Return `hits` and `entries`."""
        return {"hits": hit_table(self.hits), "entries": entry_table(h.node for h in self.hits)}
