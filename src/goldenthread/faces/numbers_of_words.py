"""Numbers of words: characters of a source, what a search finds, answers of the library, terms."""

from collections.abc import Callable, Iterator
from functools import partial

from goldenthread.domain.description import Explanation
from goldenthread.domain.english import capital
from goldenthread.domain.namespaces import GT
from goldenthread.domain.query import Query, fits
from goldenthread.domain.source import Segment, Source
from goldenthread.errors import BadValue, NotFound
from goldenthread.faces.numbers import Asked, Counted, many
from goldenthread.services import (
    asking,
    chaining,
    derivation,
    finding,
    occurring,
    representing,
    sourcing,
)

Known = dict[str, Callable[[], Counted]]
_EVERYTHING = 1_000_000
_SHOWN = 60
_PARTS = ("entries", "runs", "characters")


def of_sources(a: Asked) -> Counted:
    """Return a number of a document's tally: `/sources/annex#runs-action`, `#characters`."""
    documents = sourcing.named(a.dataset)
    if not a.path:
        iris = [iri for iri, _ in documents.values()]
        return a.choose({"": lambda: a.rows("The documents that were read.", iris)})
    name = "/".join(a.path)
    if name not in documents:
        raise NotFound(
            f"There is no document “{name}”.", [(k, t) for k, (_, t) in documents.items()]
        )
    source = sourcing.source(a.dataset, documents[name][0], a.reading)
    remarks = [k.iri for k in source.remarks]
    known: Known = {
        "judged": lambda: a.rows(f"Judgements and repairs that touch {source.title}.", remarks)
    }
    return a.choose(known | dict(_tally(a, source)))


def _tally(a: Asked, source: Source) -> Iterator[tuple[str, Callable[[], Counted]]]:
    every = source.segments
    yield "characters", partial(_runs, a, source, "all of the text", every, "characters")
    for group in dict.fromkeys(s.group for s in every):
        some = [s for s in every if s.group == group]
        told = partial(_runs, a, source, f"counted as {group}", some, "characters")
        yield f"characters-all-{_slug(group)}", told
        for kind in dict.fromkeys(s.kind for s in some):
            runs = [s for s in some if s.kind == kind]
            for what in _PARTS:
                mark = f"{what}-{_slug(group)}-{_slug(kind)}"
                yield mark, partial(_runs, a, source, f"read as {kind}", runs, what)


def _slug(words: str) -> str:
    return words.replace(" ", "-")


def _runs(a: Asked, source: Source, how: str, runs: list[Segment], what: str) -> Counted:
    """Return runs of characters with their places, each with the chain of its entry once."""
    entries = list(dict.fromkeys(r.entry for r in runs if r.entry))
    characters = sum(r.end - r.start for r in runs)
    number = {"entries": len(entries), "runs": len(runs), "characters": characters}[what]
    said = f"{source.short_title}, {how}: {many(number, _one(what), what)}."
    if what != "runs":
        said += f" They stand in {many(len(runs), 'run', 'runs')} of characters."
    if what == "entries":
        return a.rows(said, entries, number)
    told: set[str] = set()
    parts = []
    for run in runs:
        words = " ".join(run.text.split())[:_SHOWN] or "white space"
        place = f"Characters {run.start} to {run.end}, {run.kind}: “{words}”"
        new = run.entry and run.entry not in told
        told.add(run.entry)
        chain = (chaining.why(a.dataset, run.entry, a.reading),) if new else ()
        parts.append(Explanation(run.entry or source.iri, place, (), chain))
    read = (t for e in entries for t in derivation.about(a.dataset, e, a.reading))
    return Counted(said, number, tuple(parts), tuple(read))


def _one(what: str) -> str:
    return {"entries": "entry", "runs": "run", "characters": "character"}[what]


