"""What is wrong with a query, in words: the place, what belongs there, what may have been meant."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

_AT = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_CHARACTERS = re.compile(r"\[(?:'[^']+'|[^'\]])*\]")
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)+"|\b[A-Z]{2,}\b')
_SENTENCE = re.compile(r"[A-Z][a-z]+ [^,\[]+")
# Bounded, as `_NAME_BEFORE` is: a long text without a colon is not read again from each place.
_PREFIXED = re.compile(r"(?<![\w:<?$])([^\W\d_][\w.\-]{0,64})?:")
_NAME_BEFORE = 400
_MOST_NAMES = 200
_MOST_EXPECTED = 20
# The engine would take these, and the guard would not.
_NOT_HERE = {"SERVICE", "LATERAL"}
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
# Possessive: comments and white space are never tried in another way.
_PROLOGUE = re.compile(
    r"(?:\s++|\#[^\n]*+|(?:PREFIX\s++[\w.\-]*+:|BASE)\s*+<[^>]*+>)*+(\w{1,40})", re.IGNORECASE
)


@dataclass(frozen=True)
class Fault:
    """A fault that the engine's parser found. `line` and `column` count from one."""

    code: str
    """`prefix` for one that nobody declared, else `syntax`."""
    detail: str
    line: int | None = None
    column: int | None = None
    expected: tuple[str, ...] = ()
    hint: str = ""


def explain(message: str, text: str, known: Mapping[str, str]) -> Fault:
    """Return a fault that the engine's parser found, with its place and what it expected there.

    Args:
        message: the engine's words, `error at 1:7: expected one of ...`.
        text: the query.
        known: prefixes that need no declaration, with their namespaces.
    """
    found = _AT.match(message)
    if found is None:
        return Fault("syntax", "The engine's parser does not take it.")
    line, column, said = int(found[1]), int(found[2]), found[3]
    place = f"line {line}, column {column}"
    if "Prefix not found" in said:
        prefix, hint = _unknown_prefix(text, line, column, known)
        detail = f"The prefix “{prefix}:” is not declared ({place}). {hint}"
        return Fault("prefix", detail, line, column, hint=hint)
    plain = _CHARACTERS.sub("", said)
    sentence = _SENTENCE.search(re.sub(r'"(?:[^"\\]|\\.)+"', "", plain))
    expected = tuple(dict.fromkeys(t.strip('"') or '"' for t in _TOKENS.findall(plain)))
    expected = tuple(e.replace('\\"', '"') for e in expected if e not in _NOT_HERE)
    expected = expected[:_MOST_EXPECTED]
    if sentence:
        return Fault("syntax", f"{sentence[0].strip()} ({place}).", line, column)
    wanted = f" Expected there: {' or '.join(expected)}." if expected else ""
    if hint := _misspelt(text):
        expected, wanted = _FORMS, f" {hint}"
    return Fault(
        "syntax",
        f"The fault is at or before {place}.{wanted}",
        line,
        column,
        expected,
        hint,
    )


def _misspelt(text: str) -> str:
    """Return which form of query was meant where the first word is none."""
    found = _PROLOGUE.match(text)
    word = found[1].upper() if found else ""
    nearest = [] if word in _FORMS else get_close_matches(word, _FORMS, 1)
    return f"Did you mean {nearest[0]} instead of {found[1]}?" if found and nearest else ""


def _unknown_prefix(text: str, line: int, column: int, known: Mapping[str, str]) -> tuple[str, str]:
    """Return the prefix before a place that nobody declared, and the nearest that is known."""
    declared = set(re.findall(r"\bPREFIX\s+([\w.\-]*):", text, re.IGNORECASE))
    lines = text.split("\n")
    before = lines[line - 1][:column][-_NAME_BEFORE:] if line <= len(lines) else ""
    named = [p for p in _PREFIXED.findall(before) if p not in declared and p not in known]
    prefix = named[-1] if named else ""
    nearest = get_close_matches(
        prefix.lower(), [*sorted(declared - {""})[:_MOST_NAMES], *known], 1, 0.5
    )
    if not nearest:
        return prefix, f"Declare it: PREFIX {prefix}: <...>."
    if nearest[0] in declared:
        return prefix, f"Did you mean “{nearest[0]}:”, which the query declares?"
    return prefix, f"Did you mean “{nearest[0]}:”, which is <{known[nearest[0]]}>?"
