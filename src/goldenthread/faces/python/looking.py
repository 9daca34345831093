"""Look at plans in one reading: find things, follow their threads, see why each link is there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal, Protocol, get_args

from goldenthread.domain import thread
from goldenthread.domain.portrait import portrait, results_about
from goldenthread.domain.readings import READING_NAMES
from goldenthread.errors import BadValue, NotFound
from goldenthread.faces.python.findings import Description, Found
from goldenthread.faces.python.lists import Things
from goldenthread.faces.python.showing import Shown, counted, shown
from goldenthread.faces.python.texts import Account, Briefing, Explanation
from goldenthread.faces.python.values import Trace
from goldenthread.services import chaining, describing, finding, tracing, validation
from goldenthread.services.briefing import briefing
from goldenthread.services.contrasting import as_printed, contrast
from goldenthread.services.gaps import gaps
from goldenthread.services.naming import plurals
from goldenthread.services.supporting import losing
from goldenthread.services.telling import tell
from goldenthread.store.dataset import Dataset

Reading = Literal["corrected", "printed"]


class HasIri(Protocol):
    """Anything with an IRI: a thing, an entry, a judgement, the heading of a matrix ..."""

    @property
    def iri(self) -> str:
        """Return the full IRI."""


class Looking(Shown):
    """A data set in one reading, and the questions that begin at one thing."""

    def __init__(self, dataset: Dataset, reading: Reading | None = None) -> None:
        """Look at a data set in a reading; `goldenthread.open` makes one."""
        if reading is not None and reading not in get_args(Reading):
            raise NotFound(f"There is no reading “{reading}”. Choose corrected or printed.")
        self._dataset = dataset
        self._chosen = reading

    @property
    def reading(self) -> str:
        """Return `corrected` or `printed`."""
        return self._chosen or "corrected"

    def trace(
        self,
        thing: str | HasIri,
        direction: Literal["down", "up"] = "down",
        *,
        only: Mapping[str, Sequence[str]] | None = None,
        most: int = tracing.MOST_THREADS,
    ) -> Trace:
        """Return every thread below or above a thing, as `goldenthread trace` does.

        Args:
            thing: short id, full IRI, words, or a value with an `iri`.
            direction: `down` to the measures, `up` to the aims it serves.
            only: what to narrow it to: `class`, `theme`, `period` and `basis`, each with values
                as people say them. Of several values of one any will do; all must fit.
                `narrowed` then says what was left out.
            most: how many threads to return; the rest are counted in `omitted`. Nodes and links
                are always complete.

        Raises:
            NotFound: nothing fits; carries the nearest short ids.
            Ambiguous: the words fit several things; carries them.
            BadValue: another direction, a value of `only` that the plan does not have, or a thing
                that groups others and is no step of a thread.

        Example:
            >>> import goldenthread as gt
            >>> thread = gt.open().trace("corporate-priority/4")
            >>> len(thread.nodes), len(thread.links)
            (27, 33)
            >>> link = thread.links[-1]
            >>> thread.node(link.source).id, link.predicate, link.basis
            ('measure/number-of-ict-access-sessions', 'measures', 'stated')
            >>> thread.to_frame()["how_we_know"].unique().tolist()
            ['stated', 'same wording']
        """
        found = tracing.trace(self._dataset, self._iri(thing), direction, self.reading, most, only)
        return shown(Trace, found).compared(partial(_otherwise, self._dataset, found))

    def search(
        self,
        text: str,
        *,
        kind: str = "",
        document: str = "",
        theme: str = "",
        where: str = "",
        limit: int = 50,
    ) -> Found:
        """Return what fits words or a number, best first: things, and what else bears them.

        Args:
            text: words, beginnings of words, or a number, with the name of a level or without.
            kind: only these: key of a level, or local name of a class.
            document: only what this document prints, by its short title.
            theme: only things of this theme, by its words.
            where: only what was found there: `its words`, `its number` ...
            limit: how many hits to return; `total` says how many there are.

        Raises:
            BadValue: nothing to search for, or a filter with a value that there is not.

        Example:
            >>> import goldenthread as gt
            >>> for hit in gt.open().search("rural communities"):
            ...     print(hit.node.id, "by", hit.where)
            promise/support-access-in-rural-communities by its words
            action/explore-enhanced-models-of-service by its words
        """
        words = text.strip()
        if not words:
            raise BadValue("Nothing to search for. Give a word, a number or part of a quote.")
        only = {"kind": kind, "document": document, "theme": theme, "where": where}
        return shown(Found, finding.find(self._dataset, words, self.reading, only, size=limit))

    def show(self, thing: str | HasIri, *, checks: bool = False) -> Description:
        """Return all that is said of one thing: its entries, facts, links and judgements.

        Args:
            thing: short id, full IRI, words, or a value with an `iri`; entries and judgements too.
            checks: whether to look for check results about it too, which takes seconds.

        Raises:
            NotFound: nothing fits; carries the nearest short ids.
            Ambiguous: the words fit several things; carries them.

        Example:
            >>> import goldenthread as gt
            >>> thing = gt.open().show("service-priority/1.4")
            >>> [(entry.number, entry.spans) for entry in thing.node.entries]
            [('1.4', ((2670, 2723),)), ('1.5', ((1445, 1495),))]
        """
        iri = self._iri(thing)
        d = describing.describe(self._dataset, iri, self.reading)
        about = results_about(validation.check(self._dataset, self.reading), d) if checks else None
        return shown(Description, portrait(d, contrast(self._dataset, iri), about))

    def why(self, thing: str | HasIri) -> Explanation:
        """Return the evidence for a thing or a link's record, back to words and judgements.

        Args:
            thing: short id, full IRI, words, or a value with an `iri`, such as the evidence of a
                link: `plan.why(trace.links[0].best)`.

        Raises:
            NotFound: nothing fits; carries the nearest short ids.
            Ambiguous: the words fit several things; carries them.

        Example:
            >>> import goldenthread as gt
            >>> plan = gt.open()
            >>> link = plan.trace("corporate-priority/4").links[0]
            >>> evidence = plan.why(link.best)
            >>> [len(entry.quote) > 0 for entry in evidence.entries]
            [True, True]
        """
        return shown(Explanation, chaining.why(self._dataset, self._iri(thing), self.reading))

    def account(self, thing: str | HasIri) -> Account:
        """Return why a thing exists and how we will know that it worked, built from its thread.

        Args:
            thing: short id, full IRI, words, or a value with an `iri`.

        Raises:
            NotFound: nothing fits; carries the nearest short ids.
            Ambiguous: the words fit several things; carries them.
            BadValue: it stands on no level, as a theme or a document does.

        Example:
            >>> import goldenthread as gt
            >>> account = gt.open().account("service-priority/1.4")
            >>> [len(part) > 0 for part in (account.why, account.known, account.sure)]
            [True, True, True]
        """
        iri = self._iri(thing)
        found = describing.describe(self._dataset, iri, self.reading)
        if found.groups or found.printed or not found.node.level:
            raise BadValue(f"“{found.node.name}” stands on no level: nothing says what it is for.")
        return shown(
            Account, tell(self._dataset, tracing.trace(self._dataset, iri, "up", self.reading))
        )

    def briefing(self, thing: str | HasIri) -> Briefing:
        """Return what a person should know of a thing in two minutes; it takes some seconds.

        Args:
            thing: short id, full IRI, words, or a value with an `iri`.

        Raises:
            NotFound: nothing fits; carries the nearest short ids.
            Ambiguous: the words fit several things; carries them.
            BadValue: it groups others and is no step of a thread.
        """
        from goldenthread.services.validation import check

        found = tracing.trace(self._dataset, self._iri(thing), "down", self.reading)
        lacking = gaps(self._dataset, self.reading)
        report = check(self._dataset, self.reading)
        return shown(Briefing, briefing(self._dataset, found, lacking, report))

    def list(self, kind: str) -> Things:
        """Return all things of a class or level, in the order of numbers and of print.

        Args:
            kind: key, name or plural of a level, or the name of a class: `action`, `Judgement`.

        Raises:
            NotFound: no class or level has that name; carries those there are.

        Example:
            >>> import goldenthread as gt
            >>> len(gt.open().list("action"))
            51
        """
        found = describing.list_class(self._dataset, kind, self.reading)
        return Things(tuple(found), self.reading, kind)

    def losing(self, thing: str | HasIri) -> Things:
        """Return what no thread joins to the first level any more if a thing goes.

        Args:
            thing: short id, full IRI, words, or a value with an `iri`.

        Raises:
            NotFound: nothing fits, or it is on no thread to the first level.
            Ambiguous: the words fit several things; carries them.

        Example:
            >>> import goldenthread as gt
            >>> [node.level for node in gt.open().losing("service-priority/1.3")]
            ['measure', 'measure', 'measure']
        """
        iri = self._iri(thing)
        return Things(tuple(losing(self._dataset, iri, self.reading)), self.reading)

    def _iri(self, thing: str | HasIri) -> str:
        text = thing if isinstance(thing, str) else thing.iri
        return finding.resolve(self._dataset, text, self.reading)


def _otherwise(dataset: Dataset, found: thread.Trace) -> str:
    """Return in a sentence the numbers that the other reading has for a trace, if they differ."""
    if found.narrowed:
        return ""
    other = next(r for r in get_args(Reading) if r != found.reading)
    nodes = as_printed(dataset, found) if other == "printed" else None
    if nodes is None:
        traced = tracing.trace(dataset, found.focus.iri, found.direction, other)
        nodes = [n for n in traced.nodes if n.iri != found.focus.iri]
    here = Counter(n.level for n in found.nodes if n.iri != found.focus.iri)
    there = Counter(n.level for n in nodes)
    one = {n.level: n.level_name for n in (*found.nodes, *nodes)}
    told = [
        counted(there[key], one[key], many)
        for key, many in plurals(dataset, other).items()
        if there[key] != here[key]
    ]
    return f"{READING_NAMES[other].capitalize()}: {', '.join(told)}." if told else ""
