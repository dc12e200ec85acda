"""People search, which shows exactly whom I may write to first, and people's pictures (rules §3)."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from hallway.domain import permissions
from hallway.domain.ids import UserId
from hallway.domain.people import User
from hallway.domain.text import name_key
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging.participants import my_account
from hallway.usecases.people.cards import Card, cards
from hallway.usecases.transaction import Transaction

STEP = 100
"""Candidates looked at together."""
MOST_LOOKED_AT = 1_000
"""Candidates for one page: one may end before it is full, and the next one goes on."""


@dataclass(frozen=True, slots=True)
class People:
    """A page of people; `next` is the (search key of the name, id) to go on behind, None at the end."""

    people: Sequence[Card]
    next: tuple[str, str] | None


def search(
    tx: Transaction,
    actor: Actor,
    *,
    text: str,
    after: tuple[str, str] | None,
    limit: int,
    without: Callable[[Sequence[User]], Container[UserId]] = lambda _: (),
) -> People:
    """Find the people whom the actor may write to first and whose name matches: no one else (rules §3).

    `without` says whom of some candidates to leave out. A page may be shorter than `limit`, even empty, with others behind it.
    """
    account = my_account(tx, actor)
    me = tx.people.facts(actor.account_id, [actor.user_id])[actor.user_id]
    everyone = permissions.reaches_everyone(account, me)
    among = None if everyone else tx.people.tied_to(actor.account_id, actor.user_id)
    found: list[User] = []
    for _ in range(MOST_LOOKED_AT // STEP):
        candidates = tx.people.search(actor.account_id, text, among, after=after, limit=STEP)
        left_out = without(candidates)
        asked = [one for one in candidates if one.id not in left_out]
        facts = tx.people.facts(actor.account_id, [one.id for one in asked])
        found += [one for one in asked if permissions.start(account, me, facts[one.id])]
        after = key(candidates[-1]) if len(candidates) == STEP else None
        if len(found) > limit or after is None:
            break
    shown = found[:limit]
    following = key(shown[-1]) if len(found) > limit else after
    return People(cards(tx, actor.account_id, shown), following)


def key(user: User) -> tuple[str, str]:
    """Return the key by which every list of people is sorted."""
    return name_key(user.name), user.id


def photo(tx: Transaction, actor: Actor, *, user_id: UserId) -> tuple[str, bytes]:
    """Return a person's picture as (media type, bytes), for the people of their account."""
    found = tx.people.photo(actor.account_id, user_id)
    if found is None:
        raise NotFound("photo")
    return found
