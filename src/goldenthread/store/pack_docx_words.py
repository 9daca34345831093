"""Words, names and fields as WordprocessingML has them; no markup is left in what comes in."""

import re
from xml.sax.saxutils import escape

from goldenthread.domain.identifiers import clean

ENDED = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
"""The end of a field."""


def run(said: str, *, bold: bool = False, linked: bool = False) -> str:
    """Return a run of words."""
    look = ("<w:b/>" if bold else "") + ('<w:u w:val="single"/>' if linked else "")
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text(said)}</w:t></w:r>'


def begun(instruction: str) -> str:
    """Return the begin of a field, up to what it shows now."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'{instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def text(words: str) -> str:
    """Return words as XML has them."""
    return escape(clean(words))


def attribute(words: str) -> str:
    """Return words as an attribute has them."""
    return escape(clean(words), {'"': "&quot;"})


def bookmark(key: str) -> str:
    """Return a key as Word names a bookmark: letters, digits and underscores, forty at most."""
    return "_" + re.sub(r"[^A-Za-z0-9]", "_", key)[:39]
