"""Plans in one reading, and the questions that commands and pages ask of them too.

Nothing is decided here. Each method finds what is meant, calls one service, and hands its answer
back as a value that can become a frame.
"""

from typing import TYPE_CHECKING, Any

from goldenthread.domain.overview import Overview
from goldenthread.domain.readings import READING_NAMES
from goldenthread.domain.table import About, Table
from goldenthread.faces.python import display
from goldenthread.faces.python.asking import Asking
from goldenthread.faces.python.lists import (
    Judgements,
    SingleThreads,
    Supports,
    Things,
)
from goldenthread.faces.python.looking import Reading
from goldenthread.faces.python.showing import shown
from goldenthread.faces.python.values import Timeline
from goldenthread.services import exporting
from goldenthread.services.judging import judgements, repairs
from goldenthread.services.naming import plurals
from goldenthread.services.overview import overview
from goldenthread.services.supporting import single_threads, supports
from goldenthread.services.timing import timeline

if TYPE_CHECKING:
    from networkx import MultiDiGraph


class Plan(Asking):
    """One or more plans in one reading; every question about them begins here.

    Where a method takes a thing, it takes a short id (`corporate-priority/4`), a full IRI, words
    that fit it alone, or a value that has an `iri`: what one answer names can be put into the next
    question. Answers are frozen; their `to_json()` is what the commands print with
    `--format json`, and `about().to_json()` what they print under `dataset`. Everything about the
    plans as a whole is here too: `to_frame()` has one row a record of a link, and
    `to_frame(table="things")` and `to_frame(table="entries")` have the rest.

    Example:
        >>> import goldenthread as gt
        >>> plan = gt.open()
        >>> plan.to_frame().columns[:4].tolist()
        ['from', 'from_level', 'from_number', 'from_words']
    """

    def with_reading(self, reading: Reading) -> "Plan":
        """Return the same plans in another reading; nothing is loaded again.

        Raises:
            NotFound: another reading than `corrected` and `printed`.

        Example:
            >>> import goldenthread as gt
            >>> plan = gt.open()
            >>> for each in (plan, plan.with_reading("printed")):
            ...     print(each.reading, len(each.trace("corporate-priority/5").links))
            corrected 0
            printed 2
        """
        return Plan(self._dataset, reading)

    @property
    def levels(self) -> dict[str, str]:
        """Return the plan's plural name of each level by the level's key, first level first."""
        return plurals(self._dataset, self.reading)

    def things(self) -> Things:
        """Return every thing that stands on a level, level by level."""
        return Things(tuple(exporting.things(self._dataset, self.reading)), self.reading)

    def timeline(self, **only: str) -> Timeline:
        """Return what happens when, as far as the documents say; nothing is assumed.

        Args:
            only: what to keep: `period`, `theme` and `aim` by short ids, `level` by its key,
                `kind` (`ongoing`, a phase as printed, `no timescale`), `documents` (`differ`).

        Raises:
            BadValue: another filter, or a value that there is not.

        Example:
            >>> import goldenthread as gt
            >>> timeline = gt.open().timeline()
            >>> [tally.slot.label for tally in timeline.tallies][:3]
            ['Year 1', 'Year 2', 'Year 3']
        """
        return shown(Timeline, timeline(self._dataset, self.reading, only))

    def judgements(self) -> Judgements:
        """Return corrections, assumptions and matches; `in_force` is for this reading."""
        return Judgements(tuple(judgements(self._dataset, self.reading)), self.reading)

    def repairs(self) -> Judgements:
        """Return what was done where the text of a document is broken; holds in both readings."""
        return Judgements(tuple(repairs(self._dataset)), self.reading)

    def single_threads(self) -> SingleThreads:
        """Return the things that one thread alone joins to the first level, in the plan's order.

        Example:
            >>> import goldenthread as gt
            >>> for found in gt.open().single_threads()[:1]:
            ...     print(" > ".join(node.id for node in found.nodes))
            promise/reduce-our-impact-on-the-climate-by-retrofitting > corporate-priority/1
        """
        found = single_threads(self._dataset, self.reading)
        return SingleThreads(tuple(found), self.reading)

    def supports(self) -> Supports:
        """Return for each thing what it rests on, what rests on it, and how far a measure is.

        Example:
            >>> import goldenthread as gt
            >>> frame = gt.open().supports().to_frame().set_index("id")
            >>> int(frame.loc["service-priority/1.3", "would_lose_support"])
            3
        """
        return Supports(tuple(supports(self._dataset, self.reading)), self.reading)

    def overview(self) -> tuple[Overview, ...]:
        """Return what a person should know first, plan by plan, each sentence with its rows."""
        return tuple(overview(self._dataset, self.reading))

    def about(self) -> About:
        """Return where answers come from: plans, documents, rights, version and hash."""
        return exporting.about(self._dataset, self.reading)

    @property
    def summary(self) -> str:
        """Return the plans and the reading in a sentence."""
        return f"{'; '.join(self.about().plans)}; {READING_NAMES[self.reading]}"

    def tables(self) -> dict[str, Table]:
        """Return `links`, `things` and `entries` of the whole reading."""
        links, things, entries = exporting.tables(self._dataset, self.reading)
        return {"links": links, "things": things, "entries": entries}

    def to_json(self) -> dict[str, Any]:
        """Return the whole reading as `goldenthread export json` writes it."""
        return exporting.everything(self._dataset, self.reading)

    def to_networkx(self, *, threads: bool = False) -> "MultiDiGraph[str]":
        """Return all things and links as a graph: nodes are IRIs, edges point up, one a link.

        Nodes carry `id`, `label`, `level`, `number`, `themes`, `schedule`; edges `property`,
        `basis`, `asserted_by`, `stated_in`. All values are text.

        Args:
            threads: leave out everything but the things on levels and the links that threads
                follow. Ask what reaches what of this graph alone: a cross-reference, a theme or
                a timescale is no step from one thing to the next.

        Example:
            >>> import goldenthread as gt
            >>> graph = gt.open().to_networkx(threads=True)
            >>> sorted({data["property"] for _, _, data in graph.edges(data=True)})
            ['measures', 'supports']
        """
        return exporting.to_networkx(self._dataset, self.reading, threads=threads)

    def _repr_html_(self) -> str:
        parts = []
        for each in self.overview():
            parts.append(display.paragraph(f"{each.plan.label}: {READING_NAMES[self.reading]}."))
            parts.append(display.bullets(s.text for s in each.sentences))
        what = self.about().lines()[0][1]
        return "\n".join([*parts, display.paragraph(what)])
