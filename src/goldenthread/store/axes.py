"""What the rows and columns of coverage can be: levels, themes and periods, with their things."""

from dataclasses import dataclass, field

from goldenthread.domain.identifiers import natural, short_id
from goldenthread.domain.matrix import Axis, Heading
from goldenthread.domain.namespaces import GT, RDF
from goldenthread.errors import BadValue
from goldenthread.store.periods import periods, scheduled
from goldenthread.store.view import View

_GROUPS = {"theme": "themes", "period": "periods"}


@dataclass(frozen=True, slots=True)
class Side:
    """The rows, or the columns, with what each theme or period of them groups."""

    axis: Axis
    heads: tuple[Heading, ...]
    levels: tuple[str, ...] = ()
    """IRI of the level, in several plans of each that has it; none for themes and periods."""
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def grouped(self) -> set[str]:
        """Return everything that any of the groups holds."""
        return {iri for found in self.members.values() for iri in found}


def side(view: View, key: str) -> Side:
    """Return the rows or columns that a key names.

    Raises:
        BadValue: no level of that key; says which there are.
    """
    what = axis(view, key)
    if not what.grouping:
        levels = levels_of(view, key)
        heads = (view.node(i) for level in levels for i in view.at_level(level))
        named = tuple(Heading(n.iri, n.id, n.label, n.name) for n in heads)
        return Side(what, named, levels)
    members = _themed(view) if what.key == "theme" else _dated(view)
    groups = tuple(
        Heading(g, short_id(g), view.label(g), f"{what.one} {view.label(g)}".strip())
        for g in members
    )
    return Side(what, groups, members=members)


def _themed(view: View) -> dict[str, tuple[str, ...]]:
    themes = view.subjects(RDF + "type", GT + "Theme")
    themes.sort(key=lambda t: (natural(view.value(t, GT + "order") or "~"), natural(t)))
    return {t: tuple(view.subjects(GT + "inTheme", t)) for t in themes}


def _dated(view: View) -> dict[str, tuple[str, ...]]:
    return {p: found for p in periods(view) if (found := tuple(scheduled(view, p)))}


def axis(view: View, key: str) -> Axis:
    """Return what a key names: a level, `theme` or `period`."""
    if key in _GROUPS:
        return Axis(key, key, _GROUPS[key])
    level = levels_of(view, key)[0]
    order, own, name = view.levels[level]
    return Axis(own, name, view.value(level, GT + "pluralLabel") or name, order)


def levels_of(view: View, key: str) -> tuple[str, ...]:
    """Return the IRIs of the levels of a key: one, or one a plan.

    Raises:
        BadValue: no level of that key; says which there are.
    """
    found = tuple(iri for iri, (_, known, _) in view.levels.items() if key in (known, iri))
    if found:
        return found
    known_keys = ", ".join(dict.fromkeys(k for _, k, _ in view.levels.values()))
    raise BadValue(f"No level has the key “{key[:80]}”. The levels are: {known_keys}.")
