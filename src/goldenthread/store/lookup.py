"""Find things by what people type: an IRI, a short id, a number, or words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.domain.identifiers import natural, short_id
from goldenthread.domain.namespaces import GT, RDF
from goldenthread.domain.thread import Node
from goldenthread.errors import Ambiguous, NotFound
from goldenthread.store.dataset import Dataset
from goldenthread.store.terms import node
from goldenthread.store.view import View

# Curly quotation marks match straight ones.
_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, with where the words were found and how well they fit."""

    node: Node
    where: str
    score: float


def things(view: View) -> list[Node]:
    """Return every thing that stands on a level, and every theme, in the plan's order."""
    found = {iri for level in view.levels for iri in view.subjects(GT + "atLevel", level)}
    # Entries carry their level too; they are print, not things.
    entries = set(view.subjects(RDF + "type", GT + "Entry"))
    found = (found - entries) | set(view.subjects(RDF + "type", GT + "Theme"))
    nodes = [view.node(iri) for iri in found]
    return sorted(nodes, key=lambda n: (n.order, natural(n.notation or "~"), natural(n.iri)))


def resolve(dataset: Dataset, text: str, reading: str = "corrected") -> str:
    """Return the IRI that `text` stands for.

    Args:
        dataset: the data set.
        text: a full IRI, `class/key`, `plan:class/key`, or words.
        reading: the reading to look in.

    Raises:
        NotFound: nothing fits; carries the nearest short ids.
        Ambiguous: words or a short id fit several things; carries them.
    """
    view = View(dataset, reading)
    text = text.strip()
    if re.match(r"^[a-z][a-z0-9+.-]*://", text, re.IGNORECASE):
        if _is_iri(text) and view.exists(text):
            return text
        raise NotFound(f"Nothing here has the IRI {text}.", _nearest(short_id(text), view))
    if "/" in text and " " not in text:
        return _resolve_short(text, view)
    return _resolve_words(text, view)


def _is_iri(text: str) -> bool:
    try:
        node(text)
    except ValueError:
        return False
    return True


def _resolve_short(text: str, view: View) -> str:
    key, _, rest = text.partition(":")
    plans = view.plans()
    if rest and "/" not in key:
        plans = [p for p in plans if view.value(p, GT + "key") == key]
        if not plans:
            known = ", ".join(view.value(p, GT + "key") or p for p in view.plans())
            raise NotFound(f"No plan here is called “{key}”. Loaded: {known or 'none'}.")
        text = rest
    found = [iri for p in plans if _is_iri(iri := f"{p}/{text}") and view.exists(iri)]
    if len(found) == 1:
        return found[0]
    if found:
        names = [
            (f"{view.value(view.plan(i) or '', GT + 'key')}:{text}", view.label(i)) for i in found
        ]
        raise Ambiguous(
            f"“{text}” is in several plans. Put the plan's key and a colon first.", names
        )
    raise NotFound(
        f"Nothing here has the id “{text}”. Try one of the nearest, or search for words.",
        _nearest(text, view),
    )


def _resolve_words(text: str, view: View) -> str:
    hits = rank(text, things(view))
    exact = [h for h in hits if _plain(h.node.label) == _plain(text)]
    hits = exact if len(exact) == 1 else hits
    if len(hits) == 1:
        return hits[0].node.iri
    if hits:
        raise Ambiguous(
            f"“{text}” fits {len(hits)} things. Use the id of the one that is meant.",
            [(h.node.id, f"{h.node.name} ({h.where})") for h in hits[:20]],
        )
    raise NotFound(
        f"Nothing here has the words “{text}”. Try fewer or other words.", _nearest(text, view)
    )


def search(dataset: Dataset, text: str, reading: str = "corrected", limit: int = 50) -> list[Hit]:
    """Return the things whose words, quotes or number fit `text`, best first.

    Every word must occur, whole or as the beginning of a word; where nothing has them all,
    words that are close in spelling count too.
    """
    return rank(text, things(View(dataset, reading)))[:limit]


def rank(text: str, nodes: Iterable[Node]) -> list[Hit]:
    """Return the nodes that fit `text`, best first, then in the plan's order."""
    nodes = list(nodes)
    words = re.findall(r"[^\s]+", _plain(text))
    if not words:
        return []
    hits = [h for n in nodes if (h := _fit(words, n)) is not None]
    if not hits and (close := _respell(words, nodes)) != words:
        hits = [h for n in nodes if (h := _fit(close, n)) is not None]
    return sorted(hits, key=lambda h: -h.score)


def _fit(words: list[str], node: Node) -> Hit | None:
    """Return how well the words fit one thing: its number, its label, then what is printed."""
    if len(words) == 1:
        if node.notation == words[0]:
            return Hit(node, "its number", 4)
        for number, document in node.other_numbers:
            if number == words[0]:
                return Hit(node, f"its number in {document}", 3)
    for field, where, score in (
        (node.label, "its words", 2.0),
        (" ".join(e.quote for e in node.entries), "the words as printed", 1.0),
        (node.id.replace("-", " ") + " " + node.iri, "its id", 0.5),
    ):
        plain = _plain(field)
        if all(re.search(r"(?<![a-z0-9])" + re.escape(w), plain) for w in words):
            return Hit(node, where, score + (0.5 if plain.startswith(words[0]) else 0))
    return None


def _respell(words: list[str], nodes: list[Node]) -> list[str]:
    from difflib import get_close_matches

    known = {w for n in nodes for w in re.findall(r"[a-z0-9]{3,}", _plain(n.label))}
    return [next(iter(get_close_matches(w, known, 1, 0.75)), w) for w in words]


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).casefold().split())


def _nearest(text: str, view: View) -> list[tuple[str, str]]:
    from difflib import get_close_matches

    named = {n.id: n for n in things(view)}
    ids = get_close_matches(text, named, 5, 0.5)
    return [(i, named[i].label) for i in ids]
