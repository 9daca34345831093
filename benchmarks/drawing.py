"""Time the drawing of a trace of 2,000 things: prints the median of 15 runs, in milliseconds."""

import statistics
import time

from goldenthread.domain.thread import Evidence, Link, Node, Trace
from goldenthread.services.drawing import draw, timescales

RUNS = 15
THINGS, AIMS = 2_000, 100


def made() -> Trace:
    """Return one aim with 100 under it and 1,899 under these, worded as plans word them."""

    def node(number: int, order: int) -> Node:
        label = f"Work with partners to widen access to services in place number {number}"
        iri = f"https://example.org/plan/thing/{number}"
        return Node(iri, label, "Aim", f"level-{order}", f"level {order}", order, str(number))

    top, *rest = (node(i, 1 + (i > 0) + (i > AIMS)) for i in range(THINGS))
    links = []
    for i, low in enumerate(rest):
        high = top if i < AIMS else rest[i % AIMS]
        evidence = Evidence(f"{low.iri}#link", "stated", "a table", "a table", None, None)
        links.append(Link(low.iri, high.iri, "supports", (evidence,)))
    return Trace(top, "down", "printed", (top, *rest), tuple(links), ())


def milliseconds(trace: Trace) -> float:
    """Return how long one drawing takes."""
    before = time.perf_counter()
    draw(trace, lambda n: f"/doc/{n.id}", timescales)
    return (time.perf_counter() - before) * 1000


def main() -> None:
    """Measure and print."""
    trace = made()
    print(round(statistics.median(milliseconds(trace) for _ in range(RUNS)), 1))


if __name__ == "__main__":
    main()
