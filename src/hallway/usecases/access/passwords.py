"""Passwords: a new one ends what was opened with the old one."""

from dataclasses import dataclass

from hallway.domain.audit import Action
from hallway.domain.ids import AccountId, UserId
from hallway.usecases.access import attempts
from hallway.usecases.access.attempts import Budget, Reservation
from hallway.usecases.access.sessions import BROWSER, LINK, TOKEN, end, require_present
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import Invalid, Problem, TooMany
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ReservedChange:
    """An attempt to change a password that is counted, and the hash that the present one must have."""

    reservation: Reservation
    hashed: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A new password, and the attempt in which the present one was verified."""

    reserved: ReservedChange
    password_hash: str


def reserve_change(
    tx: Transaction, actor: Actor, *, per_minute: int, clock: Clock, ids: Ids
) -> ReservedChange | TooMany:
    """Count the attempt before the present password is compared; TooMany when that is refused."""
    budget = Budget(f"password {actor.user_id}", per_minute)
    answer = attempts.reserve(tx, actor.account_id, [budget], clock=clock, ids=ids)
    if isinstance(answer, TooMany):
        return answer
    return ReservedChange(answer, tx.people.password(actor.account_id, actor.user_id))


def wrong_password() -> Invalid:
    """Return the refusal for somebody who does not know the present password."""
    return Invalid(Problem("current", "wrong_password", "This isn't your current password."))


def change_password(tx: Transaction, actor: Actor, change: Change, *, clock: Clock) -> None:
    """Set a new password and sign out browsers; the door opens a new session for the one that asked. Tokens stay.

    Raises Invalid when what was verified is the password no longer, SignedOut when the session has ended meanwhile.
    """
    require_present(tx, actor, clock=clock)
    if tx.people.password(actor.account_id, actor.user_id) != change.reserved.hashed:
        raise wrong_password()
    attempts.give_back(tx, change.reserved.reservation)
    renew_password(tx, actor.account_id, actor.user_id, change.password_hash)
    trail.record(tx, actor, Action.PASSWORD_CHANGED, trail.user(actor.user_id))


def renew_password(
    tx: Transaction, account_id: AccountId, user_id: UserId, password_hash: str, *, ends_tokens: bool = False
) -> None:
    """Store a new password, end every browser's session and every link, and forget all devices.

    A person who came by a link and did not know the old password may suspect that somebody else did: tokens end as well.
    """
    tx.people.hold(account_id, user_id)
    tx.people.set_password(account_id, user_id, password_hash)
    for kind in (BROWSER, LINK, *((TOKEN,) if ends_tokens else ())):
        for session in tx.sessions.of(account_id, user_id, kind):
            end(tx, session)
    tx.devices.remove_all(account_id, user_id)
