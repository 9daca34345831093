"""The explorer asked from inside its process: no port, no client, one question at a time."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import unquote

from goldenthread.faces.web.app import create_app
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.paths import GIVEN, Links
from goldenthread.store.dataset import Dataset

T = TypeVar("T")


class Inside:
    """A server's routes without a server; `close` ends the workers that it may have started."""

    def __init__(self, dataset: Dataset) -> None:
        """Put the app together, and a loop in which it answers."""
        self._app = create_app(dataset)
        # In a thread of its own: whoever asks may be inside a loop already, as in a notebook.
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.x: Explorer = self._app.state.explorer
        self.x.wait = self._wait

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def ask(self, address: str, links: Links | None = None) -> tuple[int, bytes]:
        """Return status and body of the answer to GET.

        Args:
            address: path and query, percent-encoded.
            links: the addresses to which a page leads; those of a server unless given.
        """
        return self._wait(self._ask(address, links))

    async def _ask(self, address: str, links: Links | None) -> tuple[int, bytes]:
        path, _, query = address.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode("ascii"),
            "query_string": query.encode("ascii"),
            "root_path": "",
            "headers": [],
            "client": ("inside", 0),
            "server": ("localhost", 80),
            **({GIVEN: links} if links else {}),
        }
        status, parts, asked = 500, [], False

        async def receive() -> dict[str, Any]:
            nonlocal asked
            if asked:
                # Nobody leaves: whoever waits for that waits until the answer is there.
                await asyncio.Event().wait()
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:  # noqa: ANN401 - as ASGI has it
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                parts.append(message.get("body", b""))

        await self._app(scope, receive, send)
        return status, b"".join(parts)

    def close(self) -> None:
        """End the workers and the loop."""
        if self.x.answering:
            self._wait(self.x.answering.close())
        self._wait(self._loop.shutdown_default_executor())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
