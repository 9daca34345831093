"""Put an assurance pack together: what an auditor needs to sign, as one structure.

What other services found is handed in; what no other service tells (every entry, every record of a
link, the words of the method, versions) is read here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.baseline import Changes
from goldenthread.domain.comparison import Comparison
from goldenthread.domain.description import JudgementCard
from goldenthread.domain.gap import GapReport
from goldenthread.domain.identifiers import natural, one_line
from goldenthread.domain.matrix import Matrix
from goldenthread.domain.namespaces import GT, PREFIXES, RDF, RDFS, SKOS
from goldenthread.domain.node import Node
from goldenthread.domain.overview import Overview
from goldenthread.domain.pack import covering, evidence, method, opening, results, summary, threads
from goldenthread.domain.pack.evidence import Item, Record
from goldenthread.domain.pack.method import Term
from goldenthread.domain.pack.opening import Document, LevelCount
from goldenthread.domain.pack.parts import Pack, Section, numbered
from goldenthread.domain.readings import READINGS
from goldenthread.domain.table import About
from goldenthread.domain.thread import Entry, Link, Trace, rank
from goldenthread.domain.validation import Report
from goldenthread.domain.verification import Verification
from goldenthread.store import pack_docx, pack_html, pack_pdf, pack_xlsx
from goldenthread.store.dataset import Dataset
from goldenthread.store.versions import versions
from goldenthread.store.view import View

# The schemes of the method's words, and those of them that a pack explains.
_TERMS = {"basis": "basis", "reading": "reading", "kind": "judgement-kind"}
_FACTS = {
    GT + "file": "File",
    GT + "sha256": "SHA-256",
    GT + "length": "Characters",
    GT + "pages": "Pages",
    PREFIXES["dcterms"] + "provenance": "How it was made",
}


@dataclass(frozen=True, slots=True)
class Material:
    """What other services found, all in one reading of one data set."""

    about: About
    overviews: Sequence[Overview]
    report: Report
    gaps: GapReport
    matrices: Sequence[Matrix]
    traces: Sequence[Trace]
    """The threads below each aim of the first level."""
    links: Sequence[Link]
    judgements: Sequence[JudgementCard]
    repairs: Sequence[JudgementCard]
    verified: Verification
    draw: threads.Draw
    changes: Changes | None = None
    compared: Comparison | None = None


to_html = pack_html.to_html
to_docx = pack_docx.to_docx
to_xlsx = pack_xlsx.to_xlsx
to_pdf = pack_pdf.to_pdf
policy = pack_html.policy


def pack(dataset: Dataset, found: Material, stated: str, today: date) -> Pack:
    """Return the assurance pack of a data set.

    Args:
        dataset: the data set.
        found: what other services found.
        stated: the day that the pack states, ISO 8601; empty for none.
        today: the day on which acceptances must hold.
    """
    view = View(dataset, found.report.reading)
    items = list(_items(view))
    entries = {item.entry.iri: str(n) for n, item in enumerate(items, start=1)}
    judged = {c.iri: str(n) for n, c in enumerate(found.judgements, start=1)}
    repaired = {c.iri: str(n) for n, c in enumerate(found.repairs, start=1)}
    levels = list(_levels(view))
    about = found.about
    cards = (*found.judgements, *found.repairs)
    outcome = summary.Outcome(
        found.overviews, levels, found.report, found.gaps, found.links, cards, found.verified,
        found.changes,
    )  # fmt: skip
    using = threads.Drawn(found.draw, _plurals(view), entries)
    sections = (
        summary.summary(outcome),
        opening.scope(about, found.overviews, levels),
        opening.versions(about, found.verified, list(versions(dataset, about)), _documents(view)),
        method.method(_terms(view), found.links, cards),
        covering.coverage([(m, _nodes(view, m)) for m in found.matrices], found.gaps),
        threads.threads(_first(view), found.traces, using),
        results.results(found.report, dict(zip(using.plurals, levels, strict=True))),
        results.accepted(found.report, today),
        results.changed(found.changes, found.compared),
        opening.signatures(),
        evidence.entries(items, entries),
        evidence.links(list(_records(view)), entries, judged),
        evidence.judgements(found.judgements, found.repairs, entries, judged | repaired),
    )
    return _pack(found, stated, sections)


def _pack(found: Material, stated: str, sections: Sequence[Section]) -> Pack:
    about, overviews = found.about, found.overviews
    facts = [
        ("Plan published by", "; ".join(dict.fromkeys(o.publisher for o in overviews))),
        ("Documents read", "; ".join(about.documents)),
        ("Reading", about.reading),
        ("Edition", about.edition),
        ("Date", _long(stated)),
        ("Data set", about.sha256),
        ("Made with", f"goldenthread {about.version}"),
    ]
    return Pack(
        title="Assurance pack",
        plan="; ".join(o.plan.label for o in overviews) or "No plan",
        standing=about.lines()[0][1],
        date=stated,
        facts=tuple((name, text) for name, text in facts if text),
        sections=numbered(sections),
        sha256=about.sha256,
        version=about.version,
    )


def _long(stated: str) -> str:
    """Return a day as people write it: 1 April 2026."""
    if not stated:
        return ""
    day = date.fromisoformat(stated)
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"


def _items(view: View) -> Iterator[Item]:
    """Yield every entry, document by document in reading order."""
    found = [view.entry(i) for i in view.subjects(RDF + "type", GT + "Entry")]
    for entry in sorted(found, key=lambda e: (e.document, e.spans[:1], e.iri)):
        types = view.values(entry.iri, RDF + "type")
        cls = next((t for t in types if t != GT + "Entry"), GT + "Entry")
        level = view.value(entry.iri, GT + "atLevel")
        known = view.levels.get(level or "")
        kind = known[2] if known else view.dataset.label_of_term(cls)
        things = [
            *view.values(entry.iri, GT + "entryOf"),
            *view.values(entry.iri, GT + "schedules"),
        ]
        named = (_printed(view.node(t), entry) for t in dict.fromkeys(things))
        yield Item(entry, kind, "; ".join(filter(None, named)))


def _printed(node: Node, entry: Entry) -> str:
    """Return what an entry prints or dates, without the words that it has itself."""
    again = node.label.casefold() in one_line(entry.quote).casefold()
    if again:
        return f"{node.level_name} {node.notation}" if node.notation else ""
    return node.name


def _records(view: View) -> Iterator[Record]:
    """Yield every record of a link by relation and upper end, those that are withdrawn too."""
    found = []
    for alignment in view.subjects(RDF + "type", GT + "Alignment"):
        low, prop, high = (view.value(alignment, GT + p) for p in ("from", "property", "to"))
        if low and prop and high:
            found.append((prop, high, low, alignment))
    for prop, high, low, alignment in sorted(found, key=lambda f: tuple(map(natural, f))):
        yield Record(
            view.node(low).name,
            view.dataset.label_of_term(prop),
            view.node(high).name,
            view.evidence(alignment),
            tuple((j, view.label(j)) for j in view.values(alignment, GT + "withdrawnBy")),
        )


def _levels(view: View) -> Iterator[LevelCount]:
    other = View(view.dataset, next(r for r in READINGS if r != view.reading))
    for level, (_, _, name) in view.levels.items():
        things = view.at_level(level)
        yield LevelCount(
            name=name,
            plural=view.value(level, GT + "pluralLabel") or name,
            things=len(things),
            entries=sum(len(view.node(t).entries) for t in things),
            elsewhere=len(other.at_level(level)),
            expects=tuple(_expects(view, level)),
        )


def _expects(view: View, level: str) -> Iterator[str]:
    for iri in view.values(level, GT + "expects"):
        least = view.value(iri, GT + "atLeast") or "1"
        name = view.value(iri, RDFS + "label") or ""
        above = (view.value(iri, GT + "direction") or "").endswith("/above")
        timed = (view.value(iri, GT + "expectedClass") or "") == GT + "Schedule"
        where = "that it serves" if above else "for it" if timed else "under it"
        few = "" if least == "1" else f"at least {least} of: "
        yield f"{few}{name} {where}"


def _plurals(view: View) -> dict[str, str]:
    return {k: view.value(i, GT + "pluralLabel") or n for i, (_, k, n) in view.levels.items()}


def _first(view: View) -> str:
    return next((name for _, _, name in view.levels.values()), "aim")


def _nodes(view: View, matrix: Matrix) -> dict[str, Node]:
    """Return the rows and columns of a matrix that are things of the plan."""
    axes = ((matrix.row_axis, matrix.rows), (matrix.column_axis, matrix.columns))
    return {h.iri: view.node(h.iri) for axis, some in axes if not axis.grouping for h in some}


def _terms(view: View) -> Mapping[str, Sequence[Term]]:
    found = {}
    for key, scheme in _TERMS.items():
        concepts = view.subjects(SKOS + "inScheme", f"{GT}scheme/{scheme}")
        concepts.sort(key=lambda c: rank(view.label(c)))
        found[key] = [
            Term(view.label(c), view.value(c, SKOS + "definition") or "") for c in concepts
        ]
    return found


def _documents(view: View) -> list[Document]:
    found = []
    for iri in view.subjects(RDF + "type", GT + "Document"):
        facts = [
            (name, value)
            for extraction in view.subjects(GT + "extractionOf", iri)
            for prop, name in _FACTS.items()
            for value in view.values(extraction, prop)
        ]
        title = view.value(iri, RDFS + "label") or view.label(iri)
        rights = view.value(iri, PREFIXES["dcterms"] + "rights") or "Licence not known."
        found.append(Document(title, rights, tuple(facts)))
    return found
