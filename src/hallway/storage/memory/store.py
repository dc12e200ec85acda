"""The store in dictionaries: readers see the last committed tables, a writer works on a copy of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from hallway.domain.events import Committed
from hallway.domain.ids import AccountId
from hallway.storage.memory.access_records import MemoryAccessRecords
from hallway.storage.memory.accounts import MemoryAccounts
from hallway.storage.memory.attempts import MemoryAttempts
from hallway.storage.memory.audit import MemoryAudit
from hallway.storage.memory.beginnings import MemoryBeginnings
from hallway.storage.memory.bulk_actions import MemoryBulkActions
from hallway.storage.memory.conversations import MemoryConversations
from hallway.storage.memory.courses import MemoryCourses, MemoryTrainings
from hallway.storage.memory.departments import MemoryDepartments
from hallway.storage.memory.drafts import MemoryDrafts
from hallway.storage.memory.files import MemoryFiles
from hallway.storage.memory.import_jobs import MemoryImportJobs
from hallway.storage.memory.jobs import MemoryJobs
from hallway.storage.memory.message_changes import MemoryReactions, MemoryVersions
from hallway.storage.memory.messages import MemoryMessages
from hallway.storage.memory.notifications import (
    MemoryBrowsers,
    MemoryMails,
    MemoryNotificationSettings,
    MemoryNotificationStates,
)
from hallway.storage.memory.people import MemoryPeople
from hallway.storage.memory.scheduled import MemoryScheduledMessages
from hallway.storage.memory.search import MemorySearch, MemorySearchIndex
from hallway.storage.memory.sessions import MemoryDevices, MemorySessions
from hallway.storage.memory.stars import MemoryStars
from hallway.storage.memory.tables import Tables
from hallway.storage.memory.upkeep import MemoryUpkeep
from hallway.usecases.transaction import Outcome, Transaction

T = TypeVar("T")


class MemoryTransaction:
    """`transaction.Transaction` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Open the ports over the tables."""
        self.accounts = MemoryAccounts(tables)
        self.people = MemoryPeople(tables)
        self.departments = MemoryDepartments(tables)
        self.courses = MemoryCourses(tables)
        self.trainings = MemoryTrainings(tables)
        self.conversations = MemoryConversations(tables)
        self.messages = MemoryMessages(tables)
        self.files = MemoryFiles(tables)
        self.versions = MemoryVersions(tables)
        self.reactions = MemoryReactions(tables)
        self.stars = MemoryStars(tables)
        self.drafts = MemoryDrafts(tables)
        self.scheduled = MemoryScheduledMessages(tables)
        self.search = MemorySearch(tables)
        self.search_index = MemorySearchIndex()
        self.sessions = MemorySessions(tables)
        self.access = MemoryAccessRecords(tables)
        self.beginnings = MemoryBeginnings(tables)
        self.devices = MemoryDevices(tables)
        self.attempts = MemoryAttempts(tables)
        self.import_jobs = MemoryImportJobs(tables)
        self.bulk = MemoryBulkActions(tables)
        self.jobs = MemoryJobs(tables)
        self.notification_states = MemoryNotificationStates(tables)
        self.settings = MemoryNotificationSettings(tables)
        self.browsers = MemoryBrowsers(tables)
        self.mails = MemoryMails(tables)
        self.audit = MemoryAudit(tables)
        self.upkeep = MemoryUpkeep(tables)
        self.events: list[Committed] = []

    def announce(self, happened: Committed) -> None:
        """Keep an event until after the commit."""
        self.events.append(happened)

    def hold_facts(self, account_id: AccountId) -> None:
        """Hold nothing: nobody else writes meanwhile."""

    def hold_people(self, account_id: AccountId) -> None:
        """Hold nothing: nobody else writes meanwhile."""

    def hold_founding(self) -> None:
        """Hold nothing: nobody else writes meanwhile."""


class MemoryStore:
    """`transaction.Store` in this process."""

    def __init__(self) -> None:
        """Begin with empty tables."""
        self._tables = Tables()
        self._writing = threading.Lock()

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` on the last committed tables; what it changes is thrown away."""
        return work(MemoryTransaction(self._tables.copy()))

    def write(self, works: Sequence[Callable[[Transaction], T]]) -> Sequence[Outcome[T]]:
        """Run `works` one after the other, each on a copy that replaces the tables when it succeeds."""
        with self._writing:
            tables, outcomes = self._tables, list[Outcome[T]]()
            for work in works:
                draft = tables.copy()
                outcome = _attempt(draft, work)
                tables = draft if outcome.failure is None else tables
                outcomes.append(outcome)
            self._tables = tables
            return outcomes

    def require_room(self, *, is_in_doubt: bool) -> None:
        """Do nothing: there is always room."""

    def close(self) -> None:
        """Do nothing: no resource is held."""


def _attempt(draft: Tables, work: Callable[[Transaction], T]) -> Outcome[T]:
    tx = MemoryTransaction(draft)
    try:
        value = work(tx)
        tx.audit.settle()
        return Outcome(value, tuple(tx.events))
    except Exception as failure:  # noqa: BLE001 - handed to the one who asked, as the outcome of this work
        return Outcome(None, (), failure)
