"""Earlier states of a plan's folder, as git keeps them. Nothing in the repository is changed."""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from goldenthread.errors import BadValue, NotFound, Unavailable

_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit that touched a plan's folder."""

    id: str
    """The commit's hash, in full."""
    date: str
    """When it was made, as ISO 8601 has it."""
    subject: str
    """The first line of its message."""


def revisions(folder: Path, most: int = 50) -> list[Revision]:
    """Return the commits that touched a folder, newest first.

    Raises:
        Unavailable: the folder is in no git repository, or git is not installed.
    """
    said = _git(folder, "log", f"-{most}", "--format=%H%x09%cI%x09%s", "--", ".")
    return [Revision(*line.split("\t", 2)) for line in said.decode("utf-8", "replace").splitlines()]


@contextmanager
def as_it_was(folder: Path, revision: str) -> Iterator[Path]:
    """Lay a folder out as it was at a revision, in a temporary place, under its own name.

    Args:
        folder: a plan's folder within a git repository.
        revision: a commit, tag or branch; `HEAD~3`.

    Raises:
        BadValue: what is no name of a revision.
        NotFound: there is no such revision, or the folder was not there then.
        Unavailable: the folder is in no git repository, or git is not installed.
    """
    if not revision.strip() or revision.startswith("-"):
        raise BadValue(f"“{revision}” is no revision. Give a commit, a tag or a branch.")
    _git(folder, "rev-parse", "--git-dir")
    try:
        # git takes the folder it runs in for the part of the tree that is meant.
        archive = _git(folder, "archive", "--format=tar", revision, "--", ".")
    except Unavailable as error:
        raise NotFound(
            f"{folder} cannot be had as it was at “{revision}”: {error}. `git log` lists revisions."
        ) from error
    with tempfile.TemporaryDirectory(prefix="goldenthread-") as temporary:
        place = Path(temporary) / folder.resolve().name
        place.mkdir()
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(place, filter="data")
        yield place


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - whichever git the person uses
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"git cannot be run: {error}. Install it, or name a file.") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Unavailable(f"git says: {said[-1] if said else done.returncode}")
    return done.stdout
