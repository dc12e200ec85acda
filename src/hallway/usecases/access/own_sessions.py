"""My sessions: the browsers in which somebody is signed in, and how they end those that they do not want any more."""

from collections.abc import Sequence

from hallway.domain.audit import Action, Target
from hallway.domain.ids import SessionId
from hallway.usecases.access.records import Session
from hallway.usecases.access.sessions import BROWSER, end, is_over, require_present
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import NotFound
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction


def own(tx: Transaction, actor: Actor, *, clock: Clock) -> Sequence[Session]:
    """Return the browsers in which the actor is signed in now: the asking one first, then by when they were last seen, latest first."""
    now = clock.now()
    valid = [one for one in tx.sessions.of(actor.account_id, actor.user_id, BROWSER) if not is_over(one, now)]
    return sorted(valid, key=lambda one: (one.id == actor.session_id, one.seen_at or one.created_at), reverse=True)


def end_one(tx: Transaction, actor: Actor, *, session_id: SessionId, clock: Clock) -> None:
    """Sign one of the actor's browsers out, on its open sockets too. Raises NotFound, SignedOut."""
    present = require_present(tx, actor, clock=clock)
    found = next((one for one in own(tx, actor, clock=clock) if one.id == session_id), None)
    if found is None:
        raise NotFound("session")
    _end(tx, actor, present, found)


def end_others(tx: Transaction, actor: Actor, *, clock: Clock) -> int:
    """Sign all of the actor's other browsers out, and answer how many these were. Raises SignedOut."""
    present = require_present(tx, actor, clock=clock)
    others = [one for one in own(tx, actor, clock=clock) if one.id != actor.session_id]
    for one in others:
        _end(tx, actor, present, one)
    return len(others)


def _end(tx: Transaction, actor: Actor, present: Session, session: Session) -> None:
    """End a session and forget its device: a later sign-in there is reported as one on a new device."""
    end(tx, session)
    if session.device_id is not None and session.device_id != present.device_id:
        tx.devices.remove(actor.account_id, actor.user_id, [session.device_id])
    trail.record(tx, actor, Action.SESSION_ENDED, Target("session", session.id), person_id=actor.user_id)
