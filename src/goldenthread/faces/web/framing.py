"""Which pages may stand in a frame of another page, and whose: those with `?embed=1` alone.

`GOLDENTHREAD_EMBED_ANCESTORS` says whose, as in Content-Security-Policy's `frame-ancestors`: none,
'self' (this server's own pages; unless set), or origins such as https://intranet.example.org.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from goldenthread.errors import BadValue

VARIABLE = "GOLDENTHREAD_EMBED_ANCESTORS"
_ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:(\d{1,5}|\*))?/?")

_LINK = re.compile(r'(<a [^>]*?href=")(/(?!static/)[^"#]*)')
_FIELD = '<input type="hidden" name="embed" value="1">'


@dataclass(frozen=True, slots=True)
class Framing:
    """Who may frame what."""

    ancestors: str = "'self'"
    """A source list: `'none'`, or `'self'` and origins."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Framing":
        """Return what the environment sets.

        Raises:
            BadValue: it names what is no origin.
        """
        words = environment.get(VARIABLE, "").replace(",", " ").split() or ["'self'"]
        plain = [w.strip("'").casefold() for w in words]
        if plain == ["none"]:
            return cls("'none'")
        if wrong := [w for w in plain if w != "self" and not _ORIGIN.fullmatch(w)]:
            raise BadValue(
                f"{VARIABLE} has “{wrong[0][:80]}”. It takes none, self, and origins such as "
                "https://intranet.example.org, with spaces between."
            )
        return cls(" ".join("'self'" if w == "self" else w for w in dict.fromkeys(plain)))

    def headers(self, security: Mapping[str, str], query: str) -> dict[str, str]:
        """Return the security headers of an answer, for the query of its request."""
        found = dict(security)
        if not embedded(query):
            return found
        policy = found["Content-Security-Policy"]
        found["Content-Security-Policy"] = re.sub(
            r"frame-ancestors [^;]*", lambda _: f"frame-ancestors {self.ancestors}", policy
        )
        # The older header knows two answers only; where neither is true, the policy stands alone.
        if self.ancestors == "'self'":
            found["X-Frame-Options"] = "SAMEORIGIN"
        elif self.ancestors != "'none'":
            del found["X-Frame-Options"]
            # Pages that are isolated from others take only what says that they may.
            found["Cross-Origin-Resource-Policy"] = "cross-origin"
        return found


def keep_framed(page: str) -> str:
    """Return a page whose links and forms lead to pages that may stand in a frame too.

    Its last line is left alone: it leads out of the frame.
    """
    head, mark, foot = page.rpartition('<aside class="gt-embedded__from"')
    return _LINK.sub(_kept, head).replace("</form>", f"{_FIELD}</form>") + mark + foot


def _kept(link: re.Match[str]) -> str:
    address = link[2]
    return f"{link[1]}{address}{'&amp;' if '?' in address else '?'}embed=1"


def embedded(query: str) -> bool:
    """Return whether a query asks for the page without its head and foot."""
    return "embed" in query and parse_qs(query).get("embed", [""])[-1] == "1"
