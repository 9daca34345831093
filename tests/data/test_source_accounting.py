"""Every character of every source is accounted for, and what quotes it quotes it exactly.

Generic: it reads whatever plans stand in `data/`, by their extractions and excerpts.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
PLANS = sorted(path.parent for path in DATA.glob("*/plan.ttl"))
GT = "https://w3id.org/goldenthread/ontology/"
OA = "http://www.w3.org/ns/oa#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


class Span(NamedTuple):
    """One excerpt: where it stands, what it quotes, and whose it is."""

    iri: str
    source: str
    start: int
    end: int
    exact: str
    owners: frozenset[str]
    furniture: bool


def gt(name: str) -> ox.NamedNode:
    """Return a term of the ontology."""
    return ox.NamedNode(GT + name)


def values(store: ox.Store, subject: str, predicate: ox.NamedNode) -> list[str]:
    """Return the values of a property, sorted."""
    found = store.quads_for_pattern(ox.NamedNode(subject), predicate, None)
    return sorted(quad.object.value for quad in found)


def subjects(store: ox.Store, cls: str) -> list[str]:
    """Return the nodes typed as a class of the ontology, sorted."""
    return sorted(q.subject.value for q in store.quads_for_pattern(None, RDF_TYPE, gt(cls)))


def load(plan: Path) -> ox.Store:
    """Return the Turtle of a plan's folder in one store, without anything derived."""
    store = ox.Store()
    for path in sorted(plan.glob("*.ttl")):
        store.load(path.read_bytes(), ox.RdfFormat.TURTLE)
    return store


def sources(plan: Path, store: ox.Store) -> dict[str, bytes]:
    """Return the bytes of each extraction that the plan declares, by its IRI."""
    return {
        iri: (plan / values(store, iri, gt("file"))[0]).read_bytes()
        for iri in subjects(store, "Extraction")
    }


def spans(store: ox.Store) -> list[Span]:
    """Return the excerpts and furniture of a store, in the order of the text."""
    furniture = set(subjects(store, "Furniture"))
    found = [
        Span(
            iri,
            values(store, iri, ox.NamedNode(OA + "hasSource"))[0],
            int(values(store, iri, ox.NamedNode(OA + "start"))[0]),
            int(values(store, iri, ox.NamedNode(OA + "end"))[0]),
            values(store, iri, ox.NamedNode(OA + "exact"))[0],
            frozenset(
                quad.subject.value
                for quad in store.quads_for_pattern(None, gt("excerpt"), ox.NamedNode(iri))
            ),
            iri in furniture,
        )
        for iri in {*subjects(store, "Excerpt"), *furniture}
    ]
    return sorted(found, key=lambda span: (span.source, span.start, -span.end, span.iri))


def digest_problems(store: ox.Store, texts: dict[str, bytes]) -> list[str]:
    """Return the extractions whose hash or length is not that of their file."""
    problems = []
    for iri, raw in texts.items():
        if values(store, iri, gt("sha256")) != [hashlib.sha256(raw).hexdigest()]:
            problems.append(f"{iri}: gt:sha256 is not the file's")
        length = str(len(raw.decode("utf-8")))
        if values(store, iri, gt("length")) != [length]:
            problems.append(f"{iri}: gt:length is not {length}, the code points of the file")
    return problems


def slice_problems(store: ox.Store, texts: dict[str, bytes]) -> list[str]:
    """Return the excerpts that do not quote the slice they name, or are named for another."""
    problems = []
    for span in spans(store):
        printed = texts[span.source].decode("utf-8")[span.start : span.end]
        if span.exact != printed:
            problems.append(f"{span.iri}: quotes {span.exact!r}, the source has {printed!r}")
        if span.iri != f"{span.source}#char={span.start},{span.end}":
            problems.append(f"{span.iri}: stands at {span.start},{span.end} of {span.source}")
    return problems


