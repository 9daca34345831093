"""One thing, a list of things, search hits, the evidence for something, judgements: in words."""

from collections.abc import Sequence
from itertools import groupby

from goldenthread.domain.account import Account
from goldenthread.domain.description import Explanation, JudgementCard, Step
from goldenthread.domain.found import Found
from goldenthread.domain.identifiers import one_line
from goldenthread.domain.portrait import Portrait
from goldenthread.domain.thread import Node
from goldenthread.domain.validation import Result
from goldenthread.domain.wordings import Wording
from goldenthread.faces.cli.say import words
from goldenthread.faces.cli.terminal import Line


def portrait_lines(found: Portrait) -> list[Line]:
    """Return everything about one thing: its entries side by side, then what is around it."""
    node = found.node
    lines = [Line(node.name, kind="head"), Line(f"{found.kind}, {node.id}", 1, "detail")]
    lines += [Line(f"{r[0].upper()}{r[1:]}.", 1) for r in words.remarks(node)]
    lines += [Line(f"The documents differ: {said}", 1, "warn") for said in found.dates_differ]
    if node.entries:
        times = words.counted(len(node.entries), "time", "times")
        lines += [Line(""), Line(f"Printed {times}", kind="head")]
        lines += [line for wording in found.wordings for line in _wording(wording)]
    if found.threaded:
        lines += _steps("What it serves", found.up, words.UPWARD)
        lines += _steps("What stands under it", found.down, words.DOWNWARD)
    if found.groups:
        lines += _steps("What it groups, which is no thread", found.down, words.DOWNWARD)
    for reference, entry in found.references:
        lines += [Line(""), Line("Cross-references, which are no links", kind="head")]
        lines.append(Line(f"{words.quoted(entry)}, which points to {reference.name}", 1))
    if found.listed_with:
        lines += [Line(""), Line("Listed together in a row, which is no link", kind="head")]
        lines += [Line(n.name, 1) for n in found.listed_with]
    lines += _results(found.results, node.id)
    if found.changes:
        lines += [Line(""), Line("What corrections change", kind="head")]
        for change in found.changes:
            only = "with corrections" if change.gained else "as printed"
            lines.append(Line(f"Only {only}: {one_line(change.text)}", 1))
    if found.judgements:
        lines += [Line(""), Line("Judgements", kind="head")]
        lines += [line for card in found.judgements for line in _card(card)]
    if found.facts:
        lines += [Line(""), Line("Also recorded", kind="head")]
        lines += [Line(f"{f.label}: {one_line(f.text)}", 1) for f in found.facts]
    return lines


def _wording(wording: Wording) -> list[Line]:
    """Return one entry with its place, and how its words differ from those of the first."""
    entry = wording.entry
    spans = words.listed([f"{start} to {end}" for start, end in entry.spans])
    found = [Line(f"{entry.place}: “{one_line(entry.quote)}”", 1)]
    number = f"numbered {entry.number}; " if entry.number else ""
    if spans:
        found.append(Line(f"{number}characters {spans} of {entry.document}", 2, "detail"))
    if wording.pieces:
        found.append(Line(wording.sentence, 2, "detail"))
    for kind, said in (("new", "only here"), ("gone", "not here")):
        pieces = [f"“{p.text}”" for p in wording.pieces if p.kind == kind]
        if pieces:
            found.append(Line(f"{said}: {', '.join(pieces)}", 3, "detail"))
    return found


def _results(results: Sequence[Result] | None, short: str) -> list[Line]:
    """Return the check results about one thing; where none were asked for, how to."""
    if results is None:
        return [Line(""), Line(f"Check results: goldenthread show {short} --checks", 0, "detail")]
    lines = [Line(""), Line(f"Check results: {len(results)}", kind="head")]
    for r in results:
        lines.append(Line(f"{r.severity}: {r.message}", 1))
        lines += [Line(r.standing, 2)] if r.standing else []
        lines += [Line(text, 2, "detail") for text in (r.rule.why, r.rule.mend) if text]
    return lines if results else [*lines, Line("No check result is about it.", 1)]


