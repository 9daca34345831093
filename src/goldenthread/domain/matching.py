"""Match what people type with things: by name and number, by words, by words nearly spelt so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.domain.thread import Node

# Curly quotation marks match straight ones.
_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
NUMBERED = 3.0
"""A score from here up means that the number, or the whole name, was what fitted."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, with where the words were found and how well they fit."""

    node: Node
    where: str
    score: float


def rank(text: str, nodes: Iterable[Node]) -> list[Hit]:
    """Return the nodes that fit `text`, best first, then in the order given.

    Every word must occur, whole or as the beginning of a word; where nothing has them all, words
    that are close in spelling count too.
    """
    nodes = list(nodes)
    words = plain(text).split()
    if not words:
        return []
    hits = [h for n in nodes if (h := _fit(words, n)) is not None]
    if not hits and (close := _respell(words, nodes)) != words:
        hits = [h for n in nodes if (h := _fit(close, n)) is not None]
    return sorted(hits, key=lambda h: -h.score)


def best(text: str, hits: list[Hit]) -> list[Hit]:
    """Return those of the hits that `text` can mean: whole names, then numbers, then all."""
    wanted = plain(text)
    for narrowed in (
        [h for h in hits if wanted in (plain(h.node.name), plain(h.node.label))],
        [h for h in hits if h.score >= NUMBERED],
    ):
        if narrowed:
            return narrowed
    return hits


def plain(text: str) -> str:
    """Return text without case, with straight quotation marks and single spaces."""
    return " ".join(text.translate(_QUOTES).casefold().split())


def _fit(words: list[str], node: Node) -> Hit | None:
    """Return how well the words fit one thing: number, name, label, print, timescale, id."""
    if hit := _numbered(words, node):
        return hit
    for field, where, score in (
        (node.label, "its words", 2.0),
        (node.name, "its name", 1.5),
        (" ".join(e.quote for e in node.entries), "the words as printed", 1.0),
        (" ".join(s.words for s in node.schedule), "its timescale", 0.9),
        (node.id.replace("-", " "), "its id", 0.5),
    ):
        found = plain(field)
        if all(re.search(r"(?<![a-z0-9])" + re.escape(w), found) for w in words):
            return Hit(node, where, score + (0.4 if found.startswith(words[0]) else 0))
    return None


def _numbered(words: list[str], node: Node) -> Hit | None:
    """Return a hit where the last word is the number and those before it name the level."""
    *naming, number = words
    level = plain(node.level_name).split()
    if any(word not in level for word in naming):
        return None
    if node.notation is not None and plain(node.notation) == number:
        return Hit(node, "its number", NUMBERED + 1)
    for other, document in node.other_numbers:
        if plain(other) == number:
            return Hit(node, f"its number in {document}", NUMBERED)
    return None


def _respell(words: list[str], nodes: list[Node]) -> list[str]:
    from difflib import get_close_matches

    known = {w for n in nodes for w in re.findall(r"[a-z0-9]{3,}", plain(n.label))}
    return [next(iter(get_close_matches(w, known, 1, 0.75)), w) for w in words]
