"""What the use-cases ask of the world, as Protocols: a transaction over the store, a clock, ids, passwords.

Every method takes the account first: nothing is ever looked up across accounts. A method that finds nothing answers
None or an empty collection; it never raises for that. All of them run inside one transaction, in one thread.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from hallway.domain.accounts import Account
from hallway.domain.conversations import Conversation, Member
from hallway.domain.events import Event
from hallway.domain.ids import AccountId, ConversationId, DepartmentId, SessionId, UserId
from hallway.domain.messages import Message
from hallway.domain.people import Person, User
from hallway.domain.scopes import Scope
from hallway.usecases.access_records import AccessRecords
from hallway.usecases.audit_ports import Audit
from hallway.usecases.away import Browsers, Mails, Notices, Settings
from hallway.usecases.beginning_ports import Beginnings
from hallway.usecases.bulk_ports import BulkActions
from hallway.usecases.chat_lists import EVERY_CHAT, ChatFilter
from hallway.usecases.devices import Devices
from hallway.usecases.jobs import Jobs
from hallway.usecases.learning_ports import Courses, Departments, Trainings
from hallway.usecases.notes import Attempts, ImportJobs
from hallway.usecases.search_ports import Search
from hallway.usecases.upkeep_ports import Upkeep
from hallway.usecases.user_lists import UserLists

T = TypeVar("T")
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a person's list: the dialog, who is on the other side (`department` names theirs), the newest
    message that they still see, whether they want no notices of it, and whether the expert whom its question went to
    is one of the course now (False where there was none).
    """

    conversation: Conversation
    other: User
    last_message: Message | None
    course_title: str | None
    department: str | None = None
    is_muted: bool = False
    is_expert: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What a member missed: messages and own marks that changed after the revisions they had."""

    messages: Sequence[Message]
    hidden: Mapping[int, bool]


@dataclass(frozen=True, slots=True)
class Since:
    """Up to which revisions a member knows a conversation.

    `posted_behind` is where to look: no message up to this seq was posted since `rev`, it can only have changed.
    """

    rev: int
    own_rev: int
    posted_behind: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser or an integrator's token; `hashed` is what the store keeps of its secret.

    `kind` is `browser`, `token` (personal access token, with a name) or `link` (one use: choose a password). A token has
    `scopes`, unless it is from before there were any, and a `parent_id` when another token made it. Of a browser the rest
    is known: its device, its own words for itself (`agent`), the `network` it was in and when it was last seen.
    """

    account_id: AccountId
    id: SessionId
    user_id: UserId
    kind: str
    hashed: str
    name: str
    created_at: datetime
    expires_at: datetime | None
    csrf: str = ""
    parent_id: SessionId | None = None
    scopes: frozenset[Scope] | None = None
    device_id: str | None = None
    agent: str = ""
    network: str = ""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """When a session was last seen, and in which network."""

    account_id: AccountId
    session_id: SessionId
    at: datetime
    network: str


class Accounts(Protocol):
    """Accounts and their settings."""

    def find(self, account_id: AccountId) -> Account | None: ...
    def only(self) -> Account | None:
        """The account of this installation; None before the first run."""
        ...

    def ids(self) -> Sequence[AccountId]:
        """Every account of this installation, in the order of their ids."""
        ...

    def save(self, account: Account, /) -> None: ...


