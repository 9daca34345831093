"""Short ids, as people type and read them, and the order in which things are listed."""

import re

# What XML cannot hold, and marks that turn the direction of the text around them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def short_id(iri: str) -> str:
    """Return the class and key of an IRI: of `.../some-plan/action/sow`, `action/sow`.

    An excerpt keeps its span: `source/annex#char=1,20`.
    """
    return "/".join(iri.rstrip("/").rsplit("/", 2)[-2:])


def local_name(iri: str) -> str:
    """Return what follows the last slash or hash of a term: `CorporatePriority`."""
    return re.split(r"[/#]", iri.rstrip("/#"))[-1]


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that puts `row-9` before `row-10` and `2.10` after `2.9`."""
    parts = re.split(r"(\d+)", text)
    return tuple((1, int(p), "") if p.isdecimal() else (0, 0, p) for p in parts if p)


def one_line(text: str) -> str:
    """Return text with its white space evened out, for showing a quote on one line."""
    return " ".join(text.split())


def clean(text: str) -> str:
    """Return text without what XML cannot hold and what turns the direction of text around it."""
    return _UNWANTED.sub("\N{REPLACEMENT CHARACTER}", text)
