"""Finding messages, in dictionaries: by reading all of them, so there is no index to keep."""

from collections.abc import Collection, Iterator, Sequence

from hallway.domain.conversations import Conversation
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.storage.memory.messages import MemoryMessages
from hallway.storage.memory.tables import Tables
from hallway.usecases.messaging.matching import Matcher, text_of
from hallway.usecases.messaging.search_ports import Document, Hit, Hits, IndexState, Spot, Wanted


class MemorySearch:
    """`search_ports.Search` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables
        self._messages = MemoryMessages(tables)

    def messages(
        self, account_id: AccountId, user_id: UserId, wanted: Wanted, *, behind: Spot | None, limit: int
    ) -> Hits:
        """Find messages by going through all that the user sees, the newest first."""
        matcher = Matcher(wanted.parts)
        seen = (one for chat in self._mine(account_id, user_id) for one in self._seen(chat, user_id))
        found = (Hit(one) for one in seen if _is_among(one, wanted) and matcher.answers(text_of(one)))
        chosen = sorted((one for one in found if behind is None or one.spot < behind), key=lambda one: one.spot)[::-1]
        return Hits(chosen[:limit], chosen[limit - 1].spot if len(chosen) > limit else None)

    def _mine(self, account_id: AccountId, user_id: UserId) -> Iterator[Conversation]:
        conversations = self._tables.conversations.values()
        return (one for one in conversations if one.account_id == account_id and user_id in one.members)

    def _seen(self, one: Conversation, user_id: UserId) -> Iterator[Message]:
        seen = self._messages.seen(one.account_id, one.id, user_id, after=one.members[user_id].cleared_seq)
        return (message for message in seen if not message.is_deleted)

    def unindexed(
        self, account_id: AccountId, behind: tuple[ConversationId, int] | None, limit: int
    ) -> Sequence[Message]:
        """Return nothing: each message is found by its text."""
        del account_id, behind, limit
        return []

    def index(self, messages: Sequence[Message]) -> None:
        """Keep nothing: each message is found by its text."""


def _is_among(one: Message, wanted: Wanted) -> bool:
    """Return whether a message is what is wanted, but for its words."""
    is_from = wanted.senders is None or one.sender_id in wanted.senders
    is_in = wanted.conversations is None or one.conversation_id in wanted.conversations
    has_all = not wanted.has_file or bool(one.files)
    return is_from and is_in and has_all and (wanted.before is None or one.sent_at < wanted.before)


class MemorySearchIndex:
    """`search_ports.SearchIndex` that is always complete, and empty."""

    def state(self, account_id: AccountId) -> IndexState | None:
        """Return nothing."""
        del account_id

    def save(self, state: IndexState) -> None:
        """Keep nothing."""

    def incomplete(self, analyser: int) -> Sequence[AccountId]:
        """Return no account."""
        del analyser
        return []

    def begin_anew(self, account_id: AccountId, *, has_more_room: bool = False) -> None:
        """Forget nothing."""

    def reset(self) -> None:
        """Empty nothing."""

    def tidy(self, *, is_first: bool) -> bool:
        """Leave nothing to do."""
        del is_first
        return False

    def late(
        self, account_id: AccountId, behind: ConversationId | None, limit: int
    ) -> tuple[Sequence[ConversationId], ConversationId | None]:
        """Return no conversation."""
        del account_id, behind, limit
        return [], None

    def unindexed(
        self, account_id: AccountId, conversation_ids: Collection[ConversationId], limit: int
    ) -> Sequence[Document]:
        """Return no message."""
        del account_id, conversation_ids, limit
        return []

    def add(self, account_id: AccountId, documents: Sequence[Document]) -> None:
        """Keep nothing."""
