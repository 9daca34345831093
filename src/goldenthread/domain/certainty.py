"""How sure a link or a thread is, in the words that every face shows."""

from collections import Counter
from collections.abc import Iterable

from goldenthread.domain.english import counted, listed
from goldenthread.domain.thread import BASES, Evidence, Link, Node, Schedule, Trace, rank

_FIRST_WORDS = 9
_STATED = BASES[0]


def called(node: Node) -> str:
    """Return the shortest name that is clear by itself: `priority 1.4`, `action “Sow the ...”`."""
    if node.notation:
        return f"{node.level_name} {node.notation}"
    words = node.label.split()
    cut = " ".join(words[:_FIRST_WORDS]) + ("…" if len(words) > _FIRST_WORDS else "")
    return f"{node.level_name} “{cut}”"


def titled(node: Node) -> str:
    """Return a thing's level, number and all its words: `priority 1.4, “Support ...”`."""
    head = f"{node.level_name} {node.notation}," if node.notation else node.level_name
    return f"{head} “{node.label}”"


def known(basis: str) -> str:
    """Return a basis as part of a sentence: `stated`, `known by position`."""
    if basis == "not recorded":
        return "with no record of how we know"
    if basis == _STATED:
        return basis
    the = "the " if basis.startswith("same") else ""
    return f"known by {the}{basis.removeprefix('by ')}"


def how(link: Link) -> str:
    """Return how a link is known: by which basis, in which document, on whose judgement."""
    best = link.best
    if best is None:
        return known("not recorded")
    where = sorted({e.stated_in for e in link.evidence if e.basis == best.basis and e.stated_in})
    return known(best.basis) + (f" in {listed(where)}" if where else "") + resting(best)


def resting(evidence: Evidence) -> str:
    """Return who asserts it and on which judgement it rests, if it is not the document alone."""
    text = ""
    if evidence.asserted_by not in (evidence.stated_in, "not recorded"):
        text += f", asserted by {evidence.asserted_by}"
    if evidence.judgements:
        word = "judgement" if len(evidence.judgements) == 1 else "judgements"
        labels = listed(in_quotes(label) for _, label in evidence.judgements)
        text += f", resting on the {word} {labels}"
    return text


def in_quotes(label: str) -> str:
    """Return a label between quotation marks, unless it has some of its own."""
    return label if "“" in label else f"“{label}”"


def steps(trace: Trace) -> list[Link]:
    """Return the links that are steps of some thread, each once."""
    return list(
        {(s.source, s.target, s.predicate): s for t in trace.threads for s in t.links}.values()
    )


def weakest(trace: Trace) -> Link | None:
    """Return the least certain step of all; None where there is no thread."""
    found = steps(trace)
    return max(found, key=_doubt) if found else None


def _doubt(step: Link) -> tuple[int, int, int]:
    judged = bool(step.best and step.best.judgements)
    return rank(step.basis), int(judged), int(bool(step.best and step.best.moved))


def by_basis(links: Iterable[Link]) -> list[tuple[str, int]]:
    """Return how many links are known in each way, the surest first."""
    found = Counter(link.basis for link in links)
    return sorted(found.items(), key=lambda item: rank(item[0]))


def bases_sentence(trace: Trace) -> str:
    """Return of how many steps its threads are made, and how they are known."""
    found = by_basis(steps(trace))
    total = sum(n for _, n in found)
    if not total:
        return "No thread leads from it, so there is no step to be sure of."
    if len(found) == 1:
        basis = known(found[0][0])
        return f"The one step is {basis}." if total == 1 else f"All {total} steps are {basis}."
    parts = [f"{n} {'is' if n == 1 else 'are'} {known(b)}" for b, n in found]
    return f"Of the {total} steps by which things hang together here, {listed(parts)}."


def alike(trace: Trace) -> list[Link]:
    """Return the other steps that are known no better than the least certain one."""
    step = weakest(trace)
    return [s for s in steps(trace) if step and s is not step and _doubt(s) == _doubt(step)]


def weakest_sentence(trace: Trace) -> str:
    """Return which step is least certain, and on what it rests; empty where there is none."""
    step = weakest(trace)
    if step is None:
        return ""
    low, high = trace.node(step.source), trace.node(step.target)
    judged = bool(step.best and step.best.judgements)
    if step.basis == _STATED and not judged:
        return "No step is less certain than another."
    others = ""
    if found := alike(trace):
        others = f" {counted(len(found), 'other step is', 'other steps are')} known no better."
    return f"Least certain step: from {called(low)} to {called(high)}, {how(step)}.{others}"


def positioned(trace: Trace) -> list[Schedule]:
    """Return the timescales that are paired with what they time by position alone."""
    others = (n for n in trace.nodes if n.iri != trace.focus.iri)
    return [s for n in others for s in n.schedule if s.basis == "by position"]


def ends(trace: Trace) -> dict[str, list[str]]:
    """Return the ends of its threads: `whole` where one document states the way, else how.

    The others are `stated` where each step is, and `other` where not.
    """
    kinds = {t.nodes[-1]: t.ends for t in trace.threads}
    stated = {t.nodes[-1] for t in trace.threads if all(step.basis == _STATED for step in t.links)}
    loose = [e for e, kind in kinds.items() if kind != "printed"]
    return {
        "whole": [e for e, kind in kinds.items() if kind == "printed"],
        "stated": [e for e in loose if e in stated],
        "other": [e for e in loose if e not in stated],
    }


def by_level(trace: Trace, iris: Iterable[str]) -> list[tuple[str, list[Node]]]:
    """Return some things of a trace by the keys of their levels, first level first."""
    found: dict[str, list[Node]] = {}
    for node in sorted((trace.node(i) for i in iris), key=lambda n: n.order):
        found.setdefault(node.level, []).append(node)
    return list(found.items())


def whole_sentence(trace: Trace, plurals: dict[str, str]) -> str:
    """Return for which ends of its threads one document states the whole."""
    moved = {t.nodes[-1] for t in trace.threads if t.moved}
    some_ends = ends(trace)
    whole = some_ends["whole"]
    found = []
    if whole:
        by = [e for e in whole if e in moved]
        note = ""
        if by:
            note = (
                ", as a correction reads it"
                if len(by) == len(whole)
                else (f", {len(by)} of them as a correction reads it")
            )
        found.append(
            f"One document states the whole way to {_levels(trace, whole, plurals)}{note}."
        )
    for some, said in (
        (some_ends["stated"], "each step is stated and no document states the whole"),
        (
            some_ends["other"],
            "not every step is stated and no document states the whole",
        ),
    ):
        if some:
            found.append(f"For {_levels(trace, some, plurals)}, {said}.")
    return " ".join(found)


def _levels(trace: Trace, iris: Iterable[str], plurals: dict[str, str]) -> str:
    return listed(
        counted(len(nodes), nodes[0].level_name, plurals.get(level, nodes[0].level_name))
        for level, nodes in by_level(trace, iris)
    )
