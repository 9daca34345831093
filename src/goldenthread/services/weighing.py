"""Weigh judgements: which numbers each changes, without it, with it, and as printed.

A judgement in force left its mark on each record of a link that rests on it or that it withdrew,
so what would be without it can be read off the graph; a test derives the graph without each
judgement and compares. One that is not in force left no mark: the graph is derived with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import GT, RDF
from goldenthread.domain.weight import Change
from goldenthread.store.dataset import Dataset
from goldenthread.store.supposing import supposing
from goldenthread.store.view import HOPS, View

# What a judgement may do that deriving the graph with it could show.
_DOES = ("identifies", "moves", "pairs", "withdraws", "from")

_BESIDE = "beside "

Counts = Mapping[tuple[str, str], int]
"""Numbers by what they are about and what they count: IRI, and key of a level or a property."""


@dataclass(frozen=True, slots=True)
class Record:
    """One alignment, with what it depends on."""

    source: str
    prop: str
    target: str
    entry: str
    """The entry that prints the source where the link is made."""
    rests: frozenset[str]
    withdrawn: frozenset[str]


def weights(dataset: Dataset) -> dict[str, tuple[Change, ...]]:
    """Return what each judgement changes, or would change if it were applied, by its IRI.

    All are weighed in the reading with corrections; a match holds as printed too.
    """
    kept = dataset.kept("weights")
    if not kept:
        kept["weights"] = dict(_weights(dataset))
    found: dict[str, tuple[Change, ...]] = kept["weights"]
    return found


def _weights(dataset: Dataset) -> Iterator[tuple[str, tuple[Change, ...]]]:
    view, printed = View(dataset, "corrected"), View(dataset, "printed")
    here, now_printed = records(view), counts(printed, records(printed))
    now = counts(view, here)
    for judgement in view.subjects(RDF + "type", GT + "Judgement"):
        if view.value(judgement, GT + "inForce") == "true":
            without, with_it = counts(view, here, judgement), now
        elif any(view.values(judgement, GT + p) for p in _DOES):
            supposed = View(supposing(dataset, judgement, "applied"), "corrected")
            without, with_it = now, counts(supposed, records(supposed))
        else:
            without, with_it = now, now
        moves = bool(view.values(judgement, GT + "moves"))
        found = _changes(view, without, with_it, now_printed)
        # Where an entry is read tells more than what stands under what only if it was moved.
        yield judgement, tuple(c for c, beside in found if moves or not beside)


def behind(dataset: Dataset, judgement: str, change: Change, side: str) -> tuple[View, list[str]]:
    """Return what a number counts that a judgement changes, and the reading that says so.

    Args:
        dataset: the data set.
        judgement: IRI of the judgement.
        change: the number, one of `weights`.
        side: `without` it, `with` it, or as `printed`.
    """
    key, view = (change.about, change.of), View(dataset, "corrected")
    in_force = view.value(judgement, GT + "inForce") == "true"
    left_out = ""
    if side == "printed":
        view = View(dataset, "printed")
    elif side == "without" and in_force:
        left_out = judgement
    elif side == "with" and not in_force:
        view = View(supposing(dataset, judgement, "applied"), "corrected")
    return view, sorted(members(view, records(view), left_out).get(key, ()), key=natural)


def counts(view: View, known: list[Record], left_out: str = "") -> Counts:
    """Return the numbers of a reading, as they would be without one judgement."""
    return {key: len(found) for key, found in members(view, known, left_out).items()}


def members(
    view: View, known: list[Record], left_out: str = ""
) -> dict[tuple[str, str], list[str]]:
    """Return what each number of a reading counts, as it would be without one judgement.

    These are how many things of each level stand under each thing of the first, how many entries
    of each level are read beside a thing, how many timescales a thing has, how many entries print
    it, and how many other links it has.
    """
    carried = [r for r in known if left_out not in r.rests and not r.withdrawn - {left_out}]
    held = {(r.source, r.prop, r.target) for r in carried}
    under: dict[str, set[str]] = {}
    found: dict[tuple[str, str], list[str]] = {}
    for source, prop, target in held:
        if prop.removeprefix(GT) in HOPS:
            under.setdefault(target, set()).add(source)
        elif prop == GT + "schedules":
            found.setdefault((target, prop), []).append(source)
        else:
            found.setdefault((source, prop), []).append(target)
    first = next(iter(view.levels), "")
    level = {i: key for iri, (_, key, _) in view.levels.items() for i in view.at_level(iri)}
    for top in view.at_level(first) if first else ():
        for low in _below(top, under) & level.keys():
            found.setdefault((top, level[low]), []).append(low)
    beside = {
        (r.target, r.entry, level[r.source]) for r in carried if r.source in level and r.entry
    }
    for target, entry, key in beside:
        found.setdefault((target, _BESIDE + key), []).append(entry)
    for entry in view.subjects(RDF + "type", GT + "Entry"):
        if left_out not in view.values(entry, GT + "restsOn"):
            for thing in view.values(entry, GT + "entryOf"):
                found.setdefault((thing, "entries"), []).append(entry)
    return found


def records(view: View) -> list[Record]:
    """Return every alignment of a reading, withdrawn ones too."""
    return [
        Record(
            source=view.value(a, GT + "from") or "",
            prop=view.value(a, GT + "property") or "",
            target=view.value(a, GT + "to") or "",
            entry=view.value(a, GT + "fromEntry") or "",
            rests=frozenset(view.values(a, GT + "restsOn")),
            withdrawn=frozenset(view.values(a, GT + "withdrawnBy")),
        )
        for a in view.subjects(RDF + "type", GT + "Alignment")
    ]


def _below(top: str, under: Mapping[str, set[str]]) -> set[str]:
    seen, waiting = {top}, [top]
    while waiting:
        for near in under.get(waiting.pop(), ()):
            if near not in seen:
                seen.add(near)
                waiting.append(near)
    return seen - {top}


def _changes(
    view: View, without: Counts, with_it: Counts, printed: Counts
) -> Iterator[tuple[Change, bool]]:
    """Yield each number that differs, and whether it counts entries beside a thing."""
    changed = [k for k in {*without, *with_it} if without.get(k, 0) != with_it.get(k, 0)]
    order = {key: n for n, (_, key, _) in enumerate(view.levels.values())}
    for about, what in sorted(changed, key=lambda k: (k[0], order.get(k[1], 99), k[1])):
        key = (about, what)
        numbers = (without.get(key, 0), with_it.get(key, 0), printed.get(key, 0))
        yield Change(_words(view, about, what), about, *numbers, of=what), what.startswith(_BESIDE)


def _words(view: View, about: str, what: str) -> str:
    name = view.node(about).name
    for iri, (_, key, one) in view.levels.items():
        if what == key:
            many = view.value(iri, GT + "pluralLabel") or one
            return f"{many[:1].upper()}{many[1:]} under {name}"
        if what == _BESIDE + key:
            return f"{one[:1].upper()}{one[1:]} entries read beside {name}"
    if what == "entries":
        return f"Entries that print {name}"
    if what == GT + "schedules":
        return f"Timescales of {name}"
    return f"Links “{view.dataset.label_of_term(what)}” from {name}"