def _steps(head: str, steps: Sequence[Step], verbs: dict[str, str]) -> list[Line]:
    lines = [Line(""), Line(head, kind="head")]
    if not steps:
        return [*lines, Line("no link recorded", 1)]
    for step in steps:
        verb = verbs.get(step.link.predicate, step.link.predicate)
        lines.append(Line(f"{verb} {step.node.name}", 1))
        lines.append(Line(words.how(step.link), 2, "detail"))
    return lines


def node_lines(nodes: Sequence[Node], name: str) -> list[Line]:
    """Return a list of things with what is said beside each."""
    lines = [Line(f"{name}: {len(nodes)}", kind="head")]
    for node in nodes:
        lines.append(Line(node.name, 1))
        said = [node.id, *words.remarks(node)]
        lines.append(Line("; ".join(said), 2, "detail"))
    return lines


def level_lines(names: dict[str, str]) -> list[Line]:
    """Return the levels that there are to list."""
    return [Line("Levels, first to last", kind="head")] + [
        Line(f"{key}: {name}", 1) for key, name in names.items()
    ]


def found_lines(found: Found) -> list[Line]:
    """Return what a search found, best first, with where the words were found."""
    many = words.counted(found.total, "thing has", "things have")
    lines = [Line(f"{many} “{found.respelt or found.text}”", kind="head")]
    if found.respelt:
        lines.append(Line(f"Nothing has “{found.text}”.", 1, "detail"))
    if not found.total:
        lines.append(Line("Try fewer words, the beginning of a word, or a number.", 1, "detail"))
    if found.sentence:
        lines.append(Line(found.sentence, 1, "detail"))
    for hit in found.hits:
        lines.append(Line(hit.node.name, 1))
        lines.append(Line(f"{hit.node.id}; found in {hit.where}", 2, "detail"))
        if hit.excerpt and hit.entry:
            lines.append(Line(f"{hit.entry.place}: “{hit.excerpt}”", 2, "detail"))
    if found.total > len(found.hits):
        lines.append(Line(f"and {found.total - len(found.hits)} more; --limit lists them", 1))
    if found.beside:
        kinds = ", ".join(f"{o.label} {o.count} (--kind {o.key})" for o in found.beside)
        lines.append(Line(f"Also in what is no thing of the plan: {kinds}", 1, "detail"))
    return lines


def account_lines(told: Account | None) -> list[Line]:
    """Return why a thing exists and how we will know, as a paragraph; nothing for no thing."""
    if told is None:
        return []
    return [Line(told.question, kind="head"), Line(told.paragraph, 1), Line("")]


def why_lines(found: Explanation) -> list[Line]:
    """Return a chain of evidence, each step under what it supports."""
    return _why(found, 0, set())


def _why(found: Explanation, depth: int, told: set[tuple[str, str]]) -> list[Line]:
    if (found.subject, found.sentence) in told:
        first = found.sentence.split(". ")[0].rstrip(".")
        return [Line(f"{first} (set out earlier).", depth)]
    told.add((found.subject, found.sentence))
    lines = [Line(found.sentence, depth, "" if depth else "head")]
    # What is printed of the thing itself follows as steps of their own.
    if depth or not found.parts:
        lines += [Line(words.quoted(e), depth + 1, "detail") for e in found.entries]
    for part in found.parts:
        lines += _why(part, depth + 1, told)
    return lines


def judgement_lines(cards: Sequence[JudgementCard]) -> list[Line]:
    """Return judgements by status."""
    lines = [Line(f"Judgements: {len(cards)}", kind="head")]
    for status, some in groupby(cards, key=lambda c: c.status):
        lines += [Line(""), Line(status.capitalize(), kind="head")]
        lines += [line for card in some for line in _card(card)]
    return lines


def _card(card: JudgementCard) -> list[Line]:
    force = "in force here" if card.in_force else "not in force here"
    sure = f", confidence {card.confidence}" if card.confidence else ""
    lines = [
        Line(card.label, 1),
        Line(
            f"{card.kind}, {card.status}, {force}{sure}; by {card.role}, {card.date}", 2, "detail"
        ),
        Line(card.id, 2, "detail"),
    ]
    lines += [Line(effect, 2) for effect in card.effects]
    lines.append(Line(f"Reason: {card.reason}", 2))
    return lines + [Line(words.quoted(e), 2, "detail") for e in card.cites]
