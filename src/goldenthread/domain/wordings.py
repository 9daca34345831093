"""Where two printed wordings differ, word by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from goldenthread.domain.thread import Entry

Kind = Literal["same", "gone", "new"]
# Beyond this many words a comparison takes longer than it helps; such wordings are only called
# different.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that both wordings have, that only the first has, or that only the second has."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One entry beside the entry that defines its thing."""

    entry: Entry
    pieces: tuple[Piece, ...]
    """Its words against those of the defining entry; empty for that entry itself."""

    @property
    def same(self) -> bool:
        """Return whether it says the same, white space apart."""
        return all(p.kind == "same" for p in self.pieces)

    @property
    def sentence(self) -> str:
        """Return in words how it differs."""
        if self.same:
            return "The same words."
        gone = sum(len(p.text.split()) for p in self.pieces if p.kind == "gone")
        new = sum(len(p.text.split()) for p in self.pieces if p.kind == "new")
        parts = [
            f"{n} {'word' if n == 1 else 'words'} {how}"
            for n, how in ((new, "only here"), (gone, "only there"))
            if n
        ]
        return f"Worded otherwise: {' and '.join(parts)}."


def differences(first: str, second: str) -> tuple[Piece, ...]:
    """Return the words of `second` against those of `first`, in order.

    Line breaks and other white space of the print make no difference.
    """
    a, b = first.split(), second.split()
    if len(a) + len(b) > _LONGEST:
        if a == b:
            return (Piece("same", " ".join(b)),)
        return Piece("gone", " ".join(a)), Piece("new", " ".join(b))
    found: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", " ".join(b[k:m])))
            continue
        if j > i:
            found.append(Piece("gone", " ".join(a[i:j])))
        if m > k:
            found.append(Piece("new", " ".join(b[k:m])))
    return tuple(found)


def beside(entries: Sequence[Entry]) -> list[Wording]:
    """Return each entry of a thing beside the first, which defines it."""
    if not entries:
        return []
    model = entries[0]
    others = [Wording(e, differences(model.quote, e.quote)) for e in entries[1:]]
    return [Wording(model, ()), *others]
