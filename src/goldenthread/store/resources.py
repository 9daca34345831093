"""Find the ontology, data, shapes and queries: in the installed package, else in the checkout."""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from goldenthread.errors import NotFound

# Plans named here are loaded where a face is told of none; several have the system's path
# separator.
DATA_VARIABLE = "GOLDENTHREAD_DATA"
BASE_VARIABLE = "GOLDENTHREAD_BASE"


@cache
def root() -> Path:
    """Return the folder that holds `ontology`, `data`, `shapes` and `queries`."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "bundle", package.parents[1]):
        if (folder / "ontology").is_dir() and (folder / "queries").is_dir():
            return folder
    raise NotFound(
        "The ontology, data, shapes and queries are missing from this installation. "
        "Install goldenthread again, or run it from a complete checkout."
    )


def files(folder: str, pattern: str = "*") -> list[Path]:
    """Return the files under `folder` whose path matches `pattern`, sorted."""
    return sorted(p for p in (root() / folder).rglob(pattern) if p.is_file())


def shapes() -> list[Path]:
    """Return the files of the rules, sorted; their examples and profiles stand in folders."""
    return sorted((root() / "shapes").glob("*.ttl"))


def plans() -> list[Path]:
    """Return the folders of the plans that ship, sorted by name."""
    return sorted(p.parent for p in (root() / "data").glob("*/plan.ttl"))


def plan_paths(given: Iterable[Path]) -> list[Path]:
    """Return the plans to open: those given, else those of the environment, else none."""
    named = os.environ.get(DATA_VARIABLE, "")
    return list(given) or [Path(p) for p in named.split(os.pathsep) if p]
