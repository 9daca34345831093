"""One client, however much it asks, leaves room for the others."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from goldenthread.domain.limits import Limits
from goldenthread.store.turns import Busy, Turns, client_of

ENDLESS = "SELECT (COUNT(*) AS ?c) { ?a ?b ?c1 . ?d ?e ?f . ?g ?h ?i }"


def test_a_client_has_a_few_turns_and_another_gets_one_at_once() -> None:
    """Guards the share of one client: running, waiting, then refused as its own doing."""

    async def life() -> None:
        turns = Turns(Limits(workers=3, client=2, queue=4))
        for _ in range(2):
            await turns.take("a")
        waiting = [asyncio.ensure_future(turns.take("a")) for _ in range(2)]
        await asyncio.sleep(0)
        assert (turns.running["a"], turns.waiting) == (2, 2)
        with pytest.raises(Busy) as refused:
            await turns.take("a")
        assert refused.value.own
        await turns.take("b")
        assert turns.running.total() == 3
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert turns.waiting == 0

    asyncio.run(life())


def test_who_has_least_running_goes_first() -> None:
    """Guards the order: not the first in the queue, but the client that has least."""

    async def life() -> list[str]:
        turns, order = Turns(Limits(workers=2, client=2, queue=10)), []
        await turns.take("a")
        await turns.take("a")

        async def ask(client: str) -> None:
            await turns.take(client)
            order.append(client)

        tasks = []
        for client in ("a", "a", "b", "c"):
            tasks.append(asyncio.ensure_future(ask(client)))
            await asyncio.sleep(0)
        for client in ("a", "a", "b", "c"):
            turns.give(client)
            await asyncio.sleep(0.01)
        await asyncio.gather(*tasks)
        return order

    assert asyncio.run(life()) == ["b", "a", "c", "a"]


def test_a_turn_that_nobody_takes_is_not_lost() -> None:
    """Guards clients that leave while they wait, even in the moment when they are called."""

    async def life() -> None:
        turns = Turns(Limits(workers=1, client=1, queue=4))
        await turns.take("a")
        waiting = asyncio.ensure_future(turns.take("b"))
        await asyncio.sleep(0)
        turns.give("a")
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert turns.running.total() == 0
        await turns.take("c")
        assert dict(turns.running) == {"c": 1}

    asyncio.run(life())


def test_a_wait_ends_and_says_so() -> None:
    """Guards against waiting for ever: as long as a query may run, then busy."""

    async def life() -> None:
        turns = Turns(Limits(workers=1, client=1, queue=4, seconds=0.05))
        await turns.take("a")
        with pytest.raises(Busy) as refused:
            await turns.take("b")
        assert not refused.value.own
        assert turns.waiting == 0

    asyncio.run(life())


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("no:address:at:all", "no:address:at:all"),
    ],
)
def test_who_counts_as_one_client(address: str, client: str) -> None:
    """Guards IPv6: whoever has one address has a whole network of them."""
    assert client_of(address) == client


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs a second loopback address")
def test_a_flood_from_one_address_leaves_another_its_answers(endpoint: Any) -> None:
    """Guards fairness over HTTP: the flood is told so, the neighbour is answered at once."""
    endless, ask = "/sparql?query=" + quote(ENDLESS), "/sparql?query=" + quote("ASK {}")
    with ThreadPoolExecutor(60) as crowd:
        flood = [crowd.submit(endpoint.send, endless) for _ in range(60)]
        time.sleep(0.4)
        neighbour = [endpoint.send_from("127.0.0.2", ask) for _ in range(5)]
        assert any(not f.done() for f in flood)
        answers = [f.result() for f in flood]
    assert {a.status for a in neighbour} == {200}
    assert {a.status for a in answers} == {503}
    own = [a for a in answers if a.json["code"] == "busy-client"]
    assert len(own) > 30
    assert all(int(a.headers["retry-after"]) > 0 for a in own)
    assert "one client" in own[0].json["detail"]
