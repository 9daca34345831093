"""Compare the two readings of a plan, or two plans: what each has that the other has not."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goldenthread.domain.comparison import (
    ADDED,
    KINDS,
    OTHER,
    REMOVED,
    Change,
    Comparison,
    Count,
    Tied,
)
from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import GT, RDF
from goldenthread.domain.thread import Link, Node
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View

Key = tuple[str, str, str]


@dataclass(frozen=True)
class _Side:
    """One side of a comparison: its things and links by ids that both sides share."""

    view: View
    things: dict[str, Node]
    links: dict[Key, Link]

    def key(self, iri: str) -> str:
        """Return what identifies a node across editions: what follows its plan, else its IRI."""
        return _key(self.view.plans(), iri)


def readings(dataset: Dataset) -> Comparison:
    """Return what corrections change: the plan as printed against the plan with corrections."""
    kept: dict[str, Comparison] = dataset.kept("comparison of the readings")
    if "" not in kept:
        sides = _side(View(dataset, "printed")), _side(View(dataset, "corrected"))
        kept[""] = _compare(*sides, "as printed", "with corrections")
    return kept[""]


def behind(
    dataset: Dataset, reading: str
) -> tuple[dict[str, list[Node]], dict[str, list[Link]], dict[tuple[str, str], list[Link]]]:
    """Return what the numbers of one side of `readings` count.

    Args:
        dataset: the data set.
        reading: `printed` for the side before, `corrected` for the side after.

    Returns:
        Things by the name of their count, links by that of theirs, and the links to a thing by
        its IRI and the name of the level at their lower ends.
    """
    side = _side(View(dataset, reading))
    plural = {
        name: side.view.value(iri, GT + "pluralLabel") or name
        for iri, (_, _, name) in side.view.levels.items()
    }
    things: dict[str, list[Node]] = {}
    for node in side.things.values():
        things.setdefault(plural.get(node.level_name, node.level_name), []).append(node)
    links: dict[str, list[Link]] = {}
    tied: dict[tuple[str, str], list[Link]] = {}
    for link in side.links.values():
        _, _, low, relation, high = _between(side, link)
        links.setdefault(f"{low} — {relation} — {high}", []).append(link)
        tied.setdefault((link.target, low), []).append(link)
    return things, links, tied


def plans(
    old: Dataset, new: Dataset, reading: str = "corrected", named: tuple[str, str] = ("", "")
) -> Comparison:
    """Return what differs between two plans, or two states of one, by stable ids.

    Things are the same where their IRIs are, or, where each side has a single plan, where what
    follows the plan in their IRIs is: two editions of one plan share those.

    Args:
        old: the first side.
        new: the second side.
        reading: `corrected` or `printed`, of both.
        named: what tells the sides apart, such as their files: titles may be the same.
    """
    before, after = View(old, reading), View(new, reading)
    labels = [", ".join(v.label(p) for p in v.plans()) or "no plan" for v in (before, after)]
    names = [": ".join(filter(None, pair)) for pair in zip(named, labels, strict=True)]
    return _compare(_side(before), _side(after), *names)


def _key(found: list[str], iri: str) -> str:
    alone = found[0] + "/" if len(found) == 1 else "\0"
    return iri.removeprefix(alone)


def _side(view: View) -> _Side:
    known = view.plans()
    things = {
        _key(known, iri): view.node(iri) for level in view.levels for iri in view.at_level(level)
    }
    links: dict[Key, Link] = {}
    for alignment in view.subjects(RDF + "type", GT + "Alignment"):
        if view.values(alignment, GT + "withdrawnBy"):
            continue
        ends = [view.value(alignment, GT + p) for p in ("from", "property", "to")]
        low, prop, high = (e or "" for e in ends)
        if low and prop and high:
            key = (_key(known, low), prop.removeprefix(GT), _key(known, high))
            if key not in links:
                links[key] = view.link(low, key[1], high)
    return _Side(view, things, links)


def _compare(before: _Side, after: _Side, first: str, second: str) -> Comparison:
    changes = [*_things(before, after), *_links(before, after)]
    order = {kind: i for i, kind in enumerate(KINDS)}
    changes.sort(
        key=lambda c: (
            c.what == "link",
            order[c.kind],
            c.subject.order,
            natural(c.target.iri if c.target else ""),
            natural(c.subject.iri),
        )
    )
    return Comparison(
        before=first,
        after=second,
        counts=tuple(_counts(before, after)),
        tied=tuple(_tied(before, after, changes)),
        changes=tuple(changes),
    )


def _things(before: _Side, after: _Side) -> Iterator[Change]:
    for key in before.things.keys() | after.things.keys():
        old, new = before.things.get(key), after.things.get(key)
        if old is None or new is None:
            node = new or old
            assert node is not None  # noqa: S101 - a key is of one side at least
            kind = ADDED if old is None else REMOVED
            words = node.label
            yield Change("thing", kind, node, "", None, *(("", words) if new else (words, "")))
            continue
        fields = (
            ("reworded", old.label, new.label),
            ("renumbered", old.notation or "", new.notation or ""),
            ("moved", old.level_name, new.level_name),
            ("themed otherwise", "; ".join(old.themes), "; ".join(new.themes)),
        )
        for kind, was, is_now in fields:
            if was != is_now:
                yield Change("thing", kind, new, "", None, was, is_now)


def _links(before: _Side, after: _Side) -> Iterator[Change]:
    for key in before.links.keys() | after.links.keys():
        old, new = before.links.get(key), after.links.get(key)
        was, is_now = (_known(link) if link else "" for link in (old, new))
        if was == is_now:
            continue
        side, link = (after, new) if new else (before, old)
        assert link is not None  # noqa: S101 - a key is of one side at least
        kind = ADDED if old is None else REMOVED if new is None else OTHER
        judged = new.best.judgements if new and new.best else _withdrawing(after, old)
        yield Change(
            what="link",
            kind=kind,
            subject=side.view.node(link.source),
            relation=side.view.dataset.label_of_term(GT + link.predicate),
            target=side.view.node(link.target),
            before=was,
            after=is_now,
            judgements=judged,
        )


def _known(link: Link) -> str:
    """Return how a link is known: basis, document, who asserts it."""
    best = link.best
    if best is None:
        return link.basis
    by = "" if best.asserted_by in ("", best.stated_in) else f"asserted by {best.asserted_by}"
    return ", ".join(filter(None, (best.basis, best.stated_in, by)))


def _withdrawing(after: _Side, link: Link | None) -> tuple[tuple[str, str], ...]:
    """Return the judgements by which the second side withdraws a link of the first."""
    alignments = [e.iri for e in link.evidence] if link else []
    found = {j for a in alignments for j in after.view.values(a, GT + "withdrawnBy")}
    return tuple((j, after.view.label(j)) for j in sorted(found))


def _counts(before: _Side, after: _Side) -> Iterator[Count]:
    """Yield how many things each level has, then how many links each pair of levels."""
    levels: dict[tuple[int, str], str] = {}
    for side in (before, after):
        for iri, (order, _, name) in side.view.levels.items():
            levels[order, name] = side.view.value(iri, GT + "pluralLabel") or name
    sizes = [Counter((n.order, n.level_name) for n in s.things.values()) for s in (before, after)]
    for level in sorted(levels):
        yield Count(levels[level], False, sizes[0][level], sizes[1][level])
    pairs = [Counter(_between(s, li) for li in s.links.values()) for s in (before, after)]
    for pair in sorted(pairs[0].keys() | pairs[1].keys()):
        _, _, low, relation, high = pair
        yield Count(f"{low} — {relation} — {high}", True, pairs[0][pair], pairs[1][pair])


def _between(side: _Side, link: Link) -> tuple[int, int, str, str, str]:
    low, high = side.view.node(link.source), side.view.node(link.target)
    relation = side.view.dataset.label_of_term(GT + link.predicate)
    return high.order, low.order, low.level_name, relation, high.level_name


def _tied(before: _Side, after: _Side, changes: Iterable[Change]) -> Iterator[Tied]:
    """Yield the things that different numbers of things are linked to on the two sides."""
    judged: dict[tuple[str, str], dict[str, str]] = {}
    for c in changes:
        if c.target is not None and c.kind in (ADDED, REMOVED):
            key = after.key(before.key(c.target.iri)), c.subject.level_name
            judged.setdefault(key, {}).update(dict(c.judgements))
    sizes = [
        Counter((k[2], s.view.node(li.source).level_name) for k, li in s.links.items())
        for s in (before, after)
    ]
    every = after.things | before.things
    keys = [k for k in sizes[0].keys() | sizes[1].keys() if sizes[0][k] != sizes[1][k]]
    keys = [k for k in keys if k[0] in every]
    for key in sorted(keys, key=lambda k: (every[k[0]].order, natural(k[0]), k[1])):
        node = every[key[0]]
        found = tuple(sorted(judged.get(key, {}).items()))
        yield Tied(node, key[1], sizes[0][key], sizes[1][key], found)