def account_problems(store: ox.Store, texts: dict[str, bytes]) -> list[str]:
    """Return the runs of characters that no entry's excerpt, furniture or mark accounts for."""
    problems = [
        f"{span.iri}: is no entry's excerpt"
        for span in spans(store)
        if not span.furniture and not span.owners
    ]
    for iri, raw in texts.items():
        text = raw.decode("utf-8")
        marks = "".join(values(store, iri, gt("markCharacters")))
        loose = [not (char.isspace() or char in marks) for char in text]
        for span in spans(store):
            if span.source == iri and (span.owners or span.furniture):
                loose[span.start : span.end] = [False] * (span.end - span.start)
        flags = "".join("x" if is_loose else "." for is_loose in loose)
        problems += [
            f"{iri}#char={run.start()},{run.end()}: {text[run.start() : run.end()]!r} is lost"
            for run in re.finditer("x+", flags)
        ]
    return problems


def overlap_problems(store: ox.Store, texts: dict[str, bytes]) -> list[str]:
    """Return the excerpts that share characters though neither entry is nested in the other."""
    parents = {
        q.subject.value: q.object.value for q in store.quads_for_pattern(None, gt("inEntry"), None)
    }
    problems = []
    for source in texts:
        ordered = [span for span in spans(store) if span.source == source]
        for place, outer in enumerate(ordered):
            for inner in ordered[place + 1 :]:
                if inner.start >= outer.end:
                    break
                nested = inner.end <= outer.end and any(
                    parents.get(child) == parent and child != parent
                    for child in inner.owners
                    for parent in outer.owners
                )
                if not nested:
                    problems.append(f"{inner.iri} overlaps {outer.iri}")
    return problems


def identity_problems(store: ox.Store, _texts: dict[str, bytes]) -> list[str]:
    """Return the entries that are two items under one name, or whose parts have no order."""
    problems = []
    starts = {span.iri: (span.start, span) for span in spans(store)}
    for entry in subjects(store, "Entry"):
        for predicate in (LABEL, gt("place"), gt("edge"), gt("order")):
            found = values(store, entry, predicate)
            if len(found) != 1:
                problems.append(f"{entry}: {predicate.value} is {found}, not one value")
        parts = values(store, entry, gt("excerpt"))
        orders = [int(o) for part in parts for o in values(store, part, gt("order"))]
        if sorted(orders) != list(range(1, len(parts) + 1)):
            problems.append(f"{entry}: its parts are numbered {orders}")
        in_text = sorted(parts, key=lambda part: starts[part][0])
        if [values(store, part, gt("order")) for part in in_text] != [
            [str(n)] for n in range(1, len(parts) + 1)
        ]:
            problems.append(f"{entry}: its parts are not in the order of the text")
        if entry in values(store, entry, gt("inEntry")):
            problems.append(f"{entry}: is nested in itself")
    return problems


CHECKS = {
    check.__name__: check
    for check in (
        digest_problems,
        slice_problems,
        account_problems,
        overlap_problems,
        identity_problems,
    )
}
CASES = [
    pytest.param(plan, name, id=f"{plan.name}-{name}") for plan in PLANS for name in sorted(CHECKS)
]


@pytest.mark.parametrize(("plan", "name"), CASES)
def test_sources_and_excerpts_agree(plan: Path, name: str) -> None:
    """Guards that nothing printed is left out, quoted wrongly or claimed twice."""
    store = load(plan)
    problems = CHECKS[name](store, sources(plan, store))
    assert not problems, "\n".join(problems)


def test_there_is_something_to_account_for() -> None:
    """Guards the tests above against running over no plan, no source or no excerpt."""
    assert PLANS, f"no plan under {DATA}"
    declared = Counter({plan.name: len(sources(plan, load(plan))) for plan in PLANS})
    assert declared.total() > 0, "no plan declares an extraction"
    counted = [len(spans(load(plan))) for plan in PLANS if declared[plan.name]]
    assert all(counted), f"a plan with a source has no excerpt: {counted}"


