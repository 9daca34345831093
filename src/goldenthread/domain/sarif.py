"""Check results for programs that show them beside code: SARIF 2.1.0 and JUnit's XML.

Sources: OASIS Static Analysis Results Interchange Format 2.1.0 (2020); the XML that JUnit's Ant
task writes, which build servers read.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from goldenthread.domain.namespaces import GT
from goldenthread.domain.validation import Report, Result, Rule

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#|!~])")
_URI = ":/?#[]@!$&'()*+,;=%"
"""What stands for itself in an address (RFC 3986, section 2.2)."""
_LEVELS = {"must fix": "error", "should fix": "warning", "note": "note"}
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

Locate = Callable[[str], tuple[str, int] | None]
"""Gives the file (relative to where the results are read) and line of an IRI, if it has one."""


def to_sarif(report: Report, locate: Locate, version: str) -> dict[str, Any]:
    """Return a report as a SARIF log of one run.

    Args:
        report: the check results.
        locate: where a node is described.
        version: of goldenthread.
    """
    rules = {r.rule.iri: r.rule for r in report.results}
    order = {iri: n for n, iri in enumerate(rules)}
    driver = {
        "name": "goldenthread",
        "semanticVersion": version,
        "informationUri": GT,
        "rules": [_rule(rule) for rule in rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "Where the check was run."}}},
        "properties": {"reading": report.reading, "datasetSha256": report.sha256},
        "results": [_result(r, order[r.rule.iri], locate) for r in report.results],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    """Return a rule as code review explains it: GitHub shows the Markdown of its help."""
    why, mend = rule.why or rule.message, rule.mend or rule.message
    shown = f"**Why it matters.** {_plain(why)}\n\n**How to mend it.** {_plain(mend)}"
    if rule.source:
        named = _plain(rule.source)
        linked = rule.link.startswith("https://")
        shown += "\n\n**Who asks for it.** "
        shown += f"[{named}](<{quote(rule.link, safe=_URI)}>)" if linked else named
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.label or rule.message},
        "fullDescription": {"text": why},
        "help": {"text": mend, "markdown": shown},
        "helpUri": quote(rule.iri, safe=_URI),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.group]},
    }


def _result(result: Result, rule: int, locate: Locate) -> dict[str, Any]:
    quotes = "".join(f"\n{q.place}: “{q.quote}”" for q in result.quotes)
    found: dict[str, Any] = {
        "ruleId": result.rule.id,
        "ruleIndex": rule,
        "level": _LEVELS[result.severity],
        "message": {"text": f"{result.focus.name}: {result.message}{quotes}"},
        "partialFingerprints": {"goldenthreadResult/v1": result.id},
        "locations": [_location(result.focus.iri, result.focus.name, locate)],
    }
    if result.rows:
        found["relatedLocations"] = [
            {"id": n, **_location(row.iri, row.name, locate)}
            for n, row in enumerate(result.rows, start=1)
        ]
    found["suppressions"] = _suppressions(result)
    if result.standing:
        found["properties"] = {"standing": result.standing}
    return found


def _suppressions(result: Result) -> list[dict[str, Any]]:
    """Return who accepted a result and why (3.35); none for an open one.

    All results of a run have the list, as 3.27.23 asks where one has: empty means not suppressed.
    """
    accepted = result.acceptance
    if result.status != "accepted" or accepted is None:
        return []
    about = {"role": accepted.role, "date": accepted.on, "until": accepted.until}
    return [
        {
            "kind": "external",
            "status": "accepted",
            "justification": f"{accepted.reason} ({accepted.role}, until {accepted.until})",
            "properties": about,
        }
    ]


def _location(iri: str, name: str, locate: Locate) -> dict[str, Any]:
    place: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": iri, "name": name}]}
    if where := locate(iri):
        file, line = where
        # What is outside the place where the check was run is named whole, which takes no base.
        whole = file.startswith("file:///")
        base = {} if whole else {"uriBaseId": "%SRCROOT%"}
        place["physicalLocation"] = {
            "artifactLocation": {"uri": file if whole else quote(file)} | base,
            "region": {"startLine": line},
        }
    return place


def _plain(words: str) -> str:
    """Return words that Markdown shows as they are (CommonMark, 2.4)."""
    return _MARKDOWN.sub(r"\\\1", words)


def to_junit(report: Report) -> bytes:
    """Return a report as JUnit's XML: a suite a severity, a case a result, each failed if open.

    A check without results has one case that passed, as build servers take none for a fault.
    """
    top = Element("testsuites", name="goldenthread check", tests="0", failures="0")
    failed = tests = 0
    for severity, count in report.counts.items():
        results = [r for r in report.results if r.severity == severity]
        open_ = [r for r in results if r.status == "open"]
        suite = SubElement(
            top,
            "testsuite",
            name=severity,
            tests=str(max(count, 1)),
            failures=str(len(open_)),
            errors="0",
            skipped=str(len(results) - len(open_)),
        )
        tests, failed = tests + max(count, 1), failed + len(open_)
        if not results:
            SubElement(suite, "testcase", classname="goldenthread", name="no result")
        for result in results:
            _case(suite, result)
    top.set("tests", str(tests))
    top.set("failures", str(failed))
    indent(top)
    return bytes(tostring(top, "utf-8", xml_declaration=True)) + b"\n"


def _case(suite: Element, result: Result) -> None:
    name = f"{_xml(result.focus.name)} [{result.id}]"
    case = SubElement(suite, "testcase", classname=result.rule.id, name=name)
    quotes = "".join(f"\n{q.place}: “{q.quote}”" for q in result.quotes)
    if result.status == "open":
        failure = SubElement(case, "failure", type=result.severity, message=_xml(result.message))
        failure.text = _xml(f"{result.rule.why}\n{result.rule.mend}{quotes}")
    else:
        SubElement(case, "skipped", message=_xml(result.standing or result.status))


def _xml(text: str) -> str:
    """Return text without what XML 1.0 forbids (section 2.2)."""
    return _NOT_XML.sub("\ufffd", text)
