"""Read the header of a library query: YAML in the comment lines `#+` at the top of its file.

Each mistake is told with the file, the line and what to do: whoever adds a query has nothing else
to go by.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any, NoReturn

from goldenthread.domain.query import AUDIENCES, CHARTS, READINGS, TYPES, Chart, Parameter
from goldenthread.errors import Unreadable

MARK = "#+"
# A form sends these beside the parameters.
RESERVED = ("reading", "format")
_KEYS = ("summary", "question", "audience", "reading", "parameters", "columns", "chart")
_NEEDED = _KEYS[:4]
_PARAMETER_KEYS = ("name", "type", "label", "required", "default", "options")
_CHART_KEYS = ("kind", "label", "value", "column")
_VARIABLE = re.compile(r"[A-Za-z_]\w*")
_ONE_OF = {"audience": AUDIENCES, "reading": READINGS}


def fields(content: str, file: str) -> dict[str, Any]:
    """Return the fields of `domain.query.Query` that a header gives.

    Args:
        content: the text of the file.
        file: what errors call it.

    Raises:
        Unreadable: a header that is missing, no YAML, or that lacks or mistakes a key.
    """
    return _Header(content, file).fields()


class _Header:
    def __init__(self, content: str, file: str) -> None:
        self.file = file
        # Read here and not above: a command that runs a query by name needs no header.
        import yaml

        text = "\n".join(line.removeprefix(MARK).removeprefix(" ") for line in _lines(content))
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            self.given = yaml.safe_load(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "it cannot be read"
            self.lines: dict[tuple[str | int, ...], int] = {(): mark.line + 1 if mark else 1}
            self._refuse(
                (),
                f"The header is not YAML: {problem}. Write each line as “#+ key: value”, and put "
                "a value that holds “: ” or begins with a bracket in quotes.",
            )
        self.lines = dict(_places(node, ()))
        if not isinstance(self.given, dict):
            self._refuse(
                (),
                "The file does not begin with a header. Begin it with lines “#+ key: value” for "
                f"{', '.join(_NEEDED)}.",
            )

    def _refuse(self, at: tuple[str | int, ...], message: str) -> NoReturn:
        while at not in self.lines and at:
            at = at[:-1]
        raise Unreadable(message, self.file, self.lines.get(at, 1))

    def fields(self) -> dict[str, Any]:
        given = self.given
        self._keys((), given, _KEYS, _NEEDED)
        for key in ("summary", "question"):
            self._text((key,), given[key])
        for key, known in _ONE_OF.items():
            if given[key] not in known:
                self._refuse((key,), f"{key} is “{given[key]}”. Make it {_or(known)}.")
        columns = given.get("columns") or {}
        if not isinstance(columns, dict):
            self._refuse(("columns",), "columns is no list of “variable: Heading”. Make it one.")
        for name, heading in columns.items():
            self._text(("columns", name), heading)
        found = {k: given[k] for k in _NEEDED}
        return found | {
            "parameters": self._parameters(given.get("parameters") or []),
            "columns": columns,
            "chart": self._chart(given.get("chart")),
        }

    def _keys(
        self,
        at: tuple[str | int, ...],
        given: Mapping[str, Any],
        known: Collection[str],
        needed: Collection[str],
    ) -> None:
        what = str(at[0]) if at else "The header"
        if unknown := [k for k in given if k not in known]:
            self._refuse(
                (*at, unknown[0]),
                f"{what} has an unknown key “{unknown[0]}”. Known are {_or(known)}.",
            )
        if missing := [k for k in needed if given.get(k) is None]:
            self._refuse(at, f"{what} lacks {', '.join(missing)}. Add it.")

    def _text(self, at: tuple[str | int, ...], value: object) -> None:
        if not isinstance(value, str) or not value.strip():
            self._refuse(at, f"{at[-1]} is no text. Give it in words, in quotes if need be.")

    def _parameters(self, given: object) -> tuple[Parameter, ...]:
        if not isinstance(given, list):
            self._refuse(("parameters",), "parameters is no list. Begin each with “- name: ”.")
        found = tuple(self._parameter(("parameters", i), p) for i, p in enumerate(given))
        names = [p.name for p in found]
        for i, name in enumerate(names):
            if name in names[:i]:
                self._refuse(("parameters", i), f"Two parameters are named “{name}”. Rename one.")
        return found

    def _parameter(self, at: tuple[str | int, ...], given: object) -> Parameter:
        if not isinstance(given, dict):
            self._refuse(at, "A parameter has no keys. Give it name, type and label.")
        self._keys(at, given, _PARAMETER_KEYS, ("name", "type", "label"))
        for key in ("name", "label"):
            self._text((*at, key), given[key])
        name, kind, default = given["name"], given["type"], given.get("default")
        if not _VARIABLE.fullmatch(name) or name in RESERVED:
            self._refuse(
                (*at, "name"),
                f"A parameter cannot be named “{name}”. Give the name of a variable without its "
                f"question mark, other than {_or(RESERVED)}.",
            )
        if kind not in TYPES:
            self._refuse((*at, "type"), f"A parameter's type is “{kind}”. Make it {_or(TYPES)}.")
        return Parameter(
            name=name,
            type=kind,
            label=given["label"],
            required=bool(given.get("required", False)),
            default=None if default is None else str(default),
            options=given.get("options"),
        )

    def _chart(self, given: object) -> Chart | None:
        if given is None:
            return None
        if not isinstance(given, dict):
            self._refuse(("chart",), "chart has no keys. Give it kind, label and value.")
        self._keys(("chart",), given, _CHART_KEYS, ("kind", "label", "value"))
        kind = given["kind"]
        if kind not in CHARTS:
            self._refuse(("chart", "kind"), f"chart is “{kind}”. Make its kind {_or(CHARTS)}.")
        if (kind == "matrix") != (given.get("column") is not None):
            self._refuse(("chart",), "A matrix has a column beside label and value; no other has.")
        label = given["label"] if isinstance(given["label"], list) else [given["label"]]
        return Chart(kind, tuple(map(str, label)), str(given["value"]), given.get("column"))


def _lines(content: str) -> list[str]:
    found = []
    for line in content.splitlines():
        if not line.startswith(MARK):
            break
        found.append(line)
    return found


def _places(
    node: Any,  # noqa: ANN401 - yaml has no types
    at: tuple[str | int, ...],
) -> list[tuple[tuple[str | int, ...], int]]:
    """Return the line of each key and each member of a list, by the way to it."""
    found = [(at, node.start_mark.line + 1)] if node is not None else []
    if getattr(node, "id", "") == "mapping":
        for key, value in node.value:
            inner = (*at, key.value)
            found += [p for p in _places(value, inner) if p[0] != inner]
            found.append((inner, key.start_mark.line + 1))
    elif getattr(node, "id", "") == "sequence":
        for i, value in enumerate(node.value):
            found += _places(value, (*at, i))
    return found


def _or(words: Collection[str]) -> str:
    found = list(words)
    return f"{', '.join(found[:-1])} or {found[-1]}"
