"""Numbers of assurance: check results, rules, judgements and what they change, samples."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from goldenthread.domain import checking, ruling
from goldenthread.domain.assessment import Assessment
from goldenthread.domain.description import Explanation, JudgementCard
from goldenthread.domain.english import counted
from goldenthread.domain.profile import under
from goldenthread.domain.rule import SEVERITIES, Rule
from goldenthread.domain.validation import Report
from goldenthread.domain.weight import Change
from goldenthread.faces.numbers import Asked, Counted, many
from goldenthread.services import attesting, judging, naming, rulebook, sampling, weighing
from goldenthread.services.validation import rulebook as rules_of

Known = dict[str, Callable[[], Counted]]
_SIDES = ("without", "with", "printed")


def of_checks(a: Asked) -> Counted:
    """Return a number of check results: all chosen, a group's, the rows of one, what was mended."""
    levels = list(naming.plurals(a.dataset, a.reading))
    report, narrowed = checking.choose(_held(a), a.query, levels)
    said = narrowed.sentence("check result", "check results") or counted(
        len(report.results), "check result", "check results"
    )
    known: Known = {"": lambda: a.results(f"The list of checks: {said}", report.results)}
    for result in report.results:
        told = f"{result.message} Each of them."
        known[f"result-{result.id}"] = partial(a.results, told, [result], len(result.rows))
    mended = [Explanation(m.iri, f"{m.label}. Accepted: {m.reason}") for m in report.mended]
    known["mended"] = lambda: Counted("Mended since accepted.", len(mended), tuple(mended))
    known["left-out"] = lambda: _rules("Rules that the profile leaves out.", _left_out(a))
    return a.choose(known)


def _held(a: Asked) -> Report:
    """Return the report under the profile that the address names."""
    report, name = a.report, a.query.get("profile", "")
    book = rules_of(a.dataset)
    chosen = book.profile(name)
    return under(report, chosen, book.rules) if chosen.name != report.profile else report


def _left_out(a: Asked) -> list[Rule]:
    book = rules_of(a.dataset)
    profile = book.profile(a.query.get("profile", ""))
    return [r for r in book.rules if not profile.severity(r)]


def of_rules(a: Asked) -> Counted:
    """Return a number of rules, of a profile's rules, or of the results of one rule."""
    if a.path:
        return _of_rule(a, "/".join(a.path))
    found = rulebook.catalogue(rules_of(a.dataset), a.report)
    said = many(len(found.rules), "rule", "rules")
    finding = [r for r in found.rules if found.count(r)]
    profiles = [Explanation(p.name, f"{p.label}: {p.use}") for p in found.profiles]
    known: Known = {
        "": partial(_rules, f"All rules: {said}.", found.rules),
        "finding": partial(_rules, "Rules that find something in this plan.", finding),
        "profiles": lambda: Counted("Profiles of rules.", len(profiles), tuple(profiles)),
    }
    for number, (group, some) in enumerate(found.groups, start=1):
        known[f"group-{number}"] = partial(_rules, f"Rules: {group}.", some)
    for p in found.profiles:
        kept = p.applied(found.rules)
        for name, words, rules in (
            ("profile", "", kept),
            ("left-out", ": left out", [r for r in found.rules if not p.severity(r)]),
            ("otherwise", ": of another severity", [r for r in kept if r not in found.rules]),
            *((s, f": {s}", [r for r in kept if r.severity == s]) for s in SEVERITIES),
        ):
            mark = f"{name.replace(' ', '-')}-{p.name}"
            known[mark] = partial(_rules, f"Rules for {p.label}{words}.", rules)
    return a.choose(known)


def _of_rule(a: Asked, name: str) -> Counted:
    rule = rules_of(a.dataset).rule(name)
    results = [r for r in a.report.results if r.rule.iri == rule.iri]
    said = f"{rule.id}: {many(len(results), 'check result', 'check results')}."
    known: Known = dict.fromkeys(("", "results"), partial(a.results, said, results))
    for result in results:
        known[f"result-{result.id}"] = partial(
            a.results, result.message, [result], len(result.rows)
        )
    return a.choose(known)