def of_search(a: Asked) -> Counted:
    """Return how many things fit some words, narrowed as the address says."""
    words = a.query.get("q", "").strip()[:200]
    if not words:
        raise BadValue("A search counts nothing without words: /search?q=WORDS.")
    found = finding.find(a.dataset, words, a.reading, dict(a.query), 1, _EVERYTHING)
    said = f"Search for “{words}”: {many(found.total, 'thing', 'things')} found. {found.sentence}"
    return a.choose({"": lambda: a.nodes(said.strip(), (h.node for h in found.hits))})


def of_library(a: Asked) -> Counted:
    """Return a number of questions, or of the rows of an answer."""
    if a.path:
        return a.choose({"": lambda: _answer(a, "/".join(a.path))})
    library = asking.library(a.dataset)
    every = library.all()[0]
    words, audience = a.query.get("q", "").strip()[:200], a.query.get("audience", "")
    shown = [q for q in every if fits(q, words, audience)]

    def told(said: str, queries: list[Query]) -> Counted:
        parts = (Explanation(q.name, f"{q.question} {q.summary}") for q in queries)
        return Counted(said, len(queries), tuple(parts))

    known: Known = {
        "": partial(told, "Questions of the library.", shown),
        "all": partial(told, "All questions of the library.", every),
    }
    for folder in dict.fromkeys(q.folder for q in shown):
        some = [q for q in shown if q.folder == folder]
        known[f"folder-{folder}"] = partial(told, f"Questions of the library: {folder}.", some)
    return a.choose(known)


def _answer(a: Asked, name: str) -> Counted:
    """Return the rows of an answer, each with the things that it names and how they are known."""
    query = asking.library(a.dataset).read(name)
    if query.own:
        raise BadValue(
            "A plan's own question is asked within limits that evidence has not. "
            f"`goldenthread query {name}` shows its rows."
        )
    values = {p.name: a.query[p.name] for p in query.parameters if a.query.get(p.name)}
    found = asking.ask(a.dataset, name, values, a.reading)
    parts, read = [], []
    for number, row in enumerate(found.table(), start=1):
        iris = [v for v in row.values() if representing.exists(a.dataset, v, a.reading)]
        mine = [i for i in dict.fromkeys(iris) if i.startswith(a.dataset.base)]
        words = "; ".join(f"{found.heading(k)}: {v}" for k, v in row.items() if v and v not in mine)
        chains = tuple(chaining.why(a.dataset, i, a.reading) for i in mine)
        subject = mine[0] if mine else a.dataset.base
        parts.append(Explanation(subject, f"Row {number}. {words}", (), chains))
        read += [t for i in mine for t in derivation.about(a.dataset, i, a.reading)]
    said = f"{query.question} {many(len(parts), 'row', 'rows')}."
    return Counted(said, len(parts), tuple(parts), tuple(dict.fromkeys(read)))


def of_terms(a: Asked) -> Counted:
    """Return how many terms there are, or how often one is used: `/ontology#use-Action`."""
    terms = representing.terms(a.dataset)
    known: Known = {}
    for kind in dict.fromkeys(t.kind for t in terms):
        some = tuple(
            Explanation(t.iri, f"{capital(t.label)}: {t.definition}")
            for t in terms
            if t.kind == kind
        )
        known[f"all-{kind}"] = partial(Counted, f"Terms of the ontology: {kind}.", len(some), some)
    for term in terms:
        name = "use-" + term.iri.removeprefix(GT)
        known[name] = partial(_used, a, term.iri, term.label)
    return a.choose(known)


def _used(a: Asked, iri: str, label: str) -> Counted:
    found = occurring.statements(a.dataset, iri, a.reading)
    said = f"{capital(label)}: {many(len(found), 'statement', 'statements')} in this plan."
    parts = tuple(
        Explanation(s.strip("<>"), derivation.in_words(a.dataset, (s, p, o), a.reading))
        for s, p, o in found
    )
    return Counted(said, len(found), parts, tuple(found))
