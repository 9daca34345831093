"""English for words that come from data: articles, counts and lists that read aloud well."""

import re
from collections.abc import Iterable

# Letters whose names begin with a vowel sound: an L, an MP.
_VOWEL_NAMES = "AEFHILMNORSX"
# Written with a vowel and spoken with a consonant, and the other way round.
_SPOKEN_CONSONANT = re.compile(r"(?:uni(?!n|m)|use|usa|usu|eu|one|once|ubi|uti)", re.IGNORECASE)
_SILENT_H = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+|\d+")


def article(words: str) -> str:
    """Return words with their article as spoken: `an action`, `an MP`, `a unit`, `an 8-year plan`.

    Args:
        words: what a thing is called; an abbreviation is one where its second sign is no small
            letter, and is spoken letter by letter.
    """
    return f"{'an' if _vowel(words.strip()) else 'a'} {words}"


def _vowel(words: str) -> bool:
    found = _WORD.search(words)
    if found is None:
        return False
    first, following = found[0], words[found.end() : found.end() + 1]
    if first.isdecimal():
        return first.startswith("8") or first in ("11", "18")
    lone = len(first) == 1 and following != "" and following in "&-./"
    if lone or (len(first) > 1 and first.isupper()):
        return first[0].upper() in _VOWEL_NAMES
    if _SILENT_H.match(first):
        return True
    return first[0].casefold() in "aeiou" and not _SPOKEN_CONSONANT.match(first)


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun: `no actions`, `1 action`, `3 actions`."""
    if number == 0:
        return f"no {many}"
    return f"{number} {one if number == 1 else many}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Return words as people list them: `a, b and c`."""
    found = list(words)
    return f"{', '.join(found[:-1])} {last} {found[-1]}" if len(found) > 1 else "".join(found)


def quoted(text: str) -> str:
    """Return text on one line between quotation marks."""
    return f"“{' '.join(text.split())}”"


def cut(text: str, width: int) -> str:
    """Return text of so many characters at most, cut between words, with a mark where it is."""
    if len(text) <= width:
        return text
    return text[: width - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def capital(text: str) -> str:
    """Return text with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return text as a sentence: a capital first, one full stop last."""
    return (
        capital(text.rstrip()) if text.rstrip().endswith((".", "!", "?")) else capital(text) + "."
    )
