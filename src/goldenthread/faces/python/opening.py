"""Open plans from Python."""

import os
from pathlib import Path

from goldenthread.faces.python.looking import Reading
from goldenthread.faces.python.plan import Plan
from goldenthread.store.dataset import Dataset
from goldenthread.store.rebasing import checked
from goldenthread.store.resources import BASE_VARIABLE, plan_paths


def open(  # noqa: A001 - gt.open, as in gzip.open
    *paths: str | os.PathLike[str],
    reading: Reading | None = None,
    store: str = "",
    base: str = "",
) -> Plan:
    """Return the plans at `paths`, opened; the plan that ships where none is given.

    Args:
        paths: folders of plans, or RDF files; `~` stands for the home folder. Without any, those
            that the environment variable GOLDENTHREAD_DATA names, as for the commands; else the
            plan that ships.
        reading: `corrected` (with corrections) or `printed` (as printed). Unless given, answers
            are with corrections, and each library query takes the reading that it is about.
        store: a folder that Oxigraph keeps, or the http address of a SPARQL endpoint, whose plans
            are read once; then the environment names none.
        base: what the IRIs of things begin with, whatever files say; ends with a slash. Unless
            given, what the environment variable GOLDENTHREAD_BASE says, as for the commands.

    Raises:
        BadValue: a base that is no address of http or https, or does not end with a slash.
        NotFound: a path that is not there, a folder without an RDF file, or another reading.
        Unavailable: a store that cannot be read.
        Unreadable: a file that cannot be parsed; carries file, line and column.

    Example:
        >>> import goldenthread as gt
        >>> gt.open().reading
        'corrected'
        >>> gt.open(reading="printed").reading
        'printed'
    """
    given = [Path(p).expanduser() for p in paths]
    named = given if store else plan_paths(given)
    begins = checked(base or os.environ.get(BASE_VARIABLE, ""))
    return Plan(Dataset.open_plans(named, store, begins), reading)
