"""What every page shares: the data set, the templates, and what is said on each of them."""

import hashlib
from collections.abc import Callable, Coroutine
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from goldenthread.domain.certainty import known
from goldenthread.domain.identifiers import clean, short_id
from goldenthread.domain.namespaces import prefixed
from goldenthread.domain.overview import Overview
from goldenthread.domain.profile import under
from goldenthread.domain.readings import READINGS
from goldenthread.domain.table import About
from goldenthread.domain.thread import BASES
from goldenthread.domain.validation import Report
from goldenthread.errors import BadValue
from goldenthread.faces.web import editing, wording
from goldenthread.faces.web.framing import keep_framed
from goldenthread.faces.web.paths import Links, anchor, at
from goldenthread.services import asking, naming
from goldenthread.services import overview as overviews
from goldenthread.services.answering import Answering
from goldenthread.services.drawing import css_name
from goldenthread.services.exporting import about, things, tool_version
from goldenthread.services.sourcing import documents, has_text, named
from goldenthread.services.validation import check, has_acceptances, on_day, rulebook
from goldenthread.store.dataset import Dataset

HERE = Path(__file__).parent
BUILT = HERE / "static" / "built"
_COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Explorer:
    """The data set with everything that turns it into pages; opened once, passed down."""

    def __init__(self, dataset: Dataset) -> None:
        """Derive both readings now, so that no first visitor waits and no two derive at once."""
        self.dataset = dataset
        self.book = rulebook(dataset)
        for reading in READINGS:
            dataset.reading(reading)
        dataset.ontology()
        self.version = tool_version()
        self._reports: dict[str, Report] = {}
        self._checking = Lock()
        self.environment = _environment()
        self.answering: Answering | None = None
        self.wait: Callable[[Coroutine[Any, Any, Any]], Any] | None = None
        """Waits for work where pages are made without requests, as those of a site are."""

    @cached_property
    def documents(self) -> dict[str, tuple[str, str]]:
        """Return IRI and short title of each document by the name in its page's address."""
        return named(self.dataset)

    @cached_property
    def texts(self) -> dict[str, tuple[str, str]]:
        """Return those of `documents` whose text is here: places in them can be shown."""
        return {n: d for n, d in self.documents.items() if has_text(self.dataset, d[0])}

    @cached_property
    def stamp(self) -> str:
        """Return what every answer depends on: data set, version, assets, templates and code."""
        digest = hashlib.sha256(f"{self.dataset.stamp} {self.version}".encode())
        made = (
            *self.assets.values(),
            *sorted(HERE.glob("templates/*")),
            *sorted(HERE.rglob("*.py")),
        )
        for path in made:
            digest.update(path.read_bytes())
        library = asking.library(self.dataset)
        for name in library.names():
            digest.update(library.text(name).encode())
        for path in self.book.written:
            digest.update(path.read_bytes())
        return digest.hexdigest()

    @property
    def dated(self) -> str:
        """Return what a page depends on: `stamp`, and the day, where acceptances expire."""
        expires = self.dataset.kept("acceptances")
        if "any" not in expires:
            expires["any"] = has_acceptances(self.dataset)
        return f"{self.stamp} {date.today()}" if expires["any"] else self.stamp  # noqa: DTZ011

    @cached_property
    def assets(self) -> dict[str, Path]:
        """Return the style sheets and scripts that were built, by name; none if none could be."""
        found = sorted(BUILT.iterdir()) if BUILT.is_dir() else []
        return {p.name: p for p in found if p.suffix in (".css", ".js")}

    @cached_property
    def independence(self) -> str:
        """Return the sentence that stands on every page, with the documents counted and named."""
        titles = [label for _, _, label in documents(self.dataset)]
        count = _COUNTED[len(titles)] if len(titles) < len(_COUNTED) else str(len(titles))
        noun = "document" if len(titles) == 1 else "documents"
        return f"An independent reading of {count} published {noun}; not a council service"

    @cached_property
    def named(self) -> list[tuple[str, str]]:
        """Return name in the address and full title of each document."""
        titles = {iri: label for iri, _, label in documents(self.dataset)}
        return [(name, titles[iri]) for name, (iri, _) in self.documents.items()]

    def name_of(self, document: str) -> str:
        """Return the name in the address of a document's page."""
        return next((n for n, (iri, _) in self.documents.items() if iri == document), "")

    def at_thing(self, iri: str, mark: str) -> str:
        """Return the address by which a number on a thing's page is asked about."""
        if iri.startswith(self.dataset.base):
            return at("doc/" + iri.removeprefix(self.dataset.base), mark)
        return at("doc", mark, iri=iri)

    def about(self, reading: str) -> About:
        """Return where answers come from, as every download says it."""
        return about(self.dataset, reading)

    def overviews(self, reading: str) -> list[Overview]:
        """Return the overview of each plan."""
        return overviews.overview(self.dataset, reading)

    def report(self, reading: str, profile: str = "") -> Report:
        """Return the check results, made once for each reading: the data set does not change.

        Raises:
            NotFound: there is no such profile.
        """
        chosen = self.book.profile(profile)
        with self._checking:
            if reading not in self._reports:
                self._reports[reading] = check(self.dataset, reading, book=self.book)
            found = self._reports[reading]
        found = on_day(found)
        return under(found, chosen, self.book.rules) if chosen.name != found.profile else found

    @cached_property
    def singulars(self) -> dict[str, str]:
        """Return the plan's name of each level by its plural."""
        plural = naming.plurals(self.dataset)
        return {plural[n.level]: n.level_name for n in things(self.dataset) if n.level in plural}

    @cached_property
    def plans(self) -> list[tuple[str, str]]:
        """Return IRI and label of each plan."""
        return [(o.plan.iri, o.plan.label) for o in self.overviews("corrected")]

    def links(self, reading: str) -> Links:
        """Return the addresses of pages in a reading.

        Raises:
            BadValue: there is no such reading.
        """
        if reading not in READINGS:
            raise BadValue(f"There is no reading “{reading}”. Choose corrected or printed.")
        return Links(reading, [iri for iri, _ in self.plans], self.texts, self.dataset.base)

    def render(self, template: str, links: Links, **context: object) -> bytes:
        """Return a page.

        Args:
            template: name of a template.
            links: the addresses that the page leads to.
            context: `title`, `here` (addresses of this page by reading), `crumbs`, `scripts`
                (names of assets that make the page better), and what the template shows.
        """
        page = self.environment.get_template(template)
        shared = {
            "x": self,
            "links": links,
            "reading": links.reading,
            "styled": "explorer.css" in self.assets,
            "scripts": (),
            "crumbs": (),
            "here": {},
            "alternates": (),
            "active": "",
            "indexed": True,
            "editor": editing.address(template, links, context),
        }
        made = page.render(shared | context)
        return (keep_framed(made) if links.embedded else made).encode("utf-8", "replace")


def _environment() -> Environment:
    """Return the template engine: everything escaped, nothing undefined passes unseen."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Control characters and marks that reorder the text around them show as U+FFFD.
        finalize=lambda v: clean(v) if isinstance(v, str) and not isinstance(v, Markup) else v,
    )
    made.filters |= {
        "css_name": css_name,
        "short": short_id,
        "anchor": anchor,
        "capital": lambda text: text[:1].upper() + text[1:],
        "count": wording.count,
        "numbered": wording.numbered,
        "brief": wording.brief,
        "known": known,
        "listing": wording.listing,
        "tied": wording.tied,
        "prefixed": lambda iri: prefixed(iri) or iri,
        # U+F0B7 is how a word processor's bullet comes out of a PDF; no common font draws it.
        "bullets": lambda text: text.replace("\uf0b7", "•"),
    }
    made.globals |= {"BASES": BASES, "at": at, "how": wording.how, "group": wording.by_level}
    return made
