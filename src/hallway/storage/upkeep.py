"""Rows that outlived their use, in SQL."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, func, literal, select, text, tuple_

from hallway.domain.ids import AccountId, UserId
from hallway.storage.access_tables import attempt, link_request, session
from hallway.storage.bulk_tables import bulk_action
from hallway.storage.schema import (
    bounce,
    browser,
    conversation,
    import_job,
    job,
    kept_mail,
    message,
    metadata,
    notice,
    original,
    reply_address,
    user,
)
from hallway.storage.timestamps import to_micros
from hallway.usecases.jobs.upkeep_ports import Key, RowCounts, What

_PUSH = "push/"


@dataclass(frozen=True, slots=True)
class Rows:
    """The table of a kind of rows, what makes them overdue, and by which column the newest are known, if by any."""

    table: Table
    is_overdue: Callable[[int], ColumnElement[bool]]
    moment: ColumnElement[int] | None = None

    @property
    def key(self) -> list[ColumnElement[str | int]]:
        """The columns that find a row in its account."""
        return [column for column in self.table.primary_key.columns if column.name != "account_id"]


def _is_of_a_changed_address(before: int) -> ColumnElement[bool]:
    same = and_(user.c.account_id == bounce.c.account_id, user.c.id == bounce.c.user_id, user.c.email == bounce.c.email)
    return and_(bounce.c.at < before, ~exists().where(same).correlate(bounce))


def _is_of_a_deleted_message(_: int) -> ColumnElement[bool]:
    columns = ("account_id", "conversation_id", "seq")
    same = and_(*(message.c[name] == original.c[name] for name in columns))
    return exists().where(same, message.c.deleted_at.is_not(None)).correlate(original)


def _is_of_a_gone_browser(_: int) -> ColumnElement[bool]:
    target_id = literal(_PUSH) + func.cast(browser.c.id, notice.c.outlet.type)
    same = and_(browser.c.account_id == notice.c.account_id, browser.c.user_id == notice.c.user_id)
    return and_(
        notice.c.outlet.startswith(_PUSH, autoescape=True),
        ~exists().where(same, notice.c.outlet == target_id).correlate(notice),
    )


ROWS = {
    What.SESSIONS: Rows(session, lambda before: session.c.expires_at < before),
    What.LINK_REQUESTS: Rows(link_request, lambda before: link_request.c.asked_at < before, link_request.c.asked_at),
    What.ATTEMPTS: Rows(attempt, lambda before: attempt.c.at < before, attempt.c.at),
    What.IMPORTS: Rows(import_job, lambda before: import_job.c.told_at < before, import_job.c.told_at),
    What.BULK_ACTIONS: Rows(bulk_action, lambda before: bulk_action.c.told_at < before, bulk_action.c.told_at),
    What.KEPT_MAILS: Rows(kept_mail, lambda before: kept_mail.c.at < before, kept_mail.c.at),
    What.REPLY_ADDRESSES: Rows(reply_address, lambda before: reply_address.c.made_at < before),
    What.BOUNCES: Rows(bounce, _is_of_a_changed_address),
    What.ORIGINALS: Rows(original, _is_of_a_deleted_message),
    What.NOTICES: Rows(notice, _is_of_a_gone_browser),
    What.SET_ASIDE_JOBS: Rows(job, lambda before: job.c.set_aside_at < before, job.c.set_aside_at),
}


class SqlUpkeep:
    """`upkeep_ports.Upkeep` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def overdue(self, account_id: AccountId, what: What, before: datetime, limit: int) -> Sequence[Key]:
        """Look through a whole table where there is no index for it: for readers, not for the writer."""
        of = ROWS[what]
        which = (of.table.c.account_id == account_id, of.is_overdue(to_micros(before)))
        return [tuple(row) for row in self._connection.execute(select(*of.key).where(*which).limit(limit))]

    def beyond(self, account_id: AccountId, what: What, most: int, limit: int) -> Sequence[Key]:
        """Skip the newest rows, and return the keys of those after them, from the newest down."""
        of = ROWS[what]
        if of.moment is None:
            return []
        mine = (of.table.c.account_id == account_id, of.moment.is_not(None))
        newest = select(*of.key).where(*mine).order_by(of.moment.desc(), *of.key)
        return [tuple(row) for row in self._connection.execute(newest.offset(most).limit(limit))]

    def remove(self, account_id: AccountId, what: What, keys: Sequence[Key], before: datetime | None) -> int:
        """Delete rows by their keys, and return how many."""
        of = ROWS[what]
        if not keys:
            return 0
        which = [of.table.c.account_id == account_id, tuple_(*of.key).in_(keys)]
        if before is not None:
            which.append(of.is_overdue(to_micros(before)))
        return self._connection.execute(delete(of.table).where(*which)).rowcount

    def pictures(self, account_id: AccountId, drawn: str, limit: int) -> Sequence[UserId]:
        """Look through all people: for readers, not for the writer."""
        others = ~user.c.photo.startswith(drawn, autoescape=True)
        query = select(user.c.id).where(user.c.account_id == account_id, others).limit(limit)
        return list(self._connection.execute(query).scalars())

    def rows(self, account_id: AccountId) -> RowCounts:
        """Return what PostgreSQL keeps count of; on SQLite, what each chat says of its messages, and the rest counted."""
        if self._connection.dialect.name == "postgresql":
            return RowCounts(estimated_rows(self._connection))
        return RowCounts(counted_rows(self._connection, account_id), are_of_all=False)


def estimated_rows(connection: Connection) -> Mapping[str, int]:
    """Return the number of rows that PostgreSQL believes each table has: it costs nothing, however large they are."""
    query = "SELECT relname, n_live_tup FROM pg_stat_user_tables WHERE schemaname = current_schema()"
    return {name: number for name, number in connection.execute(text(query)) if name in metadata.tables}


def counted_rows(connection: Connection, account_id: AccountId | None = None) -> Mapping[str, int]:
    """Count an account's rows, or those of all accounts, without looking at every message."""
    rows: dict[str, int] = {}
    for table in metadata.sorted_tables:
        if "account_id" in table.c:
            is_message = table is message
            counted = func.coalesce(func.sum(conversation.c.last_seq), 0) if is_message else func.count()
            source = conversation if is_message else table
            query = select(counted).select_from(source)
            chosen = query if account_id is None else query.where(source.c.account_id == account_id)
            rows[table.name] = int(connection.execute(chosen).scalar_one())
    return rows
