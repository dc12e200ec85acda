"""The map of the HTTP API: which file answers where, and what every handler is given."""

from litestar import Router
from litestar.di import Provide

from hallway.transport.app_context import context_of
from hallway.transport.auth import actor_of, client_address, session_of
from hallway.transport.http import (
    admin_bulk,
    admin_courses,
    admin_departments,
    admin_first_steps,
    admin_imports,
    admin_jobs,
    admin_links,
    admin_notifications,
    admin_settings,
    admin_trainings,
    admin_user_files,
    admin_users,
    arranging,
    audit,
    conversations,
    courses,
    drafts,
    entry,
    files,
    me,
    messages,
    notifications,
    people,
    scheduled,
    search,
    sessions,
    stars,
    uploads,
)
from hallway.transport.http.parameters import ApiRequest, require_possible
from hallway.transport.last_seen import last_seen_of
from hallway.transport.tenancy import Site, site_of
from hallway.usecases.access.records import Session

SMALL_BODY = 64 * 1024
"""Bytes of an ordinary body; pictures and imports have their own measure."""

NOUNS = (
    entry,
    me,
    sessions,
    people,
    search,
    conversations,
    arranging,
    drafts,
    messages,
    stars,
    scheduled,
    uploads,
    files,
    notifications,
    courses,
    admin_users,
    admin_user_files,
    admin_bulk,
    admin_departments,
    admin_courses,
    admin_trainings,
    admin_settings,
    admin_imports,
    admin_links,
    admin_first_steps,
    admin_notifications,
    audit,
    admin_jobs,
)


def api() -> Router:
    """Build the routes of everything below /api/v1."""
    return Router(
        "/api/v1",
        route_handlers=[handler for noun in NOUNS for handler in noun.handlers],
        dependencies={
            "context": Provide(context_of, sync_to_thread=False),
            "site": Provide(_site, sync_to_thread=False),
            "session": Provide(_session),
            "actor": Provide(actor_of),
        },
        before_request=require_possible,
        request_class=ApiRequest,
        request_max_body_size=SMALL_BODY,
    )


def _site(request: ApiRequest) -> Site:
    return site_of(request)


async def _session(request: ApiRequest) -> Session:
    """The session of a request, which is seen with it."""
    session = await session_of(request)
    last_seen_of(request.app.state).note(session, client_address(request))
    return session
