"""Turn a table into a frame of pandas or polars, with the type that each column says it has.

Missing values are missing in both libraries (`<NA>`, `null`), also in columns of whole numbers:
an empty text in a table means that nothing is recorded there.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from goldenthread.domain.table import Table, Type, Value
from goldenthread.errors import BadValue, Unavailable

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

LIBRARIES = ("pandas", "polars")
# The nullable types of pandas: with the others a missing number would turn a column into floats.
_PANDAS: dict[Type, str] = {
    "text": "string",
    "integer": "Int64",
    "number": "Float64",
    "truth": "boolean",
}
_POLARS: dict[Type, str] = {
    "text": "String",
    "integer": "Int64",
    "number": "Float64",
    "truth": "Boolean",
}


def to_pandas(table: Table) -> "pd.DataFrame":
    """Return a table as a pandas frame with nullable types, one row a row, in order.

    Raises:
        Unavailable: pandas is not installed; says how to get it.
    """
    pandas = _library("pandas")
    columns = {
        c.key: pandas.array(_values(table, i), dtype=_PANDAS[c.type])
        for i, c in enumerate(table.columns)
    }
    frame: pd.DataFrame = pandas.DataFrame(columns, index=pandas.RangeIndex(len(table.rows)))
    return frame


def to_polars(table: Table) -> "pl.DataFrame":
    """Return a table as a polars frame, one row a row, in order.

    Raises:
        Unavailable: polars is not installed; says how to get it.
    """
    polars = _library("polars")
    frame: pl.DataFrame = polars.DataFrame(
        [
            polars.Series(c.key, _values(table, i), dtype=getattr(polars, _POLARS[c.type]))
            for i, c in enumerate(table.columns)
        ]
    )
    return frame


def to_frame(table: Table, library: str) -> Any:  # noqa: ANN401 - of one library or the other
    """Return a table as a frame of `library`.

    Raises:
        BadValue: another library than pandas and polars.
        Unavailable: the library is not installed; says how to get it.
    """
    if library not in LIBRARIES:
        raise BadValue(f"There are no frames of “{library}”. Say {' or '.join(LIBRARIES)}.")
    return to_pandas(table) if library == "pandas" else to_polars(table)


def _library(name: str) -> Any:  # noqa: ANN401 - a module
    try:
        return import_module(name)
    except ImportError as error:
        raise Unavailable(
            f"{name} is not installed, and frames of {name} need it. Install it with "
            f"“pip install {name}”, or install goldenthread with its extra “frames”."
        ) from error


def _values(table: Table, place: int) -> list[Value]:
    """Return the values of a column; empty text is no value."""
    return [None if row[place] == "" else row[place] for row in table.rows]
