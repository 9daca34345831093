"""Find things by what people type: an IRI, a short id, a number, or words."""

import re
from collections.abc import Iterator

from goldenthread.domain.identifiers import natural, one_line, short_id
from goldenthread.domain.matching import Indexed, Text, best, index, rank
from goldenthread.domain.namespaces import DCTERMS, GT, RDF, SKOS
from goldenthread.domain.thread import Node
from goldenthread.errors import Ambiguous, BadValue, NotFound
from goldenthread.store.dataset import Dataset
from goldenthread.store.terms import node
from goldenthread.store.view import View

_MOST_SHOWN = 80


def things(view: View) -> list[Node]:
    """Return every thing that stands on a level, and every theme, in the plan's order."""
    found = {iri for level in view.levels for iri in view.subjects(GT + "atLevel", level)}
    # Entries carry their level too; they are print, not things.
    entries = set(view.subjects(RDF + "type", GT + "Entry"))
    found = (found - entries) | set(view.subjects(RDF + "type", GT + "Theme"))
    nodes = [view.node(iri) for iri in found]
    return sorted(nodes, key=lambda n: (n.order, natural(n.notation or "~"), natural(n.iri)))


def indexed(view: View) -> list[Indexed]:
    """Return every thing and theme with the words it can be found by; made once a reading."""
    kept = view.dataset.kept(f"index of {view.reading}")
    if "things" not in kept:
        kept["things"] = [index(n, _meaning(view, n.iri)) for n in things(view)]
    found: list[Indexed] = kept["things"]
    return found


def everything(view: View) -> list[Indexed]:
    """Return what `indexed` does, then documents, periods, judgements, and other print.

    Other print is what no thing was read from: headings, notes, cross-references, timescales.
    """
    kept = view.dataset.kept(f"index of {view.reading}")
    if "everything" not in kept:
        kept["everything"] = [*indexed(view), *_others(view)]
    found: list[Indexed] = kept["everything"]
    return found


def _others(view: View) -> Iterator[Indexed]:
    for name in ("Document", "Period", "Judgement", "Repair"):
        for iri in view.subjects(RDF + "type", GT + name):
            reasons = [Text("its reason", r, 0.1) for r in view.values(iri, GT + "reason")]
            yield index(view.node(iri), [*reasons, *_meaning(view, iri)])
    for iri in view.subjects(RDF + "type", GT + "Entry"):
        entry = view.entry(iri)
        # A thing is found by its print and its timescales; these are not found a second time.
        read = view.value(iri, GT + "entryOf") or view.value(iri, GT + "schedules")
        if entry.quote and not read:
            printed = Text("the words as printed", one_line(entry.quote), 0.3, entry)
            yield index(view.node(iri), [printed, Text("its place", entry.place, 0.05)])


def _meaning(view: View, iri: str) -> list[Text]:
    said = (SKOS + "definition", DCTERMS + "description", SKOS + "scopeNote")
    return [Text("its description", t, 0.15) for p in said for t in view.values(iri, p)]


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
        near = _nearest(short_id(text)[:_MOST_SHOWN], view)
        raise NotFound(f"Nothing here has the IRI {_shown(text)}.", near)
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
    # A slip of the shift key, or a full stop taken along from the end of a sentence.
    forms = dict.fromkeys((text, text.rstrip("/."), text.rstrip("/.").lower()))
    found = [i for f in forms for p in plans if _is_iri(i := f"{p}/{f}") and view.exists(i)]
    found = list(dict.fromkeys(found))
    if len(found) == 1:
        return found[0]
    if found:
        names = [
            (f"{view.value(view.plan(i) or '', GT + 'key')}:{text}", view.label(i)) for i in found
        ]
        raise Ambiguous(
            f"“{_shown(text)}” is in several plans. Put the plan's key and a colon first.", names
        )
    raise NotFound(
        f"Nothing here has the id “{_shown(text)}”. Try one of the nearest, or search for words.",
        _nearest(text[:_MOST_SHOWN], view),
    )


def _resolve_words(text: str, view: View) -> str:
    if not text:
        raise BadValue("Nothing was asked for. Give an id, a number or words.")
    hits = best(text, rank(text, indexed(view)))
    if len(hits) == 1:
        return hits[0].node.iri
    if hits:
        raise Ambiguous(
            f"“{_shown(text)}” fits {len(hits)} things. Use the id of the one that is meant.",
            [(h.node.id, f"{h.node.name} ({h.where})") for h in hits[:20]],
        )
    raise NotFound(
        f"Nothing here has the words “{_shown(text)}”. Try fewer or other words.",
        _nearest(text[:_MOST_SHOWN], view),
    )


def _nearest(text: str, view: View) -> list[tuple[str, str]]:
    from difflib import get_close_matches

    named = {n.id: n for n in things(view)}
    ids = get_close_matches(text.casefold(), named, 5, 0.5)
    return [(i, named[i].label) for i in ids]


def _shown(text: str) -> str:
    """Return what was typed, cut to what a message can hold."""
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"
