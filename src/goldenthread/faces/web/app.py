"""Put the explorer together: one data set, its pages, its JSON interface, its errors."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from goldenthread.domain.limits import Limits
from goldenthread.errors import GoldenthreadError
from goldenthread.faces.web.again import Again
from goldenthread.faces.web.api import router
from goldenthread.faces.web.api_queries import queries_router
from goldenthread.faces.web.explorer import Explorer
from goldenthread.faces.web.framing import Framing
from goldenthread.faces.web.headers import HeadAnswered, Headers, etag
from goldenthread.faces.web.kept import Kept
from goldenthread.faces.web.metrics import Counted, Metrics
from goldenthread.faces.web.pages import FAMILIES
from goldenthread.faces.web.problems import DOCUMENTED, Problems
from goldenthread.faces.web.shortcut import Shortcut
from goldenthread.faces.web.sparql import Sparql
from goldenthread.faces.web.sparql_request import PATH
from goldenthread.store.dataset import Dataset


def create_app(dataset: Dataset, limits: Limits | None = None) -> FastAPI:
    """Return the explorer of a data set as an ASGI application.

    Both readings are derived before it returns. It keeps no state but the data set, and while it
    runs the workers of its SPARQL endpoint.

    Args:
        dataset: the data set.
        limits: what a stranger's query may use; where None, as the environment sets it.

    Raises:
        BadValue: a limit, or who may frame pages, is set in the environment and cannot be used.
    """
    explorer = Explorer(dataset)
    limits = limits or Limits.from_environment()
    explorer.environment.globals["limits"] = limits.lines
    explorer.stamp = etag(explorer.stamp, repr(limits), dataset.base)
    sparql = Sparql(explorer, limits)
    explorer.answering = sparql.answering
    problems = Problems(explorer)
    app = FastAPI(
        title="goldenthread",
        version=explorer.version,
        description=explorer.independence + ".",
        openapi_url="/api/v1/openapi.json",
        # FastAPI's own pages of documentation load scripts from another host.
        docs_url=None,
        redoc_url=None,
        # Its redirects would repeat the Host header.
        redirect_slashes=False,
        lifespan=sparql.lifespan,
    )
    app.router.redirect_slashes = False
    app.state.kept = Kept()
    app.state.explorer = explorer
    metrics = Metrics(explorer, sparql)
    # Routes are tried one after the other: the many of the library come last.
    app.router.routes.extend(metrics.routes())
    app.include_router(router(explorer), responses=DOCUMENTED)
    for family in FAMILIES:
        app.router.routes.extend(family(explorer).routes())
    app.include_router(queries_router(explorer), responses=DOCUMENTED)
    metrics.know([PATH, *(getattr(route, "path", "") for route in app.routes)])

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for these only
        said = "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors())
        return problems.answer(request, 400, "Cannot use that value", said)

    app.add_exception_handler(GoldenthreadError, problems.known)
    app.add_exception_handler(HTTPException, problems.http)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, problems.unexpected)
    # From the inside out.
    app.add_middleware(HeadAnswered, under="/api/")
    app.add_middleware(Again, stamp=lambda: explorer.dated)
    app.add_middleware(Shortcut, paths=(PATH, PATH + "/"), endpoint=sparql.endpoint)
    app.add_middleware(Headers, framing=Framing.from_environment())
    app.add_middleware(Counted, metrics=metrics)
    return app
