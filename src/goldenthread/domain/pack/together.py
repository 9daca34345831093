"""One assurance pack of several plans: a part for each."""

from collections.abc import Sequence
from dataclasses import replace

from goldenthread.domain.pack.parts import Facts, Grid, Pack, Part, Row, Section, numbered


def together(packs: Sequence[Pack]) -> Pack:
    """Return one pack of several plans: a part for each, whose rows lead to its own rows."""
    if len(packs) == 1:
        return packs[0]
    first = packs[0]
    parts = [
        Section(
            f"plan-{n}", p.plan, (Facts(p.facts),), tuple(_own(s, f"p{n}-") for s in p.sections)
        )
        for n, p in enumerate(packs, start=1)
    ]
    return replace(
        first,
        plan="; ".join(p.plan for p in packs),
        facts=tuple(f for f in first.facts if f[0] in ("Reading", "Date", "Made with")),
        sections=numbered(parts),
        sha256="; ".join(p.sha256 for p in packs),
    )


def _own(section: Section, mark: str) -> Section:
    """Return a section whose keys begin with a mark."""

    def own(part: Part) -> Part:
        if not isinstance(part, Grid):
            return part
        rows = tuple(
            Row(
                tuple(
                    tuple(replace(x, to=x.to and mark + x.to) for x in cell) for cell in row.cells
                ),
                row.key and mark + row.key,
            )
            for row in part.rows
        )
        return replace(part, rows=rows)

    return replace(
        section,
        key=mark + section.key,
        parts=tuple(map(own, section.parts)),
        sections=tuple(_own(s, mark) for s in section.sections),
        appendix=False,
    )
