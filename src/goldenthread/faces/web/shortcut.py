"""What is asked most goes past the layers that only pages need."""

from collections.abc import Awaitable, Callable, Collection

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send


class Shortcut:
    """Answers the addresses of one endpoint itself and passes everything else on."""

    def __init__(
        self,
        app: ASGIApp,
        paths: Collection[str],
        endpoint: Callable[[Request], Awaitable[ASGIApp]],
    ) -> None:
        """Stand before an application.

        Args:
            app: what answers everything else.
            paths: addresses that the endpoint answers, with every method.
            endpoint: returns the answer to a request.
        """
        self.app = app
        self.paths = frozenset(paths)
        self.endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] == "http" and scope["path"] in self.paths:
            answer = await self.endpoint(Request(scope, receive, send))
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)
