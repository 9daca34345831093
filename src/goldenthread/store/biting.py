"""Find where judgements and repairs bite: what each does to one entry, in a sentence."""

from collections.abc import Iterator

from goldenthread.domain.description import JudgementCard
from goldenthread.domain.namespaces import GT
from goldenthread.domain.source import Remark
from goldenthread.store import judged
from goldenthread.store.view import View

# The properties by which a judgement does something to an entry, not only quotes it.
_DOING = ("identifies", "moves", "pairs", "with", "fromEntry", "toEntry")
_PAIRED = ("Taken as the timescale of", "Its timescale is taken to be")


class Biting:
    """The judgements and repairs of one reading, by the entries that they change."""

    def __init__(self, view: View) -> None:
        """Collect them once, so that a whole document is asked for at once."""
        self.view = view
        self.cards = {c.iri: c for c in (*judged.repair_cards(view), *judged.cards(view))}
        self.by_entry: dict[str, list[str]] = {}
        for iri, card in self.cards.items():
            for entry in self._bitten(iri, card):
                self.by_entry.setdefault(entry, []).append(iri)

    def _bitten(self, iri: str, card: JudgementCard) -> list[str]:
        if card.kind == "repair":
            return list(card.about)
        done = [e for p in _DOING for e in self.view.values(iri, GT + p)]
        # What changes no entry is put on record beside the words that it quotes.
        return list(dict.fromkeys(done or self.view.values(iri, GT + "cites")))

    def remarks(self, *places: str) -> Iterator[Remark]:
        """Yield what is judged and repaired of entries or cells, each judgement once."""
        seen = set()
        for place in places:
            for iri in self.by_entry.get(place, ()):
                if iri not in seen:
                    seen.add(iri)
                    yield self._remark(self.cards[iri], place)

    def _remark(self, card: JudgementCard, place: str) -> Remark:
        return Remark(
            iri=card.iri,
            label=card.label,
            kind=card.kind,
            status=card.status,
            in_force=card.in_force,
            sentence=self._sentence(card, place),
            reason=card.reason,
        )

    def _sentence(self, card: JudgementCard, place: str) -> str:
        """Return what a judgement does to this entry or cell; all that it does if that is it."""
        view, iri = self.view, card.iri
        to = view.value(iri, GT + "toRow")
        row = view.label(to) if to else "one row"
        if card.kind == "repair":
            entry = bool(view.value(place, GT + "place"))
            cut = "Cut by a break: its parts are read as one entry" if entry else ""
            return f"{cut or 'Stands after a break: read as part'} of {row}."
        applied = "With corrections read" if card.status == "applied" else "Would be read"
        read = "Read" if card.in_force else applied
        if place in view.values(iri, GT + "moves"):
            return f"Printed in {self._row(place)}; {read.lower()} as part of {row}."
        if place in view.values(iri, GT + "identifies"):
            names = [view.node(t).name for t in view.values(iri, GT + "as")]
            return f"{read} as {' and '.join(names)}."
        paired = view.values(iri, GT + "pairs"), view.values(iri, GT + "with")
        for mine, others, words in zip(paired, paired[::-1], _PAIRED, strict=True):
            if place in mine:
                return f"{words} {' and '.join(f'“{view.label(o)}”' for o in others)}."
        return self._link(iri, place) or " ".join(card.effects)

    def _link(self, iri: str, place: str) -> str:
        """Return the link that a judgement adds, as seen from one of its two entries."""
        view = self.view
        prop = view.value(iri, GT + "property")
        verb = view.dataset.label_of_term(prop) if prop else ""
        if verb and place in view.values(iri, GT + "fromEntry"):
            return f"This {verb} {self._names(iri, 'to')}."
        if verb and place in view.values(iri, GT + "toEntry"):
            return f"{self._names(iri, 'from')} {verb} this."
        return ""

    def _names(self, iri: str, end: str) -> str:
        return " and ".join(self.view.node(t).name for t in self.view.values(iri, GT + end))

    def _row(self, entry: str) -> str:
        cell = self.view.value(entry, GT + "inCell") or ""
        row = self.view.value(cell, GT + "inRow")
        return self.view.label(row) if row else self.view.value(entry, GT + "place") or ""
