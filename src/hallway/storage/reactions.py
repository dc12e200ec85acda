"""Who reacted to messages, in SQL: a row for each person and emoji, and the summary that a message's own row keeps of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.reactions import PEOPLE_KEPT, Reaction
from hallway.storage.lists import one_of
from hallway.storage.message_tables import reaction
from hallway.storage.timestamps import to_micros
from hallway.usecases.messaging.change_ports import Address

_KEPT = msgspec.json.Decoder(tuple[tuple[str, int, tuple[str, ...]], ...])


class SqlReactions:
    """`change_ports.Reactions` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def add(self, account_id: AccountId, address: Address, user_id: UserId, emoji: str, at: datetime) -> bool:
        """Insert the row, unless it is there."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        row = {
            "account_id": account_id,
            "conversation_id": address[0],
            "seq": address[1],
            "emoji": emoji,
            "user_id": user_id,
            "reacted_at": to_micros(at),
        }
        missing = dialect.insert(reaction).values(row).on_conflict_do_nothing().returning(reaction.c.seq)
        return self._connection.execute(missing).first() is not None

    def remove(self, account_id: AccountId, address: Address, user_id: UserId, emoji: str) -> bool:
        """Delete the row, if it is there."""
        mine = (*_at(account_id, address), reaction.c.emoji == emoji, reaction.c.user_id == user_id)
        return self._connection.execute(delete(reaction).where(*mine)).rowcount > 0

    def summary(self, account_id: AccountId, address: Address, emoji: str) -> Reaction:
        """Count the rows, and read the newest."""
        same = (*_at(account_id, address), reaction.c.emoji == emoji)
        count = self._connection.execute(select(func.count()).select_from(reaction).where(*same)).scalar_one()
        newest = select(reaction.c.user_id).where(*same).order_by(reaction.c.reacted_at.desc(), reaction.c.user_id)
        people = self._connection.execute(newest.limit(PEOPLE_KEPT)).scalars()
        return Reaction(emoji, count, tuple(map(UserId, people)))

    def of(
        self, account_id: AccountId, conversation_id: ConversationId, user_id: UserId, seqs: Collection[int]
    ) -> Mapping[int, Collection[str]]:
        """Return a user's reactions by seq."""
        table = reaction.c
        query = select(table.seq, table.emoji).where(
            table.account_id == account_id,
            table.conversation_id == conversation_id,
            one_of(table.seq, seqs),
            table.user_id == user_id,
        )
        found: defaultdict[int, list[str]] = defaultdict(list)
        for seq, emoji in self._connection.execute(query):
            found[seq].append(emoji)
        return found

    def clear(self, account_id: AccountId, address: Address) -> None:
        """Delete the rows of a message."""
        self._connection.execute(delete(reaction).where(*_at(account_id, address)))


def _at(account_id: AccountId, address: Address) -> tuple[ColumnElement[bool], ...]:
    table = reaction.c
    return (table.account_id == account_id, table.conversation_id == address[0], table.seq == address[1])


def kept_reactions(reactions: tuple[Reaction, ...]) -> str | None:
    """Encode reactions as a message's row keeps them: None for none, as most messages have."""
    if not reactions:
        return None
    return msgspec.json.encode([(one.emoji, one.count, one.people) for one in reactions]).decode()


def to_reactions(kept: str | None) -> tuple[Reaction, ...]:
    """Decode what a message's row keeps."""
    if not kept:
        return ()
    return tuple(Reaction(emoji, count, tuple(map(UserId, people))) for emoji, count, people in _KEPT.decode(kept))