@pytest.mark.parametrize("folder", PLANS, ids=lambda plan: plan.name)
def test_every_source_file_is_declared(folder: Path) -> None:
    """Guards against a source file that ships but that no extraction speaks of."""
    store = load(folder)
    declared = {values(store, iri, gt("file"))[0] for iri in subjects(store, "Extraction")}
    present = {
        path.relative_to(folder).as_posix() for path in folder.glob("sources/*") if path.is_file()
    }
    assert declared == present


def with_sources() -> Path:
    """Return the first plan that has a source."""
    return next(plan for plan in PLANS if sources(plan, load(plan)))


def new_problems(name: str, store: ox.Store, texts: dict[str, bytes]) -> list[str]:
    """Return what a check says of a tampered copy and does not say of the shipped plan."""
    folder = with_sources()
    clean = load(folder)
    before = set(CHECKS[name](clean, sources(folder, clean)))
    return [problem for problem in CHECKS[name](store, texts) if problem not in before]


def without(store: ox.Store, iri: str) -> None:
    """Remove everything said of and with a node."""
    node = ox.NamedNode(iri)
    gone = [*store.quads_for_pattern(node, None, None), *store.quads_for_pattern(None, None, node)]
    for quad in gone:
        store.remove(quad)


def test_a_changed_character_is_caught() -> None:
    """Guards the guard: one other letter, at the same length, fails hash and quote alike."""
    store = load(with_sources())
    texts = sources(with_sources(), store)
    span = next(span for span in spans(store) if span.owners)
    text = texts[span.source].decode("utf-8")
    other = "x" if text[span.start] != "x" else "y"
    changed = text[: span.start] + other + text[span.start + 1 :]
    texts[span.source] = changed.encode("utf-8")
    assert len(new_problems("digest_problems", store, texts)) == 1
    found = new_problems("slice_problems", store, texts)
    assert any(problem.startswith(span.iri) for problem in found), found


def test_an_added_character_is_caught() -> None:
    """Guards the guard: a character put in moves what follows and belongs to nobody."""
    store = load(with_sources())
    texts = sources(with_sources(), store)
    iri = min(texts)
    texts[iri] += b"x"
    assert len(new_problems("digest_problems", store, texts)) == 2
    assert len(new_problems("account_problems", store, texts)) == 1


def test_a_dropped_excerpt_is_caught() -> None:
    """Guards the guard: without one excerpt its words are lost, and are named."""
    store = load(with_sources())
    texts = sources(with_sources(), store)
    span = max(spans(store), key=lambda span: span.end - span.start)
    without(store, span.iri)
    found = new_problems("account_problems", store, texts)
    assert found, "a dropped excerpt went unnoticed"
    assert span.exact.split()[0] in found[0]


def test_an_excerpt_that_reaches_too_far_is_caught() -> None:
    """Guards the guard: two entries may not claim the same characters."""
    store = load(with_sources())
    texts = sources(with_sources(), store)
    by_source = defaultdict(list)
    for span in spans(store):
        by_source[span.source].append(span)
    top = by_source[min(by_source)]
    first, second = top[0], next(span for span in top if span.start >= top[0].end)
    without(store, first.iri)
    end = second.start + 1
    grown = ox.NamedNode(f"{first.source}#char={first.start},{end}")
    exact = texts[first.source].decode("utf-8")[first.start : end]
    owner = ox.NamedNode(min(first.owners))
    for quad in (
        ox.Quad(grown, RDF_TYPE, gt("Excerpt")),
        ox.Quad(grown, ox.NamedNode(OA + "hasSource"), ox.NamedNode(first.source)),
        ox.Quad(grown, ox.NamedNode(OA + "start"), ox.Literal(first.start)),
        ox.Quad(grown, ox.NamedNode(OA + "end"), ox.Literal(end)),
        ox.Quad(grown, ox.NamedNode(OA + "exact"), ox.Literal(exact)),
        ox.Quad(owner, gt("excerpt"), grown),
    ):
        store.add(quad)
    assert not new_problems("slice_problems", store, texts), "the grown excerpt is true to the text"
    found = new_problems("overlap_problems", store, texts)
    assert found == [f"{second.iri} overlaps {grown.value}"]
