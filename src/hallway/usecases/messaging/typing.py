"""Typing: what the others in a chat learn while somebody writes there (rules §13)."""

from hallway.domain import permissions
from hallway.domain.events import Typing
from hallway.domain.ids import ConversationId
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging.dialogs import my_account, my_conversation, pair
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
    people = pair(tx, actor, conversation.other_than(actor.user_id))
    if not permissions.show_typing(account, people.me, people.other, conversation):
        return None
    others = frozenset(conversation.members) - {actor.user_id}
    return Typing(actor.account_id, others, conversation_id, actor.user_id)
