"""Match what people type with what there is: by number, by words, by words nearly spelt so."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goldenthread.domain.identifiers import one_line
from goldenthread.domain.thread import Entry, Node

# Curly quotation marks match straight ones.
_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
_ALIKE = {"'": "['\u2018\u2019]", '"': '["\u201c\u201d]'}
NUMBERED = 6.0
"""A score from here up means that the number was what fitted."""
EXACT, BEGINNING, EVERY, SCATTERED = 4.0, 3.0, 2.0, 1.0
"""The words as typed; these with the last one begun; all of them; all, in several places."""
_AROUND = 90
_COPIED = 3
"""So many words in order, or more, were copied and not thought up."""


@dataclass(frozen=True, slots=True)
class Text:
    """Some words of a thing in which others can be found."""

    where: str
    """What they are, as people read it: `its words`."""
    text: str
    weight: float
    """From 0 to below 1: of two things that fit alike, the one with more comes first."""
    entry: Entry | None = None
    """The entry that prints them."""

    @property
    def plain(self) -> str:
        """Return the text as it is compared."""
        return plain(self.text)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A thing with all the words in which it can be found, in the form they are compared in."""

    node: Node
    texts: tuple[Text, ...]
    plains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, with where the words were found and how well they fit."""

    node: Node
    where: str
    score: float
    words: tuple[str, ...] = ()
    """What was looked for in it, respelt where that was needed."""
    excerpt: str = ""
    """Words around what was found, where that is not the thing's own label."""
    entry: Entry | None = None
    """The entry that prints them."""

    @property
    def place(self) -> str:
        """Return the kind of place where it was found, without which document: `its number`."""
        return self.where.partition(" in ")[0]


def index(node: Node, more: Iterable[Text] = ()) -> Indexed:
    """Return a thing with everything that it is known by: label, name, print, timescale, id."""
    texts = [
        Text("its words", node.label, 0.5),
        Text("its name", node.name, 0.4),
        *(Text("the words as printed", one_line(e.quote), 0.3, e) for e in node.entries),
        *(Text("its timescale", s.words, 0.2) for s in node.schedule),
        *more,
        Text("its id", node.id.replace("-", " "), 0.0),
    ]
    return Indexed(node, tuple(texts), tuple(t.plain for t in texts))


def rank(text: str, things: Sequence[Indexed]) -> list[Hit]:
    """Return the things that fit `text`, best first, then in the order given.

    A number comes first, then the words as typed, the same as a beginning, then all of them
    anywhere, whole or as the beginnings of words. Where nothing has them all, words that are
    close in spelling count too.
    """
    words = plain(text).split()
    if not words:
        return []
    hits = _fitting(words, things)
    if not hits and (close := respell(words, things)) != words:
        hits = _fitting(close, things)
    return sorted(hits, key=lambda h: -h.score)


def best(text: str, hits: list[Hit]) -> list[Hit]:
    """Return those of the hits that `text` can mean: whole names, then numbers, then all.

    Words copied from the beginning of one thing mean that thing, where no other has them in this
    order: that another has them all somewhere is chance.
    """
    wanted = plain(text)
    for narrowed in (
        [h for h in hits if wanted in (plain(h.node.name), plain(h.node.label))],
        [h for h in hits if h.score >= NUMBERED],
        _begun(wanted, hits),
    ):
        if narrowed:
            return narrowed
    return hits


def _begun(wanted: str, hits: list[Hit]) -> list[Hit]:
    """Return the one hit that begins with several words, if only it has them in this order."""
    if len(wanted.split()) < _COPIED:
        return []
    ordered = [h for h in hits if wanted in plain(h.node.label) or h.score >= BEGINNING]
    begun = [h for h in ordered if plain(h.node.label).startswith(wanted)]
    return begun if len(begun) == len(ordered) == 1 else []


def plain(text: str) -> str:
    """Return text without case, with straight quotation marks and single spaces."""
    return " ".join(text.translate(_QUOTES).casefold().split())


