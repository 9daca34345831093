"""Show answers in a notebook: plain HTML without script or style, every text of the data escaped.

A notebook that is not trusted shows it as it is. Tables have a caption and heads that screen
readers announce; a thread is a list in lists.
"""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from goldenthread.domain.blocks import Block
from goldenthread.domain.identifiers import one_line, short_id
from goldenthread.domain.namespaces import BASE, PREFIXES
from goldenthread.domain.outline import Branch, outline
from goldenthread.domain.table import Table, Value
from goldenthread.domain.thread import Link, Node, Trace

MOST_ROWS = 50
MOST_BRANCHES = 100
# What a person reads first; every column is in the frame.
_SHOWN = {
    "Links": ("from", "from_words", "property", "to", "to_words", "how_we_know", "source"),
    "Things": ("id", "level", "number", "words", "timescales"),
    "Found": ("id", "level", "number", "words", "where"),
    "Gaps": ("id", "words", "missing", "direction", "found", "other_reading"),
    "Check results": ("severity", "rule", "name", "message", "status"),
    "Judgements": ("id", "kind", "status", "in_force", "label", "reason"),
}


def text(value: str) -> str:
    """Return text for HTML: on one line, escaped, with what cannot be shown made visible."""
    return escape("".join(c if c.isprintable() else "\ufffd" for c in one_line(value)))


def paragraph(value: str) -> str:
    """Return a paragraph."""
    return f"<p>{text(value)}</p>"


def bullets(lines: Iterable[str]) -> str:
    """Return a list, an item a line."""
    return "<ul>\n" + "".join(f"<li>{text(line)}</li>\n" for line in lines) + "</ul>"


def of_table(table: Table) -> str:
    """Return the columns of a table that a person reads first, and its first rows."""
    keys = _SHOWN.get(table.title, ())
    places = [i for i, c in enumerate(table.columns) if c.key in keys or not keys]
    if not keys:
        # Identifiers say in full what the short ids beside them say.
        places = [i for i in places if not table.columns[i].key.endswith("iri")] or places
    heads = "".join(f'<th scope="col">{text(table.columns[i].heading)}</th>' for i in places)
    rows = "".join(_row(row, places) for row in table.rows[:MOST_ROWS])
    caption = " ".join(filter(None, (f"{table.title}.", table.note, _left_out(table))))
    return (
        f"<table>\n<caption>{text(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table>"
    )


def _left_out(table: Table) -> str:
    total = len(table.rows)
    if total <= MOST_ROWS:
        return "" if total else "There are none."
    return f"The first {MOST_ROWS} of {total:,} rows; to_frame() has them all."


def _row(row: tuple[Value, ...], places: list[int]) -> str:
    first, *others = (text(_brief(row[i])) for i in places)
    cells = "".join(f"<td>{c}</td>" for c in others)
    return f'<tr><th scope="row">{first}</th>{cells}</tr>\n'


def _brief(value: Value) -> str:
    """Return a value as people read it: short ids and prefixed names for IRIs, yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    shown = "" if value is None else str(value)
    if shown.startswith(BASE):
        return short_id(shown)
    for prefix, namespace in PREFIXES.items():
        if shown.startswith(namespace):
            return f"{prefix}:{shown.removeprefix(namespace)}"
    return shown


def of_blocks(blocks: Iterable[Block]) -> str:
    """Return a text with headings, lists, quotes with their places, and tables."""
    parts = []
    for kind, group in groupby(blocks, key=lambda b: b.kind):
        if kind == "item":
            parts.append(bullets(b.text for b in group))
            continue
        parts += [_block(b) for b in group]
    return "\n".join(parts)


def _block(block: Block) -> str:
    if block.kind == "table":
        return of_table(block.table) if block.table else ""
    words = text(block.text)
    if block.kind == "quote":
        return f"<blockquote>{words}<br><small>{text(block.source)}</small></blockquote>"
    return f"<h4>{words}</h4>" if block.kind == "heading" else f"<p>{words}</p>"


def of_trace(trace: Trace) -> str:
    """Return a trace as lists in lists: each thing with how we know the step to it."""
    root = outline(trace)
    room = [MOST_BRANCHES]
    parts = "".join(_branches(root, room))
    more = sum(1 for _ in root.walk()) - 1 - MOST_BRANCHES
    told = paragraph(f"{more:,} further places are not shown; to_frame() has all links.")
    return parts + (f"\n{told}" if more > 0 else "")


def _branches(above: Branch, room: list[int]) -> Iterator[str]:
    if not above.children or room[0] <= 0:
        return
    yield "<ul>\n"
    for child in above.children:
        if room[0] <= 0:
            break
        room[0] -= 1
        known = [_how(child.link)]
        known += [f"directly with {_short(node)}: {_how(link)}" for node, link in child.beside]
        if child.repeated:
            known.append("what follows it is listed earlier")
        yield f"<li>{text(child.node.name)}<br><small>{text('; '.join(known))}</small>\n"
        yield from _branches(child, room)
        yield "</li>\n"
    yield "</ul>"


def _short(node: Node) -> str:
    return f"{node.level_name} {node.notation}" if node.notation else node.name


def _how(link: Link | None) -> str:
    """Return how we know a link: `stated in Table 2; rests on the judgement “...”`."""
    best = link.best if link else None
    if link is None or best is None:
        return "how we know is not recorded"
    where = f" in {best.stated_in}" if best.stated_in else f", asserted by {best.asserted_by}"
    judged = "; ".join(label for _, label in best.judgements)
    return f"{link.basis}{where}" + (f", resting on judgement: {judged}" if judged else "")
