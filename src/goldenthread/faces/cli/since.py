"""What a check is made by, and what changed since a baseline: a revision, a file or a plan."""

import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.errors import BadValue, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.domain.baseline import Changes
    from goldenthread.domain.comparison import Comparison
    from goldenthread.domain.validation import Report
    from goldenthread.store.dataset import Dataset
    from goldenthread.store.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Asked:
    """What a check is made by: the rules of today, also where an earlier state is checked."""

    book: "Rulebook"
    reading: str
    rules: tuple[str, ...]
    profile: str

    def of(self, dataset: "Dataset") -> "Report":
        """Return the check of a data set."""
        from goldenthread.services.validation import check

        return check(dataset, self.reading, self.rules, profile=self.profile, book=self.book)

    def since(self, dataset: "Dataset", report: "Report", baseline: str) -> "Changes":
        """Return what changed since a file of results, or since the plan's folder at a revision."""
        return self._since(dataset, report, baseline, compare=False)[0]

    def all_since(
        self, dataset: "Dataset", report: "Report", baseline: str
    ) -> "tuple[Changes, Comparison | None]":
        """Return that, and what changed in the plan; nothing of it since a file of results."""
        return self._since(dataset, report, baseline, compare=True)

    def _since(
        self, dataset: "Dataset", report: "Report", baseline: str, *, compare: bool
    ) -> "tuple[Changes, Comparison | None]":
        from goldenthread.domain import baseline as baselines

        file = Path(baseline)
        if file.is_file() and file.suffix not in (".ttl", ".trig", ".nt", ".nq", ".rdf", ".jsonld"):
            return self._since_results(report, file), None
        with _earlier(dataset, baseline) as (then, name):
            changes = baselines.changes(report, baselines.of_report(self.of(then)), name)
            if not compare:
                return changes, None
            from goldenthread.services.comparing import plans

            return changes, plans(then, dataset, report.reading, (name, "now"))

    def _since_results(self, report: "Report", file: Path) -> "Changes":
        from goldenthread.domain import baseline as baselines

        try:
            said = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise Unreadable(f"{error}. A baseline is JSON from check.", str(file)) from error
        held_to = self.book.profile(self.profile).applied(self.book.select(self.rules))
        ids = {r.id for r in held_to}
        # A rule that is not looked at now can neither be broken nor mended; one that there
        # was, and is no longer, cannot be told from it.
        known = [k for k in baselines.of_json(said, report.reading) if k.rule in ids]
        return baselines.changes(report, known, file.name)


@contextmanager
def _earlier(dataset: "Dataset", baseline: str) -> "Iterator[tuple[Dataset, str]]":
    """Open the plan as it was, and say in words when that was."""
    from goldenthread.store.dataset import Dataset
    from goldenthread.store.history import as_it_was

    path = Path(baseline)
    if path.exists():
        yield Dataset.open([path], base=dataset.base), path.name
        return
    if len(dataset.folders) != 1 or not dataset.folders[0].is_dir():
        raise BadValue(
            f"There is no file {baseline}, and a revision needs one plan's folder. Name one."
        )
    with as_it_was(dataset.folders[0], baseline) as folder:
        yield Dataset.open([folder], base=dataset.base), f"revision {baseline}"
