"""Coming in: the first run, signing in and out, one-time links, passwords and personal access tokens.

Slow hashing happens outside of transactions: the door reads the hash, compares, and then asks for the session.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from hallway.domain.accounts import Account
from hallway.domain.events import SessionEnded
from hallway.domain.ids import AccountId, SessionId, UserId
from hallway.domain.people import Role, State, User
from hallway.usecases import attempts, fields
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, NotFound, SignInFailed
from hallway.usecases.ports import Clock, Ids, Session, Transaction

BROWSER, TOKEN, LINK = "browser", "token", "link"
LINK_LIFE = timedelta(days=7)
_BETWEEN = "~"
"""Between the account and what nobody guesses, in a secret: base64url has no such sign, addresses and headers may have it."""


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first run asks for."""

    academy: str
    name: str
    email: str
    login: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A new session, and its secret, which is told once and never stored."""

    session: Session
    secret: str


def hashed(secret: str) -> str:
    """What the store keeps of a secret that is long and random."""
    return sha256(secret.encode()).hexdigest()


def _secret(account_id: AccountId, ids: Ids) -> str:
    """A new secret of a session. It names its account, so that a store that lies on many servers asks one of them."""
    return urlsafe_b64encode(UUID(account_id).bytes).decode().rstrip("=") + _BETWEEN + ids.secret()


def account_of(secret: str) -> AccountId | None:
    """The account that a session's secret names; None for nonsense, and for secrets from before they named one."""
    named, between, _ = secret.partition(_BETWEEN)
    try:
        return AccountId(str(UUID(bytes=urlsafe_b64decode(named + "==")))) if between else None
    except ValueError:
        return None


def _session_of(tx: Transaction, secret: str) -> Session | None:
    return tx.sessions.by_hash(account_of(secret), hashed(secret))


def check_founding(founding: Founding, password: str) -> None:
    """Raise Invalid unless an account can be founded with this."""
    fields.require_valid(
        fields.name("academy", founding.academy),
        fields.name("name", founding.name),
        fields.email("email", founding.email),
        fields.login("login", founding.login),
        fields.password("password", password),
    )


def found_account(tx: Transaction, founding: Founding, *, password_hash: str, ids: Ids) -> tuple[AccountId, UserId]:
    """The first run: the account and its owner. Raises Conflict when there is an account already."""
    if tx.accounts.only() is not None:
        raise Conflict("already_set_up", "Hallway is set up already. Sign in instead.")
    account_id, owner_id = AccountId(ids.new()), UserId(ids.new())
    tx.accounts.save(Account(account_id, founding.academy.strip()))
    owner = User(account_id, owner_id, founding.name.strip(), founding.email, founding.login, Role.OWNER, State.ACTIVE)
    tx.people.add([owner])
    tx.people.set_password(account_id, owner_id, password_hash)
    return account_id, owner_id


def credentials(tx: Transaction, login: str) -> tuple[User | None, str | None]:
    """The user behind a login or e-mail and the hash of their password; None when they may not sign in."""
    account = tx.accounts.only()
    user = tx.people.by_login(account.id, login) if account else None
    if user is None or user.state is not State.ACTIVE:
        return None, None
    return user, tx.people.password(user.account_id, user.id)


def require_fewer_failures(tx: Transaction, tries: Sequence[str], *, per_minute: int, clock: Clock) -> None:
    """Raise TooMany when somebody could not sign in too often."""
    account = tx.accounts.only()
    if account is not None:
        attempts.require_fewer(tx, account.id, tries, per_minute=per_minute, clock=clock)


def note_failure(tx: Transaction, tries: Sequence[str], *, clock: Clock, ids: Ids) -> None:
    """Count that somebody could not sign in."""
    account = tx.accounts.only()
    if account is not None:
        attempts.note(tx, account.id, tries, clock=clock, ids=ids)


def open_session(
    tx: Transaction, account_id: AccountId, user_id: UserId, *, life: timedelta, clock: Clock, ids: Ids
) -> Issued:
    """A new browser session, for somebody who is still active. Raises SignInFailed."""
    user = tx.people.find(account_id, user_id)
    if user is None or user.state is not State.ACTIVE:
        raise SignInFailed
    return _issue(tx, account_id, user_id, BROWSER, "", clock.now(), life, ids)


