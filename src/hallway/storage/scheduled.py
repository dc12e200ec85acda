"""Messages that wait for their time, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, update

from hallway.domain.ids import AccountId, ConversationId, CourseId, FileId, ScheduledId, UserId
from hallway.domain.scheduling import LocalTime, ScheduledMessage
from hallway.storage.account_tables import SUSPENDED
from hallway.storage.lists import one_of
from hallway.storage.scheduled_tables import scheduled_message as table
from hallway.storage.statements import update_all
from hallway.storage.timestamps import from_micros, from_micros_or_none, to_micros

RESTORED = "restored"
"""Why a message comes back that was due between a backup and its restoring: it may have been sent."""
_FILES = msgspec.json.Decoder(tuple[str, ...])
_KEY = ("account_id", "id")
_CHANGED = ("body", "due_at", "local_time", "zone", "revision", "reason")
_WAITS = table.c.reason.is_(None)
_IS_AT_WORK = table.c.account_id.not_in(SUSPENDED)


class SqlScheduledMessages:
    """`scheduled_ports.ScheduledMessages` over a connection; `locks` tells whether what is loaded will be written."""

    def __init__(self, connection: Connection, *, locks: bool) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection
        self._locks = locks

    def add(self, one: ScheduledMessage) -> None:
        """Insert a message."""
        self._connection.execute(insert(table).values(_row(one)))

    def save(self, changed: Sequence[ScheduledMessage]) -> None:
        """Update what can change."""
        rows = [_row(one) for one in sorted(changed, key=lambda one: one.id)]
        update_all(self._connection, table, _KEY, _CHANGED, rows)

    def remove(self, account_id: AccountId, ids: Collection[ScheduledId]) -> None:
        """Delete messages."""
        self._connection.execute(delete(table).where(table.c.account_id == account_id, one_of(table.c.id, ids)))

    def of(self, account_id: AccountId, sender_id: UserId) -> Sequence[ScheduledMessage]:
        """Find them by the key that begins with their sender."""
        mine = select(table).where(table.c.account_id == account_id, table.c.sender_id == sender_id)
        found = self._found(mine.order_by(table.c.id))
        return sorted(found, key=lambda one: (one.due_at, one.id))

    def find(self, account_id: AccountId, scheduled_id: ScheduledId) -> ScheduledMessage | None:
        """Return a message by its id."""
        found = self._found(select(table).where(table.c.account_id == account_id, table.c.id == scheduled_id))
        return found[0] if found else None

    def due(
        self, account_id: AccountId, now: datetime, limit: int, among: Collection[ScheduledId] | None = None
    ) -> Sequence[ScheduledMessage]:
        """Read the first from the index."""
        chosen = () if among is None else (one_of(table.c.id, among),)
        query = select(table).where(table.c.account_id == account_id, _WAITS, table.c.due_at <= to_micros(now), *chosen)
        return self._found(query.order_by(table.c.due_at, table.c.id).limit(limit), skips=True)

    def timed_by_clock(self, account_id: AccountId, after: str, limit: int) -> Sequence[ScheduledMessage]:
        """Go through all that wait, in the order of their ids."""
        which: list[ColumnElement[bool]] = [table.c.account_id == account_id, _WAITS, table.c.zone.is_not(None)]
        if after:
            which.append(table.c.id > after)
        return self._found(select(table).where(*which).order_by(table.c.id).limit(limit), skips=True)

    def due_accounts(self, now: datetime) -> Sequence[AccountId]:
        """Find what is due in the index over all accounts."""
        query = select(table.c.account_id).where(_WAITS, table.c.due_at <= to_micros(now), _IS_AT_WORK).distinct()
        return sorted(AccountId(one) for one in self._connection.execute(query).scalars())

    def next_due_anywhere(self) -> datetime | None:
        """Read the earliest moment from the index over all accounts."""
        query = select(func.min(table.c.due_at)).where(_WAITS, _IS_AT_WORK)
        return from_micros_or_none(self._connection.execute(query).scalar())

    def _found(self, query: Select[Any], *, skips: bool = False) -> list[ScheduledMessage]:
        if self._locks:
            query = query.with_for_update(skip_locked=skips)
        return [_message(row) for row in self._connection.execute(query).mappings()]


def give_back_overdue(connection: Connection, now: datetime, *, account_id: AccountId | None = None) -> None:
    """Give back what was due by now, of an account or of all: after restoring nobody knows whether it was sent."""
    overdue = [_WAITS, table.c.due_at <= to_micros(now)]
    if account_id is not None:
        overdue.append(table.c.account_id == account_id)
    connection.execute(update(table).where(*overdue).values(reason=RESTORED, revision=table.c.revision + 1))


def _row(one: ScheduledMessage) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "id": one.id,
        "sender_id": one.sender_id,
        "key": one.key,
        "conversation_id": one.conversation_id,
        "person_id": one.person_id,
        "body": one.body,
        "course_id": one.course_id,
        "reply_to": one.reply_to,
        "files": msgspec.json.encode(one.files).decode() if one.files else None,
        "due_at": to_micros(one.due_at),
        "local_time": None if one.local is None else one.local.time.isoformat(),
        "zone": None if one.local is None else one.local.zone,
        "created_at": to_micros(one.created_at),
        "revision": one.revision,
        "reason": one.reason,
    }


def _message(row: Mapping[Any, Any]) -> ScheduledMessage:
    time, zone, person_id, course_id = row["local_time"], row["zone"], row["person_id"], row["course_id"]
    return ScheduledMessage(
        account_id=row["account_id"],
        id=ScheduledId(row["id"]),
        sender_id=UserId(row["sender_id"]),
        key=row["key"],
        conversation_id=ConversationId(row["conversation_id"]),
        person_id=UserId(person_id) if person_id else None,
        body=row["body"],
        due_at=from_micros(row["due_at"]),
        created_at=from_micros(row["created_at"]),
        local=LocalTime(datetime.fromisoformat(time), zone) if time and zone else None,
        course_id=CourseId(course_id) if course_id else None,
        reply_to=row["reply_to"],
        files=tuple(FileId(one) for one in _FILES.decode(row["files"])) if row["files"] else (),
        revision=row["revision"],
        reason=row["reason"],
    )
