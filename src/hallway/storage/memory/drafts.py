"""Drafts, in dictionaries."""

from collections.abc import Sequence

from hallway.domain.drafts import Draft
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.storage.memory.tables import Tables, require


class MemoryDrafts:
    """`draft_ports.Drafts` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def revision(self, account_id: AccountId, user_id: UserId) -> int:
        """Return how often the person's drafts changed."""
        return self._tables.draft_revisions.get((account_id, user_id), 0)

    def count(self, account_id: AccountId, user_id: UserId) -> int:
        """Count a person's drafts."""
        return len(self._of(account_id, user_id))

    def find(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId) -> Draft | None:
        """Return the draft in a chat."""
        return self._tables.drafts.get((account_id, user_id, conversation_id))

    def page(
        self, account_id: AccountId, user_id: UserId, *, after: ConversationId | None, limit: int
    ) -> Sequence[Draft]:
        """Return those behind `after`."""
        behind = (one for one in self._of(account_id, user_id) if after is None or one.conversation_id > after)
        return sorted(behind, key=lambda one: one.conversation_id)[:limit]

    def _of(self, account_id: AccountId, user_id: UserId) -> list[Draft]:
        mine = account_id, user_id
        return [one for one in self._tables.drafts.values() if (one.account_id, one.user_id) == mine]

    def save(self, saved: Draft) -> None:
        """Keep the draft."""
        person = saved.account_id, saved.user_id
        require(person in self._tables.users)
        self._tables.drafts[*person, saved.conversation_id] = saved
        self._tables.draft_revisions[person] = saved.revision

    def remove(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId, *, revision: int) -> None:
        """Forget the draft."""
        self._tables.drafts.pop((account_id, user_id, conversation_id), None)
        self._tables.draft_revisions[account_id, user_id] = revision

    def remove_all(self, account_id: AccountId, user_id: UserId) -> None:
        """Forget a person's drafts."""
        for one in self._of(account_id, user_id):
            del self._tables.drafts[account_id, user_id, one.conversation_id]