def _rules(said: str, rules: Sequence[Rule]) -> Counted:
    told = tuple(Explanation(r.iri, f"{r.id} ({r.severity}): {r.sentence} {r.why}") for r in rules)
    return Counted(said, len(told), told)


def of_rulings(a: Asked) -> Counted:
    """Return a number of judgements and repairs, or one of the numbers that one changes."""
    cards = judging.judgements(a.dataset, a.reading) + judging.repairs(a.dataset)
    found = ruling.choose(cards, a.query)
    said = found.sentence("judgement and repair", "judgements and repairs")
    judged, repairs = ([c for c in cards if (c.kind == "repair") == r] for r in (False, True))
    known: Known = {
        "": partial(_cards, a, said or "Judgements and repairs.", found.kept),
        "judgements": partial(_cards, a, "All judgements.", judged),
        "repairs": partial(_cards, a, "All repairs.", repairs),
    }
    for heading, name, some in ruling.by_kind(found.kept):
        known[name] = partial(_cards, a, f"{heading}.", some)
    return a.choose(known | dict(_changed(a, found.kept)))


def _cards(a: Asked, said: str, cards: Iterable[JudgementCard]) -> Counted:
    return a.rows(said, (c.iri for c in cards))


def _changed(
    a: Asked, cards: Iterable[JudgementCard]
) -> Iterator[tuple[str, Callable[[], Counted]]]:
    weights = weighing.weights(a.dataset)
    for card in cards:
        for number, change in enumerate(weights.get(card.iri, ()), start=1):
            for side in _SIDES:
                mark = f"{side}-{number}-{card.id.replace('/', '-')}"
                yield mark, partial(_side, a, card, change, side)


def _side(a: Asked, card: JudgementCard, change: Change, side: str) -> Counted:
    view, found = weighing.behind(a.dataset, card.iri, change, side)
    how = "as printed" if side == "printed" else f"{side} “{card.label}”"
    there = Asked(view.dataset, view.reading, a.path, a.query, a.every, a.name, a.checked)
    number = (change.without, change.with_it, change.printed)[_SIDES.index(side)]
    return there.rows(f"{change.what}, {how}: {number}.", found)


def of_samples(a: Asked) -> Counted:
    """Return a number of what samples found: of a level, of a verdict, of a share."""
    found = attesting.results(a.dataset, sampling.population(a.dataset, a.reading), a.reading)
    known: Known = {"": partial(_assessed, a, found.sentence, found.rows)}
    groups = [
        (t, [r for r in found.rows if (r.kind, r.level) == (t.kind, t.level)])
        for t in found.tallies
    ]
    for number, (tally, rows) in enumerate([*groups, (found.total, list(found.rows))], start=1):
        head = f"Samples: {tally.level}{f', {tally.kind}' if tally.kind else ''}"
        known[f"checked-{number}"] = partial(_assessed, a, f"{head}, checked.", rows)
        for verdict in tally.counts:
            some = [r for r in rows if r.verdict == verdict]
            mark = f"{verdict.replace(' ', '-')}-{number}"
            known[mark] = partial(_assessed, a, f"{head}: {verdict}.", some)
        told = [r for r in rows if r.verdict in list(tally.counts)[:2]]
        said = f"{head}: of those that could be told, {tally.share}% agree."
        known[f"share-{number}"] = partial(_assessed, a, said, told, tally.share)
    return a.choose(known)


def _assessed(
    a: Asked, said: str, rows: Sequence[Assessment], number: int | None = None
) -> Counted:
    """Return what was found of each row, with the chain of what it was found of."""
    told = tuple(
        Explanation(r.iri, f"{r.claim} {r.sentence}", (), part.parts)
        for r in rows
        for part in [a.rows("", [r.target] if r.changed != "gone" else [])]
    )
    read = tuple(t for r in rows if r.changed != "gone" for t in a.rows("", [r.target]).read)
    return Counted(said, len(rows) if number is None else number, told, read)
