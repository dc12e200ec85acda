"""What people who are away are to be told, and what they were, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, select, true, update

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.storage.lists import Given
from hallway.storage.moments import from_micros, from_micros_or_none, to_micros, to_micros_or_none
from hallway.storage.schema import member, notice
from hallway.storage.statements import Prepared, put_all
from hallway.usecases.away import Notice, Place

AT_ONCE = 0
"""A moment that is long past."""


class SqlNotices:
    """`away.Notices` over a connection; `locks` tells whether what is due will be worked on."""

    def __init__(self, connection: Connection, *, locks: bool) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection
        self._locks = locks

    def untold(self, account_id: AccountId, limit: int) -> Sequence[ConversationId]:
        """Conversations in which somebody is to be told."""
        rows = _UNTOLD.rows(self._connection, {"account": account_id, "limit": limit})
        return list(dict.fromkeys(row[0] for row in rows))

    def at(self, account_id: AccountId, places: Collection[Place]) -> Sequence[Notice]:
        """All at these places; rows that will be written are locked, in the order of their keys."""
        query, given = _at(self._connection.dialect.name, locks=self._locks)
        return [
            _notice(row) for row in query.mappings(self._connection, {"account": account_id, **given.values(places)})
        ]

    def due(self, account_id: AccountId, now: datetime, limit: int) -> Sequence[Notice]:
        """Those due, without those that another process has just taken."""
        query = (
            select(notice)
            .where(notice.c.account_id == account_id, notice.c.due_at <= to_micros(now))
            .order_by(notice.c.due_at)
            .limit(limit)
        )
        if self._locks:
            query = query.with_for_update(skip_locked=True)
        return [_notice(row) for row in self._connection.execute(query).mappings()]

    def next_due(self, account_id: AccountId) -> datetime | None:
        """The earliest moment in the index."""
        query = select(func.min(notice.c.due_at)).where(notice.c.account_id == account_id, notice.c.due_at.is_not(None))
        return from_micros_or_none(self._connection.execute(query).scalar())

    def save(self, notices: Sequence[Notice]) -> None:
        """Add them, or change them."""
        put_all(self._connection, notice, [_row(one) for one in notices])

    def look_again(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId) -> None:
        """Those that are shown are due at once."""
        at = (
            notice.c.account_id == account_id,
            notice.c.user_id == user_id,
            notice.c.conversation_id == conversation_id,
        )
        self._connection.execute(update(notice).where(*at, notice.c.is_shown).values(due_at=AT_ONCE))

    def forget(self, account_id: AccountId, user_id: UserId, outlet: str) -> None:
        """Delete an outlet's."""
        of = (notice.c.account_id == account_id, notice.c.user_id == user_id, notice.c.outlet == outlet)
        self._connection.execute(delete(notice).where(*of))


_UNTOLD = Prepared(
    select(member.c.conversation_id)
    .where(member.c.account_id == bindparam("account"), member.c.untold == true())
    .order_by(member.c.conversation_id)
    .limit(bindparam("limit"))
)


@cache
def _at(dialect: str, *, locks: bool) -> tuple[Prepared, Given]:
    given = Given(dialect, notice.c.user_id, notice.c.conversation_id)
    user_id, conversation_id = given.columns
    same = (
        notice.c.account_id == bindparam("account"),
        notice.c.user_id == user_id,
        notice.c.conversation_id == conversation_id,
    )
    found = select(notice).select_from(given.source).join(notice, and_(*same))
    keys = (notice.c.user_id, notice.c.conversation_id, notice.c.outlet)
    return Prepared(found.order_by(*keys).with_for_update(of=notice) if locks else found), given


def _row(one: Notice) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "user_id": one.user_id,
        "conversation_id": one.conversation_id,
        "outlet": one.outlet,
        "told_seq": one.told_seq,
        "due_at": to_micros_or_none(one.due_at),
        "tries": one.tries,
        "claim": one.claim,
        "is_shown": one.is_shown,
    }


def _notice(row: Mapping[Any, Any]) -> Notice:
    return Notice(
        row["account_id"],
        row["user_id"],
        row["conversation_id"],
        row["outlet"],
        row["told_seq"],
        None if row["due_at"] is None else from_micros(row["due_at"]),
        row["tries"],
        row["claim"],
        bool(row["is_shown"]),
    )
