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
# What stands for one thing together; the first is told by itself.
_KINDS = {
    "a variable": ("?", "$"),
    "an IRI or prefixed name": (":", "<", "<<", "<<("),
    "a value": ("'''", '"""', "'", '"', "+", "-", ".", "false", "true", "_:"),
}
_LONGEST_WORD = 40
_KEYWORDS = (
    *_FORMS,
    *("WHERE", "PREFIX", "BASE", "FROM", "NAMED", "DISTINCT", "REDUCED", "GRAPH", "OPTIONAL"),
    *("UNION", "MINUS", "FILTER", "BIND", "VALUES", "EXISTS", "GROUP", "HAVING", "ORDER"),
    *("LIMIT", "OFFSET", "COUNT", "GROUP_CONCAT", "SAMPLE", "COALESCE", "REGEX", "CONTAINS"),
)
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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a query stops making sense. `line` and `column` count from one."""

    line: int
    column: int
    word: str
    """What stands there; nothing at the end of the query."""
    wide: str
    """What the engine says of the query with gaps around that word."""
    before: str
    """What the engine says of the query up to there; nothing where it takes that."""


def explain(message: str, text: str, known: Mapping[str, str], at: Place | None = None) -> Fault:
    """Return a fault that the engine's parser found, with its place and what it expected there.

    Args:
        message: the engine's words, `error at 1:7: expected one of ...`.
        text: the query.
        known: prefixes that need no declaration, with their namespaces.
        at: where the fault is, see `store/pinpointing.py`; the engine only knows about where.
    """
    found = _AT.match(message)
    if found is None:
        return Fault("syntax", "The engine's parser does not take it.")
    line, column, said = int(found[1]), int(found[2]), found[3]
    # The engine never points before the fault.
    if at is not None and (at.line, at.column) > (line, column):
        at = None
    place = (at.line, at.column) if at else (line, column)
    named = f"line {place[0]}, column {place[1]}"
    if "Prefix not found" in said:
        prefix, hint = _unknown_prefix(text, line, column, known)
        detail = f"The prefix “{prefix}:” is not declared ({named}). {hint}"
        return Fault("prefix", detail, *place, hint=hint)
    if sentence := _SENTENCE.search(re.sub(r'"(?:[^"\\]|\\.)+"', "", _plain(said))):
        return Fault("syntax", f"{sentence[0].strip()} ({named}).", *place)
    expected = _at_place(at) if at else _tokens(said)
    wanted = f" Expected there: {_in_words(expected)}." if expected else ""
    if hint := _misspelt(text):
        expected, wanted = _FORMS, f" {hint}"
    elif at is not None and (hint := _keyword(at.word)):
        wanted = f" {hint}"
    what = f"The fault is at or before {named}."
    if at is not None:
        word = at.word if len(at.word) <= _LONGEST_WORD else at.word[:_LONGEST_WORD] + "…"
        what = f"“{word}” cannot stand here" if word else "The query ends too early"
        what = f"{what} ({named})."
    return Fault("syntax", f"{what}{wanted}", *place, expected, hint)


def _plain(said: str) -> str:
    return _CHARACTERS.sub("", said)


def _tokens(said: str) -> tuple[str, ...]:
    found = dict.fromkeys(t.strip('"') or '"' for t in _TOKENS.findall(_plain(said)))
    plain = (t.replace('\\"', '"') for t in found if t not in _NOT_HERE)
    # What is left with a backslash is a piece of an escape, which nobody means to write.
    return tuple(t for t in plain if "\\" not in t)[:_MOST_EXPECTED]


def _at_place(at: Place) -> tuple[str, ...]:
    """Return what the engine would take at a place.

    Signs are told by what it says of the text before. It looks at keywords by their length and
    tells only the longest of them, so they count where no sign does.
    """
    signs = tuple(t for t in _tokens(at.before) if not t.isupper())
    return signs or _tokens(at.wide)


def _in_words(expected: tuple[str, ...]) -> str:
    """Return what is expected for people: a variable and not its two signs."""
    left = dict.fromkeys(expected)
    words = []
    for name, signs in _KINDS.items():
        if signs[0] in left:
            words.append(name)
            for sign in signs:
                left.pop(sign, None)
    told = [*words, *(f"“{t}”" for t in left)]
    return f"{', '.join(told[:-1])} or {told[-1]}" if len(told) > 1 else told[0]


def _misspelt(text: str) -> str:
    """Return which form of query was meant where the first word is none."""
    found = _PROLOGUE.match(text)
    word = found[1].upper() if found else ""
    nearest = [] if word in _FORMS else get_close_matches(word, _FORMS, 1)
    return f"Did you mean {nearest[0]} instead of {found[1]}?" if found and nearest else ""


def _keyword(word: str) -> str:
    """Return which keyword was meant by a word that is none."""
    plain = word.upper()
    near = [] if plain in _KEYWORDS else get_close_matches(plain[:_LONGEST_WORD], _KEYWORDS, 1, 0.7)
    return f"Did you mean {near[0]}?" if plain.isalpha() and near else ""


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
