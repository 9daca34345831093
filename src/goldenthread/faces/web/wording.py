"""Sentences for pages: how a link is known, what a trace found, how sure it is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from goldenthread.domain.identifiers import clean
from goldenthread.domain.outline import Branch
from goldenthread.domain.thread import BASES, Entry, Evidence, Link, Node, Thread, Trace, rank

BASIS_MEANINGS = {
    "stated": "a document prints it: the key of a row with an entry of one of its cells",
    "same wording": "the same words are printed in both places",
    "by position": "both stand at the same place down their columns; nothing else joins them",
    "similar wording": "the words are alike and were judged to mean the same",
}


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 action`, `3 actions`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def tied(text: str, numbers: Iterable[tuple[object, str]], *, heard: bool = False) -> Markup:
    """Return a sentence as HTML in which numbers lead to what they count.

    Args:
        text: the sentence.
        numbers: the numbers as they come in it, with or without a noun, each with its address;
            one that does not come, or that has no address, is left as it is. Of two that are
            written alike the first comes first.
        heard: whether each says its sentence where links are heard one by one, and not only those
            without a noun: for where another link of the page has the same words.
    """
    # What is made here is HTML already, which the template engine takes as it is.
    text = clean(text)
    spans: dict[int, tuple[int, str]] = {}
    for words, address in numbers:
        for found in re.finditer(rf"(?<![\w.]){re.escape(str(words))}(?![\w%]|\.\d)", text):
            here = range(found.start(), found.end())
            if not any(
                start in here or here.start in range(start, end)
                for start, (end, _) in spans.items()
            ):
                spans[here.start] = (here.stop, address)
                break
    made, place = Markup(), 0
    for start, (end, address) in sorted(spans.items()):
        made += escape(text[place:start])
        words = text[start:end]
        if address:
            # A number alone, heard without its sentence, would not say what it counts.
            alone = heard or words.isdigit()
            about = text[text.rfind(". ", 0, start) + 1 : text.find(". ", end) % (len(text) + 1)]
            made += (
                _NUMBER.format(address, words, about.strip(" ."))
                if alone
                else _LINK.format(address, words)
            )
        else:
            made += escape(words)
        place = end
    return made + escape(text[place:])


_LINK = Markup('<a class="govuk-link gt-n" href="{}">{}</a>')
_NUMBER = Markup('<a class="govuk-link gt-n" href="{0}" aria-label="{1}: {2}">{1}</a>')


def listing(words: Iterable[str], last: str = "and") -> str:
    """Return words as a list for people: `a, b and c`."""
    found = list(words)
    return f"{', '.join(found[:-1])} {last} {found[-1]}" if len(found) > 1 else "".join(found)


@dataclass(frozen=True, slots=True)
class How:
    """How a link is known, ready to be shown."""

    basis: str
    where: str
    """Place of the entry that carries it; empty where no document does."""
    asserted_by: str
    """Who asserts it, where that is not the document itself."""
    judgements: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, ...]


def how(link: Link) -> How:
    """Return how a link is known, by the surest of the records that carry it."""
    best = link.best
    if best is None:
        return How("not recorded", "", "", (), ())
    entry = best.from_entry or best.to_entry
    by = "" if best.asserted_by == best.stated_in else best.asserted_by
    return How(best.basis, entry.place if entry else "", by, best.judgements, link.evidence)


def numbered(node: Node) -> str:
    """Return a thing in a few words: `priority 4`, `action “Plant trees”`."""
    return f"{node.level_name} {node.notation or f'“{node.label}”'}"


def by_level(nodes: Iterable[Node]) -> list[tuple[str, list[Node]]]:
    """Return nodes in groups by the names of their levels, in the order of the levels."""
    found: dict[str, list[Node]] = {}
    for node in sorted(nodes, key=lambda n: n.order):
        found.setdefault(node.level_name, []).append(node)
    return list(found.items())


def found(trace: Trace, plurals: dict[str, str]) -> str:
    """Return the sentence that heads a trace: what stands under or above its focus."""
    others = [n for n in trace.nodes if n.iri != trace.focus.iri]
    where = "under it" if trace.direction == "down" else "above it"
    chosen = bool(trace.narrowed and trace.narrowed.chosen)
    if not others and trace.narrowed and trace.narrowed.left_out:
        return f"Nothing that stands {where} fits what was chosen."
    if not others:
        nothing = "below it" if trace.direction == "down" else "that it serves"
        return f"No link is recorded to anything {nothing}."
    parts = [
        count(len(nodes), name, plurals.get(nodes[0].level, name + "s"))
        for name, nodes in by_level(others)
    ]
    if chosen:
        return (
            f"Of what stands {where}, {listing(parts)} {'is' if len(others) == 1 else 'are'} shown."
        )
    verb = "stands" if len(others) == 1 else "stand"
    return f"{listing(parts)} {verb} {where}."


@dataclass(frozen=True, slots=True)
class Direct:
    """For one level: how its things reach the focus. The row-level truth of a table."""

    level: str
    """Key of the level."""
    level_name: str
    plural: str
    total: int
    stated: tuple[tuple[Node, Link], ...]
    judged: tuple[tuple[Node, Link], ...]
    only_through: tuple[Node, ...]
    through: tuple[Node, ...]
    """What the last ones come through."""

    @property
    def tied(self) -> bool:
        """Return whether any is tied to the focus itself."""
        return bool(self.stated or self.judged)

    @property
    def documents(self) -> list[str]:
        """Return the documents that list those of `stated` with the focus."""
        return sorted({e.stated_in for _, li in self.stated for e in li.evidence if e.stated_in})


def direct(trace: Trace, tree: Branch, plurals: dict[str, str]) -> list[Direct]:
    """Return, for each level, which things are tied to the focus itself and which are not.

    A level whose things are all tied to the focus without a judgement needs no remark.
    """
    focus, ties = trace.focus.iri, trace.ties
    parents: dict[str, Node] = {}
    for branch in tree.walk():
        for child in branch.children:
            parents.setdefault(child.node.iri, branch.node)
    remarks = []
    for name, nodes in by_level(n for n in trace.nodes if n.iri != focus):
        tied = [(n, ties[n.iri]) for n in nodes if n.iri in ties]
        stated = tuple((n, li) for n, li in tied if li.best and not li.best.judgements)
        judged = tuple(pair for pair in tied if pair not in stated)
        loose = tuple(n for n in nodes if n.iri not in ties)
        if loose or (judged and len(nodes) > 1):
            above = {parents[n.iri].iri for n in loose if n.iri in parents}
            remarks.append(
                Direct(
                    nodes[0].level,
                    name,
                    plurals.get(nodes[0].level, name + "s"),
                    len(nodes),
                    stated,
                    judged,
                    loose,
                    tuple(n for n in trace.nodes if n.iri in above),
                )
            )
    return remarks


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure the threads of a trace are, in words and with the words of the documents."""

    total: int
    whole: int
    """Threads whose two ends one document pairs."""
    moved: int
    """Of these, how many it pairs only as a correction reads it."""
    all_stated: bool
    basis: str
    """Of the least certain step of all."""
    step: Link
    ends: tuple[Node, Node]
    quote: Entry | None
    judged: bool


