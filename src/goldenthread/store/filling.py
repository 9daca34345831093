"""Write the values of parameters into a library query, for a person to read and change.

Only the editor shows such a text. What the library answers is bound as terms, see
`store/binding.py`; both give the same rows, which tests hold them to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from goldenthread.store.guard import TOKEN
from goldenthread.store.headers import MARK
from goldenthread.store.terms import Term


@dataclass
class _Group:
    """What stands between two braces, without the groups inside it."""

    start: int
    names: list[str] = field(default_factory=list)
    first: str = ""


def filled(text: str, terms: Mapping[str, Term]) -> str:
    """Return a query without its header, with the terms as VALUES wherever they are asked about.

    A value in one group does not reach a FILTER or BIND in another that is evaluated by itself, a
    branch of a UNION for one. So each group that names a parameter gets its value.
    """
    lines = text.splitlines()
    body = "\n".join(line for line in lines if not line.startswith(MARK)).strip() + "\n"
    groups = _groups(body)
    if not (terms and groups):
        return body
    groups[0].names += [name for name in terms if name not in groups[0].names]
    for group in sorted(groups, key=lambda g: -g.start):
        if group.first.upper() == "SELECT":
            continue
        values = [f"VALUES ?{n} {{ {terms[n]} }}" for n in group.names if n in terms]
        if values:
            indent = "\n  " if body[group.start :].startswith("\n") else " "
            body = body[: group.start] + "".join(indent + v for v in values) + body[group.start :]
    return body


def _groups(body: str) -> list[_Group]:
    """Return the groups in the order in which they begin, the outermost first."""
    found: list[_Group] = []
    open_: list[_Group] = []
    for match in TOKEN.finditer(body):
        kind, part = match.lastgroup, match.group()
        if kind in ("space", "comment"):
            continue
        if part == "{":
            group = _Group(match.end())
            found.append(group)
            open_.append(group)
            continue
        if part == "}" and open_:
            open_.pop()
            continue
        if not open_:
            continue
        group = open_[-1]
        group.first = group.first or part
        if kind == "variable" and part[1:] not in group.names:
            group.names.append(part[1:])
    return found
