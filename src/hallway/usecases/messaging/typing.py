"""Typing: what the others in a chat learn while somebody writes there (rules §13)."""

from hallway.domain import permissions
from hallway.domain.events import Typing
from hallway.domain.ids import ConversationId
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging.participants import facts_about, my_account, my_conversation
from hallway.usecases.transaction import Transaction


def typing(tx: Transaction, actor: Actor, *, conversation_id: ConversationId) -> Typing | None:
    """Return what the others may learn now; None where they may not, and for a chat that is not the actor's."""
    account = my_account(tx, actor)
    if not account.typing_on:
        return None
    try:
        conversation = my_conversation(tx, actor, conversation_id)
    except NotFound:
        return None
    others = conversation.others(actor.user_id)
    if not permissions.show_typing(account, facts_about(tx, actor, others).people, conversation):
        return None
    return Typing(actor.account_id, frozenset(others), conversation_id, actor.user_id)
