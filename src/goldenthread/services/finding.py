"""Find things: by id, number or words; with what else they have in common."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from goldenthread.domain.found import Found
from goldenthread.domain.matching import Hit, plain, rank
from goldenthread.domain.picking import Field, Option, narrow
from goldenthread.store.dataset import Dataset
from goldenthread.store.lookup import everything, indexed, resolve
from goldenthread.store.view import View

__all__ = ["FILTERS", "Hit", "find", "resolve", "search"]

FILTERS = ("kind", "document", "theme", "where")
PAGE = 20
"""How many are on a page unless told."""


def find(
    dataset: Dataset,
    text: str,
    reading: str = "corrected",
    chosen: Mapping[str, str] | None = None,
    page: int = 1,
    size: int = PAGE,
) -> Found:
    """Return a page of what fits `text`, best first, with facets over all of it.

    Things of the plan come alone where any fits; what was judged, headings, notes and documents
    that fit too are counted beside them, and found where their kind is chosen.

    Args:
        dataset: the data set.
        text: words, beginnings of words, or a number, with the name of a level before it or not.
        reading: `corrected` or `printed`.
        chosen: what to keep, by some of `FILTERS`: key of a level or local name of a class;
            short title of a document; words of a theme; the kind of place where it was found.
        page: which page, from 1; beyond the last it is the last.
        size: how many are on a page.
    """
    view = View(dataset, reading)
    fitting, beside = _apart(view, text, (chosen or {}).get("kind", ""))
    found = narrow(fitting, _fields(view), chosen or {})
    pages = max(1, -(-len(found.kept) // size))
    page = min(max(page, 1), pages)
    hits = found.kept[(page - 1) * size : page * size]
    return Found(
        text=text,
        reading=reading,
        hits=hits,
        total=len(found.kept),
        without_filters=found.total,
        facets=found.facets,
        sentence=found.sentence("result", "results") if found.chosen else "",
        respelt=_respelt(text, found.kept),
        beside=beside,
        page=page,
        pages=pages,
    )


def search(dataset: Dataset, text: str, reading: str = "corrected", limit: int = 50) -> list[Hit]:
    """Return what fits `text`, best first: things of the plan, else whatever fits."""
    return _apart(View(dataset, reading), text, "")[0][:limit]


def _apart(view: View, text: str, kind: str) -> tuple[list[Hit], tuple[Option, ...]]:
    """Return the hits to show, and how many there are of each kind beside them.

    Args:
        view: the reading.
        text: what is looked for.
        kind: the kind that was chosen; one that is no kind of thing shows everything.
    """
    hits = list(rank(text, everything(view)))
    plan = {i.node.iri for i in indexed(view)}
    things = [h for h in hits if h.node.iri in plan]
    others = [h.node for h in hits if h.node.iri not in plan]
    if not things or kind in {n.level or n.cls for n in others} - {h.node.level for h in things}:
        return hits, ()
    counted = Counter((n.level or n.cls, n.level_name) for n in others)
    return things, tuple(Option(key, label, n, False) for (key, label), n in counted.items())


def _fields(view: View) -> Sequence[Field[Hit]]:
    levels = [key for _, key, _ in view.levels.values()]

    def kind(hit: Hit) -> Iterable[tuple[str, str]]:
        node = hit.node
        yield (node.level or node.cls, node.level_name)

    def documents(hit: Hit) -> Iterator[tuple[str, str]]:
        entries = (*hit.node.entries, *([hit.entry] if hit.entry else []))
        yield from ((e.document, e.document) for e in entries if e.document)

    return (
        Field("kind", "Kind", kind, levels),
        Field("document", "Document", documents),
        Field("theme", "Theme", lambda h: [(t, t) for t in h.node.themes]),
        Field("where", "Found in", lambda h: [(h.place, h.place)]),
    )


def _respelt(text: str, hits: Sequence[Hit]) -> str:
    """Return what was looked for instead of the words typed, if anything was."""
    typed = plain(text).split()
    for hit in hits[:1]:
        if hit.words and not set(hit.words) <= set(typed):
            return " ".join(hit.words)
    return ""
