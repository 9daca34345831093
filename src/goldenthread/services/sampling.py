"""Draw links and entries at random for an auditor, and set what came back beside the data."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from goldenthread.domain.identifiers import one_line
from goldenthread.domain.namespaces import GT, RDF
from goldenthread.domain.sampling import Checked, Item, Sample, Sheet, verdict
from goldenthread.domain.thread import Entry
from goldenthread.errors import BadValue, Unreadable
from goldenthread.store import workbook
from goldenthread.store.dataset import Dataset
from goldenthread.store.view import View

Stratum = tuple[str, str]


def draw(dataset: Dataset, seed: int, size: int, reading: str = "corrected") -> Sample:
    """Return a sample by level: each level has its share, and at least one while there is room.

    A row is drawn by the hash of the seed and its IRI, so the same seed draws the same rows on
    every machine, and adding to a plan changes few of them.

    Args:
        dataset: the data set.
        seed: any whole number.
        size: how many rows to draw, at least one.
        reading: `corrected` or `printed`.

    Raises:
        BadValue: a size below one.
    """
    if size < 1:
        raise BadValue("A sample has at least one row. Give --size 1 or more.")
    strata: dict[Stratum, list[Item]] = defaultdict(list)
    for _, item in sorted(_population(View(dataset, reading)), key=lambda p: (p[0], p[1].kind)):
        strata[item.kind, item.level].append(item)
    shares = _shares({s: len(items) for s, items in strata.items()}, size)

    def lot(item: Item) -> str:
        return hashlib.sha256(f"{seed}\0{item.iri}".encode()).hexdigest()

    items = [i for s, found in strata.items() for i in sorted(found, key=lot)[: shares[s]]]
    population = {s: len(found) for s, found in strata.items()}
    return Sample(seed, reading, dataset.sha256, population, tuple(items))


def population(dataset: Dataset, reading: str = "corrected") -> dict[str, tuple[int, Item]]:
    """Return every link and entry that can be drawn by its IRI, with the order of its level."""
    kept = dataset.kept(f"population of {reading}")
    if "all" not in kept:
        kept["all"] = {i.iri: (order, i) for order, i in _population(View(dataset, reading))}
    found: dict[str, tuple[int, Item]] = kept["all"]
    return found


def _shares(sizes: dict[Stratum, int], size: int) -> dict[Stratum, int]:
    """Return how many rows each stratum gets: one each, then whoever lacks most of its share."""
    total = sum(sizes.values())
    size = min(size, total)
    biggest = sorted(sizes, key=lambda s: (-sizes[s], s))
    shares = {s: int(n < size) for n, s in enumerate(biggest)}
    for _ in range(size - sum(shares.values())):
        short = {s: size * n / total - shares[s] for s, n in sizes.items() if shares[s] < n}
        shares[max(biggest, key=lambda s: short.get(s, -size))] += 1
    return shares


def _population(view: View) -> Iterator[tuple[int, Item]]:
    """Yield every link and entry that can be drawn, each with the order of its level."""
    for alignment in view.subjects(RDF + "type", GT + "Alignment"):
        if not view.values(alignment, GT + "withdrawnBy") and (found := _link(view, alignment)):
            yield found
    for iri in view.subjects(RDF + "type", GT + "Entry"):
        thing = view.value(iri, GT + "entryOf")
        if thing and view.value(thing, GT + "atLevel"):
            node, entry = view.node(thing), view.entry(iri)
            yield (
                node.order,
                Item(
                    kind="entry",
                    level=node.level_name,
                    iri=iri,
                    id=view.node(iri).id,
                    claim=f"This prints {node.name}",
                    words=one_line(entry.quote),
                    place=_place(entry),
                    how="the words stand there",
                ),
            )


def _link(view: View, alignment: str) -> tuple[int, Item] | None:
    ends = [view.value(alignment, GT + p) for p in ("from", "property", "to")]
    if not all(ends):
        return None
    source, prop, target = (str(e) for e in ends)
    low, high, known = view.node(source), view.node(target), view.evidence(alignment)
    entries = [e for e in (known.from_entry, known.to_entry) if e]
    relation = view.dataset.label_of_term(prop)
    return low.order, Item(
        kind="link",
        level=low.level_name,
        iri=alignment,
        id=view.node(alignment).id,
        claim=f"{low.name}: {relation} {high.name}",
        words="\n".join(one_line(e.quote) for e in entries),
        place="\n".join(_place(e) for e in entries),
        how="; ".join([known.basis, *(label for _, label in known.judgements)]),
    )


def _place(entry: Entry) -> str:
    """Return where an entry stands; its place in words mostly begins with the document."""
    known = entry.place.startswith(entry.document)
    return entry.place if known else ", ".join(p for p in (entry.document, entry.place) if p)


def read_back(dataset: Dataset, path: Path, reading: str = "corrected") -> Sheet:
    """Return a sheet that came back beside what the data say now.

    Raises:
        Unreadable: the file is no workbook, or not one that `sample` wrote.
    """
    found = workbook.rows(path)
    needed = {"id", "mark", "verdict", "claim"}
    if not found or not needed <= set(found[0]):
        raise Unreadable(
            "This is no sample: its first sheet lacks the columns that `goldenthread sample` "
            "writes. Read back the file that was ticked, with its heading row.",
            str(path),
        )
    now = {item.id: item for _, item in _population(View(dataset, reading))}
    return Sheet(tuple(_checked(row, now.get(row["id"])) for row in found if row["id"]))


def _checked(row: dict[str, str], item: Item | None) -> Checked:
    return Checked(
        id=row["id"],
        verdict=verdict(row["verdict"]),
        remarks=row.get("remarks", ""),
        by=row.get("by", ""),
        on=row.get("on", ""),
        claim=row["claim"],
        now=item,
        changed=item is not None and item.mark != row["mark"],
    )
