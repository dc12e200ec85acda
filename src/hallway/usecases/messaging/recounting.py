"""Counting again what is derived from messages: after they changed, and for an operator whose numbers are wrong."""

from collections.abc import Collection
from dataclasses import replace

from hallway.domain.conversations import Conversation, Member
from hallway.domain.ids import AccountId, ConversationId
from hallway.usecases.notifications.jobs import withdraw
from hallway.usecases.transaction import Transaction


def recounted(tx: Transaction, conversation: Conversation, side: Member) -> Member:
    """Return a member's side as the messages now say: its newest one, and how many are unread. Where some went unread,
    what a screen shows of them goes; where none is left, there is nothing more to notify of.
    """
    last_seq, unread = tx.messages.visible(conversation.account_id, conversation.id, side)
    if unread < side.unread:
        withdraw(tx, conversation.account_id, (side.user_id, conversation.id))
    return replace(side, last_seq=last_seq, unread=unread, untold=side.untold if unread else None)


def recount(tx: Transaction, account_id: AccountId, conversation_ids: Collection[ConversationId]) -> None:
    """Compute each member's newest message and unread count as every other change of a conversation does."""
    found = tx.conversations.several(account_id, conversation_ids)
    tx.conversations.save(
        [
            replace(one, members={who: recounted(tx, one, side) for who, side in one.members.items()})
            for one in found.values()
        ]
    )
