"""A library query: one question a file, with what a person needs to know to ask it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TYPES = ("iri", "string", "integer", "date", "class")
AUDIENCES = ("policy staff", "analysts", "auditors")
READINGS = ("corrected", "printed", "either")
CHARTS = ("bar", "column", "matrix")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the question leaves open."""

    name: str
    """The variable that it binds, without the question mark."""
    type: str
    """One of `TYPES`."""
    label: str
    """What a form calls it."""
    required: bool = False
    default: str | None = None
    options: str | None = None
    """Name of the library query whose first column gives the pick-list."""

    def to_json(self) -> dict[str, Any]:
        """Return the parameter as forms and the API describe it."""
        return {
            "name": self.name,
            "type": self.type,
            "label": self.label,
            "required": self.required,
            "default": self.default,
            "options": self.options,
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a pick-list offers."""

    value: str
    """What is sent: an IRI, or a plain value."""
    short: str
    """What people may type for it."""
    label: str
    """What is shown."""
    group: str = ""
    """What it stands under: the name of a level; nothing where there are no groups."""


@dataclass(frozen=True, slots=True)
class Chart:
    """How the rows of a query are drawn beside their table."""

    kind: str
    """One of `CHARTS`: lying bars, standing columns, or a table of labels against columns."""
    label: tuple[str, ...]
    """Variables that name a bar, column or row together: a number and a name."""
    value: str
    """Variable that is counted out; never negative."""
    column: str | None = None
    """Variable that names the columns of a matrix."""

    @property
    def variables(self) -> tuple[str, ...]:
        """Return the variables that it shows."""
        return (*self.label, self.value, *((self.column,) if self.column else ()))

    def to_json(self) -> dict[str, Any]:
        """Return the chart as a header asks for it."""
        found = {"kind": self.kind, "label": list(self.label), "value": self.value}
        return found | ({"column": self.column} if self.column else {})


@dataclass(frozen=True, slots=True)
class Query:
    """The text of a library query and what its header says."""

    name: str
    """Unique across folders."""
    folder: str
    text: str
    summary: str
    """What its rows are, in one line."""
    question: str
    """The question as a person asks it."""
    audience: str
    """One of `AUDIENCES`."""
    reading: str
    """The reading that the question is about: one of `READINGS`."""
    parameters: tuple[Parameter, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    """Headings for people by variable; variables without one are for programs."""
    chart: Chart | None = None
    """How the rows are drawn; None for a table alone."""
    own: bool = False
    """Whether it stands in the folder of a plan, and does not ship with goldenthread."""

    @property
    def needs(self) -> tuple[Parameter, ...]:
        """Return the parameters without which it cannot be asked."""
        return tuple(p for p in self.parameters if p.required and p.default is None)

    @property
    def default_reading(self) -> str:
        """Return the reading to ask where the person names none."""
        return "printed" if self.reading == "printed" else "corrected"

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter of that name, or None."""
        return next((p for p in self.parameters if p.name == name), None)

    def to_json(self) -> dict[str, Any]:
        """Return the query without its text, as lists of the library show it."""
        return {
            "name": self.name,
            "folder": self.folder,
            "summary": self.summary,
            "question": self.question,
            "audience": self.audience,
            "reading": self.reading,
            "parameters": [p.to_json() for p in self.parameters],
            "columns": dict(self.columns),
            "chart": self.chart.to_json() if self.chart else None,
            "own": self.own,
        }


def fits(query: Query, words: str, audience: str = "") -> bool:
    """Return whether a query has all of some words in what is said of it, and is for someone."""
    text = f"{query.name} {query.question} {query.summary} {query.folder}".casefold()
    return audience in ("", query.audience) and all(w in text for w in words.casefold().split())
