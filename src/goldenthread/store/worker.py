"""A worker process: it answers strangers' SPARQL, one query at a time, and may be killed at any.

The engine cannot be stopped from inside, and nesting or memory can end the process it runs in. So
it runs here: `store/workers.py` in the server passes questions over a socket and kills the worker
whose time is up. A worker has no right to anything: no new file or socket, no more memory than its
limit, no core file, and the lowest priority but its own work.
"""

import re
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import orjson
import pyoxigraph as ox

from goldenthread.domain.limits import MIB, Limits
from goldenthread.domain.namespaces import WELL_KNOWN
from goldenthread.domain.readings import READINGS
from goldenthread.errors import BadQuery
from goldenthread.store import on_demand
from goldenthread.store.confining import allow_seconds, confine, resident
from goldenthread.store.dataset import Dataset
from goldenthread.store.guard import guard
from goldenthread.store.pinpointing import fault_of
from goldenthread.store.spreadsheet import xml_text

FRAME = struct.Struct("!II")
TABLES = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
# A worker that has kept this much more than it began with is replaced after its answer.
_KEPT = 64 * MIB
_LEAST_ROW = 3
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_FUNCTION = re.compile(r"custom function (<[^>]*>) is not supported")
# Where a row begins. Quotes inside a string are escaped, so no string holds this.
_ROW = re.compile(rb',\{"\w+":\{"')


class _TooMuch(Exception):
    """The answer is larger than `what` allows: `rows` or `size`."""


@dataclass
class _Capped:
    """A file that takes so many bytes and then no more."""

    most: int
    parts: list[bytes] = field(default_factory=list)
    size: int = 0

    def write(self, part: bytes) -> int:
        self.size += len(part)
        if self.size > self.most:
            raise OSError("full")
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Do nothing: the parts are in memory."""

    def taken(self) -> bytes:
        return b"".join(self.parts)


class Engine:
    """Answers questions from one store, within limits on rows and bytes."""

    def __init__(self, dataset: Dataset, limits: Limits) -> None:
        self.store = dataset.store
        self.base = dataset.base
        self.limits = limits
        self.readings = {reading: dataset.reading(reading) for reading in READINGS}
        dataset.ontology()
        self.named = [g for g in self.store.named_graphs() if isinstance(g, ox.NamedNode)]
        self.names = {g.value for g in self.named}

    def answer(self, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Return what came of a question, and the bytes of its answer.

        Args:
            job: `text`; `base` IRI; `default` and `named`, graphs that the protocol names; `forms`,
                a form or None by kind: `rows`, `boolean`, `triples`. It may have `reading`, the
                default graph where neither the query nor the protocol names one, and `bound`,
                terms as N-Triples by variable.

        Returns:
            `status`: `ok` with `kind` and `form`; `refused` with `message`, `line` and `column`;
            `syntax` with a `fault`; `function` with its `name`; `unacceptable` with `kind`;
            `rows`, `size`, `memory`: which limit was passed; `failed`.
        """
        capped = _Capped(self.limits.size * MIB)
        try:
            return self._answer(job, capped)
        except BadQuery as error:
            place = {"line": error.line, "column": error.column}
            return {"status": "refused", "message": str(error), **place}, b""
        except SyntaxError as error:
            fault = fault_of(str(error.msg), job["text"])
            return {"status": "syntax", "fault": asdict(fault)}, b""
        except (_TooMuch, MemoryError, OSError, RuntimeError, ValueError) as error:
            return _failed(error, capped), b""

    def _answer(self, job: dict[str, Any], capped: _Capped) -> tuple[dict[str, Any], bytes]:
        found = self._ask(job)
        forms, sink = job["forms"], cast(IO[bytes], capped)
        if isinstance(found, ox.QueryTriples):
            kind, form = "triples", forms["triples"]
            if form:
                counted = _counted(found, self.limits.rows)
                ox.serialize(counted, sink, format=GRAPHS[form])
        else:
            kind = "boolean" if isinstance(found, ox.QueryBoolean) else "rows"
            form = forms[kind]
            if form:
                found.serialize(sink, format=TABLES[form])
        if not form:
            return {"status": "unacceptable", "kind": kind}, b""
        body = capped.taken()
        if kind == "rows" and _rows(body, form, self.limits.rows) > self.limits.rows:
            raise _TooMuch
        if form in ("xml", "rdf") and _NOT_XML.search(body):
            body = xml_text(body.decode("utf-8")).encode("utf-8")
        return {"status": "ok", "kind": kind, "form": form}, body

    def _load(self, results: dict[str, str]) -> dict[str, ox.NamedNode]:
        """Put check results into their graphs, once; return these by reading."""
        found = {r: on_demand.graph(r, self.base) for r in results}
        for reading, name in found.items():
            if name.value not in self.names:
                triples = results[reading].encode()
                self.store.load(triples, ox.RdfFormat.N_TRIPLES, to_graph=name)
                self.named.append(name)
                self.names.add(name.value)
        return found

    def _ask(self, job: dict[str, Any]) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        checked = self._load(job.get("results") or {})
        own = guard(job["text"], self.names, job["base"])
        default, named = job["default"], job["named"]
        if default or named:
            # What the protocol names replaces FROM, and what is not named is not there.
            chosen: dict[str, Any] = {
                "default_graph": [ox.NamedNode(g) for g in default],
                "named_graphs": [ox.NamedNode(g) for g in named],
            }
        else:
            reading = job.get("reading", READINGS[0])
            whole = self.readings[reading]
            default = [whole, checked[reading]] if reading in checked else [whole]
            chosen = {} if own else {"default_graph": default, "named_graphs": self.named}
        if bound := job.get("bound"):
            chosen["substitutions"] = {ox.Variable(v): _term(t) for v, t in bound.items()}
        # The engine reads each of them anew: it gets those that the text may mean.
        text = job["text"]
        known = {p: n for p, n in WELL_KNOWN.items() if p + ":" in text}
        return self.store.query(text, base_iri=job["base"] or None, prefixes=known, **chosen)


