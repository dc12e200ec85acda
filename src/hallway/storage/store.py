"""The store over SQL: transactions, savepoints, failures. One implementation for SQLite and PostgreSQL."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from hallway.domain.events import Committed, FactsChanged
from hallway.domain.ids import AccountId
from hallway.storage import locks
from hallway.storage.access_records import SqlAccessRecords
from hallway.storage.accounts import SqlAccounts
from hallway.storage.attempts import SqlAttempts
from hallway.storage.audit import SqlAudit
from hallway.storage.beginnings import SqlBeginnings
from hallway.storage.bulk_actions import SqlBulkActions
from hallway.storage.conversations import SqlConversations
from hallway.storage.courses import SqlCourses
from hallway.storage.departments import SqlDepartments
from hallway.storage.devices import SqlDevices
from hallway.storage.drafts import SqlDrafts
from hallway.storage.engines import open_engine
from hallway.storage.files import SqlFiles
from hallway.storage.import_jobs import SqlImportJobs
from hallway.storage.jobs import SqlJobs
from hallway.storage.mails import SqlMails
from hallway.storage.messages import SqlMessages
from hallway.storage.migrate import upgrade
from hallway.storage.names import SqlNames
from hallway.storage.notification_settings import SqlBrowsers, SqlNotificationSettings
from hallway.storage.notification_states import SqlNotificationStates
from hallway.storage.people import SqlPeople
from hallway.storage.reactions import SqlReactions
from hallway.storage.room import require_room_in_folder, require_room_in_postgres
from hallway.storage.scheduled import SqlScheduledMessages
from hallway.storage.search import SqlSearch
from hallway.storage.search_index.index import SqlSearchIndex, reindex
from hallway.storage.sessions import SqlSessions
from hallway.storage.stars import SqlStars
from hallway.storage.trainings import SqlTrainings
from hallway.storage.upkeep import SqlUpkeep
from hallway.storage.versions import SqlVersions
from hallway.usecases.errors import Conflict, Invalid, Problem
from hallway.usecases.transaction import Outcome, StoreUnavailable, Transaction

T = TypeVar("T")


READ_ONLY = "25006"
"""PostgreSQL's code for a server that takes no changes, a standby for example."""
TRIES = 3
"""How often a work that clashed with another process is run again."""
CLASHES = frozenset({"23505", "40001", "40P01"})
"""PostgreSQL's codes for: there already, changed meanwhile, waiting for each other."""


class _QueryModule(Generic[T]):
    """A query module of a transaction, opened when it is first used: a send uses six of them."""

    def __init__(self, opened: "Callable[[SqlTransaction], T]") -> None:
        self._opened = opened
        self._name = ""

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, tx: "SqlTransaction", _: type | None = None) -> T:
        found = tx.__dict__[self._name] = self._opened(tx)
        return found


def _when_used(opened: "Callable[[SqlTransaction], T]") -> T:
    """Open a query module when it is first used; to the type checker it is there from the beginning."""
    return cast("T", _QueryModule(opened))


