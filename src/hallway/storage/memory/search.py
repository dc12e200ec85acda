"""Finding messages by their search key, in dictionaries."""

from collections.abc import Iterator, Sequence

from hallway.domain.conversations import Conversation
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.domain.text import search_key
from hallway.storage.memory.messages import MemoryMessages
from hallway.storage.memory.tables import Tables
from hallway.usecases.messaging.search_ports import Hit, Spot


class MemorySearch:
    """`search_ports.Search` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables
        self._messages = MemoryMessages(tables)

    def messages(
        self,
        account_id: AccountId,
        user_id: UserId,
        key: str,
        *,
        within: ConversationId | None,
        behind: Spot | None,
        limit: int,
    ) -> Sequence[Hit]:
        """Find messages by going through all that the user sees, the newest first."""
        mine = (one for one in self._mine(account_id, user_id) if within in {None, one.id})
        hits = (hit for one in mine for hit in self._hits(one, user_id, key))
        chosen = sorted((one for one in hits if behind is None or one.spot < behind), key=lambda one: one.spot)
        return chosen[::-1][:limit]

    def _mine(self, account_id: AccountId, user_id: UserId) -> Iterator[Conversation]:
        conversations = self._tables.conversations.values()
        return (one for one in conversations if one.account_id == account_id and user_id in one.members)

    def _hits(self, one: Conversation, user_id: UserId, key: str) -> Iterator[Hit]:
        seen = self._messages.seen(one.account_id, one.id, user_id, after=one.members[user_id].cleared_seq)
        there = (message for message in seen if not message.is_deleted)
        return (Hit(message) for message in there if key in search_key(message.body))

    def unindexed(
        self, account_id: AccountId, behind: tuple[ConversationId, int] | None, limit: int
    ) -> Sequence[Message]:
        """Return nothing: each message is found by its text."""
        del account_id, behind, limit
        return []

    def index(self, messages: Sequence[Message]) -> None:
        """Keep nothing: each message is found by its text."""
