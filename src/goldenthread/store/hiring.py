"""Start workers, by fork where the platform can, and speak with them: a question out, a reply back.

Speaks to the event loop's own protocols: streams would cost as much again as a short question.
"""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from goldenthread.domain.limits import Limits
from goldenthread.store.dataset import Dataset
from goldenthread.store.forking import Nursery
from goldenthread.store.worker import FRAME, Engine, frame, serve

_OPENING_SECONDS = 120
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

    @property
    def spent(self) -> bool:
        """Return whether the worker has to be replaced."""
        return bool(self.head.get("spent", True))


class Worker(asyncio.Protocol):
    """The server's end of a worker."""

    def __init__(self) -> None:
        """Wait to be connected."""
        self.alive = True
        self._kill: Callable[[], Awaitable[None]]
        self._write: Callable[[bytes], None]
        self._came = bytearray()
        self._reply: asyncio.Future[Reply] | None = None

    def connect(
        self, write: Callable[[bytes], None], kill: Callable[[], Awaitable[None]]
    ) -> "Worker":
        """Keep how to write to the worker and how to end it."""
        self._write, self._kill = write, kill
        return self

    async def kill(self) -> None:
        """End the worker, whatever it does."""
        self.alive = False
        await self._kill()

    async def ask(self, job: dict[str, Any], seconds: float) -> Reply:
        """Return the reply to a question; the worker is spent where there is none in time."""
        loop = asyncio.get_running_loop()
        reply: asyncio.Future[Reply] = loop.create_future()
        self._reply = reply
        if not self.alive:
            self._say(Reply({"status": "died"}))
        deadline = loop.call_later(seconds, self._say, Reply({"status": "time"}))
        try:
            self._write(frame(job))
            return await reply
        finally:
            deadline.cancel()
            self._reply = None

    def data_received(self, data: bytes) -> None:
        """Take a part of a reply."""
        came = self._came
        came += data
        if len(came) < FRAME.size:
            return
        head, body = FRAME.unpack_from(came)
        start = FRAME.size + head
        if len(came) >= start + body:
            whole = bytes(came)
            self._came = bytearray()
            self._say(Reply(orjson.loads(whole[FRAME.size : start]), whole[start:]))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - it ended, however
        """Take note that the worker has ended."""
        self.alive = False
        self._say(Reply({"status": "died"}))

    def _say(self, reply: Reply) -> None:
        if self._reply is not None and not self._reply.done():
            self._reply.set_result(reply)


class _Process(asyncio.SubprocessProtocol):
    """Passes on what a worker in a process of its own writes."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.exited = asyncio.Event()

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 - it has one
        self.worker.data_received(data)

    def process_exited(self) -> None:
        self.worker.connection_lost(None)
        self.exited.set()


class Hiring:
    """Starts workers for one data set."""

    def __init__(self, dataset: Dataset, limits: Limits) -> None:
        """Start nothing yet."""
        self.dataset = dataset
        self.limits = limits
        self._forks = limits.start == "fork" or (limits.start == "auto" and hasattr(os, "fork"))
        self._nursery: Nursery | None = None

    def begin(self) -> None:
        """Fork what forks the workers, while the process is still small."""
        if self._forks and self._nursery is None:
            engine = Engine(self.dataset, self.limits)

            def work(connection: socket.socket) -> None:
                with connection.makefile("rb") as source, connection.makefile("wb") as sink:
                    serve(engine, source, sink)

            self._nursery = Nursery(work)

    def close(self) -> None:
        """End every worker that was forked."""
        if self._nursery is not None:
            self._nursery.close()
            self._nursery = None

    async def hire(self) -> Worker:
        """Return a worker that is ready, or about to be."""
        return await (self._fork() if self._forks else self._spawn())

    async def _fork(self) -> Worker:
        self.begin()
        assert self._nursery is not None  # noqa: S101 - begun
        try:
            key, connection = self._nursery.fork()
        except OSError:
            # Somebody ended it, and its workers with it.
            self.close()
            self.begin()
            key, connection = self._nursery.fork()
        nursery = self._nursery
        loop = asyncio.get_running_loop()
        transport, worker = await loop.create_connection(Worker, sock=connection)

        async def kill() -> None:
            nursery.kill(key)
            transport.close()

        return worker.connect(transport.write, kill)

    async def _spawn(self) -> Worker:
        loop, worker = asyncio.get_running_loop(), Worker()
        process, child = await loop.subprocess_exec(
            lambda: _Process(worker),
            *(sys.executable, "-c", _PROGRAM),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        pipe = process.get_pipe_transport(0)
        assert isinstance(pipe, asyncio.WriteTransport)  # noqa: S101 - asked for

        async def kill() -> None:
            if process.get_returncode() is None:
                process.kill()
            await child.exited.wait()
            process.close()

        worker.connect(pipe.write, kill)
        opened = {
            "folders": [str(f) for f in self.dataset.folders],
            "base": self.dataset.base,
            "stored": self.dataset.stored.decode(),
            "limits": asdict(self.limits),
        }
        try:
            if (await worker.ask(opened, _OPENING_SECONDS)).status != "ready":
                raise OSError("a worker did not start")
        except BaseException:
            await worker.kill()
            raise
        return worker
