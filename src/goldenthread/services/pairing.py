"""Put two things side by side: what is said of each, and what stands above and below both."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from goldenthread.domain.comparison import Fact, Pair, Shared
from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import GT
from goldenthread.domain.thread import Node
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View

_NONE = "none recorded"


def pair(dataset: Dataset, first: str, second: str, reading: str = "corrected") -> Pair:
    """Return two things side by side: what is said of each, and what stands above and below both.

    Args:
        dataset: the data set.
        first: IRI of a thing.
        second: IRI of another.
        reading: `corrected` or `printed`.
    """
    view = View(dataset, reading)
    a, b = view.node(first), view.node(second)
    facts = (
        _fact("Level", a.level_name, b.level_name),
        _fact("Number", a.notation or "none", b.notation or "none"),
        _words("Words", a.label, b.label),
        _fact("Themes", ", ".join(a.themes) or _NONE, ", ".join(b.themes) or _NONE),
        _fact("Timescales", _when(a), _when(b)),
        _fact("Printed in", _where(a), _where(b)),
    )
    shared = [
        *_shared(view, "above", view.above(first), view.above(second)),
        *_shared(view, "below", view.below(first), view.below(second)),
    ]
    return Pair(a, b, facts, tuple(shared))


def _when(node: Node) -> str:
    return "; ".join(f"{s.words} ({s.document})" for s in node.schedule) or _NONE


def _where(node: Node) -> str:
    return "; ".join(e.place for e in node.entries) or "not recorded"


def _fact(name: str, first: str, second: str) -> Fact:
    """Return two answers, each as a whole the same or not."""
    same = first == second
    return Fact(name, ((first, same),), ((second, same),), same)


def _words(name: str, first: str, second: str) -> Fact:
    """Return two wordings word by word, each word with whether the other has it there."""
    words = [re.findall(r"\S+\s*", text) for text in (first, second)]
    plain = [[w.strip().casefold() for w in side] for side in words]
    parts: tuple[list[tuple[str, bool]], ...] = ([], [])
    matcher = SequenceMatcher(None, plain[0], plain[1], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        for side, (start, end) in enumerate(((i, j), (k, m))):
            if end > start:
                parts[side].append(("".join(words[side][start:end]), tag == "equal"))
    return Fact(name, tuple(parts[0]), tuple(parts[1]), plain[0] == plain[1])


def _shared(view: View, where: str, first: list[str], second: list[str]) -> Iterator[Shared]:
    levels = view.levels.items()
    plural = {name: view.value(iri, GT + "pluralLabel") or name for iri, (_, _, name) in levels}
    nodes = {i: view.node(i) for i in (*first, *second)}
    names = dict.fromkeys(n.level_name for n in sorted(nodes.values(), key=lambda n: n.order))
    for name in names:
        here = {i for i, n in nodes.items() if n.level_name == name}
        a, b = here & set(first), here & set(second)
        yield Shared(
            where=where,
            level=plural.get(name, name),
            both=_in_order(nodes, a & b),
            first=_in_order(nodes, a - b),
            second=_in_order(nodes, b - a),
        )


def _in_order(nodes: dict[str, Node], iris: set[str]) -> tuple[Node, ...]:
    return tuple(nodes[i] for i in sorted(iris, key=lambda i: (nodes[i].order, natural(i))))
