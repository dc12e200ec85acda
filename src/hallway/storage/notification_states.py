"""What people who are away are to be told, and what they were, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, select, true

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.storage.lists import Given
from hallway.storage.schema import member, notice
from hallway.storage.statements import Prepared, put_all
from hallway.storage.timestamps import to_micros
from hallway.usecases.notifications.records import MemberKey, NotificationState


class SqlNotificationStates:
    """`ports.NotificationStates` over a connection; `locks` tells whether what is due will be worked on."""

    def __init__(self, connection: Connection, *, locks: bool) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection
        self._locks = locks

    def undecided_accounts(self) -> Sequence[AccountId]:
        """Read from the index which accounts have undecided conversations."""
        query = select(member.c.account_id).where(member.c.untold == true()).distinct()
        return list(self._connection.execute(query).scalars())

    def undecided(self, account_id: AccountId, limit: int) -> Sequence[ConversationId]:
        """Return conversations with a message for which nobody has decided whom to notify."""
        rows = _UNDECIDED.rows(self._connection, {"account": account_id, "limit": limit})
        return list(dict.fromkeys(row[0] for row in rows))

    def at(self, account_id: AccountId, member_keys: Collection[MemberKey]) -> Sequence[NotificationState]:
        """Return the states of these members; rows that will be written are locked, in the order of their keys."""
        query, given = _at(self._connection.dialect.name, locks=self._locks)
        return [
            _state(row)
            for row in query.mappings(self._connection, {"account": account_id, **given.values(member_keys)})
        ]

    def shown(self, account_id: AccountId, member_key: MemberKey) -> Sequence[NotificationState]:
        """Return the states of notifications shown on a screen, which are not locked."""
        parameters = {"account": account_id, "user": member_key[0], "conversation": member_key[1]}
        return [_state(row) for row in _SHOWN.mappings(self._connection, parameters)]

    def save(self, states: Sequence[NotificationState]) -> None:
        """Insert states, or replace those with the same keys."""
        put_all(self._connection, notice, [_row(one) for one in states])

    def left_by_older(self, account_id: AccountId, before: datetime, limit: int) -> Sequence[NotificationState]:
        """Return the states that have a moment of their own, and store them without it."""
        left = (notice.c.account_id == account_id, notice.c.due_at < to_micros(before))
        query = select(notice).where(*left).order_by(notice.c.due_at).limit(limit).with_for_update(skip_locked=True)
        found = [_state(row) for row in self._connection.execute(query).mappings()]
        self.save(found)
        return found

    def forget(self, account_id: AccountId, user_id: UserId, target_id: str) -> None:
        """Delete the states of a target."""
        of = (notice.c.account_id == account_id, notice.c.user_id == user_id, notice.c.outlet == target_id)
        self._connection.execute(delete(notice).where(*of))


_SHOWN = Prepared(
    select(notice).where(
        notice.c.account_id == bindparam("account"),
        notice.c.user_id == bindparam("user"),
        notice.c.conversation_id == bindparam("conversation"),
        notice.c.is_shown == true(),
    )
)
_UNDECIDED = Prepared(
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


def _row(one: NotificationState) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "user_id": one.user_id,
        "conversation_id": one.conversation_id,
        "outlet": one.target_id,
        "told_seq": one.notified_seq,
        "due_at": None,
        "tries": 0,
        "claim": None,
        "is_shown": one.is_shown,
    }


def _state(row: Mapping[Any, Any]) -> NotificationState:
    return NotificationState(
        account_id=row["account_id"],
        user_id=row["user_id"],
        conversation_id=row["conversation_id"],
        target_id=row["outlet"],
        notified_seq=row["told_seq"],
        is_shown=bool(row["is_shown"]),
    )
