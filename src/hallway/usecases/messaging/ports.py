"""The ports to conversations and messages."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from hallway.domain.conversations import Conversation, Member
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.usecases.messaging.chat_lists import EVERY_CHAT, ChatFilter
from hallway.usecases.messaging.records import ChatRow, MissedChanges, Since


class Conversations(Protocol):
    """Conversations and what each member keeps of them."""

    def several(
        self, account_id: AccountId, conversation_ids: Collection[ConversationId]
    ) -> Mapping[ConversationId, Conversation]:
        """Return conversations with all their members; in a writing transaction their rows are locked, in order of id."""
        ...

    def add(self, conversations: Sequence[Conversation]) -> None:
        """Store new conversations with their members."""
        ...

    def save(self, conversations: Sequence[Conversation]) -> None:
        """Store last_seq, rev, question and every member's marks."""
        ...

    def top_positions(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, int]:
        """Return the highest position in each user's list and archive; users without any are missing."""
        ...

    def position_above(self, top: int, conversation_id: ConversationId, /) -> int:
        """Return a position above this one that no other process gives to another conversation at the same moment."""
        ...

    def rows(  # noqa: PLR0913 - one for each part of the filter
        self,
        account_id: AccountId,
        user_id: UserId,
        *,
        before: int | None,
        limit: int,
        unread_only: bool = False,
        text: str = "",
        name: str = "",
        chosen: ChatFilter = EVERY_CHAT,
    ) -> Sequence[ChatRow]:
        """Return a section of the user's chats from the top, positions below `before` (above it, where the oldest come first). `text` chooses
        conversations in which the name of one of the others or a message (that the user still sees) contains it; `name`
        those in which the name of one of the others has all its words.
        """
        ...

    def rows_of(
        self, account_id: AccountId, user_id: UserId, conversation_ids: Collection[ConversationId]
    ) -> Mapping[ConversationId, ChatRow]:
        """Return the rows of these conversations, also of those that are not in the user's list at present."""
        ...

    def unread_count(self, account_id: AccountId, user_id: UserId) -> int:
        """Count the conversations in the user's list that have unread messages."""
        ...

    def waiting_count(self, account_id: AccountId, user_id: UserId) -> int:
        """Count the conversations in the user's list in which somebody waits for an answer (`ChatFilter.is_waiting`)."""
        ...


class Messages(Protocol):
    """Messages, by (conversation, seq), and each member's hidden ones."""

    def add(self, messages: Sequence[Message]) -> None: ...
    def save(self, message: Message, /) -> None:
        """Store a message as it is now; `changes` finds it by its rev."""
        ...

    def by_keys(
        self, account_id: AccountId, keys: Collection[tuple[UserId, str]]
    ) -> Mapping[tuple[UserId, str], Message]:
        """Return messages already stored under a (sender, key): a retry finds its first attempt."""
        ...

    def find(self, account_id: AccountId, conversation_id: ConversationId, seq: int) -> Message | None: ...
    def several(
        self, account_id: AccountId, addresses: Collection[tuple[ConversationId, int]]
    ) -> Mapping[tuple[ConversationId, int], Message]:
        """Return messages by their addresses; those that are not there are missing."""
        ...

    def page(
        self,
        account_id: AccountId,
        conversation_id: ConversationId,
        user_id: UserId,
        *,
        after: int,
        before: int | None,
        limit: int,
        from_start: bool = False,
    ) -> Sequence[Message]:
        """Return the newest (or first) `limit` messages with after < seq < before that the user has not hidden, oldest first."""
        ...

    def changes(
        self,
        account_id: AccountId,
        conversation_id: ConversationId,
        user_id: UserId,
        *,
        since: Since,
        after: int,
        limit: int,
    ) -> MissedChanges:
        """Return the first `limit` messages (seq > after, not hidden) whose rev is higher than given or that were restored
        since, in the order of rev, and the first `limit` hidden marks whose own_rev is higher than given.
        """
        ...

    def hidden_among(
        self, account_id: AccountId, conversation_id: ConversationId, user_id: UserId, seqs: Collection[int]
    ) -> frozenset[int]:
        """Return those of `seqs` that the user hid."""
        ...

    def hidden_by(
        self, account_id: AccountId, conversation_id: ConversationId, seq: int, user_ids: Collection[UserId]
    ) -> frozenset[UserId]:
        """Return those of these users who hid a message."""
        ...

    def hide(
        self,
        account_id: AccountId,
        conversation_id: ConversationId,
        user_id: UserId,
        seq: int,
        *,
        is_hidden: bool,
        own_rev: int,
    ) -> None: ...
    def visible(self, account_id: AccountId, conversation_id: ConversationId, member: Member) -> tuple[int | None, int]:
        """Count anew (the newest seq that this member still sees, how many unread): seq > cleared_seq and not hidden;
        unread are the others' messages with seq > seen_seq that were not deleted for everyone.
        """
        ...

    def newest_of_others(self, account_id: AccountId, conversation_id: ConversationId, member: Member) -> int | None:
        """Return the newest of the others' messages that this member still sees and that was not deleted for everyone."""
        ...

    def keep_digest(self, account_id: AccountId, address: tuple[ConversationId, int], digest: str) -> None: ...
    def digests(
        self, account_id: AccountId, addresses: Collection[tuple[ConversationId, int]]
    ) -> Mapping[tuple[ConversationId, int], str]:
        """Return what is kept of messages that were deleted for everyone, by address, where there is any."""
        ...
