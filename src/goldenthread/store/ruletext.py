"""Read a rule of queries/derive as patterns: what it concludes, what it reads, what must not be.

The rules are ours and written in a small part of SPARQL: triple patterns with full or prefixed
names, OPTIONAL, UNION, FILTER, FILTER NOT EXISTS, BIND and sub-SELECTs. A test replays each of
them from its patterns, so a rule that is written otherwise is noticed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from goldenthread.domain.namespaces import RDF, XSD

Pattern = tuple[str, str, str]
"""A triple; each term is a variable `?x` or as N-Triples writes it. A path ends in `+`."""

_TOKEN = re.compile(
    r"""\s+|\#[^\n]*|("(?:[^"\\]|\\.)*")|(<[^<>\s]*>)|(\?\w+)|([A-Za-z][\w-]*)?(:[\w./-]*\+?)
    |(\d+)|([A-Za-z]+)|([^\s])""",
    re.VERBOSE,
)
_PREFIX = re.compile(r"PREFIX\s+([\w-]*:)\s*<([^>]*)>")
_SUMMARY = re.compile(r"^#\+ summary:\s*(.*)$", re.MULTILINE)
_AGGREGATE = re.compile(r"\((?:COUNT|MAX)\([^()]*\) AS (\?\w+)\)")


@dataclass(frozen=True)
class RuleText:
    """A rule, taken apart."""

    name: str
    summary: str
    text: str
    concludes: tuple[Pattern, ...]
    reads: tuple[Pattern, ...]
    absent: tuple[Pattern, ...]
    """What is in a FILTER NOT EXISTS."""
    solutions: str
    """A query for every way in which the rule applies, with all of its variables.

    Where the rule counts, each row that is counted is a solution of its own, and what was counted
    has no value.
    """


def read(path: Path) -> RuleText:
    """Return a rule of a file."""
    text = path.read_text(encoding="utf-8")
    prefixes = dict(_PREFIX.findall(text))
    head, _, body = text.partition("WHERE")
    summary = _SUMMARY.search(text)
    concludes, _ = _patterns(_braced(head.partition("CONSTRUCT")[2]), prefixes)
    reads, absent = _patterns(_braced(body), prefixes)
    return RuleText(
        name=path.stem,
        summary=summary[1].strip() if summary else "",
        text=text,
        concludes=tuple(concludes),
        reads=tuple(dict.fromkeys(reads)),
        absent=tuple(absent),
        solutions=_solutions(text, body),
    )


def _solutions(text: str, body: str) -> str:
    prologue = "\n".join(f"PREFIX {p} <{iri}>" for p, iri in _PREFIX.findall(text))
    for counted in _AGGREGATE.findall(body):
        body = re.sub(rf"FILTER\([^()]*\{counted}\b[^()]*\)", "", body)
    body = re.sub(r"\bSELECT\b[^{]*\{", "SELECT * {", body)
    body = re.sub(r"\bGROUP BY(\s+\?\w+)+", "", body)
    return f"{prologue}\nSELECT * WHERE {body}"


def _braced(text: str) -> str:
    """Return what stands between the first brace and its match."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if sign == "}" and depth == 0:
            return text[text.index("{") + 1 : place]
    return ""


def _tokens(text: str, prefixes: dict[str, str]) -> Iterator[str]:
    for found in _TOKEN.finditer(text):
        string, iri, variable, prefix, local, number, word, sign = found.groups()
        if local is not None:
            more = "+" if local.endswith("+") else ""
            yield f"<{prefixes[(prefix or '') + ':']}{local[1:].removesuffix('+')}>{more}"
        elif number:
            yield f'"{number}"^^<{XSD}integer>'
        elif word in ("true", "false"):
            yield f'"{word}"^^<{XSD}boolean>'
        elif word == "a":
            yield f"<{RDF}type>"
        elif made := string or iri or variable or word or sign:
            yield made


def _patterns(text: str, prefixes: dict[str, str]) -> tuple[list[Pattern], list[Pattern]]:
    """Return the triple patterns of a group, and those that must not be there."""
    tokens = list(_tokens(text, prefixes))
    reads: list[Pattern] = []
    absent: list[Pattern] = []
    place, terms, not_depth, depth = 0, list[str](), -1, 0
    while place < len(tokens):
        word = tokens[place]
        if word in ("BIND", "FILTER") and tokens[place + 1] == "(":
            place = _past(tokens, place + 1)
            continue
        if word in ("SELECT", "GROUP"):
            rest = enumerate(tokens[place:])
            place += next((n for n, t in rest if t in "{}"), len(tokens))
            continue
        if word == "NOT":
            not_depth = depth
        elif word in "{}":
            depth += 1 if word == "{" else -1
            terms = []
            not_depth = -1 if word == "}" and depth == not_depth else not_depth
        elif word in ".;,":
            terms = terms[: {".": 0, ";": 1, ",": 2}[word]]
        elif word.startswith(("?", "<", '"')):
            terms.append(word)
            if len(terms) == 3:  # noqa: PLR2004 - a triple
                (absent if not_depth >= 0 else reads).append((terms[0], terms[1], terms[2]))
        place += 1
    return reads, absent


def _past(tokens: list[str], place: int) -> int:
    """Return the place after a bracket's match."""
    depth = 0
    for at in range(place, len(tokens)):
        depth += (tokens[at] == "(") - (tokens[at] == ")")
        if depth == 0:
            return at + 1
    return len(tokens)
