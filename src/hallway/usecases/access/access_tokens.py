"""Personal access tokens, for programs that act for a person."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from hallway.domain.audit import Action, Target
from hallway.domain.ids import SessionId
from hallway.domain.scopes import EVERY_SCOPE, Scope, covers, with_included
from hallway.usecases import fields
from hallway.usecases.access.records import Session
from hallway.usecases.access.sessions import TOKEN, Issued, end, is_over, issue, require_present
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import Conflict, Invalid, NotFound, Problem
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

MOST_TOKENS = 20
"""Of each person, at the same time."""


def own(tx: Transaction, actor: Actor) -> Sequence[Session]:
    """Return the actor's personal access tokens."""
    return tx.sessions.of(actor.account_id, actor.user_id, TOKEN)


def new_token(
    tx: Transaction,
    actor: Actor,
    *,
    name: str,
    days: int | None,
    scopes: Collection[Scope] | None = None,
    clock: Clock,
    ids: Ids,
) -> Issued:
    """Make a personal access token, for integrators.

    Made by a browser it may do all that `scopes` say, by default everything, and without `days` it does not expire. Made
    by another token it is neither wider nor longer than that one, by default just as wide and long, and ends with it.
    Raises Invalid, Conflict when there are too many, SignedOut when the session that asks has ended meanwhile.
    """
    parent = require_present(tx, actor, clock=clock)
    now = clock.now()
    fields.require_valid(fields.name("name", name))
    wanted = with_included(scopes) if scopes is not None else parent.scopes or EVERY_SCOPE
    _require_no_wider(parent, wanted)
    life = _life(parent, days, now)
    _make_room(tx, actor, now)
    parent_id = parent.id if parent.kind == TOKEN else None
    whose = (tx, actor.account_id, actor.user_id, TOKEN)
    issued = issue(*whose, name=name.strip(), now=now, life=life, ids=ids, parent_id=parent_id, scopes=wanted)
    facts = {"scopes": wanted, "days": life and life.days}
    trail.record(tx, actor, Action.TOKEN_MADE, _target(issued.session), person_id=actor.user_id, after=facts)
    return issued


def _target(token: Session) -> Target:
    return Target("token", token.id, token.name)


def _require_no_wider(parent: Session, wanted: Collection[Scope]) -> None:
    if not wanted:
        raise Invalid(Problem("scopes", "no_scope", "Choose at least one scope."))
    if not covers(parent.scopes, wanted):
        raise Invalid(Problem("scopes", "too_wide", "A token can't have scopes that the token creating it lacks."))


def _life(parent: Session, days: int | None, now: datetime) -> timedelta | None:
    """Return for how long the token is good: as long as its parent unless `days` says otherwise."""
    asked = None if days is None else timedelta(days=days)
    if parent.kind != TOKEN or parent.expires_at is None:
        return asked
    left = parent.expires_at - now
    if asked is not None and asked > left:
        raise Invalid(Problem("days", "too_long", "A token can't outlive the token that creates it."))
    return left if asked is None else asked


def _make_room(tx: Transaction, actor: Actor, now: datetime) -> None:
    """Remove the tokens that have expired. Raises Conflict when there are still too many."""
    present = own(tx, actor)
    for one in present:
        if is_over(one, now):
            end(tx, one)
    if sum(not is_over(one, now) for one in present) >= MOST_TOKENS:
        raise Conflict("too_many_tokens", f"You already have {MOST_TOKENS} tokens. Revoke one you no longer need.")


def revoke_token(tx: Transaction, actor: Actor, *, token_id: SessionId) -> None:
    """End a token of the actor's, and those that were made with it. A token with scopes ends itself, or one that it made."""
    tx.people.hold(actor.account_id, actor.user_id)
    mine = {one.id: one for one in own(tx, actor)}
    found = mine.get(token_id)
    if found is None or (actor.scopes is not None and actor.session_id not in set(_lineage(found, mine))):
        raise NotFound("token")
    end(tx, found)
    trail.record(tx, actor, Action.TOKEN_REVOKED, _target(found), person_id=actor.user_id)


def _lineage(token: Session, mine: Mapping[SessionId, Session]) -> Iterator[SessionId]:
    """Yield the token, the token that made it, and so on."""
    one: Session | None = token
    while one is not None:
        yield one.id
        one = mine.get(one.parent_id) if one.parent_id else None
