"""The looks of an assurance pack in Word: styles, pages, headers and footers."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from goldenthread.domain.identifiers import clean
from goldenthread.domain.pack.parts import Pack

if TYPE_CHECKING:
    from docx.document import Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LONG_ROW = 1_200
"""Characters of a row that a page may cut in two."""
_INK, _GOLD, _GREY, _PALE, _RULE = "0B0C0C", "966B00", "505A5F", "FBF5E4", "B1B4B6"
_UPRIGHT, _MARGIN = (11906, 16838), 1020
"""A4 and its margins in twentieths of a point."""
# Points, bold, colour, space before and after, and what else a style has.
_STYLES: dict[str, tuple[float, bool, str, float, float, str]] = {
    "Title": (34, True, _INK, 0, 6, ""),
    "Subtitle": (19, False, _INK, 0, 30, ""),
    "Brand": (13, True, _GOLD, 170, 4, ""),
    "Standing": (11, True, _INK, 40, 0, "shade"),
    "Fact": (10, False, _INK, 0, 4, "tab"),
    "Number": (11, False, _INK, 0, 3, "number"),
    "ContentsTitle": (20, True, _INK, 0, 10, "line"),
    "Heading 1": (20, True, _INK, 0, 12, "line"),
    "Heading 2": (13.5, True, _INK, 20, 8, ""),
    "Heading 3": (11, True, _INK, 16, 6, ""),
    "Heading 4": (10, True, _INK, 14, 6, ""),
    "toc 1": (10.5, True, _INK, 6, 1, "page"),
    "toc 2": (10, False, _INK, 0, 1, "indent"),
    "Body Text": (10.5, False, _INK, 0, 6, ""),
    "Lead": (12, False, _INK, 0, 8, ""),
    "Note": (9, False, _GREY, 0, 6, ""),
    "Label": (10.5, True, _INK, 10, 4, "keep"),
    "List Bullet": (10.5, False, _INK, 0, 4, ""),
    "Names": (9, False, _INK, 0, 2, "bullet"),
    "Quote": (11, False, _INK, 2, 0, "bar"),
    "QuotePlace": (9, False, _GREY, 0, 8, "bar"),
    "Picture": (10, False, _INK, 6, 2, "middle"),
    "Caption": (9, False, _GREY, 0, 10, "centre"),
    "TableTitle": (9.5, True, _INK, 8, 3, "keep"),
    "AfterTable": (4, False, _INK, 0, 4, ""),
    "Cell": (9, False, _INK, 1, 1, ""),
    "Small": (8, False, _GREY, 0, 1, ""),
}
_PAGE = '<w:tab w:val="right" w:pos="9866"/>'
"""Where the numbers of pages stand in the contents: at the margin."""
_MORE = {
    "shade": f'<w:shd w:val="clear" w:color="auto" w:fill="{_PALE}"/>',
    "tab": '<w:tabs><w:tab w:val="left" w:pos="2600"/></w:tabs>'
    '<w:ind w:left="2600" w:hanging="2600"/>',
    "number": f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{_GOLD}"/></w:pBdr>'
    '<w:tabs><w:tab w:val="left" w:pos="900"/></w:tabs><w:ind w:left="900" w:hanging="780"/>',
    "line": f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="4" w:color="{_GOLD}"/></w:pBdr>',
    "page": f'<w:tabs>{_PAGE}</w:tabs><w:ind w:right="500"/>',
    "indent": f'<w:tabs>{_PAGE}</w:tabs><w:ind w:left="300" w:right="500"/>',
    "bullet": '<w:ind w:left="200"/>',
    "keep": "<w:keepNext/>",
    "bar": f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{_GOLD}"/></w:pBdr>'
    '<w:ind w:left="200"/>',
    "middle": '<w:keepNext/><w:jc w:val="center"/>',
    "centre": '<w:jc w:val="center"/>',
    "": "",
}
# Where in a paragraph's properties each of them has to stand (ISO/IEC 29500-1, 17.3.1.26).
_ORDER = (
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "numPr",
    "pBdr",
    "shd",
    "tabs",
    "spacing",
    "ind",
    "contextualSpacing",
    "jc",
    "outlineLvl",
)


def parsed(xml: str) -> Any:  # noqa: ANN401 - an element of lxml, which has no types here
    """Return WordprocessingML as an element."""
    from docx.oxml import parse_xml

    at = xml.index(">") if "/>" not in xml[: xml.index(">") + 1] else xml.index("/>")
    return parse_xml(f'{xml[:at]} xmlns:w="{W}"{xml[at:]}')


def prepare(document: "Document", pack: Pack) -> None:
    """Give a new document the pack's styles, properties, language, headers and footers."""
    for name, look in _STYLES.items():
        _style(document, name, *look)
    for kind in ("Pack", "Matrix", "Blank"):
        _table_style(document, kind)
    for lang in document.styles.element.iter(f"{{{W}}}lang"):
        lang.set(f"{{{W}}}val", "en-GB")
    core = document.core_properties
    core.title, core.author = clean(pack.name), f"goldenthread {pack.version}"
    core.subject, core.language = clean(pack.standing), "en-GB"
    core.identifier = f"sha256:{pack.sha256}"[:255]
    core.comments = ""
    core.created = core.modified = datetime(1980, 1, 1, tzinfo=UTC)
    _footer(document, clean(pack.name))


