"""Write an assurance pack as one page that needs nothing else: style sheet and drawings inside."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from pathlib import Path

from goldenthread.domain.identifiers import clean
from goldenthread.domain.pack.parts import (
    Cell,
    Facts,
    Figure,
    Grid,
    Line,
    Numbers,
    Pack,
    Paragraph,
    Part,
    Points,
    Quotation,
    Row,
    Section,
)

STYLE = Path(__file__).with_name("pack.css")
_LISTED = 2
"""How deep the contents go."""


def policy() -> str:
    """Return the policy under which a server may show the page: its own style, nothing fetched."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )


def to_html(pack: Pack) -> bytes:
    """Return a pack as a page in UTF-8, the same bytes every time."""
    keys = pack.keys
    name = _text(pack.name)
    facts = "".join(f"<div><dt>{_text(k)}</dt><dd>{_text(v)}</dd></div>" for k, v in pack.facts)
    parts = [
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="generator" content="goldenthread {_text(pack.version)}">',
        f"<title>{name}</title>\n<style>{_style()}</style>\n</head>\n<body>",
        '<a class="skip" href="#main">Skip to main content</a>',
        '<header class="cover"><p class="brand">Golden thread</p>',
        f'<h1>{_text(pack.title)} <span class="plan">{_text(pack.plan)}</span></h1>',
        f'<dl class="facts">{facts}</dl>',
        f'<p class="standing">{_text(pack.standing)}</p></header>',
        '<nav class="contents" aria-labelledby="contents"><h2 id="contents">Contents</h2>',
        _contents(pack.sections, 1),
        '</nav>\n<main id="main" tabindex="-1">',
        *(_section(s, 2, keys) for s in pack.sections),
        f"</main>\n<footer><p>{name}. {_text(pack.standing)}",
        '<a href="#contents">Back to contents</a></p></footer>\n</body>\n</html>',
    ]
    return ("\n".join(parts) + "\n").encode("utf-8", "replace")


def _style() -> str:
    return STYLE.read_text(encoding="utf-8")


def _text(words: str) -> str:
    return escape(clean(words))


def _contents(sections: tuple[Section, ...], depth: int) -> str:
    items = "".join(
        f'<li><a href="#{_text(s.key)}">{_text(s.title)}</a>'
        + (_contents(s.sections, depth + 1) if s.sections and depth < _LISTED else "")
        + "</li>"
        for s in sections
    )
    return f"<ol>{items}</ol>"


def _section(section: Section, depth: int, keys: frozenset[str]) -> str:
    level = min(depth, 6)
    kind = (" wide" if section.wide else "") + ("" if section.fresh else " flows")
    parts = "\n".join(text for p in section.parts for text in _part(p, keys))
    below = "\n".join(_section(s, depth + 1, keys) for s in section.sections)
    return (
        f'<section class="depth-{depth}{kind}" aria-labelledby="{_text(section.key)}">'
        f'<h{level} id="{_text(section.key)}">{_text(section.title)}</h{level}>\n'
        f"{parts}\n{below}</section>"
    )


def _part(part: Part, keys: frozenset[str]) -> Iterator[str]:
    match part:
        case Paragraph():
            yield f'<p class="{part.kind}">{_text(part.text)}</p>'
        case Points():
            items = "".join(f"<li>{_text(i)}</li>" for i in part.items)
            yield f'<ul class="{part.kind}">{items}</ul>'
        case Facts() | Numbers():
            kind = "facts" if isinstance(part, Facts) else "numbers"
            pairs = part.pairs if kind == "facts" else tuple((w, n) for n, w in part.pairs)
            rows = "".join(f"<div><dt>{_text(k)}</dt><dd>{_text(v)}</dd></div>" for k, v in pairs)
            yield f'<dl class="{kind}">{rows}</dl>'
        case Quotation():
            yield (
                f"<blockquote><p>“{_text(part.text)}”</p>"
                f"<footer><cite>{_text(part.place)}</cite></footer></blockquote>"
            )
        case Figure():
            yield _figure(part)
        case Grid():
            yield _grid(part, keys)


def _figure(figure: Figure) -> str:
    svg = base64.b64encode(clean(figure.svg).encode("utf-8")).decode()
    title = _text(figure.title)
    return (
        f'<figure><div class="scroll" tabindex="0" role="region" aria-label="{title}">'
        f'<img src="data:image/svg+xml;base64,{svg}" width="{figure.width}" '
        f'height="{figure.height}" alt="{_text(figure.alternative)}"></div>'
        f"<figcaption>{title}</figcaption></figure>"
    )


def _grid(grid: Grid, keys: frozenset[str]) -> str:
    title = _text(grid.title)
    heads = "".join(
        f'<th scope="col">{_text(h.title)}</th>' if h.title else "<td></td>" for h in grid.heads
    )
    widths = "".join(f'<col class="share-{h.share}">' for h in grid.heads)
    rows = "\n".join(_row(r, keys) for r in grid.rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{title}">'
        f'<table class="{grid.form}"><caption>{title}</caption><colgroup>{widths}</colgroup>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody></table></div>"
    )


def _row(row: Row, keys: frozenset[str]) -> str:
    first, *rest = (_cell(c, keys) for c in row.cells)
    key = f' id="{_text(row.key)}"' if row.key else ""
    others = "".join(f"<td>{c}</td>" for c in rest)
    return f'<tr{key}><th scope="row">{first}</th>{others}</tr>'


def _cell(cell: Cell, keys: frozenset[str]) -> str:
    said = [_line(x, keys) for x in cell]
    # References stand beside each other; anything else has a line of its own.
    return (" " if all(x.to for x in cell) else "<br>").join(said)


def _line(line: Line, keys: frozenset[str]) -> str:
    words = _text(line.text)
    if line.to in keys:
        words = f'<a href="#{_text(line.to)}">{words}</a>'
    tag = {"strong": "strong", "quote": "q", "small": "small", "plain": ""}[line.kind]
    if tag == "q":
        # The quotation marks are in the words already, as every format has them.
        return f'<span class="quote">{words}</span>'
    return f"<{tag}>{words}</{tag}>" if tag else words
