"""Finding messages by their search key, in SQL.

A message keeps its key only where it is not simply the lower case of its text, so that most of what is written in
English keeps none. What an older Hallway stored has none either, until `index` was told of it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, tuple_

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.storage.messages import is_hidden_from, kept_key, to_message
from hallway.storage.schema import member, message
from hallway.storage.statements import update_all
from hallway.storage.timestamps import to_micros
from hallway.usecases.messaging.search_ports import Hit, Spot

_me = member.alias("me")
_NEWEST = (message.c.sent_at, message.c.conversation_id, message.c.seq)
_ADDRESS = (message.c.conversation_id, message.c.seq)


def contains(connection: Connection, key: str) -> ColumnElement[bool]:
    """Test whether a message's search key contains `key`.

    LIKE would try again and again where a text nearly has it, for many times as long. PostgreSQL's lower() knows only the
    letters of its collation, which may be ASCII alone; ICU's knows all.
    """
    is_postgres = connection.dialect.name == "postgresql"
    lowered = func.lower(message.c.body.collate("und-x-icu") if is_postgres else message.c.body)
    find = func.strpos if is_postgres else func.instr
    return find(func.coalesce(message.c.search_key, lowered), key) > 0


class SqlSearch:
    """`search_ports.Search` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def messages(
        self,
        account_id: AccountId,
        user_id: UserId,
        key: str,
        *,
        within: ConversationId | None,
        behind: Spot | None,
        limit: int,
    ) -> Sequence[Hit]:
        """Look through all that the user sees, or through all of a single conversation."""
        query = _seen_by(account_id, user_id).where(contains(self._connection, key))
        if within is not None:
            query = query.where(_me.c.conversation_id == within)
        if behind is not None:
            query = query.where(_is_older(*behind))
        query = query.order_by(*(column.desc() for column in _NEWEST)).limit(limit)
        rows = self._connection.execute(query).mappings()
        return [Hit(to_message(row)) for row in rows]

    def unindexed(
        self, account_id: AccountId, behind: tuple[ConversationId, int] | None, limit: int
    ) -> Sequence[Message]:
        """Return messages without a key in the order of the primary key."""
        query = select(message).where(message.c.account_id == account_id, message.c.search_key.is_(None))
        if behind is not None:
            query = query.where(tuple_(*_ADDRESS) > behind)
        rows = self._connection.execute(query.order_by(*_ADDRESS).limit(limit)).mappings()
        return [to_message(row) for row in rows]

    def index(self, messages: Sequence[Message]) -> None:
        """Keep the keys of messages that need them; the revision tells whether a message is still as it was read."""
        same = ("account_id", "conversation_id", "seq", "rev")
        keys = ((one, kept_key(one.body)) for one in messages)
        rows = [{**{name: getattr(one, name) for name in same}, "search_key": key} for one, key in keys if key]
        update_all(self._connection, message, same, ("search_key",), rows)


def _seen_by(account_id: AccountId, user_id: UserId) -> Select[*tuple[object, ...]]:
    """Select what a member sees now (rules §7, §10)."""
    in_mine = and_(message.c.account_id == _me.c.account_id, message.c.conversation_id == _me.c.conversation_id)
    is_there = (message.c.seq > _me.c.cleared_seq, message.c.deleted_at.is_(None), ~is_hidden_from(user_id))
    query = select(*message.c).select_from(_me.join(message, in_mine))
    return query.where(_me.c.account_id == account_id, _me.c.user_id == user_id, *is_there)


def _is_older(sent_at: datetime, conversation_id: ConversationId, seq: int) -> ColumnElement[bool]:
    moment = to_micros(sent_at)
    is_same = and_(message.c.sent_at == moment, tuple_(*_ADDRESS) < (conversation_id, seq))
    return or_(message.c.sent_at < moment, is_same)
