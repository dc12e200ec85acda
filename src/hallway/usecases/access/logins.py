"""Signing in with a password.

Slow hashing happens outside of transactions: an attempt is reserved, its password compared, and then a session opened,
which is asked once more whether what was compared is still the password.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hallway.domain.audit import Action, Target, Via
from hallway.domain.ids import AccountId, UserId
from hallway.domain.people import State, User
from hallway.domain.text import identity_key
from hallway.usecases.access import attempts, known_devices, new_devices
from hallway.usecases.access.attempts import Budget, Reservation
from hallway.usecases.access.known_devices import Remembered
from hallway.usecases.access.sessions import BROWSER, Issued, end, is_over, issue
from hallway.usecases.access.visitors import UNKNOWN, Visitor
from hallway.usecases.audit import trail
from hallway.usecases.audit.ports import Chosen
from hallway.usecases.audit.trail import Origin
from hallway.usecases.errors import SignInFailed, TooMany
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

SITE, EVERYBODY = 5, 60
"""How many times as often it may fail in all of a customer's networks, and everywhere, as in one."""
ONCE_IN, LOOKED_BACK = timedelta(hours=1), 50
"""How often a failure is recorded, and among how many entries the last one is looked for."""
MOST_SESSIONS = 20
"""Browsers in which somebody is signed in at the same time; the one that signed in first leaves."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody tries to sign in to an account; `per_minute` is how often that may fail."""

    account_id: AccountId
    login: str
    visitor: Visitor
    per_minute: int


@dataclass(frozen=True, slots=True)
class Reserved:
    """An attempt that is counted: whose it is, when they may sign in, and the hash that the password must have."""

    reservation: Reservation
    user: User | None
    hashed: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comer:
    """Who comes in, from where. `verified` is the hash that their password was compared with, or has just been given;
    None in the demo, which asks for no password. The attempt that was reserved is given back.
    """

    account_id: AccountId
    user_id: UserId
    verified: str | None
    visitor: Visitor = UNKNOWN
    reservation: Reservation | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session, in a browser that is known from now on."""

    issued: Issued
    remembered: Remembered


def credentials(tx: Transaction, account_id: AccountId, login: str) -> tuple[User | None, str | None]:
    """Return the user behind a login or e-mail and the hash of their password; None when they may not sign in."""
    user = tx.people.by_login(account_id, login)
    if user is None or user.state is not State.ACTIVE:
        return None, None
    return user, tx.people.password(user.account_id, user.id)


def is_from_known_device(tx: Transaction, attempt: Attempt, *, clock: Clock) -> bool:
    """Return whether whoever tries has signed in with this browser before. Raises TooMany."""
    user, _ = credentials(tx, attempt.account_id, attempt.login)
    budgets = _budgets(tx, user, attempt, clock.now())
    attempts.require_left(tx, attempt.account_id, budgets, clock=clock)
    return len(budgets) == 1


def reserve(tx: Transaction, attempt: Attempt, *, clock: Clock, ids: Ids) -> Reserved | TooMany:
    """Count the attempt before its password is compared; TooMany when that is refused."""
    user, hashed = credentials(tx, attempt.account_id, attempt.login)
    budgets = _budgets(tx, user, attempt, clock.now())
    answer = attempts.reserve(tx, attempt.account_id, budgets, clock=clock, ids=ids)
    return answer if isinstance(answer, TooMany) else Reserved(answer, user, hashed)


def _budgets(tx: Transaction, user: User | None, attempt: Attempt, now: datetime) -> Sequence[Budget]:
    """Return how often an attempt may fail. A known device has a budget of its own, which strangers cannot use up.

    Strangers' are the same whether the login is somebody's or nobody's, so that no limit tells who exists.
    """
    often, visitor = attempt.per_minute, attempt.visitor
    device = user and known_devices.known(tx, user.account_id, user.id, visitor.device, now=now)
    if device:
        return [Budget(f"device {device.id}", often)]
    sites = [Budget(f"network {one}", often * SITE) for one in visitor.networks[1:]]
    networks = [Budget(f"network {one}", often) for one in visitor.networks[:1]]
    return [Budget(f"login {identity_key(attempt.login)}", often), *networks, *sites, Budget("all", often * EVERYBODY)]


def open_session(tx: Transaction, comer: Comer, *, life: timedelta, clock: Clock, ids: Ids) -> Opened:
    """Open a browser session for somebody who is still active and whose password still has the hash that was verified.

    Otherwise somebody who had guessed the password and waited long for its hash would come in after it was changed.
    Raises SignInFailed.
    """
    account_id, user_id, visitor, now = comer.account_id, comer.user_id, comer.visitor, clock.now()
    user = tx.people.hold(account_id, user_id)
    if user is None or user.state is not State.ACTIVE:
        raise SignInFailed
    if comer.verified is not None and tx.people.password(account_id, user_id) != comer.verified:
        raise SignInFailed
    tx.people.note_sign_in(account_id, user_id, now)
    _make_room(tx, account_id, user_id, now)
    remembered = known_devices.remember(tx, account_id, user_id, visitor.device, clock=clock, ids=ids)
    if remembered.is_new:
        new_devices.notify(tx, user, visitor, clock=clock)
    if comer.reservation is not None:
        attempts.give_back(tx, comer.reservation)
    issued = issue(
        tx,
        account_id,
        user_id,
        BROWSER,
        now=now,
        life=life,
        ids=ids,
        device_id=remembered.device.id,
        agent=visitor.agent,
        network=visitor.network,
    )
    by = Origin(
        account_id=account_id, via=Via.WEB, address=visitor.address, user_id=user_id, session_id=issued.session.id
    )
    trail.record(tx, by, Action.SIGNED_IN, trail.user(user_id), after={"is_new_device": remembered.is_new})
    return Opened(issued, remembered)


def record_failure(
    tx: Transaction, account_id: AccountId, user: User | None, visitor: Visitor, *, clock: Clock
) -> None:
    """Record that a password was wrong: once an hour for each person, and for all logins that nobody has, so that no
    stranger fills the log.
    """
    chosen = Chosen(about=user.id) if user else Chosen()
    newest = tx.audit.page(account_id, chosen, before=None, limit=LOOKED_BACK)
    since = clock.now() - ONCE_IN
    whom = user.id if user else None
    failed = (one for one in newest if one.draft.action == Action.SIGN_IN_FAILED and one.draft.person_id == whom)
    if all(one.at < since for one in failed):
        target = trail.user(user.id) if user else Target("login")
        trail.record(
            tx, Origin(account_id=account_id, via=Via.STRANGER, address=visitor.address), Action.SIGN_IN_FAILED, target
        )


def _make_room(tx: Transaction, account_id: AccountId, user_id: UserId, now: datetime) -> None:
    """End sessions that are over, and the oldest ones that are too many."""
    present = tx.sessions.of(account_id, user_id, BROWSER)
    valid = [one for one in present if not is_over(one, now)]
    staying = {one.id for one in valid[-(MOST_SESSIONS - 1) :]}
    for one in present:
        if one.id not in staying:
            end(tx, one)
