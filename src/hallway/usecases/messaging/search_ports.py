"""The port to the search in messages, and to the index that it goes by."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.domain.search_queries import Part

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


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of what was found; `next` is the spot to go on behind, None at the end. A page may be short, even empty, and go on."""

    hits: Sequence[Hit]
    next: Spot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What messages are looked for: with all `parts`, from one of `senders`, in one of `conversations`, sent before a moment, with a file.

    None for senders or conversations lets any in.
    """

    parts: Sequence[Part] = ()
    senders: frozenset[UserId] | None = None
    conversations: frozenset[ConversationId] | None = None
    before: datetime | None = None
    has_file: bool = False


class Search(Protocol):
    """Finding messages by their text."""

    def messages(
        self, account_id: AccountId, user_id: UserId, wanted: Wanted, *, behind: Spot | None, limit: int
    ) -> Hits:
        """Return messages that the user sees now and that `matching.Matcher` says have what is wanted, the newest first: not
        those of which they deleted their copy, of a chat before they deleted it, or deleted for everyone.

        Until an account's index is complete, only messages are found that contain what was typed as it is.
        """
        ...

    def unindexed(
        self, account_id: AccountId, behind: tuple[ConversationId, int] | None, limit: int
    ) -> Sequence[Message]:
        """Return messages without a search key, in the order of their addresses: stored by an older Hallway, or found by
        their text as it is.
        """
        ...

    def index(self, messages: Sequence[Message]) -> None:
        """Keep the search keys of these messages, where they have not changed meanwhile."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """How far an account's index is: complete, or built up to the conversation `behind`; `indexed` counts messages.

    `analyser` is the version of the analyser that made it.
    """

    account_id: AccountId
    analyser: int
    is_complete: bool = False
    behind: ConversationId | None = None
    indexed: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A message for the index: its terms, and the members by whom it is found."""

    message: Message
    members: Collection[UserId]
    is_group: bool
    terms: frozenset[str] = field(default_factory=frozenset[str])


class IndexIsFull(Exception):  # noqa: N818 - says what is the matter
    """More was sent in an hour than the index has room for there: it has to be built anew, with more room."""


class SearchIndex(Protocol):
    """The index of messages, which is made behind those who send: each conversation is indexed up to some message."""

    def state(self, account_id: AccountId) -> IndexState | None:
        """Return how far the account's index is; None where it was never begun."""
        ...

    def save(self, state: IndexState) -> None:
        """Keep how far an account's index is."""
        ...

    def incomplete(self, analyser: int) -> Sequence[AccountId]:
        """Return the accounts whose index is not complete, or was made by another version of the analyser."""
        ...

    def begin_anew(self, account_id: AccountId, *, has_more_room: bool = False) -> None:
        """Forget what is in the account's index and how far it is. What it holds is found by nobody any more, and goes with
        the next `reset`.
        """
        ...

    def reset(self) -> None:
        """Empty the indexes of all accounts, and forget how far they are."""
        ...

    def tidy(self, *, is_first: bool) -> bool:
        """Bring the parts of all indexes together, a few at a time, so that they take less room; return whether there is more to do."""
        ...

    def late(
        self, account_id: AccountId, behind: ConversationId | None, limit: int
    ) -> tuple[Sequence[ConversationId], ConversationId | None]:
        """Look at so many conversations in the order of their ids; return those with messages that are not in the index yet,
        and the last one that was looked at, None at the end.
        """
        ...

    def unindexed(
        self, account_id: AccountId, conversation_ids: Collection[ConversationId], limit: int
    ) -> Sequence[Document]:
        """Return messages of these conversations that are not in the index yet, each conversation's from the first on, without
        their terms.
        """
        ...

    def add(self, account_id: AccountId, documents: Sequence[Document]) -> None:
        """Index messages as they are at this moment, unless they are indexed by now. Raises IndexIsFull."""
        ...
