"""The workers that answer strangers' SPARQL: how many, who waits, who is killed and replaced.

One more worker stands ready than may work, so that nobody waits for the successor of one that was
killed. Nothing here blocks the event loop.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any

from goldenthread.domain.limits import Limits
from goldenthread.store.dataset import Dataset
from goldenthread.store.hiring import Hiring, Reply, Worker
from goldenthread.store.turns import Turns


class Pool:
    """Workers for one data set, on the event loop that first asks."""

    def __init__(self, dataset: Dataset, limits: Limits) -> None:
        self.limits = limits
        self._hiring = Hiring(dataset, limits)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
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
        self._hiring.begin()
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
        self._hiring.close()

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
        reply = None
        try:
            reply = await worker.ask(job, self.limits.seconds)
            return reply
        finally:
            self._busy.discard(worker)
            if reply is not None and not reply.spent and self._loop is not None:
                self._idle.append(worker)
            else:
                self.ended += 1
                self._do(worker.kill())
                self._do(self._refill())

    async def _take(self) -> Worker:
        while self._idle:
            # The one that worked last: its memory is still in the processor's caches.
            worker = self._idle.pop()
            if worker.alive:
                return worker
            self._do(worker.kill())
        return await self._hiring.hire()

    async def _refill(self) -> None:
        """Start workers until one more stands ready than may work."""
        while self._loop is not None:
            if len(self._idle) + len(self._busy) + self._launching > self.limits.workers:
                return
            self._launching += 1
            try:
                self._idle.append(await self._hiring.hire())
            finally:
                self._launching -= 1

    def _do(self, chore: Awaitable[None]) -> None:
        """Do something beside the answer that is being given."""
        task = asyncio.ensure_future(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)
