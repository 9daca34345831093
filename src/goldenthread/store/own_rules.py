"""Read the rules that a workspace adds, and refuse what would make them unsafe or hard to read.

They are held to what ours are: a rule without its reason and its remedy helps nobody. Nothing that
they name is fetched, and their SPARQL is read as a stranger's would be.
"""

import re
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox

from goldenthread.domain.identifiers import local_name
from goldenthread.domain.namespaces import GT, PREFIXES, RDF, RDFS, SH, SHAPE
from goldenthread.domain.rule import SEVERITIES, Rule
from goldenthread.errors import BadQuery, Unreadable
from goldenthread.store.guard import guard
from goldenthread.store.rules import rule, rules, with_concepts

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_CHECKS = ("reading-checked", "data-checked", "ontology-checked")
# What a rule must say, in the order of the sentence that says what lacks.
_DEMANDED = {
    RDFS + "label": "what breaks it in a few words (rdfs:label)",
    SH + "message": "the sentence of its results (sh:message)",
    SH + "severity": "its severity (sh:severity: sh:Violation, sh:Warning or sh:Info)",
    GT + "why": "why it matters (gt:why)",
    GT + "mend": "how to mend it (gt:mend)",
    GT + "group": "its group (gt:group, such as gtc:completeness)",
}
# Beyond SHACL Core and SPARQL constraints: code, rules that add data, targets that ask anything.
_REFUSED = {
    SH + name: f"sh:{name}"
    for name in (
        *("js", "jsLibrary", "JSConstraint", "rule", "target", "expression", "ask", "construct"),
        *("ConstraintComponent", "SPARQLFunction", "JSFunction", "SPARQLTarget", "SPARQLRule"),
        *("shapesGraph", "entailment", "validator", "nodeValidator", "propertyValidator", "update"),
    )
}


def own_rules(path: Path) -> tuple[Rule, ...]:
    """Return the rules of a file.

    Raises:
        Unreadable: it is no Turtle, a rule lacks what rules must say, it speaks of rules or terms
            that ship, or uses what is refused; says which and where.
    """
    file = _File(path)
    found = tuple(file.rule(n) for n in file.rules())
    if not found:
        file.refuse(
            "", "This file holds no rule: no shape with a target, such as sh:targetClass. Add one."
        )
    file.prove()
    return found


class _File:
    """One file of rules, with what errors say of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = with_concepts()
        try:
            self.text = path.read_text(encoding="utf-8")
            # Bytes, never a path or an address: what a parser is given to open it may fetch.
            quads = list(ox.parse(self.text.encode("utf-8"), format=ox.RdfFormat.TURTLE))
        except SyntaxError as error:
            raise Unreadable(str(error.msg), str(path), error.lineno, error.offset) from error
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(f"{error}. Save it as text in UTF-8.", str(path)) from error
        self.triples = [q.triple for q in quads]
        for t in self.triples:
            self._may(t)
        self.store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in self.triples)

    def refuse(self, iri: str, message: str) -> NoReturn:
        """Raise what is wrong, at the first line that names a term."""
        name = local_name(iri) if iri else ""
        lines = self.text.splitlines()
        line = next((n for n, t in enumerate(lines, 1) if name and name in t), None)
        raise Unreadable(message, str(self.path), line)

    def _may(self, t: ox.Triple) -> None:
        if isinstance(t.subject, ox.NamedNode) and t.subject.value.startswith((SHAPE, GT)):
            self.refuse(
                t.subject.value,
                f"It speaks of {_short(t.subject.value)}, which ships and is not changed by a "
                "plan's own files. Give your rule an IRI of your own, such as one that begins with "
                "your council's address; to drop one of ours or change its severity, write a "
                "profile.",
            )
        if isinstance(t.object, ox.NamedNode) and t.object.value in _shipped():
            self.refuse(
                t.object.value,
                f"It is made of {_short(t.object.value)}, which is checked by itself. Say what you "
                "need of it in a shape of your own.",
            )
        for term in (t.predicate, t.object):
            if isinstance(term, ox.NamedNode) and term.value in _REFUSED:
                self.refuse(
                    term.value,
                    f"{_REFUSED[term.value]} is refused: rules here are SHACL Core and SPARQL "
                    "constraints with sh:select, which only read. Say it with those.",
                )

    def rules(self) -> list[ox.NamedNode]:
        """Return the nodes of the rules, sorted: what has a target or a group."""
        marks = {SH + t for t in _TARGETS} | {GT + "group"}
        found = {t.subject for t in self.triples if t.predicate.value in marks}
        if any(not isinstance(n, ox.NamedNode) for n in found):
            self.refuse("targetClass", "A rule without an IRI cannot be linked to. Name it.")
        return sorted((n for n in found if isinstance(n, ox.NamedNode)), key=lambda n: n.value)

    def rule(self, node: ox.NamedNode) -> Rule:
        """Return a rule that says all it must."""
        said = {t.predicate.value: t.object for t in self.triples if t.subject == node}
        name = local_name(node.value)
        if not _NAME.fullmatch(name):
            self.refuse(
                node.value,
                f"The last part of the IRI of a rule is its name: letters, digits and hyphens, "
                f"such as Action-budget. Rename {node.value}.",
            )
        lacking = [words for prop, words in _DEMANDED.items() if prop not in said]
        if lacking:
            self.refuse(node.value, f"The rule {name} lacks {', and '.join(lacking)}. Add it.")
        severity = said[SH + "severity"]
        if getattr(severity, "value", None) not in SEVERITIES.values():
            self.refuse(
                node.value,
                f"The severity of {name} is none of sh:Violation, sh:Warning and sh:Info.",
            )
        made = rule(self.store, node, str(self.path))
        if f"{made.checks or 'reading'}-checked" not in _CHECKS:
            self.refuse(
                node.value,
                f"What {name} looks at (gt:checks) is none of gtc:reading-checked, "
                "gtc:data-checked and gtc:ontology-checked. Leave it out for the first.",
            )
        if made.group.startswith("http"):
            self.refuse(
                node.value,
                f"The group of {name} has no label. Take one of ours, such as gtc:completeness, "
                "or give yours a skos:prefLabel in this file.",
            )
        return made

    def prove(self) -> None:
        """Read the SPARQL of the file as a stranger's: it may only read, and only what is here."""
        for t in self.triples:
            if t.predicate.value != SH + "select":
                continue
            text = t.object.value if isinstance(t.object, ox.Literal) else ""
            try:
                guard(text, ())
                # Stands in for what the validator puts there; prefixes are those of sh:prefixes.
                ox.Store().query(text.replace("$PATH", f"<{RDF}type>"), prefixes=self._prefixes())
            except BadQuery as error:
                self.refuse(SH + "select", str(error))
            except (SyntaxError, ValueError) as error:
                self.refuse(SH + "select", f"The query of sh:select cannot be read: {error}")

    def _prefixes(self) -> dict[str, str]:
        """Return the prefixes that a query of the file may use: declared here, or ours."""
        found = dict(PREFIXES)
        declared = ox.NamedNode(SH + "namespace")
        for t in self.triples:
            if t.predicate.value == SH + "prefix" and isinstance(t.object, ox.Literal):
                for quad in self.store.quads_for_pattern(t.subject, declared, None):
                    if isinstance(quad.object, ox.Literal):
                        found[t.object.value] = quad.object.value
        return found


def _shipped() -> set[str]:
    return {r.iri for r in rules()}


def _short(iri: str) -> str:
    return "shape:" + iri.removeprefix(SHAPE) if iri.startswith(SHAPE) else iri
