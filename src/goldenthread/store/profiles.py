"""Read profiles: which rules a plan is held to, and how severely, as files say it."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph as ox

from goldenthread.domain.identifiers import local_name
from goldenthread.domain.namespaces import GT, RDF, RDFS, SKOS
from goldenthread.domain.profile import Profile
from goldenthread.domain.rule import Rule
from goldenthread.errors import Unreadable

_CHOICES = {
    GT + "leavesOutRule": "",
    GT + "mustFix": "must fix",
    GT + "shouldFix": "should fix",
    GT + "asNote": "note",
}


def profiles(path: Path, rules: Mapping[str, Rule], *, own: bool = False) -> list[Profile]:
    """Return the profiles of a file, by name.

    Args:
        path: a Turtle file.
        rules: the rules that there are, by IRI.
        own: whether the file is a workspace's.

    Raises:
        Unreadable: it is no Turtle, holds no profile, or a profile lacks what it must say, names
            a rule that is not there or gives one rule two severities.
    """
    try:
        triples = [q.triple for q in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise Unreadable(str(error.msg), str(path), error.lineno, error.offset) from error
    except OSError as error:
        raise Unreadable(f"{error}. Check that the file is there.", str(path)) from error
    kind = (RDF + "type", GT + "Profile")
    found = [
        t.subject.value
        for t in triples
        if isinstance(t.subject, ox.NamedNode)
        and isinstance(t.object, ox.NamedNode)
        and (t.predicate.value, t.object.value) == kind
    ]
    if not found:
        raise Unreadable("This file holds no profile (a gt:Profile). Add one.", str(path))
    return [_profile(path, triples, iri, rules, own=own) for iri in sorted(found)]


def _profile(
    path: Path, triples: Iterable[ox.Triple], iri: str, rules: Mapping[str, Rule], *, own: bool
) -> Profile:
    said = [t for t in triples if isinstance(t.subject, ox.NamedNode) and t.subject.value == iri]
    name = local_name(iri)

    def value(prop: str, words: str) -> str:
        for t in said:
            if t.predicate.value == prop and isinstance(t.object, ox.Literal):
                return t.object.value
        raise Unreadable(f"The profile {name} lacks {words}. Add it.", str(path))

    chosen: dict[str, str] = {}
    for t in said:
        if t.predicate.value not in _CHOICES:
            continue
        rule = t.object.value if isinstance(t.object, ox.NamedNode) else str(t.object)
        if rule not in rules:
            raise Unreadable(_unknown(name, rule, rules), str(path), _line(path, rule))
        if rule in chosen:
            raise Unreadable(
                f"The profile {name} says two things of {rules[rule].id}. Keep one.",
                str(path),
                _line(path, rule),
            )
        chosen[rule] = _CHOICES[t.predicate.value]
    return Profile(
        name=name,
        label=value(RDFS + "label", "a label (rdfs:label), such as “a draft plan”"),
        use=value(SKOS + "scopeNote", "for whom it is and when (skos:scopeNote)"),
        without=frozenset(r for r, severity in chosen.items() if not severity),
        severities={r: severity for r, severity in chosen.items() if severity},
        own=own,
    )


def _unknown(profile: str, iri: str, rules: Mapping[str, Rule]) -> str:
    names = {r.name: r.id for r in rules.values()}
    near = [names[n] for n in get_close_matches(local_name(iri), names, 3, 0.4)]
    told = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"The profile {profile} names the rule <{iri}>, which is not there.{told}"


def _line(path: Path, iri: str) -> int | None:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, t in enumerate(lines, 1) if local_name(iri) in t), None)
