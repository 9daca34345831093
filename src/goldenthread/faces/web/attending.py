"""Work for a client that is there: when it leaves, the work is cancelled."""

import asyncio
from types import TracebackType

from starlette.requests import ClientDisconnect, Request

# Most work is done by then, and nothing has to be watched.
_SOON = 0.02


class Attended:
    """A block that is cancelled when the client leaves; raises `ClientDisconnect` then.

    The body of the request has been read before.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self._watching: asyncio.Task[None] | None = None
        self._left = False

    async def __aenter__(self) -> None:
        """Begin to watch, soon."""
        working = asyncio.current_task()
        assert working is not None  # noqa: S101 - a coroutine runs in a task
        self._working = working
        self._soon = asyncio.get_running_loop().call_later(_SOON, self._begin)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Watch no longer, and say whether the client was the reason."""
        self._soon.cancel()
        if self._watching is not None:
            self._watching.cancel()
        if self._left and not self._working.uncancel() and kind is asyncio.CancelledError:
            raise ClientDisconnect from None

    def _begin(self) -> None:
        self._watching = asyncio.ensure_future(self._watch())

    async def _watch(self) -> None:
        while (await self.request.receive())["type"] != "http.disconnect":
            pass
        self._left = True
        self._working.cancel()