def _issue(  # noqa: PLR0913, PLR0917 - one for each field of a session
    tx: Transaction,
    account_id: AccountId,
    user_id: UserId,
    kind: str,
    name: str,
    now: datetime,
    life: timedelta | None,
    ids: Ids,
) -> Issued:
    secret = _secret(account_id, ids)
    ends = None if life is None else now + life
    csrf = ids.secret() if kind == BROWSER else ""
    session = Session(account_id, SessionId(ids.new()), user_id, kind, hashed(secret), name, now, ends, csrf)
    tx.sessions.add(session)
    return Issued(session, secret)


def who_is(tx: Transaction, secret: str, *, clock: Clock) -> Session | None:
    """The session behind a secret: not a link, not expired, of an active person."""
    session = _session_of(tx, secret)
    if session is None or session.kind == LINK or _is_over(session, clock.now()):
        return None
    user = tx.people.find(session.account_id, session.user_id)
    return session if user is not None and user.state is State.ACTIVE else None


def still_in(tx: Transaction, account_id: AccountId, actors: Sequence[Actor], *, clock: Clock) -> frozenset[SessionId]:
    """The sessions of those who may still come in, by what the store says now."""
    sessions = tx.sessions.several(account_id, [one.session_id for one in actors])
    users = tx.people.several(account_id, [one.user_id for one in actors])
    active = {user_id for user_id, user in users.items() if user.state is State.ACTIVE}
    now = clock.now()
    return frozenset(one.id for one in sessions.values() if one.user_id in active and not _is_over(one, now))


def _is_over(session: Session, now: datetime) -> bool:
    return session.expires_at is not None and session.expires_at <= now


def sign_out(tx: Transaction, actor: Actor) -> None:
    """End this session, on the socket too."""
    tx.sessions.remove(actor.account_id, actor.user_id, actor.session_id)
    tx.announce(SessionEnded(actor.account_id, actor.user_id, actor.session_id))


def issue_link(tx: Transaction, account_id: AccountId, user_id: UserId, *, clock: Clock, ids: Ids) -> Issued:
    """A one-time link through which a user chooses a password; an earlier one is void."""
    for earlier in tx.sessions.of(account_id, user_id, LINK):
        tx.sessions.remove(account_id, user_id, earlier.id)
    return _issue(tx, account_id, user_id, LINK, "", clock.now(), LINK_LIFE, ids)


def spend_link(tx: Transaction, secret: str, *, password_hash: str, clock: Clock) -> tuple[AccountId, UserId]:
    """Choose a password with a one-time link. Raises NotFound when it is spent, expired or not ours."""
    link = _session_of(tx, secret)
    if link is None or link.kind != LINK or _is_over(link, clock.now()):
        raise NotFound("link")
    _renew_password(tx, link.account_id, link.user_id, password_hash)
    return link.account_id, link.user_id


def change_password(tx: Transaction, actor: Actor, *, password_hash: str) -> None:
    """A new password; every session ends, the door opens a new one for the browser that asked."""
    _renew_password(tx, actor.account_id, actor.user_id, password_hash)


def _renew_password(tx: Transaction, account_id: AccountId, user_id: UserId, password_hash: str) -> None:
    tx.people.set_password(account_id, user_id, password_hash)
    for kind in (BROWSER, LINK):
        for session in tx.sessions.of(account_id, user_id, kind):
            tx.sessions.remove(account_id, user_id, session.id)
            tx.announce(SessionEnded(account_id, user_id, session.id))


def tokens(tx: Transaction, actor: Actor) -> Sequence[Session]:
    """The actor's personal access tokens."""
    return tx.sessions.of(actor.account_id, actor.user_id, TOKEN)


def new_token(tx: Transaction, actor: Actor, *, name: str, days: int | None, clock: Clock, ids: Ids) -> Issued:
    """A personal access token, for integrators; without `days` it does not expire."""
    fields.require_valid(fields.name("name", name))
    life = None if days is None else timedelta(days=days)
    return _issue(tx, actor.account_id, actor.user_id, TOKEN, name.strip(), clock.now(), life, ids)


def revoke_token(tx: Transaction, actor: Actor, *, token_id: SessionId) -> None:
    """End one's own token."""
    if token_id not in {token.id for token in tokens(tx, actor)}:
        raise NotFound("token")
    tx.sessions.remove(actor.account_id, actor.user_id, token_id)
    tx.announce(SessionEnded(actor.account_id, actor.user_id, token_id))
