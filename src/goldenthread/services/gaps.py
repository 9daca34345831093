"""Find gaps: what a level expects above or below its things, and is not recorded."""

from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.domain.gap import Gap, GapReport
from goldenthread.domain.namespaces import CONCEPT, GT, RDF, RDFS
from goldenthread.domain.readings import READINGS
from goldenthread.errors import NotFound
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View


@dataclass(frozen=True, slots=True)
class _Expectation:
    level: str
    key: str
    name: str
    above: bool
    at_least: int
    expected_level: str | None
    expected_class: str | None

    @property
    def relation(self) -> str:
        """Return how the expected thing would stand to the thing that expects it, in words."""
        if self.above:
            return "that it serves"
        return "for it" if self.expected_class == GT + "Schedule" else "under it"


def gaps(dataset: Dataset, reading: str = "corrected", level: str | None = None) -> GapReport:
    """Return what is missing, by level, then by the thing that lacks it.

    Where the other reading finds another number, the gap carries it: "0; 2 printed here".

    Args:
        dataset: the data set.
        reading: `corrected` or `printed`.
        level: key or name of the only level whose things are looked at; all unless given.

    Raises:
        NotFound: no level has that key or name; carries those there are.
    """
    view = View(dataset, reading)
    other = View(dataset, next(r for r in READINGS if r != reading))
    looked_at = _levels(view, level)
    return GapReport(reading, tuple(_gaps(view, other, looked_at)))


def _levels(view: View, wanted: str | None) -> set[str]:
    if wanted is None:
        return set(view.levels)
    named = wanted.casefold()
    found = {i for i, (_, key, name) in view.levels.items() if named in (key, name.casefold())}
    if not found:
        known = [
            (key, view.value(iri, GT + "pluralLabel") or name)
            for iri, (_, key, name) in view.levels.items()
        ]
        raise NotFound(f"No level has the key “{wanted}”.", known)
    return found


def _gaps(view: View, other: View, looked_at: set[str]) -> Iterator[Gap]:
    for expectation in _expectations(view):
        if expectation.level not in looked_at:
            continue
        _, level, name = view.levels[expectation.level]
        for iri in view.at_level(expectation.level):
            count = _count(view, iri, expectation)
            if count >= expectation.at_least:
                continue
            there = _count(other, iri, expectation)
            yield Gap(
                level=level,
                level_name=name,
                focus=view.node(iri),
                missing=expectation.key,
                missing_name=expectation.name,
                direction="above" if expectation.above else "below",
                relation=expectation.relation,
                expected=expectation.at_least,
                found=count,
                other_reading=there if there != count else None,
                references=tuple(view.references(iri)),
            )


def _expectations(view: View) -> list[_Expectation]:
    """Return what each level expects, first levels first, in the order of the levels expected."""
    found = []
    for level in view.levels:
        for iri in view.values(level, GT + "expects"):
            expected = view.value(iri, GT + "expectedLevel")
            found.append(
                _Expectation(
                    level=level,
                    key=view.value(iri, GT + "key") or "",
                    name=view.value(iri, RDFS + "label") or "",
                    above=view.value(iri, GT + "direction") == CONCEPT + "above",
                    at_least=int(view.value(iri, GT + "atLeast") or 1),
                    expected_level=expected,
                    expected_class=view.value(iri, GT + "expectedClass"),
                )
            )
    order = {iri: place for place, iri in enumerate(view.levels)}
    return sorted(
        found, key=lambda e: (order[e.level], order.get(e.expected_level or "", 99), e.key)
    )


def meeting(dataset: Dataset, iri: str, missing: str, reading: str = "corrected") -> list[str]:
    """Return what meets an expectation of a thing, as far as anything does.

    Args:
        dataset: the data set.
        iri: IRI of the thing.
        missing: key of the expectation.
        reading: `corrected` or `printed`.
    """
    view = View(dataset, reading)
    levels = view.values(iri, GT + "atLevel")
    wanted = (e for e in _expectations(view) if e.level in levels and e.key == missing)
    return [n for e in wanted for n in _met(view, iri, e)]


def _count(view: View, iri: str, expectation: _Expectation) -> int:
    return len(_met(view, iri, expectation))


def _met(view: View, iri: str, expectation: _Expectation) -> list[str]:
    """Return the things that meet the expectation, on any thread above or below."""
    if expectation.above:
        near = view.above(iri)
    else:
        # A schedule says when, and is no step of a thread; a level may expect one all the same.
        near = view.below(iri) + view.subjects(GT + "schedules", iri)
    if expectation.expected_level:
        return [n for n in near if expectation.expected_level in view.values(n, GT + "atLevel")]
    cls = expectation.expected_class or ""
    return [n for n in near if cls in view.values(n, RDF + "type")]
