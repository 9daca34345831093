"""Files that lead to each other: where one stands from another, and what a site offers there."""

import posixpath
from typing import Self
from urllib.parse import quote

from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.offered import Offered, further_file
from goldenthread.faces.web.paths import Links


class Relative(Links):
    """The addresses of files, relative to the page that is being written."""

    def __init__(
        self,
        x: Explorer,
        reading: str,
        here: str,
        pages: dict[str, set[str]],
        offered: Offered | None = None,
    ) -> None:
        """Keep what addresses depend on.

        Args:
            x: the explorer.
            reading: the reading of the page.
            here: path of the page's file from the top of the site.
            pages: for each reading, the files that the site has.
            offered: takes note of downloads and further pages; None where the site has neither.
        """
        super().__init__(reading, [iri for iri, _ in x.plans], x.texts)
        self.x, self.here, self.pages, self.offered = x, here, pages, offered

    def in_reading(self, reading: str) -> Self:
        """Return the addresses of another reading, from the same page."""
        return type(self)(self.x, reading, self.here, self.pages, self.offered)

    def at(self, path: str) -> Self:
        """Return the addresses from another page of the same reading."""
        return type(self)(self.x, self.reading, self.file(path), self.pages, self.offered)

    def file(self, path: str) -> str:
        """Return a page's file from the top of the site."""
        return path if self.reading == "corrected" else f"printed/{path}"

    def _to(self, path: str, place: str = "") -> str:
        if path not in self.pages[self.reading]:
            return ""
        return self._relative(self.file(path)) + place

    def _relative(self, file: str) -> str:
        return quote(posixpath.relpath(file, posixpath.dirname(self.here) or "."))

    def _data(self, file: str, address: str) -> str:
        """Return where a download stands; empty where the site has none or it cannot be made."""
        if self.offered is None or not address or not self.offered.add(file, address):
            return ""
        return self._relative(file)

    def _beside(self, path: str, extension: str, address: str) -> str:
        """Return where a download of a page stands, beside the page; empty without the page."""
        if path not in self.pages[self.reading]:
            return ""
        return self._data(self.file(path).removesuffix(".html") + extension, address)

    @property
    def _served(self) -> Links:
        """Return the addresses that a server has for the same."""
        return self.x.links(self.reading)

    def _further(self, name: str, query: dict[str, str]) -> str:
        """Return the file of a page with something chosen; empty where the site has none."""
        path = further_file(name, query)
        if name == "coverage" and path:
            # Turned round, a matrix has no file of its own.
            whole = further_file(name, {k: query[k] for k in ("rows", "columns")})
            path = path if whole in self.pages[self.reading] else ""
        if not path or path in self.pages[self.reading]:
            return self._to(path)
        if self.offered and self.reading != self.offered.reading:
            return self._whole(name, query)
        if name == "why":
            query = {"focus": query["focus"], "statements": "all"}
        return self._wanted(path, self._served.page(name, **query))

    def _whole(self, name: str, query: dict[str, str]) -> str:
        """Return what the other reading has in place of a page with something chosen.

        Which of these it has is known only where its pages are written.
        """
        if name == "coverage":
            return self._to(further_file(name, {k: query[k] for k in ("rows", "columns")}))
        if name != "why":
            return self.page(name)
        iris = [query["focus"], *(f"{plan}/{query['focus']}" for plan in self.plans)]
        told = any(self.why(iri) for iri in iris)
        return self._relative(self.file(further_file(name, query))) if told else ""

    def _wanted(self, path: str, address: str) -> str:
        if self.offered is None or self.reading != self.offered.reading:
            return ""
        self.offered.add_page(path, address)
        return self._relative(self.file(path))
