"""Give things other IRIs than their files do: a body that serves a plan serves it under its name.

Files, and whatever is written into them, keep the IRIs they have. What is loaded is mapped once,
before anything is derived, so that queries, answers, pages and descriptions agree.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pyoxigraph as ox

from goldenthread.domain.namespaces import BASE
from goldenthread.errors import BadValue
from goldenthread.store.resources import BASE_VARIABLE

_FIT = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d+)?/(?:[A-Za-z0-9._~\-]+/)*")


def checked(base: str) -> str:
    """Return a base that IRIs can begin with; ours where it is empty.

    Raises:
        BadValue: it is none; the message says what one looks like.
    """
    if base and not _FIT.fullmatch(base):
        raise BadValue(
            f"The base has to be an address that begins with http:// or https:// and ends with a "
            f"slash, such as https://data.example.org/id/; it is “{base}”. Give --base or "
            f"{BASE_VARIABLE} such an address, or leave it out."
        )
    return base or BASE


def rebase(
    store: ox.Store, graphs: Sequence[ox.NamedNode], base: str
) -> tuple[ox.Store, list[ox.NamedNode]]:
    """Return a store and names of graphs in which IRIs under our base begin with another.

    Args:
        store: what was loaded.
        graphs: names of its graphs.
        base: what IRIs begin with from now on.
    """
    made = ox.Store()
    own = _mapped(base)
    made.extend([ox.Quad(own(s), own(p), own(o), own(g)) for s, p, o, g in store])
    return made, [own(graph) for graph in graphs]


def _mapped(base: str) -> Callable[[Any], Any]:
    known: dict[str, ox.NamedNode] = {}

    def own(term: Any) -> Any:  # noqa: ANN401 - a term of the kind that it was
        """Return a term with its IRI mapped; a statement in a statement part by part."""
        if isinstance(term, ox.NamedNode) and term.value.startswith(BASE):
            kept = known.get(term.value)
            if kept is None:
                kept = known[term.value] = ox.NamedNode(base + term.value[len(BASE) :])
            return kept
        if isinstance(term, ox.Triple):
            return ox.Triple(own(term.subject), own(term.predicate), own(term.object))
        return term

    return own
