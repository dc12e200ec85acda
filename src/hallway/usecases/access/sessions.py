"""Sessions: browsers that are signed in, personal access tokens and one-time links, each known by its secret."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from hallway.domain.audit import Action
from hallway.domain.events import SessionEnded
from hallway.domain.ids import AccountId, SessionId, UserId
from hallway.domain.people import State
from hallway.domain.scopes import Scope
from hallway.usecases.access.records import Session
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import SignedOut
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

BROWSER, TOKEN, LINK = "browser", "token", "link"
_BETWEEN = "~"
"""Between the account and what nobody guesses, in a secret: base64url has no such sign, addresses and headers may have it."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A new session, and its secret, which is told once and never stored."""

    session: Session
    secret: str


def hashed(secret: str) -> str:
    """Hash a secret that is long and random, for the store to keep."""
    return sha256(secret.encode()).hexdigest()


def new_secret(account_id: AccountId, ids: Ids) -> str:
    """Make a secret of a session or a device. It names its account, so that a store on many servers asks only one of them."""
    return urlsafe_b64encode(UUID(account_id).bytes).decode().rstrip("=") + _BETWEEN + ids.secret()


def account_of(secret: str) -> AccountId | None:
    """Return the account that a session's secret names; None for nonsense, and for secrets from before they named one."""
    named, between, _ = secret.partition(_BETWEEN)
    try:
        return AccountId(str(UUID(bytes=urlsafe_b64decode(named + "==")))) if between else None
    except ValueError:
        return None


def session_of(tx: Transaction, account_id: AccountId, secret: str) -> Session | None:
    """Return the session of any kind that a secret belongs to in an account, also when it is over."""
    if account_of(secret) not in {None, account_id}:
        return None
    session = tx.sessions.by_hash(account_of(secret), hashed(secret))
    return session if session is not None and session.account_id == account_id else None


def issue(  # noqa: PLR0913 - one for each field of a session
    tx: Transaction,
    account_id: AccountId,
    user_id: UserId,
    kind: str,
    *,
    now: datetime,
    life: timedelta | None,
    ids: Ids,
    name: str = "",
    parent_id: SessionId | None = None,
    scopes: frozenset[Scope] | None = None,
    device_id: str | None = None,
    agent: str = "",
    network: str = "",
) -> Issued:
    """Store a new session; without a life it does not expire."""
    secret = new_secret(account_id, ids)
    session = Session(
        account_id=account_id,
        id=SessionId(ids.new()),
        user_id=user_id,
        kind=kind,
        hashed=hashed(secret),
        name=name,
        created_at=now,
        expires_at=None if life is None else now + life,
        csrf=ids.secret() if kind == BROWSER else "",
        parent_id=parent_id,
        scopes=scopes,
        device_id=device_id,
        agent=agent,
        network=network,
        seen_at=now if kind == BROWSER else None,
    )
    tx.sessions.add(session)
    return Issued(session, secret)


def who_is(tx: Transaction, *, account_id: AccountId, secret: str, clock: Clock) -> Session | None:
    """Return the session behind a secret in an account: not a link, not expired, of an active person."""
    session = session_of(tx, account_id, secret)
    if session is None or session.kind == LINK or is_over(session, clock.now()):
        return None
    user = tx.people.find(session.account_id, session.user_id)
    return session if user is not None and user.state is State.ACTIVE else None


def still_in(tx: Transaction, account_id: AccountId, actors: Sequence[Actor], *, clock: Clock) -> frozenset[SessionId]:
    """Return the sessions of the actors who may still come in, by what the store says now."""
    sessions = tx.sessions.several(account_id, [one.session_id for one in actors if one.session_id is not None])
    users = tx.people.several(account_id, [one.user_id for one in actors])
    active = {user_id for user_id, user in users.items() if user.state is State.ACTIVE}
    now = clock.now()
    return frozenset(one.id for one in sessions.values() if one.user_id in active and not is_over(one, now))


def is_over(session: Session, now: datetime) -> bool:
    """Return whether a session has expired."""
    return session.expires_at is not None and session.expires_at <= now


def require_present(tx: Transaction, actor: Actor, *, clock: Clock) -> Session:
    """Hold the actor's session as it is until this transaction ends, and return it. Raises SignedOut when it is over.

    Asked once more by whatever makes a new session or a new password: meanwhile the one that asks may have been ended.
    """
    user = tx.people.hold(actor.account_id, actor.user_id)
    session = _own(tx, actor)
    if user is None or user.state is not State.ACTIVE or session is None or is_over(session, clock.now()):
        raise SignedOut
    return session


def _own(tx: Transaction, actor: Actor) -> Session | None:
    if actor.session_id is None:
        return None
    return tx.sessions.several(actor.account_id, [actor.session_id]).get(actor.session_id)


def end(tx: Transaction, session: Session) -> None:
    """End a session, on the socket too, and the tokens that were made with it."""
    for child in _children(tx, session):
        end(tx, child)
    tx.sessions.remove(session.account_id, session.user_id, session.id)
    tx.announce(SessionEnded(session.account_id, session.user_id, session.id))


def _children(tx: Transaction, session: Session) -> Sequence[Session]:
    if session.kind != TOKEN:
        return ()
    return [one for one in tx.sessions.of(session.account_id, session.user_id, TOKEN) if one.parent_id == session.id]


def end_all(tx: Transaction, account_id: AccountId, user_id: UserId) -> None:
    """Sign somebody out everywhere, tokens and links too, and know none of their devices any more."""
    tx.sessions.remove_all(account_id, user_id)
    tx.devices.remove_all(account_id, user_id)
    tx.announce(SessionEnded(account_id, user_id, None))


def sign_out(tx: Transaction, actor: Actor) -> None:
    """End this session."""
    tx.people.hold(actor.account_id, actor.user_id)
    session = _own(tx, actor)
    if session is not None:
        end(tx, session)
        trail.record(tx, actor, Action.SIGNED_OUT, trail.user(actor.user_id))
