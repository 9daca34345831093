"""Prove statements: from what is written in which file, by which rules, back to the words."""

import hashlib
import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from goldenthread.domain.identifiers import local_name, short_id
from goldenthread.domain.namespaces import (
    BASE,
    CONCEPT,
    DCTERMS,
    GT,
    OWL,
    PROV,
    RDF,
    RDFS,
    prefixed,
)
from goldenthread.domain.proof import Proof, Statement, Step, Triple, plain
from goldenthread.domain.table import About
from goldenthread.domain.thread import Link
from goldenthread.errors import NotFound
from goldenthread.store import lookup, rdf
from goldenthread.store.dataset import Dataset
from goldenthread.store.places import places
from goldenthread.store.replaying import Replay, replay
from goldenthread.store.statements import Sheet, iris
from goldenthread.store.terms import node, text
from goldenthread.store.view import View

RULES = "https://w3id.org/goldenthread/rule/"
_THREE = 3
_ABSENT = re.compile(r"<[^>]*>|\?\w+|\"(?:[^\"\\]|\\.)*\"(?:\^\^<[^>]*>)?")


def about(dataset: Dataset, iri: str, reading: str = "corrected") -> list[Triple]:
    """Return what a reading says of a node, and which entries print it, as statements."""
    graph, subject = dataset.reading(reading), node(iri)
    found = list(dataset.store.quads_for_pattern(subject, None, None, graph))
    found += dataset.store.quads_for_pattern(None, node(GT + "entryOf"), subject, graph)
    return sorted((str(q.subject), str(q.predicate), str(q.object)) for q in found)


def parse(dataset: Dataset, asked: str, reading: str = "corrected") -> Triple | None:
    """Return the statement that three words mean: two ids with a property between; else None.

    Args:
        dataset: the data set.
        asked: `action/sow supports service-priority/1.4`, with ids, prefixed names or full IRIs.
        reading: the reading to look in.

    Raises:
        NotFound: the property is one, but an id is not there or nothing says this.
    """
    parts = asked.split()
    if len(parts) != _THREE:
        return None
    prop = _property(dataset, parts[1])
    if prop is None:
        return None
    subject, value = (lookup.resolve(dataset, p.strip("<>"), reading) for p in (parts[0], parts[2]))
    triple = (f"<{subject}>", f"<{prop}>", f"<{value}>")
    if not replay(dataset, reading).holds(triple):
        raise NotFound(
            f"Nothing says that {parts[0]} {dataset.label_of_term(prop)} {parts[2]} in this "
            "reading. A link points up: from what serves to what it serves."
        )
    return triple


def _property(dataset: Dataset, word: str) -> str | None:
    plain_word = word.strip("<>")
    wanted = GT + plain_word.removeprefix("gt:") if "://" not in plain_word else plain_word
    known = {OWL + "ObjectProperty", OWL + "DatatypeProperty"} & {
        text(q.object)
        for q in dataset.store.quads_for_pattern(
            node(wanted), node(RDF + "type"), None, dataset.ontology()
        )
    }
    return wanted if known else None


def prove(dataset: Dataset, proved: Iterable[Triple], reading: str = "corrected") -> Proof:
    """Return the statements that some rest on, each after what it rests on itself.

    Where a rule gives a statement in several ways, the shortest is told.

    Args:
        dataset: the data set.
        proved: statements of the reading, as `about` and `parse` return them.
        reading: `corrected` or `printed`.
    """
    made, view = replay(dataset, reading), View(dataset, reading)
    wanted = tuple(dict.fromkeys(t for t in proved if made.holds(t)))
    found: dict[Triple, Statement] = {}
    lines = {iri: (p.file.name, p.line) for iri, p in places(dataset).items()}
    waiting: list[tuple[Triple, Step | None]] = [(t, None) for t in reversed(wanted)]
    opened: set[Triple] = set()
    while waiting:
        triple, step = waiting.pop()
        if triple in found:
            continue
        if triple in opened:
            found[triple] = _statement(view, made, triple, step, lines)
            continue
        opened.add(triple)
        ways = made.steps(triple)
        first = ways[0] if ways else None
        waiting.append((triple, first))
        waiting += [(p, None) for p in reversed(first.premises) if p not in found] if first else []
    return Proof(reading, wanted, tuple(found.values()))


def _statement(
    view: View,
    made: Replay,
    triple: Triple,
    step: Step | None,
    lines: dict[str, tuple[str, int]],
) -> Statement:
    subject = plain(triple[0])
    entry = view.entry(subject) if view.value(subject, GT + "place") else None
    if step is not None and step.absent:
        absent = tuple(_absent(view, a) for a in step.absent)
        step = Step(step.rule, step.premises, absent)
    return Statement(
        triple,
        " ".join(_words(view, triple)),
        tuple(_where(f, lines.get(subject)) for f in made.files.get(triple, ())),
        step,
        entry if entry and entry.quote else None,
    )


