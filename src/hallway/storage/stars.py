"""The messages that people starred, in SQL: a row for each star."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.storage.message_tables import star
from hallway.storage.messages import to_message
from hallway.storage.schema import message
from hallway.storage.search_index.seen import IS_SEEN_MESSAGE, is_seen_by, me
from hallway.usecases.messaging.change_ports import Address
from hallway.usecases.messaging.star_ports import Starred, StarSpot

_SPOT = (star.c.number, star.c.conversation_id, star.c.seq)
_IS_STARRED = and_(
    star.c.account_id == me.c.account_id,
    star.c.user_id == me.c.user_id,
    star.c.conversation_id == message.c.conversation_id,
    star.c.seq == message.c.seq,
)
_SEEN_STARS = me.join(message, IS_SEEN_MESSAGE).join(star, _IS_STARRED)


class SqlStars:
    """`star_ports.Stars` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def add(self, account_id: AccountId, user_id: UserId, address: Address) -> bool:
        """Insert the row with the next number, unless it is there."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        highest = select(func.coalesce(func.max(star.c.number), 0)).where(*_of(account_id, user_id))
        row = {
            "account_id": account_id,
            "user_id": user_id,
            "conversation_id": address[0],
            "seq": address[1],
            "number": self._connection.execute(highest).scalar_one() + 1,
        }
        missing = dialect.insert(star).values(row).on_conflict_do_nothing().returning(star.c.seq)
        return self._connection.execute(missing).first() is not None

    def remove(self, account_id: AccountId, user_id: UserId, address: Address) -> bool:
        """Delete the row, if it is there."""
        mine = (*_of(account_id, user_id), star.c.conversation_id == address[0], star.c.seq == address[1])
        return self._connection.execute(delete(star).where(*mine)).rowcount > 0

    def count(self, account_id: AccountId, user_id: UserId) -> int:
        """Count the rows whose message the person sees."""
        return self._connection.execute(_seen(account_id, user_id, func.count())).scalar_one()

    def of(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId) -> Sequence[int]:
        """Return the seqs of the starred messages of a conversation."""
        query = _seen(account_id, user_id, star.c.seq).where(star.c.conversation_id == conversation_id)
        return list(self._connection.execute(query.order_by(star.c.seq)).scalars())

    def page(
        self,
        account_id: AccountId,
        user_id: UserId,
        *,
        within: ConversationId | None,
        behind: StarSpot | None,
        limit: int,
    ) -> Sequence[Starred]:
        """Return the newest stars behind a spot, each with its message as it is in this transaction."""
        query = _seen(account_id, user_id, *message.c, star.c.number)
        if within is not None:
            query = query.where(star.c.conversation_id == within)
        if behind is not None:
            query = query.where(tuple_(*_SPOT) < behind)
        query = query.order_by(*(one.desc() for one in _SPOT)).limit(limit)
        return [Starred(to_message(row), row["number"]) for row in self._connection.execute(query).mappings()]

    def forget_message(self, account_id: AccountId, address: Address) -> None:
        """Delete the rows of a message."""
        at = (star.c.account_id == account_id, star.c.conversation_id == address[0], star.c.seq == address[1])
        self._connection.execute(delete(star).where(*at))

    def forget_chat(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId) -> None:
        """Delete a person's rows of a conversation."""
        mine = (*_of(account_id, user_id), star.c.conversation_id == conversation_id)
        self._connection.execute(delete(star).where(*mine))


def _of(account_id: AccountId, user_id: UserId) -> tuple[ColumnElement[bool], ...]:
    return star.c.account_id == account_id, star.c.user_id == user_id


def _seen(account_id: AccountId, user_id: UserId, *columns: ColumnElement[Any]) -> Select[Any]:
    """Select from a person's stars of messages that they see now."""
    query = select(*columns).select_from(_SEEN_STARS)
    return query.where(*is_seen_by(account_id, user_id), *_of(account_id, user_id))
