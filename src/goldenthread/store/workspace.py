"""Write judgements and acceptances into a plan's folder, whose history is the record of them."""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.errors import NotFound, Unavailable

if TYPE_CHECKING:
    from rdflib import Graph

FILE = "judgements.ttl"


def read(folder: Path, file: str = FILE) -> "Graph":
    """Return a file of the plan as an rdflib graph; an empty one where there is none yet."""
    from rdflib import Graph

    path = folder / file
    graph = Graph(bind_namespaces="none")
    if not folder.is_dir():
        raise NotFound(f"{folder} is no folder of a plan. Give the folder with --data.")
    if path.exists():
        graph.parse(data=path.read_bytes(), format="turtle")
    return graph


def write(folder: Path, graph: "Graph", file: str = FILE) -> Path:
    """Put the graph in place of a file of the plan, whole or not at all; return the file.

    Raises:
        Unavailable: the folder cannot be written to.
    """
    from goldenthread.store.turtle import layout

    path = folder / file
    try:
        # A file beside it and a rename: a crash leaves the old file or the new one, never half.
        handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(layout(graph))
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except OSError as error:
        raise Unavailable(
            f"{path} cannot be written ({error.strerror}). Copy the plan's folder to a place of "
            "your own and give that with --data."
        ) from error
    return path


def value(graph: "Graph", subject: str, prop: str) -> str | None:
    """Return one object of a property as a string, or None."""
    from rdflib import URIRef

    found = graph.value(URIRef(subject), URIRef(prop))
    return None if found is None else str(found)


def replace(graph: "Graph", subject: str, prop: str, iri: str) -> None:
    """Put the IRI in place of every object of the property."""
    from rdflib import URIRef

    graph.set((URIRef(subject), URIRef(prop), URIRef(iri)))


def forget(graph: "Graph", subject: str, prop: str | None = None) -> None:
    """Take out what is said of a subject, or under one of its properties."""
    from rdflib import URIRef

    graph.remove((URIRef(subject), URIRef(prop) if prop else None, None))


def add(
    graph: "Graph",
    subject: str,
    named: list[tuple[str, str]],
    texts: dict[str, str],
    dates: dict[str, str],
) -> None:
    """Add statements about a subject: IRIs, plain strings and dates (ISO 8601)."""
    from rdflib import XSD, Literal, URIRef

    node = URIRef(subject)
    for prop, iri in named:
        graph.add((node, URIRef(prop), URIRef(iri)))
    for prop, text in texts.items():
        graph.add((node, URIRef(prop), Literal(text)))
    for prop, date in dates.items():
        graph.add((node, URIRef(prop), Literal(date, datatype=XSD.date)))
