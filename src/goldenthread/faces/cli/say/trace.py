"""A trace as a tree that reads like a sentence, with how we know each step."""

from collections.abc import Mapping

from goldenthread.domain.leaving import sentences
from goldenthread.domain.outline import Branch, outline
from goldenthread.domain.readings import READING_NAMES, the_other
from goldenthread.domain.thread import Entry, Node, Thread, Trace, rank
from goldenthread.faces.cli.say import words
from goldenthread.faces.cli.terminal import Line

STATED = "stated"


def lines(
    trace: Trace, names: Mapping[str, str], otherwise: list[Node] | None = None
) -> list[Line]:
    """Return a trace for reading aloud.

    Args:
        trace: the trace.
        names: plural names of levels by their keys.
        otherwise: what the other reading holds, the focus left out, for numbers that differ.
    """
    found = [Line(trace.focus.name, kind="head")]
    found += [Line(f"{r[0].upper()}{r[1:]}.", 1, "detail") for r in words.remarks(trace.focus)]
    found.append(Line(_counts(trace, names, otherwise), 1))
    found += [Line(said, 1) for said in sentences(trace, names)]
    found += [Line(_reference(n, e), 1) for n, e in trace.references]
    if not trace.threads:
        return found
    found += [Line(""), *_tree(trace), Line("")]
    found += _certainty(trace)
    found += _whole(trace, names)
    if trace.omitted:
        found.append(Line(f"{trace.omitted} further threads are left out.", kind="warn"))
    return found


def _counts(trace: Trace, names: Mapping[str, str], otherwise: list[Node] | None) -> str:
    where = "below" if trace.direction == "down" else "above"
    here = words.level_counts(_others(trace), names)
    reading = READING_NAMES[trace.reading]
    if here or (trace.narrowed and trace.narrowed.left_out):
        here = here or {"": "nothing that fits"}
        text = f"{where.capitalize()} it, {reading}: {words.listed(list(here.values()))}."
    else:
        text = f"No link is recorded {where} it, {reading}."
    if otherwise is None:
        return text
    there = words.level_counts(otherwise, names, show=here)
    here = words.level_counts(_others(trace), names, show=there)
    if differing := [there[k] for k in there if there[k] != here.get(k)]:
        reading = READING_NAMES[the_other(trace.reading)].capitalize()
        text += f" {reading}: {words.listed(differing)}."
    return text


def _others(trace: Trace) -> list[Node]:
    return [n for n in trace.nodes if n.iri != trace.focus.iri]


def _reference(node: Node, entry: Entry | None) -> str:
    said = words.quoted(entry)
    return (
        f"{said}, which points to {node.name}. That is a "
        "cross-reference, not a link: it counts for nothing here."
    )


def _tree(trace: Trace) -> list[Line]:
    """Return the tree below the focus: what two routes reach stands under the longer one."""
    root = outline(trace)
    # Where some things of a level are linked to the focus itself, say of the others that they
    # are not; where none is, saying so once at the end will do.
    shown = {n.iri: n for n in trace.nodes}
    direct = {shown[i].level for i in trace.ties if i in shown}
    return [line for child in root.children for line in _branch(trace, child, root, 1, direct)]


def _branch(trace: Trace, here: Branch, above: Branch, depth: int, direct: set[str]) -> list[Line]:
    link = here.link
    if link is None:
        return []
    down = trace.direction == "down"
    verb = (words.DOWNWARD if down else words.UPWARD).get(link.predicate, link.predicate)
    known = [words.how(link)]
    known += [f"directly with {_called(trace, n)}: {words.how(x)}" for n, x in here.beside]
    if depth > 1 and here.node.level in direct and here.node.iri not in trace.ties:
        via = [words.short(n) for n in (above.node, *here.elsewhere)]
        known.append(
            f"comes through {words.listed(via)} only: no document pairs it with "
            f"{_called(trace, trace.focus)}"
        )
    found = [
        Line(f"{verb} {here.node.name}", depth),
        Line("; ".join(known), depth + 1, "detail"),
    ]
    if remarks := words.remarks(here.node):
        found.append(Line("; ".join(remarks), depth + 1, "detail"))
    if here.repeated:
        where = "below" if down else "above"
        found.append(Line(f"what stands {where} it is listed earlier", depth + 1, "detail"))
    for child in here.children:
        found += _branch(trace, child, here, depth + 1, direct)
    return found


def _called(trace: Trace, node: Node) -> str:
    """Return a node's short name; a focus without a number needs no more than its level."""
    unnamed = node.iri == trace.focus.iri and not node.notation
    return f"this {node.level_name}" if unnamed else words.short(node)


def _certainty(trace: Trace) -> list[Line]:
    """Return the least certain step of the whole trace, with its words and place."""
    steps = {(s.source, s.target): s for t in trace.threads for s in t.links}
    ranked = [s for s in trace.links if (s.source, s.target) in steps]
    worst = max(rank(s.basis) for s in ranked)
    weak = [s for s in ranked if rank(s.basis) == worst]
    weak.sort(key=lambda s: (not (s.best and s.best.judgements), trace.node(s.source).order))
    step = weak[0]
    low, high = trace.node(step.source), trace.node(step.target)
    verb = words.UPWARD.get(step.predicate, step.predicate)
    judged = bool(step.best and step.best.judgements)
    if step.basis == STATED and not judged:
        head = f"Least certain step: none stands out, {_all(len(ranked))} stated. The first: "
    else:
        head = "Least certain step: "
    found = [Line(f"{head}{words.short(low)} {verb} {words.short(high)}, {words.how(step)}.")]
    if step.best:
        ends = [e for e in (step.best.from_entry, step.best.to_entry) if e]
        found += [Line(f"{words.quoted(e)}.", 1) for e in ends]
    alike = sum(1 for s in weak if bool(s.best and s.best.judgements) == judged) - 1
    if alike and step.basis != STATED:
        found.append(Line(f"{_more(alike)} known no better.", 1))
    return found


def _all(number: int) -> str:
    return "the only step is" if number == 1 else f"all {number} steps are"


def _more(number: int) -> str:
    return "1 other step is" if number == 1 else f"{number} other steps are"


def _whole(trace: Trace, names: Mapping[str, str]) -> list[Line]:
    """Return whether any document states a thread from end to end."""
    ends: dict[str, list[Thread]] = {}
    for thread in trace.threads:
        ends.setdefault(thread.nodes[-1], []).append(thread)
    printed = [e for e, ts in ends.items() if ts[0].ends == "printed"]
    inferred = [e for e in ends if e not in set(printed)]
    found = []
    judged = [e for e in printed if all(v.judgements for v in trace.ties[e].evidence)]
    plain = [e for e in printed if e not in set(judged)]
    for some, said in (
        (plain, "One document states the whole thread to"),
        (judged, "With the judgements named above, one document also states it to"),
    ):
        if some:
            kinds = list(words.level_counts((trace.node(e) for e in some), names).values())
            found.append(Line(f"{said} {words.listed(kinds)}."))
    stated = [e for e in inferred if any(_all_stated(t) for t in ends[e])]
    for some, said in (
        (stated, "each step is stated; no document states the whole"),
        (
            [e for e in inferred if e not in set(stated)],
            "not every step is stated, and no document states the whole",
        ),
    ):
        if some:
            kinds = list(words.level_counts((trace.node(e) for e in some), names).values())
            found.append(Line(f"For {words.listed(kinds)}, {said}."))
    return found


def _all_stated(thread: Thread) -> bool:
    return all(s.basis == STATED for s in thread.links)