class SqlTransaction:
    """`transaction.Transaction` over one connection."""

    accounts = _when_used(lambda tx: SqlAccounts(tx.connection))
    names = _when_used(lambda tx: SqlNames(tx.connection, is_snapshot=not tx.is_writing))
    people = _when_used(lambda tx: SqlPeople(tx.connection, tx.names))
    departments = _when_used(lambda tx: SqlDepartments(tx.connection))
    courses = _when_used(lambda tx: SqlCourses(tx.connection))
    trainings = _when_used(lambda tx: SqlTrainings(tx.connection))
    conversations = _when_used(lambda tx: SqlConversations(tx.connection, tx.names, locks=tx.is_writing))
    messages = _when_used(lambda tx: SqlMessages(tx.connection, reindex))
    files = _when_used(lambda tx: SqlFiles(tx.connection, locks=tx.is_writing))
    versions = _when_used(lambda tx: SqlVersions(tx.connection))
    reactions = _when_used(lambda tx: SqlReactions(tx.connection))
    stars = _when_used(lambda tx: SqlStars(tx.connection))
    drafts = _when_used(lambda tx: SqlDrafts(tx.connection, locks=tx.is_writing))
    scheduled = _when_used(lambda tx: SqlScheduledMessages(tx.connection, locks=tx.is_writing))
    search = _when_used(lambda tx: SqlSearch(tx.connection))
    search_index = _when_used(lambda tx: SqlSearchIndex(tx.connection))
    sessions = _when_used(lambda tx: SqlSessions(tx.connection))
    access = _when_used(lambda tx: SqlAccessRecords(tx.connection, locks=tx.is_writing))
    beginnings = _when_used(lambda tx: SqlBeginnings(tx.connection))
    devices = _when_used(lambda tx: SqlDevices(tx.connection))
    attempts = _when_used(lambda tx: SqlAttempts(tx.connection))
    import_jobs = _when_used(lambda tx: SqlImportJobs(tx.connection, locks=tx.is_writing))
    bulk = _when_used(lambda tx: SqlBulkActions(tx.connection, locks=tx.is_writing))
    jobs = _when_used(lambda tx: SqlJobs(tx.connection, locks=tx.is_writing))
    notification_states = _when_used(lambda tx: SqlNotificationStates(tx.connection, locks=tx.is_writing))
    settings = _when_used(lambda tx: SqlNotificationSettings(tx.connection))
    browsers = _when_used(lambda tx: SqlBrowsers(tx.connection))
    mails = _when_used(lambda tx: SqlMails(tx.connection))
    audit = _when_used(lambda tx: SqlAudit(tx.connection))
    upkeep = _when_used(lambda tx: SqlUpkeep(tx.connection))

    def __init__(self, connection: Connection, *, is_writing: bool) -> None:
        """Keep the connection; `is_writing` lets what is loaded be locked until the end."""
        self.connection = connection
        self.is_writing = is_writing
        self.events: list[Committed] = []

    def announce(self, happened: Committed) -> None:
        """Keep an event until after the commit. A change of facts waits for those who still judge by the old facts."""
        if isinstance(happened, FactsChanged):
            locks.change_facts(self.connection, happened.account_id)
        self.events.append(happened)

    def hold_facts(self, account_id: AccountId) -> None:
        """Keep others from changing facts until the end of the transaction."""
        locks.hold_facts(self.connection, account_id)

    def hold_people(self, account_id: AccountId) -> None:
        """Keep others from making people active until the end of the transaction; reading alone keeps nobody waiting."""
        if self.is_writing:
            locks.hold_people(self.connection, account_id)

    def hold_founding(self) -> None:
        """Keep others from creating an account, and from changing where an account is reached."""
        locks.hold_founding(self.connection)


class SqlStore:
    """`transaction.Store` over an engine."""

    def __init__(self, engine: Engine) -> None:
        """Use an engine whose database has the present schema."""
        self._engine = engine

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in a snapshot."""
        with _as_unavailable(), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            connection.begin()
            try:
                return work(SqlTransaction(connection, is_writing=False))
            finally:
                _keep_plans(connection)

    def write(self, works: Sequence[Callable[[Transaction], T]]) -> Sequence[Outcome[T]]:
        """Run `works` in one transaction, each in its own savepoint, and commit once.

        On PostgreSQL each has its own transaction, so that none locks conversations in two goes: locked in one order,
        they keep no two processes waiting for each other for ever.
        """
        if self._engine.dialect.name == "postgresql":
            return [self._settled(work) for work in works]
        return self._write_together(works)

    def _settled(self, work: Callable[[Transaction], T]) -> Outcome[T]:
        """Run a work, and again where it clashes with another process: both had found that something is new."""
        (outcome,) = self._write_together([work])
        for _ in range(TRIES):
            if not _is_clash(outcome.failure):
                break
            (outcome,) = self._write_together([work])
        return outcome

    def _write_together(self, works: Sequence[Callable[[Transaction], T]]) -> Sequence[Outcome[T]]:
        try:
            with _as_unavailable(), self._engine.connect() as connection:
                _begin_writing(connection)
                outcomes = [_alone(connection, works[0])] if len(works) == 1 else _together(connection, works)
                connection.commit()
                return outcomes
        except StoreUnavailable as failure:
            return [Outcome(None, (), failure) for _ in works]

    def require_room(self, *, is_in_doubt: bool) -> None:
        """Try to write in the folder of SQLite; in PostgreSQL only when in doubt, since each try is a change of its catalogue."""
        if self._engine.dialect.name != "postgresql":
            require_room_in_folder(Path(self._engine.url.database or "").parent)
        elif is_in_doubt:
            with _as_unavailable():
                require_room_in_postgres(self._engine)

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def open_store(url: str) -> SqlStore:
    """Open the store at `sqlite:///path` or `postgresql://…`, brought to the present schema first.

    Raises StoreUnavailable when the database cannot be reached, SchemaTooNew when a newer Hallway wrote it.
    """
    engine = open_engine(url)
    try:
        with _as_unavailable():
            upgrade(engine)
    except Exception:
        engine.dispose()
        raise
    return SqlStore(engine)


def _keep_plans(connection: Connection) -> None:
    """End reading by a commit: after a rollback psycopg forgets all statements that PostgreSQL has planned."""
    if connection.dialect.name == "postgresql" and not connection.invalidated:
        connection.commit()


def _begin_writing(connection: Connection) -> None:
    """Take SQLite's one write lock at once, so that nothing read before it can be stale."""
    connection.execution_options(is_writing=True)
    connection.begin()