def pieces(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """Return text cut where words begin and end that were looked for, and whether each is one."""
    longest = sorted((w for w in words if w), key=len, reverse=True)
    if not longest:
        return [(text, False)]
    found = re.split(f"({_begins('|'.join(map(_pattern, longest)))})", text, flags=re.IGNORECASE)
    return [(part, bool(n % 2)) for n, part in enumerate(found) if part]


def respell(words: Sequence[str], things: Iterable[Indexed]) -> list[str]:
    """Return the words, each that occurs nowhere replaced by the nearest that does."""
    from difflib import get_close_matches

    known = {w for i in things for t in i.plains for w in re.findall(r"[a-z0-9]{3,}", t)}
    found = []
    for word in words:
        occurs = any(k.startswith(word) for k in known)
        found.append(word if occurs else next(iter(get_close_matches(word, known, 1, 0.75)), word))
    return found


def _fitting(words: list[str], things: Iterable[Indexed]) -> list[Hit]:
    phrase = re.escape(" ".join(words))
    whole, begun = re.compile(_begins(phrase) + r"(?![a-z0-9])"), re.compile(_begins(phrase))
    each = [re.compile(_begins(re.escape(w))) for w in words]
    return [h for i in things if (h := _fit(words, i, whole, begun, each)) is not None]


def _fit(
    words: list[str],
    thing: Indexed,
    whole: re.Pattern[str],
    begun: re.Pattern[str],
    each: Sequence[re.Pattern[str]],
) -> Hit | None:
    """Return how well the words fit one thing: its number, one of its texts, or all together."""
    if hit := _numbered(words, thing.node):
        return hit
    found: tuple[float, Text] | None = None
    for text, compared in zip(thing.texts, thing.plains, strict=True):
        # Most texts have not even the first word.
        if not each[0].search(compared):
            continue
        if whole.search(compared):
            score = EXACT
        elif begun.search(compared):
            score = BEGINNING
        elif all(p.search(compared) for p in each[1:]):
            score = EVERY
        else:
            continue
        start = 0.3 if begun.match(compared) else 0.0
        score += text.weight + start + (0.15 if compared == " ".join(words) else 0)
        if found is None or score > found[0]:
            found = score, text
    if found is None:
        if len(words) == 1 or not all(any(p.search(t) for t in thing.plains) for p in each):
            return None
        found = SCATTERED, Text("several places", "", 0.0)
    score, text = found
    own = text.where in ("its words", "its name", "several places")
    around = "" if own else _around(text.text, words)
    return Hit(thing.node, text.where, score, tuple(words), around, text.entry)


def _numbered(words: list[str], node: Node) -> Hit | None:
    """Return a hit where the last word is the number and those before it name the level."""
    *naming, number = words
    level = plain(node.level_name).split()
    if any(word not in level for word in naming):
        return None
    if node.notation is not None and plain(node.notation) == number:
        return Hit(node, "its number", NUMBERED + 1, (number,))
    for other, document in node.other_numbers:
        if plain(other) == number:
            entry = next(e for e in node.entries if (e.number, e.document) == (other, document))
            quote = one_line(entry.quote)
            around = _around(quote if quote.startswith(other) else f"{other} {quote}", [])
            return Hit(node, f"its number in {document}", NUMBERED, (number,), around, entry)
    return None


def _around(text: str, words: Sequence[str]) -> str:
    """Return the words around the first that was looked for, cut at spaces, cuts marked."""
    cut = pieces(text, words)
    start = len(cut[0][0]) if len(cut) > 1 and not cut[0][1] else 0
    first, last = max(start - _AROUND, 0), min(start + 2 * _AROUND, len(text))
    if first:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        last = max(text.rfind(" ", start, last), start + _AROUND)
    return ("… " if first else "") + text[first:last] + (" …" if last < len(text) else "")


def _begins(pattern: str) -> str:
    return f"(?<![a-z0-9])(?:{pattern})"


def _pattern(word: str) -> str:
    return "".join(_ALIKE.get(c) or re.escape(c) for c in word)
