"""Tell what the numbers of a briefing count: the lists behind them."""

from goldenthread.domain.identifiers import natural
from goldenthread.domain.readings import the_other
from goldenthread.domain.thread import Trace
from goldenthread.store.beneath import beginning, members
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View

WORDS = {
    "here": "under it",
    "there": "under it in the other reading",
    "printed": "one document prints them together",
    "judged": "a judgement reads them together",
    "through": "no document pairs them",
    "begin": "with a timescale that begins then",
}
"""What each of the lists says that the numbers of a briefing count."""


def lists(dataset: Dataset, trace: Trace) -> dict[tuple[str, str], tuple[str, list[str]]]:
    """Return what each number of a briefing's table counts, by one of `WORDS` and by level.

    Each comes with the reading in which it is so; under `begin` stand periods for levels.
    """
    view = View(dataset, trace.reading)
    other = View(dataset, the_other(trace.reading))
    plan = view.plan(trace.focus.iri) or next(iter(view.plans()), "")
    found = {}
    for level, some in members(view, other, trace, plan).items():
        for how, iris in some.items():
            reading = other.reading if how == "there" else trace.reading
            found[how, view.levels[level][1]] = (reading, sorted(iris, key=natural))
    for period, nodes in beginning(view, trace).items():
        found["begin", view.label(period)] = (trace.reading, nodes)
    return found
