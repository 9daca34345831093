"""The workers that answer strangers' SPARQL: how many, who waits, who is killed and replaced.

One more worker stands ready than may work, so that nobody waits for the successor of one that was
killed. Nothing here blocks the event loop: questions and answers are streams.
"""

import asyncio
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from goldenthread.domain.limits import Limits
from goldenthread.store.dataset import Dataset
from goldenthread.store.forking import Nursery
from goldenthread.store.turns import Turns
from goldenthread.store.worker import FRAME, Engine, frame, serve

_OPENING_SECONDS = 120
_BUFFER = 1024 * 1024
_PROGRAM = "from goldenthread.store.worker import main; main()"


@dataclass(frozen=True)
class Reply:
    """What a worker said, see `worker.Engine.answer`; or `time`, `died`: what ended it."""

    head: dict[str, Any]
    body: bytes = b""

    @property
    def status(self) -> str:
        """Return what came of the question."""
        return str(self.head["status"])


@dataclass(eq=False)
class _Worker:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    kill: Callable[[], Awaitable[None]]

    async def ask(self, job: dict[str, Any]) -> Reply:
        self.writer.write(frame(job))
        await self.writer.drain()
        return await self.read()

    async def read(self) -> Reply:
        head, body = FRAME.unpack(await self.reader.readexactly(FRAME.size))
        found = orjson.loads(await self.reader.readexactly(head))
        return Reply(found, await self.reader.readexactly(body))


class Pool:
    """Workers for one data set, on the event loop that first asks."""

    def __init__(self, dataset: Dataset, limits: Limits) -> None:
        self.dataset = dataset
        self.limits = limits
        self._forks = limits.start == "fork" or (limits.start == "auto" and hasattr(os, "fork"))
        self._loop: asyncio.AbstractEventLoop | None = None
        self._nursery: Nursery | None = None
        self._idle: deque[_Worker] = deque()
        self._busy: set[_Worker] = set()
        self._launching = 0
        self.ended = 0
        self.turns = Turns(limits)
        self._chores: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the workers, unless they run on this event loop already."""
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        await self.close()
        self._loop = loop
        self.turns = Turns(self.limits)
        if self._forks:
            self._nursery = self._fork_nursery()
        await self._refill()

    async def close(self) -> None:
        """End every worker."""
        here, self._loop = self._loop is asyncio.get_running_loop(), None
        if here:
            # What is being started ends up among the idle.
            await asyncio.gather(*self._chores, return_exceptions=True)
            for worker in (*self._idle, *self._busy):
                await worker.kill()
        self._idle.clear()
        if self._nursery is not None:
            self._nursery.close()
            self._nursery = None

    @property
    def ready(self) -> int:
        """Return how many workers stand ready."""
        return len(self._idle)

    async def run(self, job: dict[str, Any], client: str = "") -> Reply:
        """Return what came of a question; cancelling the call kills its worker.

        Args:
            job: as `worker.Engine.answer` takes it.
            client: who asks: one may neither take every worker nor every place in the queue.

        Raises:
            Busy: there is no place to wait, or this one has waited as long as a query may run.
        """
        await self.start()
        turns = self.turns
        await turns.take(client)
        try:
            return await self._exchange(job)
        finally:
            turns.give(client)

    async def _exchange(self, job: dict[str, Any]) -> Reply:
        worker = await self._take()
        self._busy.add(worker)
        again = False
        try:
            async with asyncio.timeout(self.limits.seconds):
                reply = await worker.ask(job)
            again = not reply.head["spent"]
        except TimeoutError:
            reply = Reply({"status": "time"})
        except (asyncio.IncompleteReadError, OSError):
            reply = Reply({"status": "died"})
        finally:
            self._busy.discard(worker)
            if again and self._loop is not None:
                self._idle.append(worker)
            else:
                self.ended += 1
                self._do(worker.kill())
                self._do(self._refill())
        return reply

    async def _take(self) -> _Worker:
        while self._idle:
            worker = self._idle.popleft()
            if not (worker.reader.at_eof() or worker.writer.is_closing()):
                return worker
            self._do(worker.kill())
        return await self._launch()

    async def _refill(self) -> None:
        """Start workers until one more stands ready than may work."""
        while self._loop is not None:
            if len(self._idle) + len(self._busy) + self._launching > self.limits.workers:
                return
            self._launching += 1
            try:
                self._idle.append(await self._launch())
            finally:
                self._launching -= 1

    def _do(self, chore: Awaitable[None]) -> None:
        """Do something beside the answer that is being given."""
        task = asyncio.ensure_future(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)

    async def _launch(self) -> _Worker:
        return await (self._fork() if self._forks else self._spawn())

    def _fork_nursery(self) -> Nursery:
        engine = Engine(self.dataset, self.limits)

        def work(connection: socket.socket) -> None:
            with connection.makefile("rb") as source, connection.makefile("wb") as sink:
                serve(engine, source, sink)

        return Nursery(work)

    async def _fork(self) -> _Worker:
        if self._nursery is None:
            self._nursery = self._fork_nursery()
        nursery = self._nursery
        try:
            key, connection = nursery.fork()
        except OSError:
            # Somebody ended it, and its workers with it.
            nursery.close()
            nursery = self._nursery = self._fork_nursery()
            key, connection = nursery.fork()
        reader, writer = await asyncio.open_connection(sock=connection, limit=_BUFFER)

        async def kill() -> None:
            nursery.kill(key)
            writer.close()

        return _Worker(reader, writer, kill)

    async def _spawn(self) -> _Worker:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _PROGRAM,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            limit=_BUFFER,
        )
        reader, writer = process.stdout, process.stdin
        assert reader is not None and writer is not None  # noqa: S101, PT018 - both are pipes

        async def kill() -> None:
            if process.returncode is None:
                process.kill()
            writer.close()
            await process.wait()

        worker = _Worker(reader, writer, kill)
        opened = {
            "folders": [str(f) for f in self.dataset.folders],
            "base": self.dataset.base,
            "stored": self.dataset.stored.decode(),
            "limits": asdict(self.limits),
        }
        try:
            async with asyncio.timeout(_OPENING_SECONDS):
                await worker.ask(opened)
        except BaseException:
            process.kill()
            raise
        return worker