def sure(trace: Trace) -> Sure | None:
    """Return how sure a trace is; None where it has no thread."""
    if not trace.threads:
        return None
    steps = [li for t in trace.threads for li in t.links]
    step = max(steps, key=lambda li: (rank(li.basis), bool(li.best and li.best.judgements)))
    best = step.best
    return Sure(
        total=len(trace.threads) + trace.omitted,
        whole=sum(t.ends == "printed" for t in trace.threads),
        moved=sum(t.moved for t in trace.threads),
        all_stated=all(li.basis == BASES[0] for li in steps),
        basis=step.basis,
        step=step,
        ends=(trace.node(step.source), trace.node(step.target)),
        quote=best.from_entry if best else None,
        judged=bool(best and best.judgements),
    )


def weakest(thread: Thread, trace: Trace) -> tuple[str, Node, Node, Entry | None]:
    """Return basis, ends and quote of a thread's least certain step."""
    step = thread.links[thread.weakest]
    entry = step.best.from_entry if step.best else None
    return step.basis, trace.node(step.source), trace.node(step.target), entry


def bases(trace: Trace) -> Sequence[str]:
    """Return the bases that occur in a trace, surest first; `not recorded` last."""
    return sorted({li.basis for li in trace.links}, key=rank)


def brief(node: Node) -> str:
    """Return the shortest name of a thing that is clear by itself: level and number, or label."""
    return f"{node.level_name} {node.notation}" if node.notation else node.label
