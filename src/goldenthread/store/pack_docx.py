"""Write an assurance pack as a Word document: real headings, header rows, alternative texts.

The body is written as WordprocessingML in one go: python-docx makes objects of each cell, and
there are thousands. Words pass through `_text`, which leaves no markup in them.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

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
    Section,
)
from goldenthread.store import pack_docx_styles as styles
from goldenthread.store import pack_docx_words as words
from goldenthread.store.picture import to_png
from goldenthread.store.spreadsheet import same_bytes

if TYPE_CHECKING:
    from docx.document import Document

_UNIT, _WIDEST, _HIGHEST = 0.21, 250.0, 128.0
"""Millimetres: of a unit of a drawing, and the most that a landscape page has room for."""
_TWIPS = 56.7
_ROOM = {False: int(174 * _TWIPS), True: int(261 * _TWIPS)}
"""Twentieths of a point between the margins, upright and landscape."""
_LISTED = 2
_LINES = {"small": "Small", "quote": "Cell", "plain": "Cell", "strong": "Cell"}


def to_docx(pack: Pack) -> bytes:
    """Return a pack as a Word document, the same bytes every time.

    Raises:
        Unavailable: resvg is not installed, which makes the pictures.
    """
    import docx

    document = docx.Document()
    styles.prepare(document, pack)
    return same_bytes(_Body(document, pack).saved())


class _Body:
    """The body of the document, part by part."""

    def __init__(self, document: "Document", pack: Pack) -> None:
        self.document, self.pack = document, pack
        self.keys, self.bookmarks = pack.keys, 0
        self.wide = False
        self.made: list[Any] = []

    def saved(self) -> bytes:
        """Return the file."""
        body = self.document.element.body
        last = body.sectPr
        self._cover()
        self._contents()
        for section in self.pack.sections:
            if section.wide != self.wide:
                self._turn(section.wide)
            self._section(section, 1)
        for element in self.made:
            last.addprevious(element)
        styles.page(last, wide=self.wide)
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _add(self, xml: str) -> None:
        self.made.append(styles.parsed(xml))

    def _turn(self, wide: bool) -> None:
        """End the pages that lie one way; what follows lies the other."""
        from copy import deepcopy

        from docx.oxml.ns import qn

        last = self.document.element.body.sectPr
        ended = deepcopy(last)
        for found in last.findall(qn("w:titlePg")):
            # The first page is the cover; the first page of what follows is none.
            last.remove(found)
        styles.page(ended, wide=self.wide)
        holder = styles.parsed("<w:p><w:pPr/></w:p>")
        holder[0].append(ended)
        self.made.append(holder)
        self.wide = wide

    def _paragraph(self, style: str, inner: str, more: str = "") -> None:
        self._add(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inner}</w:p>')

    def _cover(self) -> None:
        pack = self.pack
        self._paragraph("Brand", words.run("Golden thread"))
        self._paragraph("Title", words.run(pack.title))
        self._paragraph("Subtitle", words.run(pack.plan))
        for name, text in pack.facts:
            self._fact(name, text)
        self._paragraph("Standing", words.run(pack.standing))

    def _fact(self, name: str, text: str, style: str = "Fact") -> None:
        self._paragraph(style, f"{words.run(name, bold=True)}<w:r><w:tab/></w:r>{words.run(text)}")

    def _contents(self) -> None:
        """Add the contents as a field that a program can renew, with what it holds now inside.

        Pages are fields too, empty until a program has laid the document out: LibreOffice does as
        it opens, Word when somebody renews fields. Asking Word to do so would greet every reader
        with a warning.
        """
        self._paragraph("ContentsTitle", words.run("Contents"), "<w:pageBreakBefore/>")
        listed = [(d, s) for d, s in self.pack.walk() if d <= _LISTED]
        for n, (depth, section) in enumerate(listed):
            page = words.begun(rf"PAGEREF {words.bookmark(section.key)} \h") + words.ENDED
            link = self._link(f"{words.run(section.title)}<w:r><w:tab/></w:r>{page}", section.key)
            begun = ended = ""
            if n == 0:
                begun = words.begun(rf'TOC \o "1-{_LISTED}" \h \z \u')
            if n == len(listed) - 1:
                ended = words.ENDED
            self._paragraph(f"toc{depth}", begun + link + ended)

    def _link(self, run: str, key: str) -> str:
        if key not in self.keys:
            return run
        return f'<w:hyperlink w:anchor="{words.bookmark(key)}" w:history="1">{run}</w:hyperlink>'

    def _marked(self, key: str, inner: str) -> str:
        if not key:
            return inner
        self.bookmarks += 1
        n = self.bookmarks
        begun = f'<w:bookmarkStart w:id="{n}" w:name="{words.bookmark(key)}"/>'
        return f'{begun}{inner}<w:bookmarkEnd w:id="{n}"/>'

    def _section(self, section: Section, depth: int) -> None:
        drawn = any(isinstance(p, Figure) for p in section.parts)
        fresh = "<w:pageBreakBefore/>" if drawn or (depth == 1 and section.fresh) else ""
        heading = self._marked(section.key, words.run(section.title))
        self._paragraph(f"Heading{min(depth, 4)}", heading, fresh)
        shown = [n for n, p in enumerate(section.parts) if isinstance(p, Grid | Figure)]
        for n, part in enumerate(section.parts):
            # What leads to a table, a drawing or a section stays on the page where that begins.
            leads = n < shown[-1] if shown else bool(section.sections)
            self._part(part, "<w:keepNext/>" if leads else "")
        for below in section.sections:
            self._section(below, depth + 1)

    def _part(self, part: Part, keep: str) -> None:
        match part:
            case Paragraph():
                style = {"text": "BodyText", "lead": "Lead", "note": "Note", "label": "Label"}
                self._paragraph(style[part.kind], words.run(part.text), keep)
            case Points():
                listed = "ListBullet" if part.kind == "points" else "Names"
                for item in part.items:
                    self._paragraph(listed, words.run(item))
            case Facts() | Numbers():
                style_of = "Fact" if isinstance(part, Facts) else "Number"
                for name, text in part.pairs:
                    self._fact(name, text, style_of)
            case Quotation():
                self._paragraph("Quote", words.run(f"“{part.text}”"), "<w:keepNext/>")
                self._paragraph("QuotePlace", words.run(part.place), "<w:keepNext/>")
            case Figure():
                self._figure(part)
            case Grid():
                self._grid(part)

    def _figure(self, figure: Figure) -> None:
        from docx.shared import Mm

        unit = min(_UNIT, _WIDEST / figure.width, _HIGHEST / figure.height)
        png = io.BytesIO(to_png(figure.svg))
        width, height = Mm(figure.width * unit), Mm(figure.height * unit)
        inline = self.document.part.new_pic_inline(png, width, height)
        inline.docPr.set("descr", clean(figure.alternative))
        inline.docPr.set("title", clean(figure.title))
        holder = styles.parsed('<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r/></w:p>')
        drawing = styles.parsed("<w:drawing/>")
        drawing.append(inline)
        holder[1].append(drawing)
        self.made.append(holder)
        self._paragraph("Caption", words.run(figure.title))

    def _grid(self, grid: Grid) -> None:
        self._paragraph("TableTitle", words.run(grid.title))
        room, matrix = _ROOM[self.wide], grid.form == "matrix"
        widths = [room * w // 1000 for w in _shares(grid, matrix=matrix)]
        columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
        style = "Matrix" if matrix else "Blank" if grid.form == "blank" else "Pack"
        heads = tuple((Line(h.title),) for h in grid.heads)
        rows = [self._row(heads, widths, matrix, "", head=True)]
        rows += [self._row(r.cells, widths, matrix, r.key) for r in grid.rows]
        title = words.attribute(grid.title)
        self._add(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" '
            'w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" '
            'w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{title}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
            f"{''.join(rows)}</w:tbl>"
        )
        self._paragraph("AfterTable", "")

    def _row(
        self,
        cells: tuple[Cell, ...],
        widths: list[int],
        matrix: bool,
        key: str,
        *,
        head: bool = False,
    ) -> str:
        long = sum(len(x.text) for c in cells for x in c) > styles.LONG_ROW
        marks = ("" if long else "<w:cantSplit/>") + ("<w:tblHeader/>" if head else "")
        made = []
        for n, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            body = "".join(self._lines(cell, head=head, middle=matrix and n > 0))
            if n == 0 and key:
                body = body.replace("</w:pPr>", "</w:pPr>" + self._marked(key, ""), 1)
            made.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{body}</w:tc>')
        return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(made)}</w:tr>"

    def _lines(self, cell: Cell, *, head: bool, middle: bool) -> Iterator[str]:
        align = '<w:jc w:val="center"/>' if middle else ""
        if not cell:
            yield '<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>'
        elif all(x.to and x.kind == "small" for x in cell):
            # References stand beside each other; anything else has a line of its own.
            runs = words.run(" ").join(
                self._link(words.run(x.text, linked=True), x.to) for x in cell
            )
            yield f'<w:p><w:pPr><w:pStyle w:val="Small"/>{align}</w:pPr>{runs}</w:p>'
        else:
            for line in cell:
                bold = head or line.kind == "strong"
                run = self._link(words.run(line.text, bold=bold, linked=bool(line.to)), line.to)
                style = _LINES[line.kind]
                yield f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{align}</w:pPr>{run}</w:p>'


def _shares(grid: Grid, *, matrix: bool) -> list[int]:
    """Return the widths of columns in thousandths of the room."""
    if matrix:
        longest = max((len(w) for h in grid.heads[1:] for w in h.title.split()), default=1)
        each = min(85, max(38, longest * 11), 760 // max(len(grid.heads) - 1, 1))
        return [min(500, 1000 - each * (len(grid.heads) - 1))] + [each] * (len(grid.heads) - 1)
    total = sum(h.share for h in grid.heads)
    return [1000 * h.share // total for h in grid.heads]
