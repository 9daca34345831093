"""A table as spreadsheets, word processors and pages show it: columns that are explained, rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Value = str | int | float | bool | None
Type = Literal["text", "integer", "number", "truth"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key that programs use, its heading, and what its values mean."""

    key: str
    heading: str
    meaning: str
    type: Type = "text"
    """What its values are, where there are any."""
    choices: tuple[str, ...] = ()
    """What a person may fill in; a spreadsheet offers these and nothing else."""
    room: int = 0
    """How many characters wide a spreadsheet keeps it at least, for what a person writes there."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table; every row has one value a column, in their order."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""
    """What a row is, and what has to be known to read the table."""

    def __post_init__(self) -> None:
        """Refuse rows that do not fit: a shifted cell would be a wrong statement."""
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.title}: {len(row)} values for {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class About:
    """Where an answer comes from: what every exported file says of itself."""

    reading: str
    """`as printed` or `with corrections`."""
    plans: tuple[str, ...]
    documents: tuple[str, ...]
    rights: tuple[str, ...]
    version: str
    """Of goldenthread."""
    sha256: str
    edition: str = ""
    """The edition that the plans' own data name; empty where they name none."""

    @property
    def licence(self) -> str:
        """Return what is known of rights in one line, without a full stop."""
        return "; ".join(r.rstrip(".") for r in self.rights)

    def lines(self) -> Sequence[tuple[str, str]]:
        """Return the statements as pairs of a heading and its text."""
        return (
            (
                "What this is",
                "An independent reading of published documents; not a council service.",
            ),
            ("Plan", "; ".join(self.plans)),
            ("Documents", "; ".join(self.documents)),
            ("Reading", self.reading),
            ("Rights", self.licence),
            ("Made with", f"goldenthread {self.version}"),
            ("Data set (SHA-256)", self.sha256),
        )

    @property
    def sentence(self) -> str:
        """Return the statements in a few lines, the hash cut short, for the foot of a page."""
        return (
            f"{self.lines()[0][1]} From {', '.join(self.documents)}, read {self.reading}. "
            f"Rights: {self.licence}. "
            f"Made with goldenthread {self.version} from data set {self.sha256[:12]}."
        )

    def to_json(self) -> dict[str, Any]:
        """Return what JSON answers carry under `dataset`."""
        return {
            "sha256": self.sha256,
            "version": self.edition,
            "reading": self.reading,
            "licence": self.licence,
            "documents": list(self.documents),
            "madeWith": f"goldenthread {self.version}",
        }

    def columns(self) -> tuple[tuple[Column, str], ...]:
        """Return the columns that end each row of a CSV file, with their value."""
        return (
            (Column("dataset_sha256", "Data set", "SHA-256 of the data set."), self.sha256),
            (Column("dataset_reading", "Reading", "The reading of the documents."), self.reading),
            (
                Column("dataset_licence", "Licence", "What is known of the licence."),
                self.licence,
            ),
        )
