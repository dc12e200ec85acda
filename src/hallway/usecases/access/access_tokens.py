"""Personal access tokens, for programs that act for a person."""

from collections.abc import Sequence
from datetime import timedelta

from hallway.domain.ids import SessionId
from hallway.usecases import fields
from hallway.usecases.access.sessions import TOKEN, Issued, end, issue
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.ports import Clock, Ids, Session, Transaction


def own(tx: Transaction, actor: Actor) -> Sequence[Session]:
    """The actor's personal access tokens."""
    return tx.sessions.of(actor.account_id, actor.user_id, TOKEN)


def new_token(tx: Transaction, actor: Actor, *, name: str, days: int | None, clock: Clock, ids: Ids) -> Issued:
    """A personal access token, for integrators; without `days` it does not expire."""
    fields.require_valid(fields.name("name", name))
    life = None if days is None else timedelta(days=days)
    return issue(tx, actor.account_id, actor.user_id, TOKEN, name.strip(), clock.now(), life, ids)


def revoke_token(tx: Transaction, actor: Actor, *, token_id: SessionId) -> None:
    """End one's own token."""
    if token_id not in {token.id for token in own(tx, actor)}:
        raise NotFound("token")
    end(tx, actor.account_id, actor.user_id, token_id)
