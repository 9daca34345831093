"""The state of a thread's page in its address: what is shown, as links and as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from goldenthread.domain.selection import FACETS
from goldenthread.domain.thread import Trace
from goldenthread.faces.web import wording
from goldenthread.faces.web.choosing import Choice, Filter
from goldenthread.faces.web.paths import Links, at

VIEWS = {"list": "List", "table": "Table", "drawing": "Drawing"}


@dataclass(frozen=True, slots=True)
class State:
    """What the address of a trace says."""

    focus: str
    """IRI."""
    direction: str = "down"
    view: str = "list"
    """A key of `VIEWS`, or `all` where the page is a file and has no other views."""
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def address(self, links: Links, extension: str = "") -> str:
        """Return the address of the page or of a download; empty for what files cannot hold."""
        base = links.trace(self.focus, self.direction, extension)
        more = [(f, v) for f in FACETS for v in self.only.get(f, ())]
        if self.view in VIEWS and self.view != "list" and not extension:
            more.insert(0, ("view", self.view))
        if not more:
            return base
        return f"{base}&{urlencode(more)}" if base and links.searches() else ""


def asked(links: Links, state: State, mark: str = "") -> str:
    """Return the address by which a number of the page is asked about."""
    only = {facet: list(values) for facet, values in state.only.items()}
    return at(
        "trace", mark, **{"focus": links.focus(state.focus), "direction": state.direction, **only}
    )


def counts(
    links: Links, state: State, trace: Trace, plurals: dict[str, str]
) -> list[tuple[object, str]]:
    """Return the numbers of the sentence that says what the trace found, with their addresses."""
    others = [n for n in trace.nodes if n.iri != state.focus]
    return [
        (
            wording.count(len(nodes), name, plurals.get(nodes[0].level, name + "s")),
            links.number(asked(links, state, f"level-{nodes[0].level}")),
        )
        for name, nodes in wording.by_level(others)
    ]


def views(links: Links, state: State) -> list[tuple[str, str, bool]]:
    """Return address and words of each view, and whether it is the one that is shown."""
    if state.view not in VIEWS:
        return []
    return [
        (replace(state, view=view).address(links), words, view == state.view)
        for view, words in VIEWS.items()
    ]


def filters(links: Links, state: State, trace: Trace) -> list[Filter]:
    """Return the filters as links that add a value, or take it away where it is chosen."""
    if not trace.narrowed or not links.searches():
        return []
    found = []
    for facet in trace.narrowed.facets:
        if len(facet.choices) < 2 and not facet.chosen:  # noqa: PLR2004 - one value tells nothing apart
            continue
        choices = []
        for c in facet.choices:
            chosen = [k for k in state.only.get(facet.name, ()) if k != c.key]
            values = chosen if c.chosen else [*chosen, c.key]
            further = replace(state, only={**state.only, facet.name: values})
            rows = asked(links, replace(state, only={**state.only, facet.name: [c.key]}), "fitting")
            choices.append(Choice(further.address(links), c.label, c.count, c.chosen, rows))
        found.append(Filter(facet.title[:1].upper() + facet.title[1:], tuple(choices)))
    return found
