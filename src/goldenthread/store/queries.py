"""The query library: the files under `queries`, found by name and read with their headers.

A header is the comment lines at the top that begin with `#+`, and holds YAML (as in grlc): the
fields of `domain.query.Query` and `Parameter` by their names. The rules in `queries/derive` are
not questions and are left out.

How the queries are written, as measured with pyoxigraph:

- Absence is asked one step at a time, EXISTS inside NOT EXISTS: several triples or a sequence
  path in one NOT EXISTS are joined anew for each row.
- A UNION is not joined with patterns outside it but repeats them in each branch: outside, it is
  evaluated anew for each row.
- A path of any length from a parameter stands in a subquery that projects the parameter.
- GROUP_CONCAT gathers from an ordered subquery, so that the same data give the same text.
- An alignment is asked for by its class: a judgement that adds a link has the same properties.
"""

from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from goldenthread.domain.query import AUDIENCES, READINGS, TYPES, Parameter, Query
from goldenthread.errors import NotFound, Unreadable
from goldenthread.store import resources
from goldenthread.store.guard import guard

__all__ = ["guard", "names", "read", "text"]

_MARK = "#+"
_RULES = "derive"
_KEYS = {"summary", "question", "audience", "reading", "parameters", "columns", "chart"}
_PARAMETER_KEYS = {"name", "type", "label", "required", "default", "options"}


@cache
def _paths() -> dict[str, Path]:
    """Return the files of the library by name, sorted by folder and name."""
    found: dict[str, Path] = {}
    for path in resources.files("queries", "*.rq"):
        if path.parent.name == _RULES:
            continue
        if path.stem in found:
            raise Unreadable(
                f"A query of this name is also at {found[path.stem].parent.name}. Names are unique "
                "across folders: rename one.",
                f"{path.parent.name}/{path.name}",
            )
        found[path.stem] = path
    return found


def names() -> list[str]:
    """Return the names of all library queries, sorted by folder and name."""
    return list(_paths())


def _path(name: str) -> Path:
    """Return the file of a query; `folder/name` and `name.rq` are understood too."""
    plain = name.rsplit("/", 1)[-1].removesuffix(".rq")
    if (path := _paths().get(plain)) is not None:
        return path
    near = get_close_matches(plain, names(), n=5, cutoff=0.4)
    told = f" Did you mean {' or '.join(near[:3])}?" if near else ""
    raise NotFound(
        f"There is no library query “{name}”.{told} `goldenthread query --list` names them all.",
        [(n, read(n).summary) for n in near],
    )


@cache
def text(name: str) -> str:
    """Return the SPARQL of a library query, without reading its header.

    Raises:
        NotFound: no query of that name; carries the nearest names.
    """
    return _path(name).read_text(encoding="utf-8")


@cache
def read(name: str) -> Query:
    """Return a library query with its header.

    Raises:
        NotFound: no query of that name; carries the nearest names.
        Unreadable: a header that is not YAML, or that lacks or mistakes a key.
    """
    path = _path(name)
    place = f"{path.parent.name}/{path.name}"
    header = _header(text(path.stem), place)
    if missing := {"summary", "question", "audience", "reading"} - set(header):
        raise Unreadable(f"The header lacks {', '.join(sorted(missing))}.", place)
    if unknown := set(header) - _KEYS:
        raise Unreadable(f"The header has unknown keys: {', '.join(sorted(unknown))}.", place)
    for key, known in (("audience", AUDIENCES), ("reading", READINGS)):
        if header[key] not in known:
            raise Unreadable(f"{key} is “{header[key]}”, not one of {', '.join(known)}.", place)
    return Query(
        name=path.stem,
        folder=path.parent.name,
        text=text(path.stem),
        summary=header["summary"],
        question=header["question"],
        audience=header["audience"],
        reading=header["reading"],
        parameters=tuple(_parameter(p, place) for p in header.get("parameters") or ()),
        columns=header.get("columns") or {},
        chart=header.get("chart"),
    )


def _header(content: str, place: str) -> dict[str, Any]:
    # Read here and not above: a command that runs a query by name needs no header.
    import yaml

    lines = []
    for line in content.splitlines():
        if not line.startswith(_MARK):
            break
        lines.append(line.removeprefix(_MARK).removeprefix(" "))
    try:
        found = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        raise Unreadable(f"The header is not YAML: {error}", place) from error
    if not isinstance(found, dict):
        raise Unreadable("The file does not begin with a header of lines “#+ key: value”.", place)
    return found


def _parameter(given: dict[str, Any], place: str) -> Parameter:
    if unknown := set(given) - _PARAMETER_KEYS:
        raise Unreadable(f"A parameter has unknown keys: {', '.join(sorted(unknown))}.", place)
    if given.get("type") not in TYPES:
        raise Unreadable(f"A parameter's type is not one of {', '.join(TYPES)}.", place)
    default = given.get("default")
    return Parameter(
        name=given["name"],
        type=given["type"],
        label=given["label"],
        required=bool(given.get("required", False)),
        default=None if default is None else str(default),
        options=given.get("options"),
    )
