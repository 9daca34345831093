"""Workers: what they may not do, how they begin, and that they are replaced."""

import asyncio
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from goldenthread.domain.limits import Limits
from goldenthread.store.confining import confine
from goldenthread.store.dataset import Dataset
from goldenthread.store.forking import Nursery
from goldenthread.store.workers import Pool

FORMS = {"rows": "json", "boolean": "json", "triples": "nt"}
needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")


def job(text: str) -> dict[str, Any]:
    """Return a question as a worker takes it."""
    return {"text": text, "base": "", "default": [], "named": [], "forms": FORMS}


@needs_fork
def test_a_worker_can_open_neither_file_nor_connection(shipped: Dataset) -> None:
    """Guards the second wall: SERVICE that got past the guard still reaches nobody."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def attempt(connection: socket.socket) -> None:
        confine(Limits())
        said = []
        for name, act in (
            ("file", lambda: Path("/etc/hostname").read_text(encoding="utf-8")),
            ("socket", lambda: socket.create_connection(("127.0.0.1", port), 1)),
            (
                "service",
                lambda: list(
                    shipped.store.query(
                        f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
                    )
                ),
            ),
        ):
            try:
                act()
                said.append(f"{name} went through")
            except OSError:
                said.append(f"{name} failed")
            except RuntimeError:
                said.append(f"{name} failed")
        connection.sendall(", ".join(said).encode())

    nursery = Nursery(attempt)
    try:
        _, connection = nursery.fork()
        with connection:
            connection.settimeout(20)
            said = connection.recv(1_000).decode()
        assert said == "file failed, socket failed, service failed"
        listening.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listening.accept()
    finally:
        nursery.close()
        listening.close()


@pytest.mark.parametrize("start", [pytest.param("fork", marks=needs_fork), "spawn"])
def test_workers_answer_are_killed_and_replaced(four_levels: Dataset, start: str) -> None:
    """Guards both ways to begin: they answer alike, and a killed one has a successor."""
    endless = "SELECT (COUNT(*) AS ?c) { ?a ?b ?c1 . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

    async def life() -> list[Any]:
        pool = Pool(four_levels, Limits(seconds=1.0, start=start, workers=1))
        try:
            found = [await pool.run(job("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))]
            found.append(await pool.run(job(endless)))
            found.append(await pool.run(job("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))
        finally:
            await pool.close()
        return found

    first, killed, last = asyncio.run(life())
    assert first.status == last.status == "ok"
    assert first.body == last.body
    assert killed.status == "time"


@needs_fork
def test_workers_come_back_when_what_forks_them_is_gone(four_levels: Dataset) -> None:
    """Guards against an endpoint that stays dead because one process was ended from outside."""
    import os
    import signal

    async def life() -> list[str]:
        pool = Pool(four_levels, Limits(seconds=5.0))
        try:
            said = [(await pool.run(job("ASK {}"))).status]
            assert pool._hiring._nursery is not None
            os.kill(pool._hiring._nursery.pid, signal.SIGKILL)
            await asyncio.sleep(0.3)
            for worker in pool._idle:
                await worker.kill()
            said.append((await pool.run(job("ASK {}"))).status)
        finally:
            await pool.close()
        return said

    assert asyncio.run(life()) == ["ok", "ok"]


def test_a_pool_serves_one_event_loop_after_another(four_levels: Dataset) -> None:
    """Guards programs that run the application in several loops, as test clients do."""
    pool = Pool(four_levels, Limits())

    async def ask(*, last: bool) -> str:
        try:
            return (await pool.run(job("ASK {}"))).status
        finally:
            if last:
                await pool.close()

    assert asyncio.run(ask(last=True)) == "ok"
    assert asyncio.run(ask(last=True)) == "ok"


def test_a_worker_begins_light_and_knows_the_prefixes_that_people_know() -> None:
    """Guards the start of a spawned worker: no library of pages or checks; one list of prefixes."""
    program = (
        "import sys, goldenthread.store.worker as worker, goldenthread.domain.namespaces as names; "
        "assert worker.WELL_KNOWN is names.WELL_KNOWN; "
        "print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert {"pyoxigraph", "orjson"} <= loaded
    assert not loaded & {"rdflib", "pyshacl", "networkx", "openpyxl", "docx", "fastapi", "click"}
