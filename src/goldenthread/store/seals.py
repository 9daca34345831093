"""Seals: the hashes of a plan at a time when somebody vouched for it, kept in its folder.

`seal.json` holds the hash of the data set, of each graph, of what each graph says of each subject,
of each reading that was derived, of each text, of the rules that derived them, and of itself. All
are SHA-256 in hexadecimal; those of subjects are cut to 16 digits, enough to see that one changed.
"""

import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from goldenthread.domain.identifiers import local_name
from goldenthread.domain.namespaces import BASE
from goldenthread.domain.readings import READINGS
from goldenthread.errors import Unreadable
from goldenthread.store import resources
from goldenthread.store.canonical import canonical, digest
from goldenthread.store.dataset import Dataset
from goldenthread.store.sources import graphs
from goldenthread.store.terms import text

FILE = "seal.json"
_DIGITS = 16
_ITSELF = "seal"

Seal = dict[str, Any]


def seal_of(dataset: Dataset) -> Seal:
    """Return the seal of a data set as it is now.

    Graphs go by the last part of their names: a plan's folder may be renamed.
    """
    written = {local_name(g.value): g for g in graphs(dataset)}
    statements = {name: _subjects(dataset, graph) for name, graph in written.items()}
    return {
        "dataset": dataset.sha256,
        "graphs": {n: digest(_triples(dataset, g)) for n, g in written.items()},
        "readings": {r: digest(_triples(dataset, dataset.reading(r))) for r in READINGS},
        "rules": rules(),
        "statements": statements,
        "texts": texts(dataset),
    }


def texts(dataset: Dataset) -> dict[str, str]:
    """Return the hash of every file in the folders of sources, by its path from the plan's."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in dataset.folders
        for path in sorted(folder.glob("sources/*"))
        if path.is_file()
    }


def rules() -> str:
    """Return the hash of what derives readings: the rules and the ontology, line ends aside."""
    made = hashlib.sha256()
    for path in resources.files("queries/derive", "*.rq") + resources.files("ontology", "*.ttl"):
        made.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return made.hexdigest()


def read(path: Path) -> Seal | None:
    """Return the seal in a file; None where there is none.

    Raises:
        Unreadable: the file is no seal.
    """
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict) or not {"dataset", "graphs", "texts"} <= set(found):
            raise ValueError("a seal has the keys dataset, graphs and texts")
    except (OSError, ValueError) as error:
        raise Unreadable(
            f"{error}. This is no seal; restore it from the history of the folder.", str(path)
        ) from error
    return found


def altered(seal: Seal) -> bool:
    """Return whether a seal is not as it was written; one without a hash of its own cannot tell.

    This finds what was changed by hand or by accident. Against somebody who makes the hash anew
    the history of the folder stands, or a seal that is kept elsewhere: `--against`.
    """
    return _ITSELF in seal and seal[_ITSELF] != _of(seal)


def _of(seal: Seal) -> str:
    rest = {k: v for k, v in seal.items() if k != _ITSELF}
    said = json.dumps(rest, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def write(dataset: Dataset, path: Path) -> None:
    """Write the seal of a data set, replacing one that is there in one step."""
    made = seal_of(dataset)
    made[_ITSELF] = _of(made)
    said = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(said, encoding="utf-8", newline="\n")
    draft.replace(path)


def _triples(dataset: Dataset, graph: ox.NamedNode) -> list[ox.Quad]:
    """Return a graph's statements without its name."""
    found = dataset.store.quads_for_pattern(None, None, None, graph)
    return [ox.Quad(q.subject, q.predicate, q.object) for q in found]


def _subjects(dataset: Dataset, graph: ox.NamedNode) -> dict[str, str]:
    """Return the hash of what a graph says of each subject; blank nodes count as one subject."""
    found: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in _triples(dataset, graph):
        named = isinstance(quad.subject, ox.NamedNode)
        found[text(quad.subject).removeprefix(BASE) if named else "_:"].append(quad)
    return {
        name: hashlib.sha256(canonical(said)).hexdigest()[:_DIGITS]
        for name, said in sorted(found.items())
    }