def page(properties: Any, *, wide: bool) -> None:  # noqa: ANN401
    """Lay the pages of a section upright or landscape."""
    from docx.oxml.ns import qn

    size, margins = properties.find(qn("w:pgSz")), properties.find(qn("w:pgMar"))
    width, height = _UPRIGHT[::-1] if wide else _UPRIGHT
    size.set(qn("w:w"), str(width))
    size.set(qn("w:h"), str(height))
    size.attrib.pop(qn("w:orient"), None)
    if wide:
        size.set(qn("w:orient"), "landscape")
    for side in ("left", "right", "top", "bottom"):
        margins.set(qn(f"w:{side}"), str(_MARGIN))


def _style(
    document: "Document",
    name: str,
    points: float,
    bold: bool,
    colour: str,
    *rest: Any,  # noqa: ANN401
) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    before, after, more = rest
    known = {s.name for s in document.styles}
    style = (
        document.styles[name]
        if name in known
        else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    style.font.size, style.font.bold, style.font.italic = Pt(points), bold, False
    style.font.name, style.font.color.rgb = "Arial", RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for spaced in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spaced)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.1
    properties = style.element.get_or_add_pPr()
    for old in ("pBdr", "contextualSpacing"):
        for found in properties.findall(qn(f"w:{old}")):
            properties.remove(found)
    for element in parsed(f"<w:pPr>{_MORE[more]}</w:pPr>"):
        for found in properties.findall(element.tag):
            properties.remove(found)
        properties.append(element)
    place = {qn(f"w:{tag}"): n for n, tag in enumerate(_ORDER)}
    properties[:] = sorted(properties, key=lambda e: place.get(e.tag, -1))


def _table_style(document: "Document", name: str) -> None:
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"'
    inside = f"<w:insideH {line}/>"
    if name == "Blank":
        inside += f"<w:insideV {line}/>"
    inset, above = (50, 40) if name == "Matrix" else (90, 240 if name == "Blank" else 40)
    bold = "<w:rPr><w:b/></w:rPr>"
    document.styles.element.append(
        parsed(
            f'<w:style w:type="table" w:customStyle="1" w:styleId="{name}"><w:name '
            f'w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:bottom '
            f"{line}/>{inside}</w:tblBorders><w:tblCellMar>"
            f'<w:top w:w="{above}" w:type="dxa"/><w:left w:w="{inset}" w:type="dxa"/>'
            f'<w:bottom w:w="{above}" w:type="dxa"/><w:right w:w="{inset}" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr>"
            f'<w:tblStylePr w:type="firstRow">{bold}<w:tcPr><w:tcBorders><w:bottom w:val="single" '
            f'w:sz="10" w:space="0" w:color="{_INK}"/></w:tcBorders><w:shd w:val="clear" '
            f'w:color="auto" w:fill="{_PALE}"/></w:tcPr></w:tblStylePr></w:style>'
        )
    )


def _footer(document: "Document", name: str) -> None:
    from xml.sax.saxutils import escape

    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.footer.paragraphs[0]
    number = "".join(
        f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r><w:fldSimple w:instr=" {field} "><w:r>'
        "<w:t>1</w:t></w:r></w:fldSimple>"
        for words, field in ((" · Page ", "PAGE"), (" of ", "NUMPAGES"))
    )
    made = parsed(
        '<w:p><w:pPr><w:pStyle w:val="Small"/><w:pBdr><w:top w:val="single" w:sz="4" w:space="4" '
        f'w:color="{_RULE}"/></w:pBdr></w:pPr><w:r><w:t xml:space="preserve">{escape(name)}'
        f"</w:t></w:r>{number}</w:p>"
    )
    element = paragraph._p  # noqa: SLF001 - python-docx has no call for it
    element.getparent().replace(element, made)
