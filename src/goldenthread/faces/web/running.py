"""How the explorer is run: one way for `goldenthread serve` and for tests."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal

from uvicorn import Config, Server

from goldenthread.faces.web.protocol import BoundedProtocol


def server_of(
    app: Callable[..., Awaitable[Any]], lifespan: Literal["auto", "on", "off"] = "auto"
) -> Server:
    """Return what serves an application; `run(sockets=[...])` begins, `should_exit` ends it.

    Args:
        app: the application.
        lifespan: `off` starts no workers before one is asked for.
    """
    return Server(
        Config(
            app,
            http=BoundedProtocol,
            ws="none",
            lifespan=lifespan,
            log_level="warning",
            # Each request is logged once, by the application.
            access_log=False,
            server_header=False,
        )
    )
