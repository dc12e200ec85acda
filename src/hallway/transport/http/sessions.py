"""My sessions: where I am signed in, and signing out elsewhere. A token may look, and end none."""

from litestar import delete, get, post
from litestar.exceptions import PermissionDeniedException

from hallway.domain import user_agents
from hallway.domain.ids import SessionId
from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor, WithSession
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire.sessions import EndedSessions, OwnSession, OwnSessions
from hallway.usecases.access import own_sessions
from hallway.usecases.access.records import Session
from hallway.usecases.access.sessions import BROWSER
from hallway.usecases.actors import Actor


@get("/me/sessions")
async def sessions(actor: CurrentActor, context: InContext) -> OwnSessions:
    """The browsers I am signed in with."""
    found = await context.store.read(lambda tx: own_sessions.own(tx, actor, clock=context.store.clock))
    return OwnSessions([_present(one, actor) for one in found])


def _present(session: Session, actor: Actor) -> OwnSession:
    software = user_agents.read(session.agent)
    return OwnSession(
        id=session.id,
        browser=software.browser,
        system=software.system,
        network=session.network,
        created_at=session.created_at,
        seen_at=session.seen_at or session.created_at,
        mine=session.id == actor.session_id,
    )


@delete("/me/sessions/{session_id:str}")
async def end_session(
    session_id: wire_fields.Id, actor: CurrentActor, session: WithSession, context: InContext
) -> None:
    """Sign out one of my browsers, including its live connections."""
    _require_browser(session)
    clock = context.store.clock
    await context.store.write(lambda tx: own_sessions.end_one(tx, actor, session_id=SessionId(session_id), clock=clock))


@post("/me/sessions/end-others", status_code=200)
async def end_other_sessions(actor: CurrentActor, session: WithSession, context: InContext) -> EndedSessions:
    """Sign out all my other browsers; answers how many."""
    _require_browser(session)
    ended = await context.store.write(lambda tx: own_sessions.end_others(tx, actor, clock=context.store.clock))
    return EndedSessions(ended)


def _require_browser(session: Session) -> None:
    """A stolen token must not sign its person out. Raises PermissionDeniedException."""
    if session.kind != BROWSER:
        raise PermissionDeniedException


handlers = [sessions, end_session, end_other_sessions]
