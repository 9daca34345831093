"""The data set: the named graphs of one or more plans in an embedded store, and its readings.

This is the only place that opens a store and derives. A face opens a `Dataset` once and passes
it down; a service asks it questions. pyoxigraph is queried directly: through rdflib the same
question takes two orders of magnitude longer (see docs/decisions).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from goldenthread.domain.identifiers import local_name
from goldenthread.domain.namespaces import BASE, CONCEPT, GT, OWL, RDF, RDFS, SHAPE
from goldenthread.domain.readings import READINGS
from goldenthread.errors import BadQuery, NotFound, Unreadable
from goldenthread.store import on_demand, resources
from goldenthread.store.terms import Term, text

ONTOLOGY_GRAPH = ox.NamedNode(GT)
SHAPES_GRAPH = ox.NamedNode(SHAPE)
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def reading_graph(reading: str, base: str = BASE) -> ox.NamedNode:
    """Return the name of the graph that holds a reading."""
    return ox.NamedNode(f"{base}graph/{reading}")


class Dataset:
    """The graphs of the loaded plans; `corrected` and `printed` are derived on first use."""

    def __init__(self, folders: Sequence[Path], stored: bytes = b"", base: str = BASE) -> None:
        """Load every RDF file of `folders`; a folder may also be a single RDF file.

        Args:
            folders: where plans are.
            stored: what a store holds of plans, as sorted N-Quads.
            base: what the IRIs of things begin with here, whatever files say: see `rebasing`.
        """
        self.base = base
        self.folders = list(folders)
        self.stored = stored
        self.store = ox.Store()
        self.files: list[Path] = []
        self._written: list[ox.NamedNode] = []
        self._derived: set[str] = set()
        self._kept: dict[str, dict[str, Any]] = {}
        if stored:
            self.store.load(stored, ox.RdfFormat.N_QUADS)
            # A store's own names of graphs, as they are: they stand nowhere but in GRAPH.
            self._written += [g for g in self.store.named_graphs() if isinstance(g, ox.NamedNode)]
        for folder in self.folders:
            self._load_plan(folder)
        if base != BASE:
            from goldenthread.store.rebasing import rebase

            self.store, self._written = rebase(self.store, self._written, base)

    @classmethod
    def open(cls, paths: Sequence[str | Path] = (), store: str = "", base: str = BASE) -> "Dataset":
        """Open the plans at `paths` and in `store`, or the plans that ship where neither is given.

        Args:
            paths: plans' folders or single RDF files.
            store: an Oxigraph folder or the http(s) address of a SPARQL endpoint, read once.
            base: what the IRIs of things begin with here, whatever files say.

        Raises:
            NotFound: a path that is not there, a folder without an RDF file, a store without plan.
            Unreadable: a file that cannot be parsed, with its line and column.
            Unavailable: a store that is locked, or cannot be reached, or answers in part.
        """
        folders = [Path(p) for p in paths]
        if not store:
            return cls(folders or resources.plans(), base=base)
        from goldenthread.store.stored import read

        return cls(folders, read(store), base)

    @classmethod
    def open_plans(
        cls, paths: Sequence[str | Path] = (), store: str = "", base: str = BASE
    ) -> "Dataset":
        """Open as `open` does what a person named, and refuse what has nothing of a plan in it.

        Without this, RDF about something else would seem a plan in which nothing is wrong.

        Raises:
            NotFound: no statement has a term of the ontology, beside what `open` raises.
        """
        found = cls.open(paths, store, base)
        if paths and not found.speaks():
            raise NotFound(
                f"There is no plan in {', '.join(str(p) for p in paths)}: "
                f"{len(found.store) or 'no'} statements, and none of them has a term of {GT}. "
                "A plan's folder has plan.ttl, one Turtle file a document and judgements.ttl."
            )
        return found

    def speaks(self) -> bool:
        """Return whether anything is said here in the terms of the ontology."""
        return any(
            isinstance(term, ox.NamedNode) and term.value.startswith(GT)
            for quad in self.store
            for term in (quad.predicate, quad.object, quad.subject)
        )

    def _load_plan(self, folder: Path) -> None:
        if not folder.exists():
            raise NotFound(
                f"There is no plan at {folder}. Give a folder with Turtle files, or one RDF file."
            )
        found = sorted(folder.iterdir()) if folder.is_dir() else [folder]
        found = [p for p in found if p.suffix in FORMATS]
        if not found:
            raise NotFound(
                f"{folder} holds no RDF file. A plan's folder has plan.ttl, one Turtle file a "
                "document and judgements.ttl."
            )
        name = folder.resolve().name if folder.is_dir() else folder.parent.name
        for path in found:
            graph = ox.NamedNode(f"{BASE}graph/{_safe(name)}/{_safe(path.stem)}")
            self._load(path, graph)
            self.files.append(path)
            self._written.append(graph)

    def _load(self, path: Path, graph: ox.NamedNode) -> None:
        try:
            # Bytes, never a path or an address: what a parser is given to open it may fetch.
            written = path.read_bytes()
            _refuse_doctype(path, written)
            self.store.load(written, FORMATS[path.suffix], to_graph=graph)
        except SyntaxError as error:
            raise Unreadable(
                f"{error.msg}. Nothing was loaded from this file; mend it at this place.",
                str(path),
                error.lineno,
                error.offset,
            ) from error
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(f"{error}. Check that the file is there.", str(path)) from error

    def reading(self, reading: str = "corrected") -> ox.NamedNode:
        """Return the graph of a reading, deriving it first if that has not been done."""
        if reading not in READINGS:
            raise NotFound(f"There is no reading “{reading}”. Choose corrected or printed.")
        if reading not in self._derived:
            self._derive(reading)
            self._derived.add(reading)
        return reading_graph(reading, self.base)

    def _derive(self, reading: str) -> None:
        """Run the rules of queries/derive in the order of their names: each reads lower ones."""
        graph = reading_graph(reading, self.base)
        for written in self._written:
            self.store.update(f"ADD <{written.value}> TO <{graph.value}>")
        self._load(resources.root() / "ontology" / "concepts.ttl", graph)
        self.ontology()
        bindings: dict[ox.Variable, Term] = {
            ox.Variable("reading"): ox.NamedNode(CONCEPT + reading)
        }
        for rule in resources.files("queries/derive", "*.rq"):
            sparql = rule.read_text(encoding="utf-8")
            found = self.store.query(
                sparql,
                default_graph=[graph, ONTOLOGY_GRAPH] if "subClassOf" in sparql else [graph],
                named_graphs=[],
                substitutions=bindings if "?reading" in sparql else {},
            )
            if isinstance(found, ox.QueryTriples):
                self._add(found, graph)

    def _add(self, found: ox.QueryTriples, graph: ox.NamedNode) -> None:
        """Add triples to a graph, through bytes: twice as fast as one Python object a triple."""
        triples = found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        if b"_:" in triples:
            # Loading would give a blank node of somebody's data another name in each rule.
            parsed = ox.parse(triples, ox.RdfFormat.N_TRIPLES)
            self.store.extend([ox.Quad(q.subject, q.predicate, q.object, graph) for q in parsed])
        else:
            self.store.load(triples, ox.RdfFormat.N_TRIPLES, to_graph=graph, lenient=True)

    def ontology(self) -> ox.NamedNode:
        """Return the graph of the ontology, its concepts and mappings, loading it on first use."""
        if "ontology" not in self._derived:
            for path in resources.files("ontology", "*.ttl"):
                self._load(path, ONTOLOGY_GRAPH)
            self._derived.add("ontology")
        return ONTOLOGY_GRAPH

    def kept(self, name: str) -> dict[str, Any]:
        """Return a dictionary that lives as long as the data set, for what is costly to make."""
        return self._kept.setdefault(name, {})

    def label_of_term(self, iri: str) -> str:
        """Return the label of a class or property of the ontology, else its local name."""
        label = ox.NamedNode(RDFS + "label")
        found = self.store.quads_for_pattern(ox.NamedNode(iri), label, None, self.ontology())
        return next((text(q.object) for q in found), local_name(iri))

    def classes(self) -> list[str]:
        """Return the IRIs of the classes that the ontology declares, sorted."""
        a, cls = ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + "Class")
        found = self.store.quads_for_pattern(None, a, cls, self.ontology())
        return sorted(text(q.subject) for q in found)

    def query(
        self,
        sparql: str,
        reading: str = "corrected",
        bindings: Mapping[str, Term] | None = None,
        graphs: Iterable[ox.NamedNode] = (),
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Run SPARQL with a reading as default graph; return pyoxigraph's results.

        A query that names `sh:ValidationResult` or `sh:ValidationReport` finds them there too.

        Args:
            sparql: the query; one that a user wrote goes through `queries.guard` first.
            reading: the default graph, `corrected` or `printed`.
            bindings: terms for variables, by name without the question mark.
            graphs: named graphs that GRAPH may reach; none unless given.

        Raises:
            BadQuery: the query cannot be parsed; says where.
        """
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [self.reading(reading)]
        if on_demand.needed(sparql):
            default.append(on_demand.load(self, reading))
        try:
            return self.store.query(
                sparql,
                default_graph=default,
                named_graphs=list(graphs),
                substitutions={ox.Variable(k): v for k, v in (bindings or {}).items()},
            )
        except SyntaxError as error:
            raise BadQuery(str(error.msg), error.lineno, error.offset) from error

    def rows(
        self, sparql: str, reading: str = "corrected", bindings: Mapping[str, Term] | None = None
    ) -> list[dict[str, Term]]:
        """Return the solutions of a SELECT as dictionaries of terms, without unbound variables."""
        found = self.query(sparql, reading, bindings)
        if not isinstance(found, ox.QuerySolutions):
            raise BadQuery("Rows come from a SELECT; this is another form of query.")
        names = [v.value for v in found.variables]
        return [{n: row[n] for n in names if row[n] is not None} for row in found]

    @cached_property
    def sha256(self) -> str:
        """Return the hash of what is written down of the plans, in hexadecimal.

        SHA-256 over the canonical N-Quads (RDFC-1.0) of all their graphs: the same statements
        have the same hash in whatever format and order, and any tool can compute it. The texts of
        the documents go in by their own hashes, which the plans state. Nothing derived goes in.
        """
        from goldenthread.store.canonical import digest_of_graphs

        return digest_of_graphs(self.store, self._written)

    @cached_property
    def stamp(self) -> str:
        """Return the hash of every byte that answers are made from, for validators of caches."""
        digest = hashlib.sha256(self.sha256.encode())
        parts = [*self.files, *(p for f in self.folders for p in sorted(f.glob("sources/*")))]
        parts += resources.files("ontology") + resources.files("shapes", "*.ttl")
        parts += resources.files("queries/derive", "*.rq")
        for path in parts:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()


def _refuse_doctype(path: Path, written: bytes) -> None:
    """Refuse XML that declares entities: a few hundred bytes of them take all memory there is."""
    if path.suffix == ".rdf" and b"<!DOCTYPE" in written.replace(b"\0", b""):
        raise Unreadable(
            "The file has a DOCTYPE, which RDF needs none of and which can make a short file "
            "endless. Remove it, with the entities that it declares.",
            str(path),
        )


def _safe(name: str) -> str:
    """Return `name` with everything that may not stand in an IRI replaced by a hyphen."""
    return "".join(c if (c.isalnum() and c.isascii()) or c in "-_." else "-" for c in name)
