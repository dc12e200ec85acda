"""The messages that people starred, in dictionaries."""

from collections.abc import Iterator, Mapping, Sequence

from hallway.domain import permissions
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.storage.memory.messages import MemoryMessages
from hallway.storage.memory.tables import Tables, require
from hallway.usecases.messaging.change_ports import Address
from hallway.usecases.messaging.star_ports import Starred, StarSpot


class MemoryStars:
    """`star_ports.Stars` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables
        self._messages = MemoryMessages(tables)

    def _kept(self, account_id: AccountId, user_id: UserId) -> Mapping[Address, int]:
        return self._tables.stars.get((account_id, user_id), {})

    def add(self, account_id: AccountId, user_id: UserId, address: Address) -> bool:
        """Give a message the next number, unless it has one."""
        require((account_id, address[0]) in self._tables.conversations)
        kept = self._kept(account_id, user_id)
        if address in kept:
            return False
        self._tables.stars[account_id, user_id] = {**kept, address: max(kept.values(), default=0) + 1}
        return True

    def remove(self, account_id: AccountId, user_id: UserId, address: Address) -> bool:
        """Remove a star, if it is there."""
        kept = self._kept(account_id, user_id)
        self._tables.stars[account_id, user_id] = {at: number for at, number in kept.items() if at != address}
        return address in kept

    def count(self, account_id: AccountId, user_id: UserId) -> int:
        """Count the stars of messages that the person sees."""
        return sum(1 for _ in self._seen(account_id, user_id))

    def of(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId) -> Sequence[int]:
        """Return the seqs of the starred messages of a conversation."""
        seen = (one.message for one in self._seen(account_id, user_id))
        return sorted(one.seq for one in seen if one.conversation_id == conversation_id)

    def page(
        self,
        account_id: AccountId,
        user_id: UserId,
        *,
        within: ConversationId | None,
        behind: StarSpot | None,
        limit: int,
    ) -> Sequence[Starred]:
        """Return the newest stars behind a spot."""
        seen = self._seen(account_id, user_id)
        chosen = (one for one in seen if within is None or one.message.conversation_id == within)
        rest = (one for one in chosen if behind is None or one.spot < behind)
        return sorted(rest, key=lambda one: one.spot, reverse=True)[:limit]

    def _seen(self, account_id: AccountId, user_id: UserId) -> Iterator[Starred]:
        for (conversation_id, seq), number in self._kept(account_id, user_id).items():
            conversation = self._tables.conversations[account_id, conversation_id]
            message = self._messages.find(account_id, conversation_id, seq)
            if message is None or message.is_deleted or not permissions.see(conversation, user_id, seq):
                continue
            if not self._messages.hidden_among(account_id, conversation_id, user_id, [seq]):
                yield Starred(message, number)

    def forget_message(self, account_id: AccountId, address: Address) -> None:
        """Remove everybody's star of a message."""
        for owner, kept in list(self._tables.stars.items()):
            if owner[0] == account_id and address in kept:
                self._tables.stars[owner] = {at: number for at, number in kept.items() if at != address}

    def forget_chat(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId) -> None:
        """Remove a person's stars in a conversation."""
        kept = self._kept(account_id, user_id)
        self._tables.stars[account_id, user_id] = {at: one for at, one in kept.items() if at[0] != conversation_id}