class People(UserLists, Protocol):
    """Users, their list, and the facts about them that the rules ask for."""

    def find(self, account_id: AccountId, user_id: UserId) -> User | None: ...
    def several(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, User]: ...
    def by_login(self, account_id: AccountId, login_or_email: str) -> User | None:
        """By login or e-mail, whatever the case; users of every state."""
        ...

    def by_logins(self, account_id: AccountId, logins: Collection[str]) -> Mapping[str, User]:
        """Users by the identity keys of login and e-mail (both are keys): for imports and uniqueness."""
        ...

    def facts(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Person]:
        """The present facts about each of these users, in a fixed number of statements."""
        ...

    def tied_to(self, account_id: AccountId, user_id: UserId) -> frozenset[UserId]:
        """Everyone whom any fact of rules §2 may tie to this user, in either direction and in any mode: experts and
        learners of shared courses, organizers and attendees, supervisors and supervised, members and administrators
        of managed departments, owner and administrators. More than the rules allow; the rules choose.
        """
        ...

    def search(
        self,
        account_id: AccountId,
        text: str,
        among: Collection[UserId] | None,
        *,
        after: tuple[str, str] | None,
        limit: int,
    ) -> Sequence[User]:
        """Active users whose name has a word that starts with each word of `text`, by their search keys, ordered by
        (search key of the name, id) and behind `after`; only those of `among` unless it is None.
        """
        ...

    def add(self, users: Sequence[User]) -> None: ...
    def save(self, users: Sequence[User]) -> None: ...
    def managed(
        self, account_id: AccountId, user_ids: Collection[UserId]
    ) -> Mapping[UserId, frozenset[DepartmentId]]: ...
    def set_managed(self, account_id: AccountId, user_id: UserId, departments: Collection[DepartmentId]) -> None: ...
    def password(self, account_id: AccountId, user_id: UserId) -> str | None:
        """The hash of their password, None while they have none."""
        ...

    def set_password(self, account_id: AccountId, user_id: UserId, hashed: str) -> None: ...
    def signed_in(self, account_id: AccountId, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Those of them who ever had a session, or have a password."""
        ...

    def note_sign_in(self, account_id: AccountId, user_id: UserId, at: datetime) -> None:
        """Keep when they first came in, and that they were seen; `save` leaves both as they are."""
        ...

    def hold(self, account_id: AccountId, user_id: UserId) -> User | None:
        """The user. Until this transaction ends nobody else changes them, their password or who is signed in as them."""
        ...

    def photo(self, account_id: AccountId, user_id: UserId) -> tuple[str, bytes] | None:
        """The picture as (media type, bytes)."""
        ...

    def set_photo(
        self, account_id: AccountId, user_id: UserId, version: str | None, picture: tuple[str, bytes] | None
    ) -> None: ...
    def dialog_partners(self, account_id: AccountId, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Everyone who has a dialog with one of these users."""
        ...


class Conversations(Protocol):
    """Dialogs and what each member keeps of them."""

    def several(
        self, account_id: AccountId, conversation_ids: Collection[ConversationId]
    ) -> Mapping[ConversationId, Conversation]:
        """Conversations with all their members; in a writing transaction their rows are locked, in order of id."""
        ...

    def add(self, conversations: Sequence[Conversation]) -> None:
        """Store new conversations with their members."""
        ...

    def save(self, conversations: Sequence[Conversation]) -> None:
        """Store last_seq, rev, question and every member's marks."""
        ...

    def top_places(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, int]:
        """The highest place in each user's list; users without any are missing."""
        ...

    def place_above(self, top: int, conversation_id: ConversationId, /) -> int:
        """A place above this one that no other process gives to another dialog at the same moment."""
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
    ) -> Sequence[Row]:
        """The user's list from the top, places below `before` (above it, where the oldest come first). `text` chooses
        dialogs whose other person's name or whose messages (those the user still sees) contain it; `name` those whose
        other person's name has all its words.
        """
        ...

    def row(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId) -> Row | None:
        """One line, also when the dialog is not in the list at present."""
        ...

    def unread_count(self, account_id: AccountId, user_id: UserId) -> int:
        """How many dialogs in the user's list have unread messages."""
        ...

    def waiting_count(self, account_id: AccountId, user_id: UserId) -> int:
        """In how many dialogs of the user's list the other person waits for an answer (`ChatFilter.is_waiting`)."""
        ...


class Messages(Protocol):
    """Messages, by (conversation, seq), and each member's hidden ones."""

    def add(self, messages: Sequence[Message]) -> None: ...
    def save(self, message: Message, /) -> None: ...
    def by_keys(
        self, account_id: AccountId, keys: Collection[tuple[UserId, str]]
    ) -> Mapping[tuple[UserId, str], Message]:
        """Messages already stored under a (sender, key): a retry finds its first attempt."""
        ...

    def find(self, account_id: AccountId, conversation_id: ConversationId, seq: int) -> Message | None: ...
    def several(
        self, account_id: AccountId, addresses: Collection[tuple[ConversationId, int]]
    ) -> Mapping[tuple[ConversationId, int], Message]:
        """Messages by their addresses; those that are not there are missing."""
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
        """The newest (or first) `limit` messages with after < seq < before that the user has not hidden, oldest first."""
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
    ) -> Changes:
        """The first `limit` messages (seq > after, not hidden) whose rev is higher than given or that were restored
        since, in the order of rev, and the first `limit` hidden marks whose own_rev is higher than given.
        """
        ...

    def hidden_among(
        self, account_id: AccountId, conversation_id: ConversationId, user_id: UserId, seqs: Collection[int]
    ) -> frozenset[int]:
        """Those of `seqs` that the user hid."""
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
        """(the newest seq that this member still sees, how many unread) counted anew: seq > cleared_seq and not hidden;
        unread are the others' messages with seq > seen_seq that were not deleted for everyone.
        """
        ...

    def newest_of_others(self, account_id: AccountId, conversation_id: ConversationId, member: Member) -> int | None:
        """The newest of the others' messages that this member still sees and that was not deleted for everyone."""
        ...

    def keep_digest(self, account_id: AccountId, address: tuple[ConversationId, int], digest: str) -> None: ...
    def digests(
        self, account_id: AccountId, addresses: Collection[tuple[ConversationId, int]]
    ) -> Mapping[tuple[ConversationId, int], str]:
        """What is kept of messages that were deleted for everyone, by address, where there is any."""
        ...


