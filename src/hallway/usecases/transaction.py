"""The transaction in which a use-case works, and the store and the writer that open it.

Every method of its ports takes the account first: nothing is ever looked up across accounts. A method that finds nothing answers
None or an empty collection; it never raises for that. All of them run inside one transaction, in one thread.
"""

from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from hallway.domain.events import Committed
from hallway.domain.ids import AccountId
from hallway.usecases.access.ports import AccessRecords, Attempts, Devices, Sessions
from hallway.usecases.accounts.ports import Accounts, Beginnings
from hallway.usecases.audit.ports import Audit
from hallway.usecases.files.ports import Files
from hallway.usecases.imports.ports import ImportJobs
from hallway.usecases.jobs.ports import Jobs
from hallway.usecases.jobs.upkeep_ports import Upkeep
from hallway.usecases.learning.ports import Courses, Trainings
from hallway.usecases.messaging.change_ports import Reactions, Versions
from hallway.usecases.messaging.draft_ports import Drafts
from hallway.usecases.messaging.ports import Conversations, Messages
from hallway.usecases.messaging.scheduled_ports import ScheduledMessages
from hallway.usecases.messaging.search_ports import Search, SearchIndex
from hallway.usecases.messaging.star_ports import Stars
from hallway.usecases.notifications.ports import Browsers, Mails, NotificationSettings, NotificationStates
from hallway.usecases.people.bulk_ports import BulkActions
from hallway.usecases.people.ports import Departments, People

T = TypeVar("T")


C = TypeVar("C")


class Transaction(Protocol):
    """A transaction of the store. What is announced is published after, and only after, it was committed."""

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
    def files(self) -> Files: ...
    @property
    def versions(self) -> Versions: ...
    @property
    def reactions(self) -> Reactions: ...
    @property
    def stars(self) -> Stars: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def scheduled(self) -> ScheduledMessages: ...
    @property
    def search(self) -> Search: ...
    @property
    def search_index(self) -> SearchIndex: ...
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
    def notification_states(self) -> NotificationStates: ...
    @property
    def settings(self) -> NotificationSettings: ...
    @property
    def browsers(self) -> Browsers: ...
    @property
    def mails(self) -> Mails: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def upkeep(self) -> Upkeep: ...
    def announce(self, event: Committed, /) -> None: ...
    def hold_facts(self, account_id: AccountId) -> None:
        """Hold the facts that decide who may write to whom until this transaction ends: whoever changes them waits."""
        ...

    def hold_people(self, account_id: AccountId) -> None:
        """Hold the number of active people in an account with a limit until this transaction ends: whoever makes people active waits."""
        ...

    def hold_founding(self) -> None:
        """Hold the creation of accounts until this transaction ends: another process that wants to create one waits."""
        ...


class Store(Protocol):
    """The place where everything is kept. Synchronous: called from threads; `storage.writer` groups what is written."""

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
    """The result of a piece of work: its value and the events to publish, or the exception that undid it."""

    value: T | None
    events: Sequence[Committed]
    failure: Exception | None = None


class StoreUnavailable(Exception):  # noqa: N818 - says what is the matter, as the other answers do
    """The database is locked, full or gone; what was asked is not done, and may be tried again."""


class Writer(Protocol):
    """The queue of changes for the next transaction. Both raise Busy when too much waits already.

    Requesters take turns, so one with much work delays nobody else. The works of one requester run in their order.
    """

    def submit(self, work: Callable[[Transaction], T], *, requester: Hashable = None) -> "Future[T]":
        """Submit a piece of work. The future holds what it returned or raised, once that is durable."""
        ...

    def submit_grouped(
        self,
        run_all: Callable[[Transaction, Sequence[C]], Sequence[T | Exception]],
        commands: Sequence[C],
        *,
        requester: Hashable = None,
    ) -> "Future[Sequence[T | Exception]]":
        """Submit commands that `run_all` carries out together with their neighbours of the same kind, with an answer to each."""
        ...

    def close(self) -> None:
        """Write what was accepted, then stop."""
        ...
