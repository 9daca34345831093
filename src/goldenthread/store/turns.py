"""Whose query runs next: a few of each client at once, the others in a queue with a bound.

One client may take neither every worker nor every place in the queue, however much it asks. Of
those that wait, the one whose client has least running goes first; of equals, the one that came
first.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass

from goldenthread.domain.limits import Limits


class Busy(Exception):
    """As many queries run and wait as may; `own` where the asker's own queries are the reason."""

    def __init__(self, *, own: bool = False) -> None:
        super().__init__()
        self.own = own


@dataclass(eq=False)
class _Waiting:
    client: str
    called: asyncio.Future[None]


class Turns:
    """Hands out turns within limits; belongs to one event loop."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.running: Counter[str] = Counter()
        self._waiting: list[_Waiting] = []

    @property
    def waiting(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    async def take(self, client: str) -> None:
        """Return when a query of this client may run; `give` has to follow.

        Args:
            client: who asks, such as an address; all without a name are one.

        Raises:
            Busy: there is no place to wait, or the wait was as long as it may be.
        """
        if self._may(client):
            self.running[client] += 1
            return
        own = self.running[client] >= self.limits.client
        if self._no_place(client):
            raise Busy(own=own)
        me = _Waiting(client, asyncio.get_running_loop().create_future())
        self._waiting.append(me)
        try:
            async with asyncio.timeout(self.limits.seconds):
                await me.called
        except BaseException as error:
            if me in self._waiting:
                self._waiting.remove(me)
            elif me.called.done() and not me.called.cancelled():
                # Called in the same moment: the turn goes to the next.
                self.give(client)
            if isinstance(error, TimeoutError):
                raise Busy(own=own) from error
            raise

    def give(self, client: str) -> None:
        """Give a turn back, and call whoever is next."""
        self.running[client] -= 1
        if not self.running[client]:
            del self.running[client]
        while self._waiting:
            fit = [w for w in self._waiting if self._may(w.client)]
            if not fit:
                return
            following = min(fit, key=lambda w: self.running[w.client])
            self._waiting.remove(following)
            if not following.called.done():
                self.running[following.client] += 1
                following.called.set_result(None)

    def _may(self, client: str) -> bool:
        limits = self.limits
        return self.running.total() < limits.workers and self.running[client] < limits.client

    def _no_place(self, client: str) -> bool:
        theirs = sum(w.client == client for w in self._waiting)
        return len(self._waiting) >= self.limits.queue or theirs >= self.limits.share


def client_of(address: str) -> str:
    """Return who an address is: of IPv6 its network, as each network has more than it can count."""
    parts = address.split("%", 1)[0].split(":")
    if len(parts) <= 2:  # noqa: PLR2004 - one colon is no IPv6 address
        return address
    from ipaddress import IPv6Address, ip_network

    try:
        found = IPv6Address(address.split("%", 1)[0])
    except ValueError:
        return address
    return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False))
