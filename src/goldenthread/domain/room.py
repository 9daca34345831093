"""How much fits on a page: lines are counted, and what is left out is counted too."""

from collections.abc import Sequence
from dataclasses import replace

from goldenthread.domain.briefing import Group, Point, Section
from goldenthread.domain.english import cut

# Characters in a line of an A4 page as the briefing is set; a little less than fit.
WIDTH = 106
HALF = 45
# Characters that the bullet of a list takes of its line.
_BULLET = 3
_TITLE = 66
# Lines of a page, and what a heading, the title, the summary and the foot take of them.
_PAGE = 70
_HEADING, _TITLE_LINE, _ENDS = 1.7, 1.5, 6
# How the lists share what the sentences leave; what one does not use, the next may.
SHARES = {"says": 0.11, "done": 0.5, "known": 0.24, "missing": 0.15}


def lines(text: str, width: int = WIDTH) -> int:
    """Return how many lines a text takes on the page."""
    return max(1, -(-len(text) // width))


def taken(section: Section) -> int:
    """Return how many lines of the page the lists of a section take with their titles."""
    width = WIDTH if section.columns == 1 else HALF
    titles = sum(lines(g.title, width) for g in section.groups if g.title)
    points = sum(lines(p.line, width) for g in section.groups for p in g.points)
    return -(-(titles + points) // section.columns)


def shares(title: str, sections: Sequence[Section], levels: int) -> dict[str, int]:
    """Return how many lines of the page the lists of each section may take.

    Args:
        title: what the page is about.
        sections: all of them, with nothing left out; the lists of the last one stay as they are.
        levels: how many rows its table of numbers has.
    """
    spoken = sum(lines(" ".join(s.sentences)) for s in sections if s.sentences)
    spoken += sum(lines(e.quote + e.place) for s in sections for e in s.lead)
    fixed = _TITLE_LINE * lines(title, _TITLE) + _HEADING * len(sections) + _ENDS
    fixed += levels + 2 if levels else 0
    # A line in each section may have to say what was left out.
    free = _PAGE - fixed - spoken - taken(sections[-1]) - len(SHARES)
    return {key: max(1, int(share * free)) for key, share in SHARES.items()}


def fit_in_lines(groups: Sequence[Group], room: int) -> tuple[tuple[Group, ...], int]:
    """Return what `fit` does; where it would leave something out, each point takes a line at most.

    A list with a few words fewer says more than a list with half of its points missing.
    """
    kept, left = fit(groups, room)
    if not left:
        return kept, left
    shorter = [replace(g, points=tuple(map(_in_a_line, g.points))) for g in groups]
    return fit(shorter, room)


def _in_a_line(point: Point) -> Point:
    aside = f" — {point.aside}" if point.aside else ""
    return replace(point, text=cut(point.text, max(HALF, WIDTH - _BULLET - len(aside))))


def missed(groups: Sequence[Group], kept: Sequence[Group]) -> list[tuple[Group, int]]:
    """Return the groups of which points are left out, each with how many."""
    shown = {(g.iri, g.title): len(g.points) for g in kept}
    numbers = [(g, len(g.points) - shown.get((g.iri, g.title), 0)) for g in groups]
    return [(g, number) for g, number in numbers if number]


def fit(groups: Sequence[Group], room: int, width: int = WIDTH) -> tuple[tuple[Group, ...], int]:
    """Return as much of the groups as there is room for, and how many points are left out.

    Each group gives a point in turn, so that a long one does not crowd out the others, and none
    is left without its first.

    Args:
        groups: what there is, the order of points as they should be read.
        room: how many lines there are.
        width: characters in a line.
    """
    kept_of = [0] * len(groups)
    left = room - sum(lines(g.title, width) for g in groups if g.title)
    open_groups = {i for i, g in enumerate(groups) if g.points}
    while open_groups:
        for i in sorted(open_groups):
            point = groups[i].points[kept_of[i]]
            if lines(point.line, width) > left and kept_of[i]:
                open_groups.discard(i)
                continue
            left -= lines(point.line, width)
            kept_of[i] += 1
            if kept_of[i] == len(groups[i].points):
                open_groups.discard(i)
    kept = tuple(replace(g, points=g.points[:n]) for g, n in zip(groups, kept_of, strict=True) if n)
    return kept, sum(len(g.points) for g in groups) - sum(kept_of)
