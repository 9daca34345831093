"""Hand an answer over: in the format that was asked for, to standard output or a file."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.errors import BadValue, Unavailable
from goldenthread.faces.cli.options import BINARY, Wanted
from goldenthread.faces.cli.terminal import Line, Terminal, printable

if TYPE_CHECKING:
    from goldenthread.domain.table import Table
    from goldenthread.store.dataset import Dataset

_ENDINGS = {"txt": "text", "htm": "html", "turtle": "ttl", "ndjson": "json"}
# Endings of files that hold plain text under another name.
_TEXT = {"text", "log", "out"}


@dataclass(frozen=True)
class Answer:
    """An answer that is made into a format only when that format is asked for."""

    title: str
    lines: Callable[[], list[Line]]
    json: Callable[[], Any]
    tables: "Callable[[], list[Table]]"
    more: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    """Formats of this answer alone: RDF, GraphML, a drawing, results as SPARQL has them."""


def deliver(answer: Answer, dataset: "Dataset", wanted: Wanted) -> None:
    """Write an answer to standard output or to a file.

    Raises:
        BadValue: a format that needs a file and has none, or that the answer has not.
        Unavailable: a file that cannot be written.
    """
    command = click.get_current_context().command
    choice = next(p.type for p in command.params if p.name == "form")
    known = list(choice.choices) if isinstance(choice, click.Choice) else []
    form = wanted.form or _by_ending(wanted.output, known)
    if form in BINARY and wanted.output is None:
        raise BadValue(f"{form} is not text. Say which file to write, with --output FILE.{form}.")
    write(_made(answer, dataset, form, wanted), wanted.output)


def _by_ending(output: Path | None, known: list[str]) -> str:
    ending = output.suffix.lstrip(".").lower() if output else ""
    form = _ENDINGS.get(ending, ending)
    if output and ending and form not in known and ending not in _TEXT:
        raise BadValue(
            f"The ending of {output} names no format that this command writes. "
            f"Say --format; there are: {', '.join(known)}."
        )
    return form if form in known else "text"


def _made(answer: Answer, dataset: "Dataset", form: str, wanted: Wanted) -> bytes:
    if form in answer.more:
        return answer.more[form]()
    if form == "text":
        terminal = Terminal.of_stdout(to_file=wanted.output is not None)
        return printable_text(terminal.render(_printable(answer.lines())))
    if form == "json":
        return json_bytes(_with_dataset(answer.json(), dataset, wanted.chosen_reading))
    if form == "md":
        return _markdown(answer).encode("utf-8")
    return _from_tables(answer, dataset, wanted.chosen_reading, form)


def _with_dataset(value: object, dataset: "Dataset", reading: str) -> object:
    """Return an answer with where it comes from; a list has no place for it."""
    if not isinstance(value, dict):
        return value
    from goldenthread.services import exporting

    return exporting.with_dataset(value, exporting.about(dataset, reading))


def _from_tables(answer: Answer, dataset: "Dataset", reading: str, form: str) -> bytes:
    from goldenthread.services import exporting

    tables = answer.tables()
    about = exporting.about(dataset, reading)
    if form == "csv":
        return exporting.to_csv(tables[0], about)
    if form == "xlsx":
        return exporting.to_xlsx(tables, about)
    if form == "html":
        return _html(answer, tables, about.lines()).encode("utf-8")
    lines = [(line.depth, line.text) for line in answer.lines() if line.text and not line.raw]
    return exporting.to_docx(answer.title, lines, tables, about)


def json_bytes(value: object) -> bytes:
    """Return JSON in UTF-8, indented, ending in a newline."""
    import json

    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def printable_text(text: str) -> bytes:
    """Return text in UTF-8; what UTF-8 cannot say becomes a question mark."""
    return text.encode("utf-8", "replace")


def _printable(lines: Iterable[Line]) -> list[Line]:
    return [Line(printable(x.text), x.depth, x.kind, x.raw) for x in lines]


def _markdown(answer: Answer) -> str:
    found = [f"# {_mark(answer.title)}", ""]
    for line in answer.lines():
        if line.raw:
            found.append(f"    {line.text}")
        elif line.text:
            found.append(f"{'  ' * line.depth}- {_mark(line.text)}")
    return "\n".join(found) + "\n"


def _mark(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in " ".join(text.split()))


def _html(answer: Answer, tables: "list[Table]", about: Iterable[tuple[str, str]]) -> str:
    """Return one page that needs nothing else: the tables with headings, then what it is."""
    from html import escape

    title = escape(answer.title)
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f"<title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>",
    ]
    for table in tables:
        heads = "".join(f'<th scope="col">{escape(c.heading)}</th>' for c in table.columns)
        parts.append(f"<h2>{escape(table.title)}</h2>\n<p>{escape(table.note)}</p>")
        parts.append(f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>")
        parts += [
            "<tr>"
            + "".join(f"<td>{escape('' if v is None else str(v))}</td>" for v in row)
            + "</tr>"
            for row in table.rows
        ]
        parts.append("</tbody>\n</table>")
    parts.append("<h2>About this page</h2>\n<dl>")
    parts += [f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in about]
    return "\n".join([*parts, "</dl>\n</body>\n</html>"]) + "\n"


def write(content: bytes, output: Path | None) -> None:
    """Write bytes to a file, whole or not at all, or to standard output.

    Raises:
        Unavailable: the file cannot be written.
    """
    if output is None or str(output) == "-":
        _to_stdout(content)
        return
    try:
        _write_file(content, output)
    except OSError as error:
        raise Unavailable(
            f"{output} cannot be written: {error.strerror}. Give a file in a folder that is there "
            "and that you may write to."
        ) from error


def _write_file(content: bytes, path: Path) -> None:
    if path.exists() and not path.is_file():
        # A device or a pipe (/dev/null, /dev/stdout): a file of that name would put an end to it.
        with path.open("wb") as device:
            device.write(content)
        return
    import tempfile

    # Through a link to what it leads to: the link itself is not replaced.
    path = path.resolve() if path.is_symlink() else path
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _to_stdout(content: bytes) -> None:
    if sys.stdout is None:
        raise Unavailable("Standard output is closed. Name a file with --output.")
    try:
        # Bytes, not text: the answer is UTF-8 with plain line ends whatever the locale says.
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read has had enough. Python would complain once more when it closes the pipe.
        _discard_stdout()
    except OSError as error:
        _discard_stdout()
        raise Unavailable(
            f"The answer cannot be written to standard output: {error.strerror}."
        ) from error


def _discard_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _mode(output: Path) -> int:
    """Return the mode that a file has, or that a new one gets: temporary files are private."""
    if output.exists():
        return output.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def tell(message: str) -> None:
    """Tell the person something that is not part of the answer."""
    click.echo(message, err=True)
