"""Tell in words why something is said: the chain back to entries, rules and judgements."""

from collections.abc import Iterator

from goldenthread.domain.description import Explanation, JudgementCard
from goldenthread.domain.english import capital
from goldenthread.domain.identifiers import natural, short_id
from goldenthread.domain.namespaces import GT, OA, PROV, RDF
from goldenthread.domain.proof import Triple, plain
from goldenthread.domain.thread import Entry, Evidence, Link, Node
from goldenthread.errors import NotFound
from goldenthread.store import assessed, judged
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import HOPS, View

# So many entries of a row, a cell or a document are told with their words; the rest are counted.
_TOLD = 40


def why(dataset: Dataset, iri: str, reading: str = "corrected") -> Explanation:
    """Return the chain of evidence from a node back to the words, rules and judgements.

    Raises:
        NotFound: nothing is said of the IRI in this reading.
    """
    view = View(dataset, reading)
    if not view.exists(iri):
        raise NotFound(f"Nothing here has the IRI {iri}. Search for its words.")
    return _decided(view, iri) or _printing(view, iri) or _thing(view, iri)


def _decided(view: View, iri: str) -> Explanation | None:
    """Return the chain of what somebody decided, or of a record of a link; else None."""
    types = view.values(iri, RDF + "type")
    if GT + "Judgement" in types:
        return _judgement(judged.card(view, iri))
    if GT + "Repair" in types:
        return _judgement(next(c for c in judged.repair_cards(view) if c.iri == iri))
    return _alignment(view, view.evidence(iri)) if GT + "Alignment" in types else None


def _printing(view: View, iri: str) -> Explanation | None:
    """Return the chain of what is a part of a document, down to a run of words; else None."""
    if view.value(iri, OA + "exact") is not None:
        return _excerpt(view, iri)
    if view.value(iri, GT + "place"):
        return _entry(view, iri)
    return None if view.value(iri, GT + "atLevel") else _within(view, iri)


def why_statement(
    dataset: Dataset, triple: Triple, reading: str = "corrected"
) -> tuple[Explanation, ...]:
    """Return the chain of each way in which a statement between two nodes is known."""
    view = View(dataset, reading)
    subject, prop, value = map(plain, triple)
    if link := view.link(subject, prop.removeprefix(GT), value).evidence:
        return tuple(_alignment(view, e) for e in link)
    return tuple(_entry(view, i) for i in (subject, value) if view.value(i, GT + "place"))


def _thing(view: View, iri: str) -> Explanation:
    thing = view.node(iri)
    entries = [_entry(view, e) for e in _printed(view, iri)]
    links = [_link(view, view.link(iri, hop, end), view.node(end)) for hop, end in _up(view, iri)]
    decided = [_judgement(c) for c in judged.about(view, iri)]
    times = len(entries)
    said = "is printed once" if times == 1 else f"is printed {times} times"
    if (file := view.value(iri, GT + "file")) is not None:
        said = f"is {file}, SHA-256 {view.value(iri, GT + 'sha256') or 'not recorded'}"
    elif not times:
        said = "is not printed in any document: it is known from the plan's data alone"
    return Explanation(
        iri, f"{capital(thing.name)} {said}.", thing.entries, (*entries, *links, *decided)
    )


def _up(view: View, iri: str) -> list[tuple[str, str]]:
    found = [(hop, end) for hop in HOPS for end in view.values(iri, GT + hop)]

    def place(step: tuple[str, str]) -> tuple[object, ...]:
        node = view.node(step[1])
        return node.order, natural(node.notation or "~"), natural(node.iri)

    return sorted(found, key=place)


def _printed(view: View, iri: str) -> list[str]:
    model = view.value(iri, PROV + "wasDerivedFrom")
    return sorted(view.subjects(GT + "entryOf", iri), key=lambda e: (e != model, natural(e)))


def _within(view: View, iri: str) -> Explanation | None:
    """Return what stands in a part of a document: in a cell, a row, a table, a document."""
    entries = [
        e
        for prop in ("inCell", "readInRow", "inEntry", "heads", "inDocument")
        for e in view.subjects(GT + prop, iri)
        if view.value(e, GT + "place")
    ]
    entries += [
        e for c in view.subjects(GT + "inRow", iri) for e in view.subjects(GT + "inCell", c)
    ]
    unique = sorted(dict.fromkeys(entries), key=natural)
    if not unique:
        return None
    node = view.node(iri)
    told = tuple(view.entry(e) for e in unique[:_TOLD])
    rest = f", the first {_TOLD} of them here" if len(unique) > _TOLD else ""
    repairs = _repairs(view, iri)
    count = f"{len(unique)} {'entry' if len(unique) == 1 else 'entries'}"
    verb = "stands" if len(unique) == 1 else "stand"
    sentence = f"{capital(node.name)}: {count} {verb} in it{rest}."
    return Explanation(iri, sentence, told, repairs)


