"""The rules, and one of them with its examples, profiles and results, in words."""

from collections.abc import Sequence

from goldenthread.domain.readings import READING_NAMES
from goldenthread.domain.validation import Report
from goldenthread.faces.cli.say import words
from goldenthread.faces.cli.terminal import Line
from goldenthread.services.rulebook import Catalogue, Example, Explained

_KINDS = {"must fix": "bad", "should fix": "warn"}
_CHECKS = {
    "reading": "the reading of the plan",
    "data": "what is written down",
    "ontology": "the ontology",
}
_SHOWN = 5


def catalogue_lines(found: Catalogue) -> list[Line]:
    """Return the rules by group, each on a line, then the profiles."""
    lines = [Line(words.counted(len(found.rules), "rule", "rules") + ".", kind="head")]
    for group, rules in found.groups:
        lines += [Line(""), Line(f"{group} ({len(rules)})", kind="head")]
        for rule in rules:
            said = f"{rule.id}: {rule.label} ({rule.severity}"
            if found.found is not None:
                said += ", " + words.counted(found.count(rule), "result", "results")
            lines.append(Line(said + ")", 1))
    lines += [Line(""), Line("Profiles, for check --profile", kind="head")]
    for profile in found.profiles:
        few = len(found.rules) - len(profile.applied(found.rules))
        gone = f" It leaves out {words.counted(few, 'rule', 'rules')}." if few else ""
        lines += [Line(f"{profile.name}: {profile.label}", 1)]
        lines += [Line(f"{profile.use}{gone}", 2, "detail")]
    return lines


def rule_lines(found: Explained, report: Report) -> list[Line]:
    """Return everything about one rule."""
    rule = found.rule
    lines = [
        Line(rule.sentence, kind="head"),
        Line(f"{rule.id}, {rule.severity}, {rule.group}", 1, _KINDS.get(rule.severity, "detail")),
        Line(f"Looks at {_CHECKS.get(rule.checks, rule.checks)}.", 1, "detail"),
        Line(f"Why it matters: {rule.why}", 1),
        Line(f"How to mend it: {rule.mend}", 1),
    ]
    if rule.source:
        lines.append(Line(f"Source: {rule.source} {rule.link}".strip(), 1))
    if rule.own:
        lines.append(Line(f"The plan's own, in {rule.file}.", 1, "detail"))
    lines += [Line(""), Line("In profiles", kind="head")]
    lines += [Line(f"{p.name}: {severity or 'left out'}", 1) for p, severity in found.profiles]
    lines += _example("What breaks it", found.invalid)
    lines += _example("What keeps it", found.valid)
    lines += [Line(""), Line("The shape", kind="head"), *_verbatim(found.shape.splitlines())]
    return lines + _results(report, rule.name)


def _example(title: str, example: Example | None) -> list[Line]:
    if example is None:
        return []
    body = [line for line, _ in example.body]
    said = [Line(f"It says of {focus}: {message}", 1) for focus, message in example.says]
    return [Line(""), Line(title, kind="head"), *_verbatim(body), *said]


def _verbatim(lines: Sequence[str]) -> list[Line]:
    return [Line(line, 1, raw=True) for line in "\n".join(lines).strip("\n").split("\n")]


def _results(report: Report, name: str) -> list[Line]:
    reading = READING_NAMES[report.reading]
    lines = [Line(""), Line(f"Results now, {reading}: {len(report.results)}", kind="head")]
    lines += [Line(f"{r.focus.name}: {r.message}", 1) for r in report.results[:_SHOWN]]
    if len(report.results) > _SHOWN:
        lines.append(
            Line(
                f"and {len(report.results) - _SHOWN} more: goldenthread check --rule {name} --all",
                1,
            )
        )
    return lines
