"""Narrow a list by what its items have in common: which are kept, and what else could be chosen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from goldenthread.errors import BadValue

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """Something by which items can be told apart, such as their level."""

    key: str
    """As it stands in an address or after an option."""
    label: str
    of: Callable[[T], Iterable[tuple[str, str]]]
    """Returns the values of an item: the key and the words of each; none is fine."""
    order: Sequence[str] = ()
    """Keys of values in the order in which they are shown; others follow as they are met."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value to choose."""

    key: str
    label: str
    count: int
    """How many items have it, of those that everything else that is chosen keeps."""
    chosen: bool
    known: bool = True
    """Whether anything in the whole list has it, or it is always offered."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One field with its values."""

    key: str
    label: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> Option | None:
        """Return the value that is chosen."""
        return next((o for o in self.options if o.chosen), None)

    def to_json(self) -> dict[str, Any]:
        """Return the field as JSON answers have it."""
        return {
            "key": self.key,
            "label": self.label,
            "options": [
                {"key": o.key, "label": o.label, "count": o.count, "chosen": o.chosen}
                for o in self.options
            ],
        }


@dataclass(frozen=True, slots=True)
class Narrowed(Generic[T]):
    """What is kept of a list, and by what it was and could be narrowed."""

    kept: tuple[T, ...]
    total: int
    facets: tuple[Facet, ...]

    @property
    def left_out(self) -> int:
        """Return how many items are not kept."""
        return self.total - len(self.kept)

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """Return the words of each field that is chosen by, and of its value."""
        return tuple((f.label, f.chosen.label) for f in self.facets if f.chosen)

    def sentence(self, one: str, many: str) -> str:
        """Return what is shown and what is left out: `3 of 12 gaps, level action; 9 left out.`."""
        noun = one if self.total == 1 else many
        if not self.chosen:
            return f"All {self.total} {noun} are shown." if self.total > 1 else ""
        why = "; ".join(f"{lowered(label)} “{words}”" for label, words in self.chosen)
        kept = f"{len(self.kept)} of {self.total} {noun}"
        verb = "is" if len(self.kept) == 1 else "are"
        return f"{kept} {verb} shown: only {why}. {self.left_out} left out."


def meant(
    items: Iterable[T], fields: Sequence[Field[T]], chosen: Mapping[str, str]
) -> dict[str, str]:
    """Return the values chosen by their keys, where a person gave a key, its end or its words.

    What nothing here is called stays as it was given.
    """
    things = list(items)
    found = {}
    for field in fields:
        if given := chosen.get(field.key, ""):
            known = dict.fromkeys(field.order, "") | dict(v for i in things for v in field.of(i))
            found[field.key] = next((k for k, w in known.items() if _is(given, k, w)), given)
    return found


def refuse_unknown(facets: Iterable[Facet]) -> None:
    """Refuse a value that nothing in the whole list has.

    Raises:
        BadValue: says which value, and which there are.
    """
    for facet in facets:
        if facet.chosen and not facet.chosen.known:
            there = ", ".join(o.key for o in facet.options if o.known) or "none"
            given = facet.chosen.key
            raise BadValue(f"{facet.label}: nothing here is “{given}”. There are: {there}.")


def _is(given: str, key: str, words: str) -> bool:
    return given == key or given.casefold() in (words.casefold(), key.rpartition("/")[2].casefold())


def lowered(words: str) -> str:
    """Return words as they stand within a sentence; an abbreviation keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def narrow(
    items: Iterable[T], fields: Sequence[Field[T]], chosen: Mapping[str, str]
) -> Narrowed[T]:
    """Return the items that have every value chosen, with counts of what else they have.

    Args:
        items: the list.
        fields: by what it can be narrowed, in the order in which they are shown.
        chosen: a value for some of the fields, by their keys; others and empty ones are ignored.
            A value that no item has keeps nothing, and is shown with a count of 0.
    """
    every = [(i, {f.key: dict(f.of(i)) for f in fields}) for i in items]
    wanted = {f.key: chosen[f.key] for f in fields if chosen.get(f.key)}
    kept = tuple(i for i, has in every if all(v in has[k] for k, v in wanted.items()))
    facets = []
    for f in fields:
        others = {k: v for k, v in wanted.items() if k != f.key}
        words: dict[str, str] = {}
        counts: dict[str, int] = {}
        for _, has in every:
            fits = all(v in has[k] for k, v in others.items())
            for key, label in has[f.key].items():
                words.setdefault(key, label)
                counts[key] = counts.get(key, 0) + fits
        known = {*words, *f.order}
        if f.key in wanted:
            words.setdefault(wanted[f.key], wanted[f.key])
        first = [k for k in f.order if k in words]
        options = tuple(
            Option(k, words[k], counts.get(k, 0), wanted.get(f.key) == k, k in known)
            for k in (*first, *(k for k in words if k not in first))
        )
        facets.append(Facet(f.key, f.label, options))
    return Narrowed(kept, len(every), tuple(facets))