class Sessions(Protocol):
    """Browser sessions, personal access tokens and one-time links, by the hash of their secret."""

    def add(self, session: Session, /) -> None: ...
    def by_hash(self, account_id: AccountId | None, hashed: str) -> Session | None:
        """Without an account in all of them: for secrets from before they named one. No other look-up may do so."""
        ...

    def of(self, account_id: AccountId, user_id: UserId, kind: str) -> Sequence[Session]: ...
    def several(self, account_id: AccountId, session_ids: Collection[SessionId]) -> Mapping[SessionId, Session]: ...
    def see(self, seen: Sequence[Seen]) -> None:
        """Note when sessions were last seen, and in which network, and their people with them; who is gone stays so."""
        ...

    def remove(self, account_id: AccountId, user_id: UserId, session_id: SessionId) -> None: ...
    def remove_all(self, account_id: AccountId, user_id: UserId) -> None: ...


class Transaction(Protocol):
    """One transaction of the store. What is announced is published after, and only after, it was committed."""

    @property
    def accounts(self) -> Accounts: ...
    @property
    def people(self) -> People: ...
    @property
    def departments(self) -> Departments: ...
    @property
    def courses(self) -> Courses: ...
    @property
    def trainings(self) -> Trainings: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def search(self) -> Search: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def access(self) -> AccessRecords: ...
    @property
    def beginnings(self) -> Beginnings: ...
    @property
    def devices(self) -> Devices: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def import_jobs(self) -> ImportJobs: ...
    @property
    def bulk(self) -> BulkActions: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def browsers(self) -> Browsers: ...
    @property
    def mails(self) -> Mails: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def upkeep(self) -> Upkeep: ...
    def announce(self, event: Event, /) -> None: ...
    def hold_facts(self, account_id: AccountId) -> None:
        """What decides who may write to whom stays as it is until this transaction ends: who changes it waits."""
        ...

    def hold_founding(self) -> None:
        """Let no other process create an account until this transaction ends; one that wants to waits."""
        ...


class Store(Protocol):
    """Where everything is kept. Synchronous: called from threads; `storage.writer` groups what is written."""

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in a consistent snapshot that is thrown away afterwards; callable from several threads."""
        ...

    def write(self, works: Sequence[Callable[[Transaction], T]]) -> Sequence["Outcome[T]"]:
        """Run all `works`, each of which is done whole or not at all, and commit, durably. One thread at a time.

        Where one process writes, all share one commit. A work that raises is rolled back alone and its outcome holds
        the exception; the others stand. When a commit itself fails the outcomes of its works hold that exception
        (StoreUnavailable). A work may be run again when it clashed with what another process wrote.
        """
        ...

    def require_room(self, *, is_in_doubt: bool) -> None:
        """Raise StoreUnavailable where what people write in a moment finds no room; nothing is left of the try.

        `is_in_doubt` says that something has failed: then it may cost more.
        """
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of one work: its value and the events to publish, or the exception that undid it."""

    value: T | None
    events: Sequence[Event]
    failure: Exception | None = None


class StoreUnavailable(Exception):  # noqa: N818 - says what is the matter, as the other answers do
    """The database is locked, full or gone; what was asked is not done, and may be tried again."""


class Clock(Protocol):
    """The time, always in UTC."""

    def now(self) -> datetime: ...


class Ids(Protocol):
    """New names and secrets."""

    def new(self) -> str:
        """A fresh UUIDv7."""
        ...

    def secret(self) -> str:
        """A fresh URL-safe secret of at least 256 bits."""
        ...


class Passwords(Protocol):
    """Slow hashing; called outside of transactions."""

    def hash(self, password: str) -> str: ...
    def verify(self, password: str, hashed: str | None) -> bool:
        """Takes as long when there is no hash, so that nobody learns who exists."""
        ...


class Writer(Protocol):
    """Where changes queue for the next transaction. Both raise Busy when too much waits already.

    Askers take turns: who asks for much delays nobody else. One asker's works are done in their order.
    """

    def submit(self, work: Callable[[Transaction], T], *, asker: Hashable = None) -> "Future[T]":
        """One work; the future holds what it returned or raised, once that is durable."""
        ...

    def submit_grouped(
        self,
        run_all: Callable[[Transaction, Sequence[C]], Sequence[T | Exception]],
        commands: Sequence[C],
        *,
        asker: Hashable = None,
    ) -> "Future[Sequence[T | Exception]]":
        """Commands that `run_all` carries out together with their neighbours of the same kind; an answer to each."""
        ...

    def close(self) -> None:
        """Write what was accepted, then stop."""
        ...
