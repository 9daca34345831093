"""Write the explorer's pages as files: the server's, and the downloads that they offer."""

from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

from goldenthread.domain.readings import READING_NAMES, READINGS
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.files import FileLinks
from goldenthread.faces.web.inside import Inside
from goldenthread.faces.web.offered import Offered
from goldenthread.faces.web.pages import FAMILIES
from goldenthread.faces.web.pages.assets import ICON
from goldenthread.faces.web.paths import Links
from goldenthread.store.dataset import Dataset
from goldenthread.store.halving import in_two

Progress = Callable[..., None]
_OFTEN = 20


def write_site(
    dataset: Dataset,
    folder: Path,
    progress: Progress | None = None,
    *,
    downloads: bool = True,
    alone: bool = False,
) -> int:
    """Write all pages in both readings into a folder, with what they offer; return how many pages.

    The same data set gives the same bytes. Files that are there already are written over, others
    left alone.

    Args:
        dataset: the data set.
        folder: where to write; made if it is missing.
        progress: called now and then with a sentence that says how far it is.
        downloads: whether the files that pages offer are written too.
        alone: whether this process does nothing else and has not drawn anything yet. Then each
            reading may have a process of its own, see `in_two`: what draws keeps threads, which a
            forked process would wait for and not have.

    Raises:
        OSError: a file cannot be written.
    """

    def half(number: int) -> list[int]:
        inside = Inside(dataset)
        try:
            site = _Site(inside, folder, READINGS[number], downloads=downloads)
            return [site.write(progress)]
        finally:
            inside.close()

    return sum(in_two(half) if alone else half(0) + half(1))


def _alone(x: Explorer, reading: str) -> set[str]:
    """Return what is drawn in one file: the first levels, and each thing on them."""
    tops = {top.node.iri for found in x.overviews(reading) for top in found.tops}
    return {"", *tops}


class _Site:
    """The pages of one reading on their way into a folder."""

    def __init__(self, inside: Inside, folder: Path, reading: str, *, downloads: bool) -> None:
        self.inside, self.x, self.folder, self.reading = inside, inside.x, folder, reading
        self.offered = Offered(reading, _alone(self.x, reading)) if downloads else None
        self.files = self.pages = 0

    def write(self, progress: Progress | None) -> int:
        """Write everything; return how many pages there are."""
        plans = {r: {p: make for f in FAMILIES for p, make in f(self.x).files(r)} for r in READINGS}
        known = {r: set(plan) for r, plan in plans.items()}
        self._assets()
        top = FileLinks(self.x, self.reading, "", known, self.offered)
        waiting = deque(plans[self.reading].items())
        while waiting:
            path, make = waiting.popleft()
            self._page(top.at(path), path, make)
            self.pages += 1
            for further, address in self.offered.take_pages() if self.offered else ():
                waiting.append((further, partial(self._asked, address)))
            if progress and (self.pages % _OFTEN == 0 or not waiting):
                extra = f" and {self.files} downloads" if self.files else ""
                total = self.pages + len(waiting)
                said = f"{self.pages} of {total} pages{extra} written"
                progress(f"{READING_NAMES[self.reading]}: {said}")
        return self.pages

    def _asked(self, address: str, links: Links) -> bytes:
        """Return the page at an address of a server; where it has none, what it says instead."""
        return self.inside.ask(address, links)[1]

    def _assets(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "icon.svg").write_bytes(ICON)
        for name, built in self.x.assets.items():
            (self.folder / name).write_bytes(built.read_bytes())

    def _page(self, links: FileLinks, path: str, make: Callable[..., bytes]) -> None:
        """Write a page and what it offers; what cannot be made is not offered."""
        body = make(links)
        if self.offered:
            made = [self._download(file, address) for file, address in self.offered.take()]
            if not all(made):
                body = make(links)
        self._write(links.file(path), body)

    def _download(self, file: str, address: str) -> bool:
        assert self.offered is not None  # noqa: S101 - for the type checker
        status, body = self.inside.ask(address)
        if status != 200:  # noqa: PLR2004 - OK
            self.offered.refused.add(file)
            return False
        self._write(file, body)
        self.files += 1
        return True

    def _write(self, file: str, body: bytes) -> None:
        target = self.folder / Path(file)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