def in_words(dataset: Dataset, triple: Triple, reading: str = "corrected") -> str:
    """Return a statement in words, each thing by level, number and words."""
    return " ".join(_words(View(dataset, reading), triple))


def statement(link: Link) -> Triple:
    """Return the statement that a link is."""
    return f"<{link.source}>", f"<{GT}{link.predicate}>", f"<{link.target}>"


def _where(file: str, place: tuple[str, int] | None) -> str:
    return f"{file}, line {place[1]}" if place and place[0] == file else file


def _absent(view: View, pattern: str) -> str:
    """Return what nothing may say, in words; what may be anything is called so."""
    return " ".join(_words(view, tuple(_ABSENT.findall(pattern))))


def _words(view: View, terms: tuple[str, ...]) -> Iterator[str]:
    for place, term in enumerate(terms):
        if term.startswith("?"):
            yield "anything"
        elif place == 1:
            kind = term == f"<{RDF}type>"
            yield "is of the class" if kind else view.dataset.label_of_term(plain(term))
        elif term.startswith("<"):
            yield _name(view, plain(term))
        else:
            yield f"“{_term(term).value}”"


def _name(view: View, iri: str) -> str:
    """Return what people call a node: an entry by its place, a thing by level, number and words."""
    if where := view.value(iri, GT + "place"):
        return f"[{where}]"
    if view.value(iri, GT + "atLevel"):
        return f"[{view.node(iri).name}]"
    if iri.startswith(GT) and not iri.startswith(CONCEPT):
        return view.dataset.label_of_term(iri)
    if not iri.startswith((view.dataset.base, CONCEPT)):
        return prefixed(iri) or iri
    label = view.label(iri)
    return f"[{label if label != local_name(iri) else short_id(iri)}]"


def to_rdf(dataset: Dataset, proof: Proof, form: str, about: About | None = None) -> bytes:
    """Return a proof in PROV-O, with what it says of the entries and their words.

    Each statement is a `prov:Entity`, derived from those that its rule read, generated by an
    activity whose plan is the rule; what is written about an entry is derived from that entry.

    Args:
        dataset: the data set.
        proof: the proof.
        form: `ttl`, `jsonld`, `nt` or `rdf`.
        about: where it comes from, which is described too; left out where None.
    """
    sheet = Sheet()
    entries: dict[str, None] = {}
    for rule in proof.rules:
        sheet.say(RULES + rule.name, RDF + "type", *iris(PROV, "Plan"))
        sheet.say(RULES + rule.name, RDFS + "label", rule.name)
        sheet.say(RULES + rule.name, DCTERMS + "description", rule.summary)
    for said in proof.statements:
        _said(sheet, said)
        if said.entry:
            entries[said.entry.iri] = None
    found = {*sheet.triples, *rdf.part(dataset, proof.reading, entries)}
    return rdf.write({*found, *(rdf.described(about) if about else ())}, form)


def _said(sheet: Sheet, said: Statement) -> None:
    me = _iri("statement", said.triple)
    sheet.say(me, RDF + "type", *iris(RDF, "Statement"), *iris(PROV, "Entity"))
    for prop, term in zip(("subject", "predicate", "object"), said.triple, strict=True):
        sheet.say(me, RDF + prop, _term(term))
    sheet.say(me, RDFS + "label", said.text)
    for where in said.written:
        sheet.say(me, DCTERMS + "source", where)
    if said.entry and said.step is None:
        sheet.say(me, PROV + "wasDerivedFrom", ox.NamedNode(said.entry.iri))
    if said.step is None:
        return
    activity = _iri("derivation", said.triple)
    sheet.say(me, PROV + "wasGeneratedBy", ox.NamedNode(activity))
    sheet.say(activity, RDF + "type", *iris(PROV, "Activity"))
    sheet.say(activity, PROV + "qualifiedAssociation", ox.NamedNode(activity + "/rule"))
    sheet.say(activity + "/rule", RDF + "type", *iris(PROV, "Association"))
    plan = ox.NamedNode(RULES + said.step.rule.name)
    sheet.say(activity + "/rule", PROV + "hadPlan", plan)
    for premise in said.step.premises:
        read = ox.NamedNode(_iri("statement", premise))
        sheet.say(me, PROV + "wasDerivedFrom", read)
        sheet.say(activity, PROV + "used", read)


def _iri(kind: str, triple: Triple) -> str:
    return f"{BASE}{kind}/{hashlib.sha256(' '.join(triple).encode()).hexdigest()[:16]}"


def _term(term: str) -> ox.NamedNode | ox.Literal:
    """Return a term from the way that N-Triples writes it; a blank node by its name."""
    line = f"<urn:s> <urn:p> {term} .".encode()
    value = next(iter(ox.parse(line, ox.RdfFormat.N_TRIPLES))).object
    return value if isinstance(value, ox.NamedNode | ox.Literal) else ox.Literal(term)
