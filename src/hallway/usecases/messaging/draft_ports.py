"""The port to drafts."""

from collections.abc import Sequence
from typing import Protocol

from hallway.domain.drafts import Draft
from hallway.domain.ids import AccountId, ConversationId, UserId


class Drafts(Protocol):
    """What people began to write: one draft a person and chat, and how often each person's drafts changed."""

    def revision(self, account_id: AccountId, user_id: UserId) -> int:
        """Return how often the person's drafts changed; in a writing transaction nobody else changes them until its end."""
        ...

    def count(self, account_id: AccountId, user_id: UserId) -> int:
        """Return how many drafts the person has."""
        ...

    def find(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId) -> Draft | None:
        """Return the person's draft in a chat."""
        ...

    def page(
        self, account_id: AccountId, user_id: UserId, *, after: ConversationId | None, limit: int
    ) -> Sequence[Draft]:
        """Return drafts of a person in the order of their conversations' ids, those behind `after`."""
        ...

    def save(self, draft: Draft, /) -> None:
        """Store a draft in place of the one there was; its revision is the person's newest from now on."""
        ...

    def remove(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId, *, revision: int) -> None:
        """Delete a draft; `revision` is the person's newest from now on."""
        ...

    def remove_all(self, account_id: AccountId, user_id: UserId) -> None:
        """Delete all drafts of a person."""
        ...
