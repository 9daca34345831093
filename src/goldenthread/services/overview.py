"""Say in sentences, each counted from the graph, what a person should know of a plan first."""

from goldenthread.domain.identifiers import natural
from goldenthread.domain.namespaces import DCTERMS, GT, RDF
from goldenthread.domain.overview import Overview, Sentence, Top
from goldenthread.domain.readings import READINGS
from goldenthread.domain.thread import Node
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View

# What would show that work has been done or that a measure can be judged, in people's words.
_PROGRESS = (GT + "actual", "https://schema.org/actionStatus")
_MEASURING = (
    (GT + "target", "a target"),
    (GT + "baseline", "a baseline"),
    (GT + "actual", "a value"),
)


def overview(dataset: Dataset, reading: str = "corrected") -> list[Overview]:
    """Return one overview a plan, in the order of their keys."""
    view = View(dataset, reading)
    other = View(dataset, next(r for r in READINGS if r != reading))
    return [_overview(view, other, plan) for plan in view.plans()]


def _overview(view: View, other: View, plan: str) -> Overview:
    levels = [iri for iri in view.levels if view.plan(iri) == plan]
    documents = tuple(
        view.node(iri)
        for iri in view.subjects(DCTERMS + "isPartOf", plan)
        if GT + "Document" in view.values(iri, RDF + "type")
    )
    themes = _themes(view, plan)
    tops = (
        tuple(_top(view, other, iri, levels, themes) for iri in view.at_level(levels[0]))
        if levels
        else ()
    )
    node = view.node(plan)
    publisher = view.publisher(plan) or "a body that the data does not name"
    sentences = [
        Sentence(_about(view, node, publisher, documents), documents),
        *_periods(view, plan),
        _progress(view, levels),
        *_bare(view, tops, levels),
        *_lacking(view, levels),
    ]
    themed = _themed(view, levels, themes)
    return Overview(node, publisher, documents, tuple(sentences), tops, themed)


def _top(view: View, other: View, iri: str, levels: list[str], themes: list[str]) -> Top:
    here, there = view.below(iri), other.below(iri)
    counts = []
    for level in levels[1:]:
        count = sum(level in view.values(n, GT + "atLevel") for n in here)
        elsewhere = sum(level in other.values(n, GT + "atLevel") for n in there)
        counts.append((_plural(view, level), count, elsewhere if elsewhere != count else None))
    by_theme = []
    for theme in themes:
        count = len(set(view.subjects(GT + "inTheme", theme)).intersection(here))
        elsewhere = len(set(other.subjects(GT + "inTheme", theme)).intersection(there))
        differs = elsewhere if elsewhere != count else None
        by_theme.append((theme, view.label(theme), count, differs))
    return Top(view.node(iri), tuple(counts), tuple(view.references(iri)), tuple(by_theme))


def _themes(view: View, plan: str) -> list[str]:
    """Return the themes of a plan in its own order."""
    found = [t for t in view.subjects(RDF + "type", GT + "Theme") if view.plan(t) == plan]
    return sorted(found, key=lambda t: (natural(view.value(t, GT + "order") or "~"), natural(t)))


def _themed(view: View, levels: list[str], themes: list[str]) -> str:
    """Return the plural names of the levels whose things are in themes."""
    grouped = {t for theme in themes for t in view.subjects(GT + "inTheme", theme)}
    return listing([_plural(view, lv) for lv in levels if grouped.intersection(view.at_level(lv))])


def _about(view: View, plan: Node, publisher: str, documents: tuple[Node, ...]) -> str:
    titles = listing([d.label for d in documents]) or "no document"
    edition = view.value(plan.iri, "http://www.w3.org/2002/07/owl#versionInfo")
    named = f"{plan.label} ({edition})" if edition else plan.label
    return f"This is a reading of the plan “{named}” of {publisher}, from {titles}."


def _periods(view: View, plan: str) -> list[Sentence]:
    found = view.values(plan, DCTERMS + "temporal")
    found.sort(key=lambda p: (natural(view.value(p, GT + "order") or ""), natural(p)))
    if not found:
        return [Sentence("No period is recorded for the plan.")]
    names = sorted({view.label(p) for p in found}, key=natural)
    return [Sentence(f"It names these periods: {listing(names)}.", tuple(map(view.node, found)))]


def _progress(view: View, levels: list[str]) -> Sentence:
    things = [t for level in levels for t in view.at_level(level)]
    shown = [t for t in things if any(view.value(t, p) for p in _PROGRESS)]
    if not shown:
        return Sentence(
            "No progress is recorded: nothing says what has been done or reached so far."
        )
    nodes = tuple(view.node(t) for t in shown)
    return Sentence(f"Progress is recorded for {len(shown)} of {len(things)} things.", nodes)


def _bare(view: View, tops: tuple[Top, ...], levels: list[str]) -> list[Sentence]:
    """Return which top aims have nothing under them, or say that each has something."""
    if not tops:
        return []
    name, plural = view.levels[levels[0]][2], _plural(view, levels[0])
    bare = [t.node for t in tops if t.bare]
    if not bare:
        return [Sentence(f"Each of the {len(tops)} {plural} has something recorded under it.")]
    which = listing([f"{n.notation} ({n.label})" if n.notation else n.label for n in bare])
    one = len(bare) == 1
    verb, them, some = ("has", "it", name) if one else ("have", "them", plural)
    text = (
        f"{len(bare)} of {len(tops)} {plural} {verb} nothing recorded under {them}: {some} {which}."
    )
    return [Sentence(text, tuple(bare))]


def _lacking(view: View, levels: list[str]) -> list[Sentence]:
    """Return what no measure has, and what only some have."""
    found = []
    for level in levels:
        if view.value(level, GT + "levelClass") != GT + "Measure":
            continue
        things, plural = view.at_level(level), _plural(view, level)
        lacked = [
            w for prop, w in _MEASURING if things and not any(view.value(t, prop) for t in things)
        ]
        if lacked:
            text = f"None of the {len(things)} {plural} has {listing(lacked, 'or')} recorded."
            found.append(Sentence(text, tuple(view.node(t) for t in things)))
        for prop, words in _MEASURING:
            without = [t for t in things if not view.value(t, prop)]
            if without and len(without) < len(things):
                text = f"{len(without)} of {len(things)} {plural} lack {words}."
                found.append(Sentence(text, tuple(view.node(t) for t in without)))
    return found


def _plural(view: View, level: str) -> str:
    return view.value(level, GT + "pluralLabel") or view.levels[level][2]


def listing(words: list[str], last: str = "and") -> str:
    """Return words as a list for people: `a, b and c`."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
