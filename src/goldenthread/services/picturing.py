"""Make pictures of drawings, with what they say of themselves inside."""

from goldenthread.domain.table import About
from goldenthread.store import picture

possible = picture.possible


def to_png(svg: str, about: About) -> bytes:
    """Return a drawing as PNG that says where it comes from.

    Raises:
        BadValue: the drawing is too large for a picture.
        Unavailable: resvg is not installed.
    """
    return picture.to_png(svg, {"Software": f"goldenthread {about.version}", **_said(about)})


def _said(about: About) -> dict[str, str]:
    return {"Source": about.sha256, "Copyright": "; ".join(about.rights), "Comment": about.sentence}
