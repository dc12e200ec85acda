"""How many people come in: those who never signed in, with a sign-in link that staff see or with an invitation by mail.

Each person is judged by the same rules as in `sign_in_links`, one by one: who is left out does not stop the others.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from hallway.domain.arrivals import Status, status
from hallway.domain.ids import AccountId, UserId
from hallway.domain.people import State, User
from hallway.domain.verdicts import EXPLANATIONS, Refused
from hallway.usecases.access import sign_in_links
from hallway.usecases.access.sessions import Issued
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, NotFound, TooMany
from hallway.usecases.people.directory import key
from hallway.usecases.people.staff import enter, scope, target
from hallway.usecases.people.user_lists import UserFilter
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

T = TypeVar("T")

WHO_NEVER_CAME_IN = UserFilter(state=State.ACTIVE, has_come_in=False)


@dataclass(frozen=True, slots=True)
class Invitation:
    """The state of somebody who never signed in: not invited, invited or their link has expired; since when, until when."""

    status: Status
    at: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who never signed in; `is_mailable` is whether an invitation by mail would reach them."""

    user: User
    invitation: Invitation
    is_mailable: bool


@dataclass(frozen=True, slots=True)
class Newcomers:
    """A page of them; `next` is the key to go on behind, None at the end; `total` counts all."""

    people: Sequence[Newcomer]
    next: tuple[str, str] | None
    total: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody for whom nothing was made, and why: a stable code with its words. Without a name they are not theirs to see."""

    user_id: UserId
    name: str | None
    code: str
    because: str


def of(
    tx: Transaction, account_id: AccountId, user_ids: Collection[UserId], now: datetime
) -> Mapping[UserId, Invitation]:
    """Return the invitations of these people who never signed in; people who did, or are not active, are missing."""
    users = tx.people.several(account_id, user_ids)
    return {
        one: Invitation(status(users[one].state, known, now), known.invited_at, known.link_expires_at)
        for one, known in tx.people.arrivals(account_id, users.keys()).items()
        if users[one].state is State.ACTIVE and not known.has_come_in
    }


def newcomers(
    tx: Transaction, actor: Actor, *, after: tuple[str, str] | None, limit: int, has_mail: bool, clock: Clock
) -> Newcomers:
    """Return the people whom the actor administers and who never signed in, by name."""
    chosen = replace(WHO_NEVER_CAME_IN, within=scope(enter(tx, actor)))
    users = tx.people.page(actor.account_id, chosen, after=after, limit=limit + 1)
    shown = users[:limit]
    invited = of(tx, actor.account_id, [one.id for one in shown], clock.now())
    ways = sign_in_links.ways(tx, actor, shown, has_mail=has_mail, now=clock.now())
    people = [Newcomer(one, invited[one.id], bool(ways[one.id].email)) for one in shown]
    following = key(shown[-1]) if len(users) > limit else None
    return Newcomers(people, following, tx.people.count(actor.account_id, chosen))


def link(
    tx: Transaction, actor: Actor, *, user_id: UserId, has_mail: bool, clock: Clock, ids: Ids
) -> tuple[User, Issued] | LeftOut:
    """Return a link for one person, for an actor who may see it."""

    def make(user: User) -> tuple[User, Issued]:
        made = sign_in_links.show(tx, actor, user_id=user_id, has_mail=has_mail, clock=clock, ids=ids)
        return user, made

    return _or_left_out(tx, actor, user_id, make)


def _or_left_out(tx: Transaction, actor: Actor, user_id: UserId, make: Callable[[User], T]) -> T | LeftOut:
    """Return what was made, or why not; a refusal has changed nothing. Raises Refused where the actor is not of the staff."""
    me = enter(tx, actor)
    try:
        user, _ = target(tx, actor, me, user_id)
    except NotFound as missing:
        return LeftOut(user_id, None, "not_found", str(missing))
    try:
        return make(user)
    except Refused as no:
        return LeftOut(user_id, user.name, no.denial.value, EXPLANATIONS[no.denial].because)
    except Conflict as no:
        return LeftOut(user_id, user.name, no.code, str(no))
    except TooMany as no:
        return LeftOut(user_id, user.name, "too_many", str(no))
