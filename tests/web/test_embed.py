import re
from typing import Any

import pytest

from goldenthread.errors import BadValue
from goldenthread.faces.web.framing import Framing
from goldenthread.faces.web.headers import SECURITY

PAGES = [
    "/",
    "/trace",
    "/trace?focus=corporate-priority/4&view=table",
    "/doc/occ-libraries-heritage/service-priority/1.4",
    "/coverage",
    "/gaps",
    "/checks",
    "/corrections",
    "/search?q=rural",
    "/sources/annex-3",
    "/about",
    "/ontology/",
    "/nothing-here",
]


def embedded(path: str) -> str:
    """Return the address of a page for a frame."""
    return f"{path}{'&' if '?' in path else '?'}embed=1"


def ancestors(answer: Any) -> str:
    """Return whose frame an answer may stand in, by its policy."""
    found = re.search(r"frame-ancestors ([^;]*)", answer.headers["content-security-policy"])
    assert found
    return found[1]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_in_a_frame_is_its_content_and_one_line(explorer: Any, path: str) -> None:
    """Guards embedding: no head, no foot; whose it is, in which reading, and the way to the whole.

    Its links and forms stay in the frame, or the frame would refuse what they lead to.
    """
    answer = explorer.ask(embedded(path))
    text = answer.text
    assert "<header" not in text
    assert "<footer" not in text
    assert "gt-nav" not in text
    assert text.count("<h1") == 1
    assert 'id="main"' in text
    line = text[text.index("gt-embedded__from") :]
    assert "not a council service, read with corrections by goldenthread" in line
    assert f'href="{path.replace("&", "&amp;")}"' in line.replace("%2F", "/")
    assert '<meta name="robots" content="noindex">' in text
    links = re.findall(r'<a [^>]*href="(/[^"]*)"', text[: text.index("gt-embedded__from")])
    assert not [u for u in links if "embed=1" not in u]
    assert text.count("</form>") == text.count('name="embed"')


@pytest.mark.parametrize("path", PAGES)
def test_only_a_page_for_a_frame_may_stand_in_one(explorer: Any, path: str) -> None:
    """Guards against clickjacking: both headers forbid frames, or agree on whose they may be."""
    plain, framed = explorer.ask(path), explorer.ask(embedded(path))
    assert ancestors(plain) == "'none'"
    assert plain.headers["x-frame-options"] == "DENY"
    assert ancestors(framed) == "'self'"
    assert framed.headers["x-frame-options"] == "SAMEORIGIN"
    for name in ("embed=0", "embed=", "embed=yes"):
        other = explorer.ask(path + ("&" if "?" in path else "?") + name)
        assert ancestors(other) == "'none'"


@pytest.mark.parametrize(
    ("setting", "policy", "older"),
    [
        ("", "'self'", "SAMEORIGIN"),
        ("self", "'self'", "SAMEORIGIN"),
        ("'none'", "'none'", "DENY"),
        ("self https://intranet.example.org", "'self' https://intranet.example.org", None),
        ("https://*.example.org:8443", "https://*.example.org:8443", None),
    ],
)
def test_whose_frame_is_a_setting(setting: str, policy: str, older: str | None) -> None:
    """Guards GOLDENTHREAD_EMBED_ANCESTORS, and the older header beside it."""
    framing = Framing.from_environment({"GOLDENTHREAD_EMBED_ANCESTORS": setting})
    found = framing.headers(SECURITY, "focus=x&embed=1")
    assert f"frame-ancestors {policy}" in found["Content-Security-Policy"]
    assert found["Content-Security-Policy"].count("frame-ancestors") == 1
    assert found.get("X-Frame-Options") == older
    assert framing.headers(SECURITY, "focus=x") == SECURITY


@pytest.mark.parametrize(
    "setting", ["*", "https:", "none self", "https://a.b; script-src *", "javascript:alert(1)", "x"]
)
def test_a_setting_that_would_open_more_is_refused(setting: str) -> None:
    """Guards the policy: what is no origin stops the start and never reaches a header."""
    with pytest.raises(BadValue, match="GOLDENTHREAD_EMBED_ANCESTORS"):
        Framing.from_environment({"GOLDENTHREAD_EMBED_ANCESTORS": setting})


@pytest.mark.parametrize("path", ["//evil.example/", "///evil.example", "/%5Cevil.example", "/%0a"])
def test_the_way_out_of_the_frame_leads_to_no_other_host(explorer: Any, path: str) -> None:
    """Guards the link to the page by itself, whatever address the frame was given."""
    text = explorer.ask(embedded(path)).text
    line = text[text.index("gt-embedded__from") :] if "gt-embedded__from" in text else ""
    assert not re.search(r'href="(//|/\\\\|https?:)', line)


@pytest.mark.browser
def test_a_browser_frames_what_may_be_framed_and_nothing_else(browser: Any, explorer: Any) -> None:
    """Guards the headers where they count, and that a link inside the frame works there."""
    page = browser.new_page()
    page.goto(explorer.url + "/about")
    # The page's own policy allows no frames in it; a page without one is put in its place.
    page.route("**/host.html", lambda r: r.fulfill(content_type="text/html", body=HOST))
    page.goto(explorer.url + "/host.html")
    frames = page.frames[1:]
    shown = [f.get_by_text("Support carers and the social care system").count() for f in frames]
    frames[0].get_by_role("link", name="Table", exact=True).click()
    frames[0].wait_for_selector("table")
    inside = frames[0].url
    page.close()
    assert shown[0] > 0
    assert shown[1] == 0
    assert "embed=1" in inside


HOST = """<!DOCTYPE html><title>Host</title>
<iframe src="/trace?focus=corporate-priority/4&embed=1" width="700" height="400"></iframe>
<iframe src="/trace?focus=corporate-priority/4" width="700" height="400"></iframe>"""