def _term(text: str) -> ox.NamedNode | ox.Literal:
    """Return a term that was sent as N-Triples has it."""
    (quad,) = ox.parse(f"<urn:s> <urn:p> {text} .", ox.RdfFormat.N_TRIPLES)
    return cast("ox.NamedNode | ox.Literal", quad.object)


def _failed(error: Exception, capped: _Capped) -> dict[str, Any]:
    """Return what to say of an error in the course of an answer."""
    if isinstance(error, _TooMuch):
        return {"status": "rows"}
    if isinstance(error, MemoryError):
        return {"status": "memory", "spent": True}
    if capped.size > capped.most:
        return {"status": "size"}
    if unknown := _FUNCTION.search(str(error)):
        return {"status": "function", "name": unknown[1]}
    return {"status": "failed", "message": repr(error), "spent": True}


def _counted(found: Iterable[ox.Triple], most: int) -> Iterator[ox.Triple]:
    for number, triple in enumerate(found, 1):
        if number > most:
            raise _TooMuch
        yield triple


def _rows(body: bytes, form: str, most: int) -> int:
    """Return how many rows an answer has; 0 where it is too short to have more than `most`."""
    if len(body) <= most * _LEAST_ROW:
        return 0
    if form == "json":
        return sum(1 for _ in _ROW.finditer(body)) + 1
    if form == "xml":
        return body.count(b"<result>")
    if form == "tsv":
        return body.count(b"\n") - 1
    # A line break inside quotes ends no row: every other part is outside of them.
    return sum(part.count(b"\r\n") for part in body.split(b'"')[::2]) - 1


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Return the next frame: its head and body; None where the stream has ended."""
    start = stream.read(FRAME.size)
    if len(start) < FRAME.size:
        return None
    head, body = FRAME.unpack(start)
    return orjson.loads(stream.read(head)), stream.read(body)


def frame(head: dict[str, Any], body: bytes = b"") -> bytes:
    """Return a frame: two lengths, a head in JSON, a body."""
    packed = orjson.dumps(head)
    return FRAME.pack(len(packed), len(body)) + packed + body


def serve(engine: Engine, source: BinaryIO, sink: BinaryIO) -> None:
    """Answer the questions that come until the stream ends, giving up every right first."""
    statm, began = confine(engine.limits)
    allowed = 0
    while (job := read_frame(source)) is not None:
        allowed = allow_seconds(engine.limits.seconds, allowed)
        head, body = engine.answer(job[0])
        spent = head.pop("spent", False) or resident(statm) - began > _KEPT
        sink.write(frame({**head, "spent": spent}, body))
        sink.flush()


def main() -> None:
    """Open the data set that the first frame names and serve on standard input and output."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    first = read_frame(source)
    if first is not None:
        folders = [Path(folder) for folder in first[0]["folders"]]
        dataset = Dataset(folders, first[0]["stored"].encode(), first[0]["base"])
        engine = Engine(dataset, Limits(**first[0]["limits"]))
        sink.write(frame({"status": "ready"}))
        sink.flush()
        serve(engine, source, sink)
