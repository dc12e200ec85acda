"""The port to the search in messages: by a search key today, by an index of words one day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message

Spot = tuple[datetime, ConversationId, int]
"""Where a message stands among those found: when it was sent, and its address, since two may share a moment."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found."""

    message: Message

    @property
    def spot(self) -> Spot:
        """The place of the message among those found."""
        return self.message.sent_at, self.message.conversation_id, self.message.seq


class Search(Protocol):
    """Finding messages by their text."""

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
        """Return messages that the user sees now and whose search key contains `key`, the newest first, of one
        conversation or of all: not those of which they deleted their copy, of a chat before they deleted it, or
        deleted for everyone.
        """
        ...

    def unindexed(
        self, account_id: AccountId, behind: tuple[ConversationId, int] | None, limit: int
    ) -> Sequence[Message]:
        """Return messages without anything to find them by, in the order of their addresses: stored by an older
        Hallway, or found by their text as it is.
        """
        ...

    def index(self, messages: Sequence[Message]) -> None:
        """Index these messages for the search, where they have not changed meanwhile."""
        ...
