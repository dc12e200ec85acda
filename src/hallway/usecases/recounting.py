"""Counting again what is derived from messages, for an operator whose numbers are wrong."""

from collections.abc import Collection
from dataclasses import replace

from hallway.domain.ids import AccountId, ConversationId
from hallway.usecases.messages import recounted
from hallway.usecases.ports import Transaction


def recount(tx: Transaction, account_id: AccountId, conversation_ids: Collection[ConversationId]) -> None:
    """Compute each member's newest message and unread count as every other change of a conversation does."""
    found = tx.conversations.several(account_id, conversation_ids)
    tx.conversations.save(
        [
            replace(one, members={who: recounted(tx, one, side) for who, side in one.members.items()})
            for one in found.values()
        ]
    )
