"""Assurance packs for every face: ask the services, and have what they found put together."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from goldenthread.domain.baseline import Changes
from goldenthread.domain.comparison import Comparison
from goldenthread.domain.matrix import Matrix
from goldenthread.domain.pack.parts import Pack
from goldenthread.domain.pack.together import together
from goldenthread.domain.thread import Trace
from goldenthread.domain.validation import Report
from goldenthread.errors import BadValue, NotFound
from goldenthread.services import covering, exporting, judging
from goldenthread.services.assuring import Material, pack
from goldenthread.services.drawing import draw
from goldenthread.services.gaps import gaps
from goldenthread.services.overview import overview
from goldenthread.services.tracing import trace
from goldenthread.services.validation import check
from goldenthread.services.verifying import verify
from goldenthread.store.dataset import Dataset

Progress = Callable[[str], object]
Since = Callable[[Dataset, Report], tuple[Changes, Comparison | None]]
"""Tells what changed in a data set, given its check results."""
Check = Callable[[Dataset], Report]


def assured(
    dataset: Dataset,
    reading: str = "corrected",
    stated: date | None = None,
    since: Since | None = None,
    progress: Progress | None = None,
    checked: Check | None = None,
) -> Pack:
    """Return the assurance pack of a data set; of several plans each is a part.

    Args:
        dataset: the data set.
        reading: `corrected` or `printed`.
        stated: the day that the pack states, and on which acceptances must hold; None states
            none, and acceptances must hold today.
        since: tells what changed since a baseline; None where none is named.
        progress: called with what is being done.
        checked: applies the rules to a data set; unless given, those that hold for its plans.
    """
    tell = progress or (lambda _: None)
    today = stated or datetime.now().astimezone().date()

    def made(part: Dataset) -> Pack:
        tell("Applying the rules")
        report = checked(part) if checked else check(part, reading, today=today)
        found = _material(part, report, since, tell)
        tell("Putting the pack together")
        return pack(part, found, stated.isoformat() if stated else "", today)

    return together([made(part) for part in parts(dataset)])


def parts(dataset: Dataset) -> list[Dataset]:
    """Return each plan as a data set of its own; what comes from a store stays in one."""
    if len(dataset.folders) < 2 or dataset.stored:  # noqa: PLR2004 - one plan is its own part
        return [dataset]
    found = [Dataset([folder], base=dataset.base) for folder in dataset.folders]
    whole = all(overview(part) for part in found)
    # A plan in several files is one plan: none of them makes sense by itself.
    return found if whole else [dataset]


def part_of(dataset: Dataset, plan: str) -> Dataset:
    """Return the plan of a key, IRI or title as a data set of its own.

    Raises:
        NotFound: there is no such plan; carries those there are.
        BadValue: plans of a store cannot be told apart.
    """
    known = {}
    for part in parts(dataset):
        for found in overview(part):
            key = found.plan.iri.rsplit("/", 1)[-1]
            if plan in (key, found.plan.iri, found.plan.label):
                if len(overview(part)) > 1:
                    raise BadValue(
                        "These plans stand in one store or file and cannot be told apart. Name "
                        "the folder of one with --data."
                    )
                return part
            known[key] = found.plan.label
    raise NotFound(f"No plan “{plan[:80]}” is loaded.", list(known.items()))


def _material(dataset: Dataset, report: Report, since: Since | None, tell: Progress) -> Material:
    reading = report.reading
    tell("Comparing the texts and the seal")
    verified = verify(dataset)
    tell("Following the threads")
    overviews = overview(dataset, reading)
    traces = tuple(_traces(dataset, reading))
    changes, compared = (None, None)
    if since is not None:
        tell("Comparing with the baseline")
        changes, compared = since(dataset, report)
    about = exporting.about(dataset, reading)
    return Material(
        about=about,
        overviews=overviews,
        report=report,
        gaps=gaps(dataset, reading),
        matrices=tuple(_matrices(dataset, reading)),
        traces=traces,
        links=exporting.links(dataset, reading)[0],
        judgements=judging.judgements(dataset, reading),
        repairs=judging.repairs(dataset),
        verified=verified,
        draw=lambda part, said: draw(part, lambda _: "", foot=(said,)),
        changes=changes,
        compared=compared,
    )


def _traces(dataset: Dataset, reading: str) -> Iterator[Trace]:
    for found in overview(dataset, reading):
        for top in found.tops:
            yield trace(dataset, top.node.iri, "down", reading)


def _matrices(dataset: Dataset, reading: str) -> Iterator[Matrix]:
    """Yield the first level against the next, against themes and against periods, as there are."""
    axes = [a.key for a in covering.axes(dataset, reading)]
    levels = [a for a in axes if a not in ("theme", "period")]
    if len(levels) > 1:
        yield covering.coverage(dataset, reading=reading)
    for group in ("theme", "period"):
        if levels and group in axes:
            yield covering.coverage(dataset, levels[0], group, reading)
