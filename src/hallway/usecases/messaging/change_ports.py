"""The ports to what is kept of a message that was changed: what it said before, and who reacted to it (rules §15)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Version
from hallway.domain.reactions import Reaction

Address = tuple[ConversationId, int]
"""Where a message is: its conversation and its seq."""


class Versions(Protocol):
    """What messages said before they were edited."""

    def add(self, account_id: AccountId, address: Address, version: Version) -> None:
        """Keep what a message said."""
        ...

    def count(self, account_id: AccountId, address: Address) -> int:
        """Return how many versions of a message there were before."""
        ...

    def of(self, account_id: AccountId, address: Address) -> Sequence[Version]:
        """Return what a message said before, the first version first."""
        ...

    def first_texts(self, account_id: AccountId, addresses: Collection[Address]) -> Mapping[Address, str]:
        """Return what messages said when they were sent, by address; those that were never edited are missing."""
        ...

    def remove(self, account_id: AccountId, address: Address) -> None:
        """Forget all that a message said before."""
        ...


class Reactions(Protocol):
    """Who reacted to messages: one row for each person and emoji. A message itself keeps a summary of them."""

    def add(self, account_id: AccountId, address: Address, user_id: UserId, emoji: str, at: datetime) -> bool:
        """Keep a reaction; return whether it is a new one."""
        ...

    def remove(self, account_id: AccountId, address: Address, user_id: UserId, emoji: str) -> bool:
        """Take a reaction back; return whether there was one."""
        ...

    def summary(self, account_id: AccountId, address: Address, emoji: str) -> Reaction:
        """Count those who reacted to a message with an emoji, and name the newest."""
        ...

    def of(
        self, account_id: AccountId, conversation_id: ConversationId, user_id: UserId, seqs: Collection[int]
    ) -> Mapping[int, Collection[str]]:
        """Return the emoji with which a user reacted to these messages, by seq."""
        ...

    def clear(self, account_id: AccountId, address: Address) -> None:
        """Forget all reactions to a message."""
        ...
