"""What every answer can do: become a frame, say itself in a sentence, show itself in a notebook."""

from abc import ABC, abstractmethod
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from goldenthread.domain.table import Table
from goldenthread.errors import NotFound
from goldenthread.faces.python import display, frames

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_Value = TypeVar("_Value")


class Shown(ABC):
    """An answer that can be had as frames and as HTML; each has a `to_json()` of its own."""

    __slots__ = ()

    @property
    @abstractmethod
    def summary(self) -> str:
        """Return the answer in a sentence."""

    @abstractmethod
    def tables(self) -> dict[str, Table]:
        """Return the answer as tables by name; `to_frame` gives the first unless told another."""

    @overload
    def to_frame(
        self, library: Literal["pandas"] = "pandas", table: str | None = None
    ) -> "pd.DataFrame": ...

    @overload
    def to_frame(self, library: Literal["polars"], table: str | None = None) -> "pl.DataFrame": ...

    def to_frame(self, library: str = "pandas", table: str | None = None) -> Any:
        """Return one of the answer's tables as a frame; docs/reference/frames.md explains them.

        Columns have the same types whatever the data: text, whole numbers, numbers, truth; what
        is not recorded is missing. Texts are as in the data: take `goldenthread export` for files
        that spreadsheets open, which makes text that begins like a formula harmless.

        Args:
            library: `pandas` or `polars`.
            table: name of the table; the answer's first unless given.

        Raises:
            BadValue: another library.
            NotFound: the answer has no such table; carries those it has.
            Unavailable: the library is not installed; says how to get it.
        """
        found = self.tables()
        name = next(iter(found)) if table is None else table
        if name not in found:
            raise NotFound(
                f"This answer has no table “{name}”. It has: {', '.join(found)}.",
                [(n, t.note) for n, t in found.items()],
            )
        return frames.to_frame(found[name], library)

    def __repr__(self) -> str:
        # Printable whatever the data holds: a label could move a terminal's cursor.
        words = "".join(c if c.isprintable() else " " for c in self.summary)
        return f"<{type(self).__name__}: {words}>"

    def _repr_html_(self) -> str:
        """Return the summary and the first table, for notebooks."""
        first = next(iter(self.tables().values()))
        return f"{display.paragraph(self.summary)}\n{display.of_table(first)}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 thing`, `1,200 things`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def shown(kind: type[_Value], value: Any) -> _Value:  # noqa: ANN401 - any dataclass
    """Return a domain value as the class of this face that can also be shown."""
    return kind(**{f.name: getattr(value, f.name) for f in fields(value)})
