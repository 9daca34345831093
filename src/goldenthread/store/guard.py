"""Refuse what a reader's SPARQL may not do, before the engine sees it.

pyoxigraph calls out for SERVICE and no setting stops it; deep nesting overflows its stack and
ends the whole process. So the text is read here first, token by token. Where a text can be read
in two ways it is refused: the engine's parser needs no white space between tokens, and takes
`SERVICEe:x` for SERVICE and `e:x`.
"""

import re
import sys
from collections.abc import Collection
from typing import NoReturn
from urllib.parse import urljoin

from goldenthread.errors import BadQuery

MOST_BYTES = 100_000
DEEPEST = 64
MOST_OPERATORS = 500
MOST_GROUPS = 200

# A prefix is bounded: without that, a long run of dots is read again from each of its places.
TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<string>'''(?:[^'\\]|\\.|'(?!''))*''' | \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"
      | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*")
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<variable>[?$]\w+)
  | (?P<pname>[\w.\-]{0,64}:(?:[\w.:\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
  | (?P<word>\w+)
  | (?P<open>[({\[])
  | (?P<close>[)}\]])
  | (?P<operator>[+\-*/|&!^=])
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PREFIX = re.compile(r"\bPREFIX\s+([\w.\-]*):", re.IGNORECASE)
_UPDATES = {"INSERT", "DELETE", "DROP", "LOAD", "CLEAR", "CREATE", "MOVE", "COPY", "ADD"}
_GROUPS = {"UNION", "OPTIONAL", "MINUS", "GRAPH", "FILTER", "BIND", "EXISTS"}
_ENDS = re.compile(r"[\w)>\"']")
_TELLING = ("SERVICE", "FROM", "\\", *sorted(_UPDATES))
# A `<` that begins no address of a host: that may be "less than", or depend on BASE.
_RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.\-]*://)")
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")


def guard(text: str, graphs: Collection[str] | None = None, base: str = "") -> bool:
    """Refuse SPARQL that writes, calls other services or cannot be run safely.

    Args:
        text: the query as the person gave it.
        graphs: IRIs of the graphs that FROM and FROM NAMED may name; any where None.
        base: IRI against which relative ones are read where the query gives none.

    Returns:
        Whether the query names its own graphs with FROM or FROM NAMED.

    Raises:
        BadQuery: what is refused, why, and what to do; with its line and column.
    """
    _measure(text)
    return not _harmless(text) and _Reader(text, graphs, base).read()


def _measure(text: str) -> None:
    if not text.strip():
        raise BadQuery("The query is empty. Write a SELECT, ASK, CONSTRUCT or DESCRIBE query.")
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise BadQuery("The query is not valid Unicode. Save it as UTF-8 text.") from error
    if size > MOST_BYTES:
        raise BadQuery(
            f"The query has {size:,} bytes; {MOST_BYTES:,} are the most, because a longer one "
            "can use up the memory of the machine. Ask in parts, or download the data."
        )


def _harmless(text: str) -> bool:
    """Return whether nothing in a text could be refused, however it is read.

    Most questions can be told so in a tenth of the time that reading them takes: every refusal
    needs some letters or signs, counted here wherever they stand. Where they are, and whether they
    mean what they look like, is left to the reader.
    """
    if not text.isascii() or _RELATIVE.search(text):
        return False
    upper = text.upper()
    return (
        not any(word in upper for word in _TELLING)
        and sum(map(text.count, "({[")) <= DEEPEST
        and sum(map(text.count, "+-*/|&!^=")) <= MOST_OPERATORS
        and sum(map(upper.count, _GROUPS)) <= MOST_GROUPS
    )


class _Reader:
    """Walks through the tokens of one query."""

    def __init__(self, text: str, graphs: Collection[str] | None, base: str) -> None:
        self.text = text
        self.graphs = graphs
        self.base = base
        self.prefixes = set(_PREFIX.findall(text))
        self.open: list[str] = []
        self.operators = 0
        self.groups = 0
        self.clause = ""
        self.datasets = False
        self.before = ""
        self.earlier = ""
        self.named: dict[str, str] = {}
        """What prefixes stand for so far."""
        self.suspect: int | None = None
        """Where a name began that is SERVICE and the address of one if a group follows."""

    def read(self) -> bool:
        """Read to the end; return whether the query names its own graphs."""
        for found in TOKEN.finditer(self.text):
            kind, token, at = found.lastgroup or "other", found.group(), found.start()
            if kind in ("comment", "space"):
                continue
            if self.suspect is not None and self.text[at] == "{":
                self._service(self.suspect)
            self.suspect = None
            check = getattr(self, f"_{kind}", None)
            if check is not None:
                check(token, at)
            if self.clause and kind in ("iri", "pname", "variable", "open"):
                self._graph(kind, token, at)
            self.earlier, self.before = self.before, token
        return self.datasets

    def _refuse(self, at: int, message: str) -> NoReturn:
        line = self.text.count("\n", 0, at) + 1
        column = at - (self.text.rfind("\n", 0, at) + 1) + 1
        raise BadQuery(f"{message} (line {line}, column {column})", line, column)

    def _string(self, token: str, at: int) -> None:
        self._escapes(token, at, "\"'\\\n\r")

    def _iri(self, token: str, at: int) -> None:
        if self.before.upper() == "BASE":
            self.base = self._whole(token[1:-1])
        elif self.earlier.upper() == "PREFIX":
            self.named[self.before.removesuffix(":")] = token[1:-1]
        self._escapes(token, at, '<>"{}|^`\\ \n\r\t')
        # `<` may also mean "less than", and then what follows is no IRI and may hide a query.
        if (
            self.open[-1:] == ["("]
            and _ENDS.match(self.before[-1:])
            and ("#" in token or "'" in token)
            and not _ABSOLUTE.match(token)
        ):
            self._refuse(
                at,
                "“<” can be read in two ways here. Put a space after a “<” that means less than.",
            )

    def _escapes(self, token: str, at: int, forbidden: str) -> None:
        for escape in _ESCAPE.finditer(token):
            code = int(escape.group(1) or escape.group(2), 16)
            if code > sys.maxunicode or chr(code) in forbidden:
                self._refuse(
                    at + escape.start(),
                    "This escape stands for a character that would end the text it is in. "
                    "Write the character with a backslash, or leave it out.",
                )

    def _pname(self, token: str, at: int) -> None:
        prefix = token.split(":", 1)[0]
        if "service" in prefix.lower():
            if prefix not in self.prefixes:
                self._service(at)
            self.suspect = at
        if prefix and prefix not in self.prefixes:
            self._word(prefix, at)

    def _word(self, token: str, at: int) -> None:
        word = token.upper()
        if "SERVICE" in word:
            self._service(at)
        if word in _UPDATES:
            self._refuse(
                at,
                f"{word} changes data, and queries here only read. "
                "Use SELECT, ASK, CONSTRUCT or DESCRIBE.",
            )
        if word in _GROUPS:
            self.groups += 1
            if self.groups > MOST_GROUPS:
                self._refuse(
                    at,
                    f"The query has more than {MOST_GROUPS} groups (UNION, OPTIONAL, FILTER and "
                    "the like), which is too complex to run. Ask in parts.",
                )
        if self.before.upper() == "FROM" and word == "NAMED":
            return
        self.clause = "FROM" if word == "FROM" else ""

    def _service(self, at: int) -> NoReturn:
        self._refuse(
            at,
            "SERVICE is refused: it would send the question to another machine. "
            "Load the other data here with --data, or ask that machine itself.",
        )

    def _open(self, token: str, at: int) -> None:
        self.open.append(token)
        if len(self.open) > DEEPEST:
            self._refuse(
                at,
                f"Brackets are nested deeper than {DEEPEST}, which is too deep to run. "
                "Ask in parts.",
            )

    def _close(self, token: str, at: int) -> None:  # noqa: ARG002 - every check takes both
        if self.open:
            self.open.pop()

    def _operator(self, token: str, at: int) -> None:  # noqa: ARG002 - every check takes both
        self.operators += 1
        if self.operators > MOST_OPERATORS:
            self._refuse(
                at,
                f"The query has more than {MOST_OPERATORS} operators, which is too long to run. "
                "Ask in parts.",
            )

    def _other(self, token: str, at: int) -> None:  # noqa: ARG002 - every check takes both
        if _ESCAPE.match(self.text, at):
            self._refuse(
                at,
                "Escapes with \\u may stand in strings and IRIs alone: elsewhere they can hide "
                "a keyword. Write the character itself.",
            )

    def _graph(self, kind: str, token: str, at: int) -> None:
        """Check what FROM or FROM NAMED names."""
        self.clause = ""
        if kind in ("variable", "open"):
            return
        self.datasets = True
        if self.graphs is None:
            return
        iri = self._whole(token[1:-1] if kind == "iri" else self._expand(token))
        if iri not in self.graphs:
            names = ", ".join(f"<{g}>" for g in sorted(self.graphs))
            self._refuse(
                at,
                f"FROM names a graph that is not here, and nothing is fetched. Leave FROM out, "
                f"or name one of: {names}.",
            )

    def _whole(self, iri: str) -> str:
        """Return an IRI in full: where it cannot be, it names none of our graphs."""
        try:
            return urljoin(self.base, iri)
        except ValueError:
            return iri

    def _expand(self, token: str) -> str:
        prefix, local = token.split(":", 1)
        return self.named.get(prefix, prefix + ":") + local
