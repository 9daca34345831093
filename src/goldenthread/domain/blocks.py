"""A text in parts that any format can write: headings, paragraphs, lists, quotes and tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from goldenthread.domain.table import Table

Kind = Literal["heading", "text", "label", "item", "quote", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a text."""

    kind: Kind
    """`label` names the list that follows it and is no heading of the text."""
    text: str = ""
    depth: int = 1
    """Of a heading: 1 under the title, 2 under that."""
    source: str = ""
    """Of a quote: the place of the words."""
    table: Table | None = None
    columns: int = 1
    """In how many columns it may stand where there is no room for one."""


def markdown(title: str, blocks: Sequence[Block]) -> str:
    """Return a text in Markdown; nothing in its words is taken for markup."""
    found = [f"# {_mark(title)}"]
    for before, block in zip((None, *blocks), blocks, strict=False):
        text = _mark(block.text)
        in_list = block.kind == "item" and before is not None and before.kind == "item"
        line = {
            "heading": f"{'#' * (block.depth + 1)} {text}",
            "text": text,
            "label": f"**{text}**",
            "item": f"- {text}",
            "quote": f"> {text}\\\n> {_mark(block.source)}",
            "table": _table(block.table) if block.table else "",
        }[block.kind]
        found.append(line if in_list else f"\n{line}")
    return "\n".join(found) + "\n"


def _table(table: Table) -> str:
    rows = [[c.heading for c in table.columns], ["---"] * len(table.columns)]
    rows += [["" if v is None else str(v) for v in row] for row in table.rows]
    lines = [" | ".join(v if v == "---" else _mark(v) for v in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _mark(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in " ".join(text.split()))


_STYLE = (
    "@page{size:A4;margin:14mm}body{font:11pt/1.35 Arial,sans-serif;max-width:48em;margin:auto;"
    "padding:1em;color:#0b0c0c}table{border-collapse:collapse}th,td{border:1px solid #505a5f;"
    "padding:2px 6px;text-align:left}blockquote{margin:.5em 0;padding-left:1em;border-left:1px "
    "solid #505a5f}h2{font-size:1.15em;margin:.9em 0 .2em}p,ul{margin:.3em 0}"
)


def html(title: str, blocks: Sequence[Block], about: Sequence[tuple[str, str]]) -> str:
    """Return a text as one page that needs nothing else; it prints on A4."""
    from html import escape

    name = escape(title)
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>",
        f"<h1>{name}</h1>",
    ]
    in_list = False
    for block in blocks:
        if in_list != (block.kind == "item"):
            in_list = not in_list
            parts.append("<ul>" if in_list else "</ul>")
        parts.append(_html(block))
    parts += ["</ul>"] if in_list else []
    parts.append("</main>\n<footer>\n<h2>About this page</h2>\n<dl>")
    parts += [f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in about]
    return "\n".join([*parts, "</dl>\n</footer>\n</body>\n</html>"]) + "\n"


def _html(block: Block) -> str:
    from html import escape

    text = escape(" ".join(block.text.split()))
    if block.kind == "table" and block.table:
        heads = "".join(f'<th scope="col">{escape(c.heading)}</th>' for c in block.table.columns)
        rows = [
            "<tr>" + "".join(f"<td>{'' if v is None else escape(str(v))}</td>" for v in row)
            for row in block.table.rows
        ]
        caption = f"<caption>{escape(block.table.title)}</caption>"
        body = "</tr>\n".join(rows)
        return (
            f"<table>{caption}<thead><tr>{heads}</tr></thead>\n<tbody>{body}</tr></tbody></table>"
        )
    return {
        "heading": f"<h{block.depth + 1}>{text}</h{block.depth + 1}>",
        "text": f"<p>{text}</p>",
        "label": f"<p><strong>{text}</strong></p>",
        "item": f"<li>{text}</li>",
        "quote": f"<blockquote><p>{text}</p><cite>{escape(block.source)}</cite></blockquote>",
        "table": "",
    }[block.kind]
