"""`goldenthread verify`: compare a plan with its texts and its seal."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldenthread.domain.english import counted
from goldenthread.errors import Unavailable
from goldenthread.faces.cli.options import Wanted, answering, open_data
from goldenthread.faces.cli.output import Answer, deliver, tell
from goldenthread.faces.cli.terminal import Line

if TYPE_CHECKING:
    from goldenthread.domain.table import Table
    from goldenthread.domain.verification import Finding, Verification


@click.command("verify")
@click.option("--seal", is_flag=True, help="Vouch for the plan as it is: write its seal.")
@click.option(
    "--against",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A seal's file, instead of seal.json in the plan's folder.",
)
@answering(reading=None)
def verify_command(seal: bool, against: Path | None, wanted: Wanted) -> int:
    """Compare a plan with its texts and its seal, and say what was tampered with.

    Every text has its recorded SHA-256, every quote stands where it is said to stand, every
    statement and everything derived is what it was when the plan was sealed. The hash of the data
    set is that of its canonical N-Quads (RDFC-1.0): any tool can compute it. Exits with 1 where
    something differs.

    \b
    Examples:
      goldenthread verify
      goldenthread verify --data my-plan/
      goldenthread verify --seal --data my-plan/
    """  # noqa: D301 - \b keeps click from joining the lines
    from goldenthread.services import verifying

    # A seal is of what files say, and these keep their IRIs: --base plays no part.
    dataset = open_data(wanted.data, wanted.store)
    if seal:
        try:
            for path in verifying.seal(dataset):
                tell(f"Sealed: {path}")
        except OSError as error:
            raise Unavailable(
                f"The seal cannot be written: {error.strerror}. Copy the plan's folder to one of "
                "your own and name it with --data."
            ) from error
    found = verifying.verify(dataset, against)
    answer = Answer("Verification", lambda: _lines(found), found.to_json, lambda: [_table(found)])
    deliver(answer, dataset, wanted)
    return 0 if found.whole else 1


def _lines(found: "Verification") -> list[Line]:
    lines = [
        Line(
            "All that was compared is as it should be." if found.whole else "Something differs.",
            kind="head",
        ),
        Line(f"Data set {found.sha256}", kind="detail"),
        *(Line(f"Compared: {count} {what}.") for what, count in found.compared),
    ]
    for finding in found.findings:
        if finding.kind == "moved":
            continue
        lines += [Line(""), Line(finding.message, kind="bad")]
        if finding.kind == "quote":
            lines += [
                Line(f"recorded: “{finding.expected}”", 1),
                Line(f"there: “{finding.found}”", 1),
            ]
        lines += [Line(finding.mend, 1, "detail")] if finding.mend else []
    lines += _moved([f for f in found.findings if f.kind == "moved"])
    return lines + [Line(note, kind="warn") for note in found.notes]


def _moved(findings: "list[Finding]") -> list[Line]:
    """Say of each text how many quotes a change pushed on: one letter may push hundreds."""
    lines = []
    for file in dict.fromkeys(f.file for f in findings):
        some = [f for f in findings if f.file == file]
        said = counted(len(some), "quote stands", "quotes stand")
        lines += [
            Line(""),
            Line(
                f"In {file} {said} at another place than recorded, the first of them:", kind="bad"
            ),
            Line(f"{some[0].message} “{some[0].expected}”", 1),
            Line(f"{some[0].mend} --format csv lists each.", 1, "detail"),
        ]
    return lines


def _table(found: "Verification") -> "Table":
    from goldenthread.domain.columns import FINDINGS
    from goldenthread.domain.table import Table

    rows = tuple(
        (f.kind, f.subject, f.message, f.expected, f.found, f.file, f.mend) for f in found.findings
    )
    note = " ".join(f"Compared: {count} {what}." for what, count in found.compared)
    return Table("Verification", FINDINGS, rows, " ".join([note, *found.notes]))
