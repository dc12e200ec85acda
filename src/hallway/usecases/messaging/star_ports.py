"""The port to the messages that people starred for themselves (rules §16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.usecases.messaging.change_ports import Address

StarSpot = tuple[int, ConversationId, int]
"""Where a star stands among its person's: its number, and the message's address, since two processes may give the same number."""


@dataclass(frozen=True, slots=True)
class Starred:
    """A message that somebody starred; the higher its `number`, the newer the star."""

    message: Message
    number: int

    @property
    def spot(self) -> StarSpot:
        """The place of the star among its person's."""
        return self.number, self.message.conversation_id, self.message.seq


class Stars(Protocol):
    """Each person's stars. Those of messages that the person doesn't see at present are neither listed nor counted."""

    def add(self, account_id: AccountId, user_id: UserId, address: Address) -> bool:
        """Star a message, as the person's newest star; return whether there was none."""
        ...

    def remove(self, account_id: AccountId, user_id: UserId, address: Address) -> bool:
        """Take a star back; return whether there was one."""
        ...

    def count(self, account_id: AccountId, user_id: UserId) -> int:
        """Count the person's stars."""
        ...

    def of(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId) -> Sequence[int]:
        """Return the seqs of the starred messages of a conversation, ascending."""
        ...

    def page(
        self,
        account_id: AccountId,
        user_id: UserId,
        *,
        within: ConversationId | None,
        behind: StarSpot | None,
        limit: int,
    ) -> Sequence[Starred]:
        """Return the person's newest stars behind a spot, of one conversation or of all."""
        ...

    def forget_message(self, account_id: AccountId, address: Address) -> None:
        """Remove everybody's star of a message."""
        ...

    def forget_chat(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId) -> None:
        """Remove a person's stars in a conversation."""
        ...
