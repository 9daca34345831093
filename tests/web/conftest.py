"""A real server on a free port, a client that hides nothing, a browser, and plans to show."""

import http.client
import json
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from goldenthread.faces.web.app import create_app
from goldenthread.faces.web.inside import Inside
from goldenthread.faces.web.running import server_of
from goldenthread.faces.web.site import write_site
from goldenthread.store.dataset import Dataset

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Answer:
    """What a server answered, headers by lower-case name."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Served:
    """A server that runs, asked without following or repairing anything."""

    port: int

    @property
    def url(self) -> str:
        """Return the address of the first page without its slash."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path; underscores in the names of headers stand for hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            sent = {k.replace("_", "-"): v for k, v in headers.items()}
            connection.request(method, path, headers=sent)
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            connection.close()


@contextmanager
def serving(dataset: Dataset) -> Iterator[Served]:
    """Run the explorer of a data set in a thread until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = server_of(create_app(dataset), lifespan="on")
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        for _ in range(200):
            if server.started:
                break
            time.sleep(0.05)
        assert server.started, "the server did not start within 10 seconds"
        yield Served(listening.getsockname()[1])
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def explorer(shipped: Dataset) -> Iterator[Served]:
    """Return a server of the plan that ships."""
    with serving(shipped) as server:
        yield server


@pytest.fixture(scope="session")
def four_level_explorer(four_levels: Dataset) -> Iterator[Served]:
    """Return a server of the made-up plan with four levels of other names."""
    with serving(four_levels) as server:
        yield server


@pytest.fixture(scope="session")
def written_whole(
    four_levels: Dataset, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, set[str]]:
    """Return the site of the made-up plan, and the addresses of a server that made its files."""
    folder, asked = tmp_path_factory.mktemp("site"), set[str]()
    ask = Inside.ask

    def noted(inside: Inside, address: str, *rest: Any) -> tuple[int, bytes]:
        asked.add(address)
        return ask(inside, address, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Inside, "ask", noted)
        write_site(four_levels, folder)
    return folder, asked


@pytest.fixture(scope="session")
def serve() -> Callable[[Dataset], Any]:
    """Return what runs the explorer of any data set."""
    return serving


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return a headless Chromium of this system; without one, skip, but never in CI."""
    found = next((p for n in CHROMIUM_NAMES if (p := shutil.which(n))), None)
    if found is None:
        message = "no Chromium on this system: install Debian's package chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=CHROMIUM_ARGUMENTS)
        yield launched
        launched.close()


HOSTILE = '\\"><img src=x onerror=alert(1)>'
HOSTILE_SHOWN = '"><img src=x onerror=alert(1)>'
BIDI = "=SUM(A1) \\u202egnp.exe\\u2066 \\u0007bell"
HOSTILE_PLAN = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix gt: <https://w3id.org/goldenthread/ontology/> .
@prefix gtc: <https://w3id.org/goldenthread/ontology/concept/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/goldenthread/id/odd-plan/> .

<https://w3id.org/goldenthread/id/odd-plan> a gt:Plan ;
  rdfs:label "HOSTILE" ;
  gt:key "odd-plan" ;
  dcterms:publisher <https://example.org/body> .
<https://example.org/body> rdfs:label "HOSTILE" ;
  rdfs:seeAlso <javascript:alert(1)> .
<level/aim> a gt:Level ;
  skos:prefLabel "HOSTILE aim" ;
  gt:pluralLabel "HOSTILE aims" ;
  gt:key "aim" ;
  gt:order 1 ;
  gt:levelClass gt:Aim ;
  gt:inPlan <https://w3id.org/goldenthread/id/odd-plan> .
<level/deed> a gt:Level ;
  skos:prefLabel "deed" ;
  gt:pluralLabel "deeds" ;
  gt:key "deed" ;
  gt:order 2 ;
  gt:levelClass gt:Action ;
  gt:inPlan <https://w3id.org/goldenthread/id/odd-plan> .
<aim/1.4> a gt:Aim ;
  rdfs:label "HOSTILE" ;
  skos:notation "1.4" ;
  gt:atLevel <level/aim> ;
  gt:inPlan <https://w3id.org/goldenthread/id/odd-plan> ;
  rdfs:seeAlso <javascript:alert(1)> .
<deed/con> a gt:Action ;
  rdfs:label "BIDI" ;
  gt:atLevel <level/deed> ;
  gt:inPlan <https://w3id.org/goldenthread/id/odd-plan> .
<https://example.org/deed?x=1&y=2> a gt:Action ;
  rdfs:label "Elsewhere HOSTILE" ;
  gt:atLevel <level/deed> ;
  gt:inPlan <https://w3id.org/goldenthread/id/odd-plan> .
<document/odd> a gt:Document ;
  rdfs:label "HOSTILE" ;
  gt:shortTitle "Odd" ;
  dcterms:isPartOf <https://w3id.org/goldenthread/id/odd-plan> .
<source/odd> a gt:Extraction ;
  gt:extractionOf <document/odd> ;
  gt:file "../../secret.txt" .
<entry/a> a gt:Entry ;
  rdfs:label "HOSTILE" ;
  gt:place "HOSTILE, row 1" ;
  gt:inDocument <document/odd> ;
  gt:entryOf <aim/1.4> ;
  gt:excerpt <source/odd#char=0,5> .
<source/odd#char=0,5> a gt:Excerpt ;
  oa:start 0 ;
  oa:end 5 ;
  oa:exact "HOSTILE" .
<alignment/x> a gt:Alignment ;
  gt:from <deed/con> ;
  gt:property gt:supports ;
  gt:to <aim/1.4> ;
  gt:statedIn <document/odd> ;
  gt:basis gtc:similar-wording ;
  gt:assertedBy <document/odd> ;
  gt:fromEntry <entry/a> ;
  gt:toEntry <entry/a> ;
  gt:inPlan <https://w3id.org/goldenthread/id/odd-plan> .
<alignment/y> a gt:Alignment ;
  gt:from <https://example.org/deed?x=1&y=2> ;
  gt:property gt:supports ;
  gt:to <aim/1.4> ;
  gt:basis gtc:stated ;
  gt:inPlan <https://w3id.org/goldenthread/id/odd-plan> .
<judgement/j> a gt:Judgement ;
  rdfs:label "HOSTILE" ;
  gt:kind gtc:correction ;
  gt:status gtc:applied ;
  gt:reason "HOSTILE" ;
  gt:cites <entry/a> ;
  gt:inPlan <https://w3id.org/goldenthread/id/odd-plan> .
"""


@pytest.fixture(scope="session")
def odd_plan(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Return a plan whose labels, quotes and addresses are attacks."""
    folder = tmp_path_factory.mktemp("plans") / "odd-plan"
    folder.mkdir()
    (folder.parent.parent / "secret.txt").write_text("never shown", encoding="utf-8")
    text = HOSTILE_PLAN.replace("HOSTILE", HOSTILE).replace("BIDI", BIDI)
    (folder / "plan.ttl").write_text(text, encoding="utf-8")
    return Dataset.open([folder])


@pytest.fixture(scope="session")
def odd_explorer(odd_plan: Dataset) -> Iterator[Served]:
    """Return a server of the plan whose labels are attacks."""
    with serving(odd_plan) as server:
        yield server
