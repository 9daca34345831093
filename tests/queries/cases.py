"""Read the cases of the query library: rows that a person worked out, one file a case."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from pathlib import Path

import yaml

from goldenthread.domain.identifiers import short_id
from goldenthread.services.asking import Answer, ask
from goldenthread.store.dataset import Dataset

ROOT = Path(__file__).parents[1] / "cases"


@dataclass(frozen=True)
class Case:
    """The rows that a query has to give, in the columns that the case names."""

    path: Path
    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    params: dict[str, str] = field(default_factory=dict)
    reading: str | None = None
    compare: str = "all"
    """`all`: these rows and no others; `contains`: these rows among others."""
    count: int | None = None


def read(path: Path) -> Case:
    """Return the case in a file: header lines that begin with `#+`, then CSV."""
    text = path.read_text(encoding="utf-8")
    header = [line for line in text.splitlines(keepends=True) if line.startswith("#+ ")]
    about = yaml.safe_load("".join(line[3:] for line in header))
    # A quote may hold line breaks, so the rest is read as one text and not line by line.
    rows = list(csv.reader(StringIO(text[len("".join(header)) :])))
    return Case(
        path=path,
        query=about["query"],
        columns=tuple(rows[0]),
        rows=tuple(tuple(r) for r in rows[1:]),
        params=about.get("params") or {},
        reading=about.get("reading"),
        compare=about.get("compare", "all"),
        count=about.get("count"),
    )


def paths(folder: str) -> list[Path]:
    """Return the case files of a folder under tests/cases, sorted."""
    return sorted((ROOT / folder).glob("*.csv"))


@cache
def dataset(*folders: str) -> Dataset:
    """Return the shipped plans, or those in folders under tests/cases, opened once."""
    return Dataset.open([ROOT / f for f in folders])


def answer(data: Dataset, case: Case) -> Answer:
    """Return what the query of the case answers."""
    return ask(data, case.query, case.params, case.reading)


def found(given: Answer, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the rows of an answer in the columns of a case, IRIs as short ids."""
    places = [given.variables.index(c) for c in columns]
    return [tuple(_shown(row[i]) for i in places) for row in given.rows]


def _shown(term: object) -> str:
    value = str(getattr(term, "value", "")) if term is not None else ""
    return short_id(value) if value.startswith("https://") else value


def differences(data: Dataset, case: Case) -> list[str]:
    """Return what is missing from an answer and what is too many, in words."""
    given = answer(data, case)
    got, wanted = found(given, case.columns), list(case.rows)
    told = [f"missing {row}" for row in (Counter(wanted) - Counter(got)).elements()]
    if case.compare == "all":
        told += [f"too many {row}" for row in (Counter(got) - Counter(wanted)).elements()]
    if case.count is not None and case.count != len(got):
        told.append(f"{len(got)} rows, not {case.count}")
    return told
