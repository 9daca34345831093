"""The words in which the command line says how something is known and how much there is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from goldenthread.domain.identifiers import one_line
from goldenthread.domain.thread import Entry, Evidence, Link, Node

UPWARD = {"supports": "supports", "measures": "measures"}
DOWNWARD = {
    "supports": "is supported by",
    "measures": "is measured by",
    "inTheme": "groups",
    "schedules": "dates",
}
_FIRST_WORDS = 7


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Return parts as people list them: `a, b and c`."""
    if len(parts) < 2:  # noqa: PLR2004 - one thing needs no "and"
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def short(node: Node) -> str:
    """Return level and number, `priority 1.4`, or level and first words without a number."""
    if node.notation:
        return f"{node.level_name} {node.notation}"
    first = node.label.split()
    cut = " ".join(first[:_FIRST_WORDS]) + ("…" if len(first) > _FIRST_WORDS else "")
    return f"{node.level_name} “{cut}”"


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun: `1 action`, `8 actions`."""
    return f"{number} {one if number == 1 else many}"


def level_counts(
    nodes: Iterable[Node], names: Mapping[str, str], show: Iterable[str] = ()
) -> dict[str, str]:
    """Return how many things of each level there are, in words, by level key in level order."""
    nodes = list(nodes)
    numbers = Counter(n.level for n in nodes)
    one = {n.level: n.level_name for n in nodes}
    keys = [k for k in names if k in numbers or k in set(show)]
    return {k: counted(numbers[k], one.get(k, names[k]), names[k]) for k in keys}


def how(link: Link) -> str:
    """Return how we know a link: `stated in Table 2`, `by position in ..., asserted by ...`."""
    best = link.best
    if best is None:
        return "how we know is not recorded"
    where = sorted({e.stated_in for e in link.evidence if e.basis == best.basis and e.stated_in})
    place = f" in {listed(where)}" if where else ""
    return f"{known(best.basis)}{place}{resting(best)}"


def known(basis: str) -> str:
    """Return a basis as part of a sentence: `stated`, `known by position`."""
    if basis in ("stated", "not recorded"):
        return basis
    the = "the " if basis.startswith("same") else ""
    return f"known by {the}{basis.removeprefix('by ')}"


def resting(evidence: Evidence) -> str:
    """Return who asserts it and on which judgement it rests, if it is not the document alone."""
    text = ""
    if evidence.asserted_by not in (evidence.stated_in, "not recorded"):
        text += f", asserted by {evidence.asserted_by}"
    if evidence.judgements:
        word = "judgement" if len(evidence.judgements) == 1 else "judgements"
        quoted = [in_quotes(label) for _, label in evidence.judgements]
        text += f", resting on the {word} {listed(quoted)}"
    return text


def in_quotes(label: str) -> str:
    """Return a label between quotation marks, unless it has some of its own."""
    return label if "“" in label else f"“{label}”"


def quoted(entry: Entry | None) -> str:
    """Return an entry's place and words: `Table 2, row 4, column 1 prints “...”`."""
    return f"{entry.place} prints “{one_line(entry.quote)}”" if entry else "no entry is recorded"


def numbers(node: Node) -> list[str]:
    """Return where documents number a thing, or another thing, otherwise than here."""
    return [note.rstrip(".") for note in node.number_notes]


def remarks(node: Node) -> list[str]:
    """Return what a line about a thing adds: other numbers, themes, timescales."""
    found = numbers(node)
    if node.themes:
        found.append(f"{'theme' if len(node.themes) == 1 else 'themes'} {listed(node.themes)}")
    found += [f"timescale {s.words}, {known(s.basis)} in {s.document}" for s in node.schedule]
    found += [f"{e.document} words it “{one_line(e.quote)}”" for e in node.other_wordings]
    return found