def _excerpt(view: View, iri: str) -> Explanation:
    """Return where the words of an excerpt stand, in which text, and what cites them."""
    start, end = (view.value(iri, OA + p) or "?" for p in ("start", "end"))
    source = view.value(iri, OA + "hasSource") or ""
    file = view.value(source, GT + "file") or short_id(source) or "a text that is not named"
    sha = view.value(source, GT + "sha256") or "not recorded"
    words = view.value(iri, OA + "exact") or ""
    sentence = (
        f"The words “{' '.join(words.split())}” stand at characters {start} to {end} of {file}, "
        f"SHA-256 {sha}. `goldenthread verify` compares them."
    )
    cited = tuple(_entry(view, e) for e in view.subjects(GT + "excerpt", iri))
    return Explanation(iri, sentence, (), cited)


def _entry(view: View, iri: str) -> Explanation:
    entry = view.entry(iri)
    thing = view.value(iri, GT + "entryOf")
    rests_on = view.values(iri, GT + "restsOn")
    number = f" with the number {entry.number}" if entry.number else ""
    sentence = f"{entry.place} prints it{number}"
    dated = list(_scheduled(view, iri))
    if dated:
        sentence += "; it is a timescale"
    elif not thing:
        sentence += "; it is the entry of no thing"
    elif rests_on:
        basis = view.label(view.value(iri, GT + "basis") or "")
        sentence += f"; taken for {view.node(thing).name} by judgement ({basis})"
    else:
        theme = GT + "ThemeMark" in view.values(iri, RDF + "type")
        rule = "words are those of the theme (rule 12-identity-theme)"
        level = "level, number and words are those of the thing (rule 11-identity-level)"
        sentence += f"; its {rule if theme else level}"
    parts = (
        *_assessed(view, iri),
        *dated,
        *(_judgement(judged.card(view, j)) for j in rests_on),
        *_repairs(view, view.value(iri, GT + "inCell") or iri),
    )
    return Explanation(iri, sentence + ".", (entry,), parts)


def _repairs(view: View, iri: str) -> tuple[Explanation, ...]:
    """Return the repairs that put a cell where it belongs, or that name what they rejoin."""
    made = set(view.subjects(GT + "repairs", iri)) | set(view.subjects(GT + "toRow", iri))
    return tuple(_judgement(c) for c in judged.repair_cards(view) if c.iri in made)


def _assessed(view: View, iri: str) -> tuple[Explanation, ...]:
    """Return what auditors found who laid the paper beside a link or an entry."""
    return tuple(Explanation(a.iri, a.sentence) for a in assessed.about(view.dataset, iri))


def _scheduled(view: View, iri: str) -> Iterator[Explanation]:
    """Yield what a timescale is the timescale of, and how that is known."""
    for done in view.values(iri, GT + "schedules"):
        yield _link(view, view.link(iri, "schedules", done), view.node(done))


def _link(view: View, link: Link, end: Node) -> Explanation:
    verb = view.dataset.label_of_term(GT + link.predicate)
    parts = tuple(_alignment(view, e) for e in link.evidence)
    return Explanation(link.target, f"It {verb} {end.name}: {link.basis}.", (), parts)


def _alignment(view: View, evidence: Evidence) -> Explanation:
    entries: tuple[Entry, ...] = tuple(
        e for e in (evidence.from_entry, evidence.to_entry) if e is not None
    )
    where = f" in {evidence.stated_in}" if evidence.stated_in else ""
    sentence = f"Known as {evidence.basis}{where}, asserted by {evidence.asserted_by}."
    if view.values(evidence.iri, GT + "withdrawnBy"):
        sentence += " Withdrawn in this reading."
    parts = tuple(_judgement(judged.card(view, j)) for j, _ in evidence.judgements)
    checked = _assessed(view, evidence.iri)
    return Explanation(evidence.iri, sentence, entries, (*checked, *parts))


def _judgement(card: JudgementCard) -> Explanation:
    sentence = (
        f"{card.kind.capitalize()}, {card.status}, by {card.role}: {card.label}. {card.reason}"
    )
    return Explanation(card.iri, sentence, card.cites)
