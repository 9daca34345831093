"""A library query: one question a file, with what a person needs to know to ask it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TYPES = ("iri", "string", "integer", "date", "class")
AUDIENCES = ("policy staff", "analysts", "auditors")
READINGS = ("corrected", "printed", "either")


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
    chart: str | None = None
    """How the rows are best drawn, such as `bar`; None for a table alone."""

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
            "chart": self.chart,
        }