def _alone(connection: Connection, work: Callable[[Transaction], T]) -> Outcome[T]:
    """Run the only work, without a savepoint: what it raises undoes the transaction."""
    outcome = _attempt(connection, work)
    if outcome.failure is not None:
        connection.rollback()
    return outcome


def _together(connection: Connection, works: Sequence[Callable[[Transaction], T]]) -> list[Outcome[T]]:
    """Run each work in its savepoint: what it raises undoes it alone."""
    outcomes: list[Outcome[T]] = []
    for work in works:
        savepoint = connection.begin_nested()
        outcome = _attempt(connection, work)
        if outcome.failure is None:
            savepoint.commit()
        else:
            savepoint.rollback()
        outcomes.append(outcome)
    return outcomes


def _attempt(connection: Connection, work: Callable[[Transaction], T]) -> Outcome[T]:
    """Run a work, and return its value and its events, or what it raised. A lost database is raised: it undoes everything."""
    tx = SqlTransaction(connection, is_writing=True)
    try:
        value = work(tx)
        tx.audit.settle()
    except SQLAlchemyError as failure:
        if isinstance(failure, DBAPIError) and failure.connection_invalidated:
            raise
        translated = _in_our_words(failure)
        translated.__cause__ = failure if translated is not failure else None
        return Outcome(None, (), translated)
    except Exception as failure:  # noqa: BLE001 - handed to the one who asked, as the outcome of this work
        return Outcome(None, (), failure)
    return Outcome(value, tuple(tx.events))


def _is_clash(failure: Exception | None) -> bool:
    cause = failure.__cause__ if failure is not None else None
    return isinstance(cause, DBAPIError) and getattr(cause.orig, "sqlstate", None) in CLASHES


@contextmanager
def _as_unavailable() -> Generator[None]:
    """Raise the database's own errors in the words of the ports."""
    try:
        yield
    except SQLAlchemyError as failure:
        translated = _in_our_words(failure)
        if translated is failure:
            raise
        raise translated from failure


def _in_our_words(failure: SQLAlchemyError) -> Exception:
    """Translate an error: locked, full or gone may be tried again; a clash may not; the rest is a fault of ours, and stays as it is."""
    match failure:
        case IntegrityError():
            return Conflict("clash", "This conflicts with another change. Reload and try again.")
        case DataError():
            # The edge lets none of these in. Where it has a gap, both databases refuse, and nobody sees a fault.
            return Invalid(Problem("", "not_storable", "Some of this can't be stored."))
        case OperationalError() | InterfaceError() | PoolTimeout():
            return StoreUnavailable(f"The database did not answer: {_first_line(failure)}")
        case DBAPIError() if _is_unavailable(failure):
            return StoreUnavailable(f"The database did not answer: {_first_line(failure)}")
        case _:
            return failure


def _is_unavailable(failure: DBAPIError) -> bool:
    is_read_only = getattr(failure.orig, "sqlstate", None) == READ_ONLY
    return failure.connection_invalidated or is_read_only or type(failure) is DatabaseError


def _first_line(failure: SQLAlchemyError) -> str:
    reason = failure.orig if isinstance(failure, DBAPIError) else failure
    return next(iter(str(reason).splitlines()), repr(reason))
