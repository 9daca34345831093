"""Where a trace begins: words to look for, and the things of each of the plan's levels."""

from itertools import groupby

from goldenthread.domain.thread import Node
from goldenthread.errors import Ambiguous, GoldenthreadError
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.page import here
from goldenthread.faces.web.paths import Links
from goldenthread.services import exporting, finding, naming

LISTED_AT_MOST = 200
"""How many things of one level are listed; more are found by their words."""


def start_page(
    x: Explorer, links: Links, words: str = "", error: GoldenthreadError | None = None
) -> bytes:
    """Return the page on which the start of a trace is chosen.

    Args:
        x: the explorer.
        links: the addresses that the page leads to.
        words: what was looked for.
        error: why that began no trace; what it offers instead is listed.
    """
    plurals = naming.plurals(x.dataset, links.reading)
    levels = []
    nodes = exporting.things(x.dataset, links.reading)
    orders = {n.order for n in nodes}
    for (order, level), found in groupby(nodes, key=lambda n: (n.order, n.level)):
        things = list(found)
        levels.append(
            {
                "name": plurals.get(level, level),
                "things": things[:LISTED_AT_MOST],
                "count": len(things),
                "first": order == min(orders),
                "down": order != max(orders),
                "up": order != min(orders),
            }
        )
    return x.render(
        "trace_start.html",
        links,
        title="Choose where a thread begins" if not error else error.title,
        active="trace",
        crumbs=[("", "Trace")],
        here=here(links, "trace", focus=words),
        words=words,
        message=_message(words, error),
        several=isinstance(error, Ambiguous),
        meant=_meant(x, links, error),
        levels=levels,
        last=max(orders, default=0),
        indexed=not words,
    )


def _message(words: str, error: GoldenthreadError | None) -> str:
    if error and not words.strip():
        return "Say where the thread begins: words, a number or an id."
    # What follows a command's name is for a terminal.
    return str(error).split(" `goldenthread ")[0] if error else ""


def _meant(x: Explorer, links: Links, error: GoldenthreadError | None) -> list[Node]:
    """Return the things that an error offers instead of what was asked for."""
    pairs = getattr(error, "candidates", ()) or getattr(error, "nearest", ())
    found = []
    for short, _ in pairs:
        try:
            iri = finding.resolve(x.dataset, short, links.reading)
        except (GoldenthreadError, ValueError):
            continue
        found.append(exporting.thing(x.dataset, iri, links.reading))
    return found
