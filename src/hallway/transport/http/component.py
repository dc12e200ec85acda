"""The HTTP API and the web client, put together."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import Any

from litestar import Litestar
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig

from hallway import __version__
from hallway.transport import errors, hosts, metrics, openapi, static
from hallway.transport.app_context import AppContext
from hallway.transport.http.routes import api
from hallway.transport.last_seen import LastSeen
from hallway.transport.process import Component

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


def http_component(context: AppContext, close_files: Callable[[], None], *, is_first: bool) -> Component:
    """Serve requests. `close_files` ends the reading of uploads; the first process warns where nobody can come in."""
    last_seen = LastSeen(context.store)
    return Component(
        listeners=[(one.hear, one.missed) for one in (context.typing, context.sites)],
        remote=[context.sends.hear],
        lifespans=[partial(_open, context, close_files, is_first=is_first)],
        works=[last_seen.work],
        sources=[lambda: metrics.of_refusals(context.refusals)],
        state={"context": context, "last_seen": last_seen, "close_files": close_files},
    )


@asynccontextmanager
async def _open(context: AppContext, close_files: Callable[[], None], *, is_first: bool) -> AsyncGenerator[None]:
    try:
        if is_first:
            await context.sites.warn()
        yield
    finally:
        close_files()


def application(state: Mapping[str, Any], *lifespans: Lifespan) -> Litestar:
    """Build the ASGI application over what components left in `state`; over `metrics` alone it can only describe itself."""
    made = Litestar(
        route_handlers=[api(), *openapi.handlers, *metrics.handlers, *static.handlers],
        state=State(state),
        exception_handlers={Exception: errors.answer},
        lifespan=list(lifespans),
        openapi_config=OpenAPIConfig(
            title="Hallway", version=__version__, path="/openapi-of-litestar", description=openapi.DESCRIPTION
        ),
        logging_config=None,
    )
    if "context" in state:
        made.asgi_handler = hosts.for_sites(made.asgi_handler, state["context"])
    # Around everything, so that an address that leads nowhere is answered with the same headers.
    made.asgi_handler = static.guarded(made.asgi_handler, state["metrics"])
    return made
